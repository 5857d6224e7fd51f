"""What changes from epoch to epoch."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from pixelwise.figures.style import COLOURS


def learning_curves(
    histories: Mapping[str, Mapping[str, Sequence[float]]],
    quantities: Mapping[str, str] | None = None,
) -> Figure:
    """Return one panel a quantity: training dashed, validation in a full line.

    Args:
        histories: by model, lists of values an epoch, as in Keras' History.
        quantities: axis label of each quantity; loss and accuracy by default.
    """
    quantities = quantities or {"loss": "loss (nats)", "accuracy": "accuracy"}
    figure, axes = plt.subplots(
        1,
        len(quantities),
        figsize=(4.6 * len(quantities), 3.8),
        squeeze=False,
        layout="constrained",
    )
    for axis, (key, label) in zip(axes.flat, quantities.items(), strict=True):
        for colour, (model, history) in zip(COLOURS, histories.items(), strict=False):
            draw_curve(axis, history, key, colour, model)
        name = label.split(" (")[0]
        title = f"{name[0].upper()}{name[1:]} by epoch"
        axis.set(xlabel="epoch", ylabel=label, title=title)
        axis.xaxis.get_major_locator().set_params(integer=True)
        axis.grid(alpha=0.3)
    handles, labels = axes.flat[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=2, fontsize=8)
    return figure


def draw_curve(axis, history: Mapping, key: str, colour: str, model: str) -> None:
    """Draw a quantity of one history: training dashed, validation in a full line."""
    for prefix, style, name in (("", "--", "training"), ("val_", "-", "validation")):
        if prefix + key in history:
            values = history[prefix + key]
            epochs = range(1, len(values) + 1)
            label = f"{model}, {name}"
            axis.plot(epochs, values, style, color=colour, label=label, marker=".")

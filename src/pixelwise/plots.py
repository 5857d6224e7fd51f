"""Every figure that more than one notebook draws; `show` puts it on the page."""

import base64
import io
from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib import ticker
from matplotlib.figure import Figure

# Okabe and Ito's colours, which colour-blind readers can tell apart.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")

MARKERS = "os^Dv*PX"  # one more than colours, so that no pair of both comes twice


def show(figure: Figure, alt: str) -> None:
    """Display a figure on a white ground, with `alt` as its text for screen readers.

    Args:
        figure: the figure; it is closed, so that the notebook shows it once.
        alt: one sentence that says what can be seen.
    """
    from IPython.display import display  # part of every notebook, not of the package

    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=96, bbox_inches="tight", facecolor="white")
    plt.close(figure)
    picture = base64.b64encode(buffer.getvalue()).decode()
    display(
        {"image/png": picture, "text/plain": alt},
        metadata={"image/png": {"alt": alt}},
        raw=True,
    )


def pictures(
    images: np.ndarray,
    titles: Sequence[str] | None = None,
    columns: int = 8,
    title: str | None = None,
) -> Figure:
    """Return a grid of pictures.

    Args:
        images: (n, h, w, 3) or (n, h, w, 1), uint8 or floats from 0 to 1.
        titles: a line above each picture.
        columns: pictures in a row.
        title: a line above them all.
    """
    columns = min(columns, len(images))
    rows = -(-len(images) // columns)
    height = 1.25 if titles is None else 1.6
    figure, axes = plt.subplots(
        rows,
        columns,
        figsize=(1.25 * columns, height * rows + 0.4),
        squeeze=False,
        layout="constrained",
    )
    for axis in axes.flat:
        axis.set_axis_off()
    for index, (axis, image) in enumerate(zip(axes.flat, images, strict=False)):
        axis.imshow(image, cmap="gray")
        if titles is not None:
            axis.set_title(titles[index], fontsize=8)
    if title:
        figure.suptitle(title)
    return figure


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
        figsize=(4.6 * len(quantities), 3.4),
        squeeze=False,
        layout="constrained",
    )
    for axis, (key, label) in zip(axes.flat, quantities.items(), strict=True):
        for colour, (model, history) in zip(COLOURS, histories.items(), strict=False):
            draw_curve(axis, history, key, colour, model)
        axis.set(xlabel="epoch", ylabel=label, title=f"{key.capitalize()} by epoch")
        axis.xaxis.get_major_locator().set_params(integer=True)
        axis.grid(alpha=0.3)
    axes.flat[0].legend(fontsize=8)
    return figure


def draw_curve(axis, history: Mapping, key: str, colour: str, model: str) -> None:
    """Draw a quantity of one history: training dashed, validation in a full line."""
    for prefix, style, name in (("", "--", "training"), ("val_", "-", "validation")):
        if prefix + key in history:
            values = history[prefix + key]
            epochs = range(1, len(values) + 1)
            label = f"{model}, {name}"
            axis.plot(epochs, values, style, color=colour, label=label, marker=".")


def confusion_matrix(counts: np.ndarray, class_names: Sequence[str]) -> Figure:
    """Return the confusion matrix as shares of each true class, in per cent.

    Args:
        counts: (n, n), rows are the truth, columns the prediction.
        class_names: n names.
    """
    shares = 100 * counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    figure, axis = plt.subplots(figsize=(6.2, 5.4), layout="constrained")
    drawn = axis.imshow(shares, cmap="Blues", vmin=0, vmax=100)
    for (row, column), share in np.ndenumerate(shares):
        colour = "white" if share > 55 else "black"
        axis.text(
            column, row, f"{share:.0f}", ha="center", va="center", color=colour,
            fontsize=8,
        )  # fmt: skip
    places = range(len(class_names))
    axis.set_xticks(places, class_names, rotation=45, ha="right")
    axis.set_yticks(places, class_names)
    axis.set(xlabel="predicted", ylabel="true", title="Confusion matrix")
    figure.colorbar(drawn, label="per cent of the true class")
    return figure


def comparison(entries: Sequence[Mapping], metric: str = "test_accuracy") -> Figure:
    """Return a metric in per cent against parameters and against seconds of training.

    Args:
        entries: of the ledger, one a point; those without the metric are left out.
        metric: the name of the metric in the entries.
    """
    entries = [entry for entry in entries if metric in entry["metrics"]]
    figure, axes = plt.subplots(
        1, 2, figsize=(9.6, 4.2), sharey=True, layout="constrained"
    )
    models = list(dict.fromkeys(entry["model"] for entry in entries))
    for axis, quantity in zip(axes, ("parameters", "seconds"), strict=True):
        for index, model in enumerate(models):
            chosen = [entry for entry in entries if entry["model"] == model]
            axis.scatter(
                [entry[quantity] for entry in chosen],
                [100 * entry["metrics"][metric] for entry in chosen],
                color=COLOURS[index % len(COLOURS)],
                marker=MARKERS[index % len(MARKERS)],
                label=model,
            )
        values = [entry[quantity] for entry in entries]
        axis.set(xscale="log", title=f"Accuracy against {quantity}")
        axis.set_xlim(min(values) / 2, max(values) * 2)
        axis.xaxis.set_major_locator(ticker.LogLocator(subs=(1, 2, 5)))
        axis.xaxis.set_major_formatter(ticker.EngFormatter(sep=""))
        axis.xaxis.set_minor_locator(ticker.NullLocator())
        axis.grid(alpha=0.3)
    axes[0].set(xlabel="parameters", ylabel="test accuracy (%)")
    axes[1].set(xlabel="training (s)")
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=3, fontsize=8)
    return figure

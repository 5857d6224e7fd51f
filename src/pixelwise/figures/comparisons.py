"""Results compared: by class, by model, by chapter."""

import itertools
from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib import ticker
from matplotlib.figure import Figure

from pixelwise.figures.style import COLOURS, MARKERS


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
            column,
            row,
            f"{share:.0f}",
            ha="center",
            va="center",
            color=colour,
            fontsize=8,
        )
    places = range(len(class_names))
    axis.set_xticks(places, class_names, rotation=45, ha="right")
    axis.set_yticks(places, class_names)
    axis.set(xlabel="predicted", ylabel="true", title="Confusion matrix")
    figure.colorbar(drawn, label="per cent of each row")
    return figure


def category_bars(
    scores: Mapping[str, Sequence[float]], class_names: Sequence[str]
) -> Figure:
    """Return each category's IoU as bars, one beside the other for each model.

    Args:
        scores: by model, an IoU from 0 to 1 for each category; NaN draws no bar.
        class_names: names of the categories.
    """
    figure, axis = plt.subplots(figsize=(7.6, 3.6), layout="constrained")
    width, places = 0.8 / len(scores), np.arange(len(class_names))
    for index, (model, ious) in enumerate(scores.items()):
        shift = (index - (len(scores) - 1) / 2) * width
        axis.bar(places + shift, ious, width, color=COLOURS[index], label=model)
    axis.set_xticks(places, class_names)
    axis.set(ylabel="IoU", ylim=(0, 1), title="Intersection over union by category")
    axis.grid(axis="y", alpha=0.3)
    figure.legend(loc="outside lower center", ncols=min(len(scores), 4), fontsize=8)
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
        axis.set_title(f"Accuracy against {quantity}")
        format_log(axis, values)
    axes[0].set(xlabel="parameters", ylabel="test accuracy (%)")
    axes[1].set(xlabel="training (s)")
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=3, fontsize=8)
    return figure


def chapters_compared(panels: Mapping[str, Sequence[Mapping]]) -> Figure:
    """Return the course's results against parameters and against seconds of training.

    A mark is a model, its shape and colour the chapter; each chapter's best is full and
    named in the legend, the others are pale.

    Args:
        panels: by the label of the axis, such as "mean IoU (%)", models as mappings
            with `chapter`, `model`, `mean` (0 to 1), `parameters` and `seconds`, both
            above 0.
    """
    figure, axes = plt.subplots(
        len(panels),
        2,
        figsize=(9.6, 4.4 * len(panels)),
        squeeze=False,
        layout="constrained",
    )
    styles = list(zip(COLOURS, MARKERS, strict=False))
    chapters = list(dict.fromkeys(row["chapter"] for p in panels.values() for row in p))
    for line, (label, rows) in zip(axes, panels.items(), strict=True):
        for axis, quantity in zip(line, ("parameters", "seconds"), strict=True):
            for index, chapter in enumerate(chapters):
                own = [row for row in rows if row["chapter"] == chapter]
                draw_chapter(axis, own, quantity, *styles[index % len(styles)])
            format_log(axis, [row[quantity] for row in rows])
            name = label.split(" (")[0]
            title = f"{name[0].upper()}{name[1:]} against {quantity}"
            axis.set(ylabel=label, title=title)
            shown = "training (s)" if quantity == "seconds" else quantity
            axis.set_xlabel(f"{shown}, log scale")
    named = [zip(*line[0].get_legend_handles_labels(), strict=True) for line in axes]
    handles, labels = zip(*itertools.chain(*named), strict=True)
    figure.legend(handles, labels, loc="outside lower center", ncols=2, fontsize=9)
    return figure


def draw_chapter(axis, rows: Sequence[Mapping], quantity: str, colour, marker) -> None:
    """Draw one chapter's models, the best one full, the others pale."""
    best = max(rows, key=lambda row: row["mean"], default=None)
    for row in rows:
        named = f"chapter {row['chapter'][1]}: {row['model']}"
        axis.scatter(
            row[quantity],
            100 * row["mean"],
            color=colour,
            marker=marker,
            alpha=1.0 if row is best else 0.25,
            label=named if row is best else None,
        )


def format_log(axis, values: Sequence[float]) -> None:
    """Give an axis a logarithmic scale that has room for the values, and a grid."""
    axis.set_xscale("log")
    axis.set_xlim(min(values) / 2, max(values) * 2)
    few = max(values) < 100 * min(values)
    axis.xaxis.set_major_locator(ticker.LogLocator(subs=(1, 2, 5) if few else (1,)))
    axis.xaxis.set_major_formatter(ticker.EngFormatter(sep=""))
    axis.xaxis.set_minor_locator(ticker.NullLocator())
    axis.grid(alpha=0.3)

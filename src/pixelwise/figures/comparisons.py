"""Every figure that more than one notebook draws; `show` puts it on the page."""

import base64
import io
import itertools
from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib import ticker
from matplotlib.figure import Figure
from matplotlib.patches import Patch

# Okabe and Ito's colours, which colour-blind readers can tell apart.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")

# Of flat, construction, object, nature, sky, human and vehicle.
CATEGORY_COLOURS = tuple(COLOURS[place] for place in (3, 6, 4, 2, 5, 1, 0))

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
    figure.colorbar(drawn, label="per cent of each row")
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


def format_log(axis, values: Sequence[float]) -> None:
    """Give an axis a logarithmic scale that has room for the values, and a grid."""
    axis.set_xscale("log")
    axis.set_xlim(min(values) / 2, max(values) * 2)
    few = max(values) < 100 * min(values)
    axis.xaxis.set_major_locator(ticker.LogLocator(subs=(1, 2, 5) if few else (1,)))
    axis.xaxis.set_major_formatter(ticker.EngFormatter(sep=""))
    axis.xaxis.set_minor_locator(ticker.NullLocator())
    axis.grid(alpha=0.3)


def mask_colours(masks: np.ndarray) -> np.ndarray:
    """Return masks (n, h, w) as pictures uint8 (n, h, w, 3) in `CATEGORY_COLOURS`.

    What is no category is white. The colours are near to those of Cityscapes, in which
    nature and people look alike to many colour-blind readers.

    Args:
        masks: integers from 0 to 255.
    """
    table = np.full((256, 3), 255, np.uint8)
    table[: len(CATEGORY_COLOURS)] = [
        [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
        for colour in CATEGORY_COLOURS
    ]
    return table[masks]


def segmentations(
    rows: Mapping[str, np.ndarray],
    class_names: Sequence[str],
    titles: Mapping[str, Sequence[str]] | None = None,
) -> Figure:
    """Return photos and masks of the same scenes, a row of each, above a legend.

    Args:
        rows: by what the row is called: photos (n, h, w, 3), uint8 or floats from 0 to
            1, or masks (n, h, w) of integers.
        class_names: of the labels 0, 1 …; 255 is void.
        titles: by what the row is called, n lines above its pictures.
    """
    pictures_only = {
        name: mask_colours(drawn) if np.ndim(drawn) == 3 else drawn
        for name, drawn in rows.items()
    }
    figure = picture_rows(pictures_only, titles)
    add_category_legend(figure, class_names, void=True)
    return figure


def picture_rows(
    rows: Mapping[str, np.ndarray],
    titles: Mapping[str, Sequence[str]] | None = None,
) -> Figure:
    """Return several views of the same pictures, a row of each, with its name.

    Args:
        rows: by what the row is called, pictures (n, h, w, 3), uint8 or floats from 0
            to 1, or (n, h, w, 1).
        titles: by what the row is called, n lines above its pictures.
    """
    columns = len(next(iter(rows.values())))
    size = 1.5 * columns + 0.5, 1.7 * len(rows) + 0.6
    figure, axes = plt.subplots(
        len(rows), columns, figsize=size, squeeze=False, layout="constrained"
    )
    for line, (name, drawn) in zip(axes, rows.items(), strict=True):
        above = (titles or {}).get(name, [""] * columns)
        for axis, picture, words in zip(line, drawn, above, strict=True):
            axis.imshow(picture, cmap="gray")
            axis.set(xticks=[], yticks=[])
            axis.set_title(words, fontsize=8)
        line[0].set_ylabel(name)
    return figure


def add_category_legend(
    figure: Figure, class_names: Sequence[str], void: bool = False, columns: int = 4
) -> None:
    """Add a legend of the categories' colours, and of void's white, below a figure."""
    colours = dict(zip(class_names, CATEGORY_COLOURS, strict=False))
    if void:
        colours["void"] = "white"
    patches = [
        Patch(facecolor=colour, edgecolor="black", label=name)
        for name, colour in colours.items()
    ]
    place = "outside lower center"
    figure.legend(handles=patches, loc=place, ncols=columns, fontsize=8)


def overlay(
    photo: np.ndarray, mask: np.ndarray, class_names: Sequence[str], share: float = 0.55
) -> Figure:
    """Return a photo, and beside it the same under the colours of its mask.

    Args:
        photo: (h, w, 3), uint8.
        mask: integers (h, w).
        class_names: of the labels 0, 1 …
        share: of the mask's colours in the mixture, 0 to 1.
    """
    mixed = (1 - share) * photo + share * mask_colours(mask)
    width = min(5.0, 5.0 * photo.shape[1] / photo.shape[0])
    size = 2 * width, width * photo.shape[0] / photo.shape[1] + 0.9
    figure, axes = plt.subplots(1, 2, figsize=size, layout="constrained")
    drawn = {"photo": photo, "categories": np.rint(mixed).astype(np.uint8)}
    for axis, (title, picture) in zip(axes, drawn.items(), strict=True):
        axis.imshow(picture)
        axis.set(xticks=[], yticks=[], title=title)
    add_category_legend(figure, class_names)
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

"""Tables of RESULTS.md on the segmenters: chapters 5 to 7 and the drawn streets."""

from pixelwise import results
from pixelwise.data.cityscapes import CATEGORIES
from tools.makers.measure import streets
from tools.makers.reports import tables

MEASURES = {
    "mean_iou": "mean IoU",
    "weighted_iou": "weighted IoU",
    "pixel_accuracy": "pixel accuracy",
    "near_accuracy": "near borders",
}
EIGHTHS = range(1, 9)  # of a race's time: when the networks are scored on the way
RACE, PUBLISHED = "race: ", "published recipe: "
ABLATED = "U-Net, batch norm"  # what the other ablations change


def sections(entries: list[dict]) -> str:
    """Return all tables of entries that were measured on one data set."""
    tested = [entry for entry in entries if "test_mean_iou" in entry["metrics"]]
    parts = [
        (f"On the test pictures: {with_drives(entries[0]['data'])}", overall(tested)),
        ("IoU of each category, test pictures", categories(tested)),
        ("The race: mean IoU on the validation pictures by seconds", race(entries)),
        ("One thing changed, on the validation pictures", ablations(entries)),
        ("The published comparison, test pictures", published(entries)),
        (f"The aims of «{streets.LONG_RUN}»", aims(entries)),
    ]
    return "\n\n".join(f"### {title}\n\n{text}" for title, text in parts if text)


def with_drives(data: str) -> str:
    """Return a data set's name, with how many drives stand behind a figure on it."""
    of_two = data == "CamVid" or data.endswith("by drives")
    return f"{data} (two drives)" if of_two else data


def guesses(entries: list[dict]) -> list[dict]:
    """Return the entries of the guesses, which look at no picture."""
    return [entry for entry in entries if entry["model"] in streets.GUESSES]


def with_guesses(rows: list[dict], entries: list[dict]) -> list[dict]:
    """Return rows below the guesses among `entries`, nothing without rows."""
    others = [entry for entry in rows if entry["model"] not in streets.GUESSES]
    return guesses(entries) + others if rows else []


def cell(entries: list[dict], model: str, metric) -> str:
    """Return a model's mean and spread in per cent, a dash where not measured."""
    values = [e for e in entries if e["model"] == model and metric in e["metrics"]]
    return results.percent(results.summary(values, model, metric)) if values else "–"


def costs(entries: list[dict], model: str) -> list[str]:
    """Return a model's parameters, mean seconds of training and number of runs."""
    runs = [entry for entry in entries if entry["model"] == model]
    seconds = sum(entry["seconds"] for entry in runs) / len(runs)
    return [f"{runs[0]['parameters']:,}", f"{seconds:.0f}", f"{len(runs)}"]


def lines(heads: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table whose first column is text and the others numbers."""
    ruler = "|".join(["---", *["---:"] * (len(heads) - 1)])
    shown = [f"| {' | '.join(cells)} |" for cells in (heads, *rows)]
    return "\n".join([shown[0], f"|{ruler}|", *shown[1:]])


def overall(entries: list[dict]) -> str:
    """Return a table of every measure on the test pictures, with what it costs."""
    entries = with_guesses(entries, entries)
    rows = [
        [
            model,
            *(cell(entries, model, f"test_{measure}") for measure in MEASURES),
            *costs(entries, model),
        ]
        for model in tables.names(entries)
    ]
    heads = ["model", *MEASURES.values(), "parameters", "seconds", "runs"]
    note = (
        "\n\nThe U-Net that is named by its minutes was trained on the validation "
        "pictures too, after all was chosen, and its logits of a picture and of the "
        "mirrored one are added."
    )
    longer = [e for e in entries if e["model"] == streets.LONG_RUN]
    return lines(heads, rows) + (note if longer else "") if entries else ""


def categories(entries: list[dict]) -> str:
    """Return a table of each category's IoU on the test pictures."""
    entries = with_guesses(entries, entries)
    rows = [
        [model, *(cell(entries, model, f"test_{name}_iou") for name in CATEGORIES)]
        for model in tables.names(entries)
    ]
    return lines(["model", *CATEGORIES], rows) if entries else ""


def race(entries: list[dict]) -> str:
    """Return a table of the race at the eighths of its time, and its final order."""
    racers = tables.chosen(entries, RACE)
    shown = [at_eighths(entry) for entry in with_guesses(racers, entries)]
    rows = [
        [model.removeprefix(RACE), *(cell(shown, model, e) for e in EIGHTHS)]
        for model in tables.names(shown)
    ]
    seconds = [f"{streets.RACE_SECONDS * e / len(EIGHTHS):g} s" for e in EIGHTHS]
    return lines(["model", *seconds], rows) + ranking(racers) if racers else ""


def at_eighths(entry: dict) -> dict:
    """Return an entry whose metrics are the mean IoUs at the eighths of the time.

    A network is scored at the first end of a round after each eighth; a guess is at all
    times what it is.
    """
    if entry["model"] in streets.GUESSES:
        scores = dict.fromkeys(EIGHTHS, entry["metrics"]["validation_mean_iou"])
    else:
        eighth = streets.RACE_SECONDS / len(EIGHTHS)
        scores = {round(after / eighth): score for after, score in entry["scores"]}
    return entry | {"metrics": scores}


def ranking(racers: list[dict]) -> str:
    """Return a sentence with the networks' order on the test pictures."""
    rows = [
        results.summary(racers, model, "test_mean_iou")
        for model in tables.names(racers)
    ]
    ranked = [
        f"{row['model'].removeprefix(RACE)} ({results.percent(row)})"
        for row in sorted(rows, key=lambda row: row["mean"])
    ]
    order = ", ".join(ranked)
    return f"\n\nBy mean IoU on the test pictures at the end, lowest first: {order}."


def ablations(entries: list[dict]) -> str:
    """Return a table of the U-Nets with one thing changed, beside the one without."""
    changed = [
        entry
        for entry in entries
        if entry["model"].startswith("U-Net, ") and entry["model"] != streets.LONG_RUN
    ]
    shown = with_guesses(changed, entries)
    rows = [
        [
            model,
            cell(shown, model, "validation_mean_iou"),
            difference(changed, model),
            *(cell(shown, model, f"validation_{name}") for name in list(MEASURES)[1:]),
            *costs(shown, model),
        ]
        for model in tables.names(shown)
    ]
    first, *others = MEASURES.values()
    heads = ["model", first, "difference (points)", *others]
    heads += ["parameters", "seconds", "runs"]
    note = (
        f"\n\nThe difference is in mean IoU from «{ABLATED}», ± its standard error. "
        "All have the same number of steps."
    )
    return lines(heads, rows) + note if changed else ""


def difference(entries: list[dict], model: str) -> str:
    """Return a model's mean IoU less that of the base, "" for the base and guesses."""
    measured = tables.names(entries)
    if model == ABLATED or not {model, ABLATED} <= set(measured):
        return ""
    metric = "validation_mean_iou"
    one, base = (results.summary(entries, name, metric) for name in (model, ABLATED))
    return tables.gain(one, base)


def published(entries: list[dict]) -> str:
    """Return a table of the published recipe's results beside the published ones."""
    ours = tables.chosen(entries, PUBLISHED)
    shown = with_guesses(ours, entries)
    rows = [beside_published(shown, model) for model in tables.names(shown)]
    theirs = "published, other data"
    heads = ["model", "mean IoU", theirs, "weighted IoU", theirs]
    heads += ["parameters", "seconds", "runs"]
    note = (
        "\n\nTwo epochs of Adam at 1e-4 each; here the U-Net, without batch norm, has "
        f"width {streets.WIDTH} and the ResNet-18 width {streets.RESNET_WIDTH}. The "
        "published figures are of the full widths and of another data set, the full "
        "Cityscapes: their height cannot be compared with ours."
    )
    return lines(heads, rows) + note if ours else ""


def beside_published(entries: list[dict], model: str) -> list[str]:
    """Return a row with a model's mean and weighted IoU beside the published ones."""
    name = model.removeprefix(PUBLISHED)
    row = [name]
    figures = streets.PUBLISHED.get(name, (None, None))  # of a guess none
    for measure, figure in zip(("mean_iou", "weighted_iou"), figures, strict=True):
        row.append(cell(entries, model, f"test_{measure}"))
        row.append(f"{100 * figure:.2f} %" if figure else "")
    return [*row, *costs(entries, model)]


def aims(entries: list[dict]) -> str:
    """Return a sentence for each aim of the longer run: whether it was met."""
    model = streets.LONG_RUN
    of_model = [entry for entry in entries if entry["model"] == model]
    return "\n".join(
        f"- {MEASURES[measure]}: at least {100 * aim:.0f} % was aimed at, "
        f"{verdict(results.summary(of_model, model, f'test_{measure}'), aim)}."
        for measure, aim in streets.AIMS.items()
        if of_model
    )


def verdict(row: dict, aim: float) -> str:
    """Return what was reached, over how many runs, and whether that meets an aim."""
    reached = f"{results.percent(row)} reached (runs: {row['runs']})"
    if row["mean"] >= aim:
        return f"{reached}: met"
    return f"{reached}: missed by {100 * (aim - row['mean']):.2f} points"

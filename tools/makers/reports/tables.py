"""Tables of RESULTS.md whose rows are compared on the validation pictures."""

from pixelwise import results
from tools.makers.measure.resnet import PUBLISHED


def trials(entries: list[dict]) -> str:
    """Return chapter 1's random search, best on validation first."""
    entries = chosen(entries, "search trial")
    ranked = sorted(entries, key=lambda e: -e["metrics"]["validation_accuracy"])
    lines = [
        f"The random search, {entries[0]['epochs']} epochs a trial, by validation:",
        "",
        "| validation accuracy | units | learning rate | batch | dropout | L2 |",
        "|---:|---|---:|---:|---:|---:|",
    ]
    for entry in ranked:
        s = entry["settings"]
        lines.append(
            f"| {100 * entry['metrics']['validation_accuracy']:.1f} % "
            f"| {'-'.join(map(str, s['units']))} | {s['learning_rate']:.2g} "
            f"| {s['batch_size']} | {s['dropout']:g} | {s['l2']:.1g} |"
        )
    return "\n".join(lines)


def residual(entries: list[dict]) -> str:
    """Return chapter 3's tables: depth, augmentation, the recipe, the search."""
    parts = [
        ("Depth, with shortcuts and without", depths(entries)),
        ("Augmentation", augmentations(entries)),
        ("The recipe, step by step", steps(entries)),
        ("The published search", search(entries)),
    ]
    shown = [f"### {title}\n\n{table}" for title, table in parts if table]
    return "\n\n".join(shown)


def chosen(entries: list[dict], *kinds: str) -> list[dict]:
    """Return the entries whose model's name begins with one of `kinds`."""
    return [entry for entry in entries if entry["model"].startswith(kinds)]


def names(entries: list[dict]) -> list[str]:
    """Return the models' names, each once, in the order of their numbers or runs."""
    return list(dict.fromkeys(entry["model"] for entry in entries))


def by_validation(entries: list[dict], model: str) -> dict:
    return results.summary(entries, model, "validation_accuracy")


def depths(entries: list[dict]) -> str:
    """Return a table of plain and residual networks with their training loss."""
    entries = chosen(entries, "plain", "residual")
    lines = [
        "| network | training loss | validation accuracy | parameters | epochs "
        "| seconds | runs |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for model in names(entries):
        row = by_validation(entries, model)
        of_model = [entry for entry in entries if entry["model"] == model]
        losses = [entry["history"]["loss"][-1] for entry in of_model]
        lines.append(
            f"| {model} | {' · '.join(f'{loss:.3f}' for loss in losses)} "
            f"| {results.percent(row)} | {row['parameters']:,} | {row['epochs']} "
            f"| {row['seconds']:.0f} | {row['runs']} |"
        )
    note = (
        "\n\nPictures halved to 16×16, 10,000 to train on. The training loss is that "
        "of the last epoch, one for each run."
    )
    return "\n".join(lines) + note if entries else ""


def augmentations(entries: list[dict]) -> str:
    """Return a table of the trainings that differ in augmentation alone."""
    entries = chosen(entries, "augmentation: ")
    lines = [
        "| augmentation | validation accuracy | epochs | seconds | runs |",
        "|---|---:|---:|---:|---:|",
    ]
    for model in names(entries):
        row = by_validation(entries, model)
        lines.append(
            f"| {model.partition(': ')[2]} | {results.percent(row)} | {row['epochs']} "
            f"| {row['seconds']:.0f} | {row['runs']} |"
        )
    note = "\n\nResNet-18 of width 16, 8,000 pictures to train on."
    return "\n".join(lines) + note if entries else ""


def steps(entries: list[dict]) -> str:
    """Return a table of the recipe's steps, each beside the one before it."""
    entries = sorted(chosen(entries, "recipe "), key=lambda entry: entry["model"])
    lines = [
        "| what is added | validation accuracy | gain (points) | seconds | runs |",
        "|---|---:|---:|---:|---:|",
    ]
    before = None
    for model in names(entries):
        row = by_validation(entries, model)
        lines.append(
            f"| {model.partition(': ')[2]} | {results.percent(row)} "
            f"| {gain(row, before)} | {row['seconds']:.0f} | {row['runs']} |"
        )
        before = row
    note = (
        "\n\nThe fast network at half its width, 20,000 pictures to train on, 5 "
        "epochs. The gain is over the row above, ± its standard error."
    )
    return "\n".join(lines) + note if entries else ""


def gain(row: dict, before: dict | None) -> str:
    """Return the difference of two summaries in points, ± its standard error."""
    if before is None:
        return ""
    points, error = results.difference(row, before)
    return f"{points:+.1f}" if error is None else f"{points:+.1f} ± {error:.1f}"


def search(entries: list[dict]) -> str:
    """Return the published search's rows, ours beside the published per cent."""
    entries = chosen(entries, "search: ")
    lines = [
        "| optimizer, rate / batch / epochs | validation accuracy | published "
        "| seconds |",
        "|---|---:|---:|---:|",
    ]
    for entry in entries:
        name = entry["model"].removeprefix("search: ")
        share = 100 * entry["metrics"]["validation_accuracy"]
        lines.append(
            f"| {name} | {share:.1f} % | {PUBLISHED[name]} % | {entry['seconds']:.0f} |"
        )
    note = (
        "\n\nResNet-18 of width 16, 3,000 pictures to train on, one run a row. The "
        "published figures are of the full width on another data set. With so few "
        "pictures a row has far fewer steps and soon overfits, so neither the height "
        "nor the order can be carried over."
    )
    return "\n".join(lines) + note if entries else ""


def transfer(entries: list[dict]) -> str:
    """Return chapter 4's comparisons on the validation pictures."""
    parts = [
        ("Which head: 20 labels per class", "head at "),
        ("Pictures enlarged: the MLP as head, 100 labels per class", "enlarged "),
        ("The last stage unfrozen: the same head and labels", "unfrozen"),
    ]
    shown = [
        f"### {title}\n\n{compared(chosen(entries, kind))}"
        for title, kind in parts
        if chosen(entries, kind)
    ]
    return "\n\n".join(shown)


def compared(entries: list[dict]) -> str:
    """Return a table of validation accuracies and seconds of training."""
    lines = ["| model | validation accuracy | seconds | runs |", "|---|---:|---:|---:|"]
    for model in names(entries):
        row = by_validation(entries, model)
        lines.append(
            f"| {model} | {results.percent(row)} | {row['seconds']:.0f} "
            f"| {row['runs']} |"
        )
    return "\n".join(lines)

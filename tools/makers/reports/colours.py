"""Tables of RESULTS.md on chapter 8: painted street photos, and painted CIFAR-10."""

from pixelwise import results
from tools.makers.measure import colorization
from tools.makers.reports import tables
from tools.makers.reports.segmentation import costs, lines

# What a measure is called, and its decimals.
MEASURES = {
    "psnr": ("PSNR (dB)", 1),
    "ciede2000": ("CIEDE2000", 2),
    "ciede2000_mirrored": ("of both views", 2),
    "ciede2000_p95": ("95th percentile", 2),
    "colourfulness": ("colourfulness", 1),
    "contrast": ("edge contrast", 2),
    "sharpness": ("edge sharpness", 2),
}
BASELINE = "mean colour"
AIM = 0.40  # how far below the baseline the better variant's mean CIEDE2000 should be


def sections(entries: list[dict]) -> list[str]:
    """Return the tables of entries that were measured on one data set."""
    title = f"### On the test pictures: {entries[0]['data']}"
    tested = [entry for entry in entries if "test_ciede2000" in entry["metrics"]]
    parts = [title, overall(tested)]
    for beginning in ("", "published recipe: "):
        parts.append(skips(entries, beginning))
    return [part for part in [*parts, aim(entries), on_the_way(entries)] if part]


def cell(entries: list[dict], model: str, measure: str) -> str:
    """Return a model's mean and spread by a measure, a dash where not measured."""
    metric, digits = f"test_{measure}", MEASURES[measure][1]
    known = [e for e in entries if e["model"] == model and metric in e["metrics"]]
    if not known:
        return "–"
    row = results.summary(known, model, metric)
    spread = "" if row["spread"] is None else f" ± {row['spread']:.{digits}f}"
    return f"{row['mean']:z.{digits}f}{spread}"


def overall(entries: list[dict]) -> str:
    """Return a table of every measure, with what it costs."""
    rows = [
        [
            model,
            *(cell(entries, model, measure) for measure in MEASURES),
            *costs(entries, model),
        ]
        for model in tables.names(entries)
    ]
    heads = [head for head, _ in MEASURES.values()]
    return lines(["model", *heads, "parameters", "seconds", "runs"], rows)


def skips(entries: list[dict], beginning: str) -> str:
    """Return the differences with skips less without, or "" without both."""
    names = [f"{beginning}{name}" for name in colorization.SKIPS]
    if not set(names) <= set(tables.names(entries)):
        return ""
    told = [difference(entries, names, measure) for measure in MEASURES]
    which = "the published recipe" if beginning else "equal time"
    return f"With skips less without, {which}: {'; '.join(filter(None, told))}."


def difference(entries: list[dict], names: list[str], measure: str) -> str:
    """Return how two models differ by a measure, and whether that is clear."""
    metric, (head, digits) = f"test_{measure}", MEASURES[measure]
    try:
        both = [results.summary(entries, name, metric) for name in names]
    except KeyError:
        return ""
    points, error = results.difference(*both)
    said = f"{head} {points / 100:+z.{digits}f}"
    if error is None:
        return f"{said} (a single run)"
    bound = results.STUDENT.get(both[0]["runs"] + both[1]["runs"] - 2, 3)
    verdict = "clear" if abs(points) > bound * error else "undecided"
    return f"{said} ± {error / 100:.{digits}f} ({verdict})"


def aim(entries: list[dict]) -> str:
    """Return whether the better variant is as far below the baseline as it should."""
    names = set(tables.names(entries))
    if not {BASELINE, *colorization.SKIPS} <= names:
        return ""
    means = {
        name: results.summary(entries, name, "test_ciede2000")["mean"]
        for name in (BASELINE, *colorization.SKIPS)
    }
    best = min(colorization.SKIPS, key=means.get)
    share = 1 - means[best] / means[BASELINE]
    verdict = "met" if share >= AIM else "not met"
    return (
        f"The aim, a mean CIEDE2000 at least {100 * AIM:.0f} % below that of the mean "
        f"colour: «{best}» is {100 * share:.0f} % below it: {verdict}."
    )


def on_the_way(entries: list[dict]) -> str:
    """Return how the validation pictures were painted by who did not train on them."""
    metric, told = "validation_ciede2000", []
    for model in tables.names(entries):
        if not model.startswith(colorization.ON_THE_WAY):
            continue
        row = results.summary(entries, model, metric)
        spread = "" if row["spread"] is None else f" ± {row['spread']:.2f}"
        name = model.removeprefix(colorization.ON_THE_WAY)
        told.append(f"{name} {row['mean']:.2f}{spread} (runs: {row['runs']})")
    if not told:
        return ""
    return (
        "Trained without the validation pictures, and measured on them, "
        f"mean CIEDE2000: {'; '.join(told)}."
    )

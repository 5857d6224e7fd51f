"""Write RESULTS.md and the README's table from the ledgers kept with the package."""

from pathlib import Path

from pixelwise import results, run
from pixelwise.data import camvid, cityscapes
from tools.makers import address, measure
from tools.makers.marks import Marks
from tools.makers.measure import streets
from tools.makers.measure.colorization import CIFAR10
from tools.makers.measure.experiment import (
    COLORIZATION,
    DRAWN_STREETS,
    OF_PAIRS,
)
from tools.makers.measure.resnet import QUICK
from tools.makers.reports import colours, segmentation, speeds, tables


def drives(split: str) -> str:
    """Return the names of CamVid's drives of a split."""
    return " and ".join(camvid.drives(split))


CHAPTERS = {
    "01_mlp": "Chapter 1: the multilayer perceptron",
    "02_cnn": "Chapter 2: the convolutional network",
    "03_resnet18": "Chapter 3: the residual network",
    "04_resnet_transfer": "Chapter 4: transfer learning",
    "05_fcn": "Chapter 5: the fully convolutional network",
    "06_better_fcn": "Chapter 6: a better FCN",
    "07_unet": "Chapter 7: U-Net",
    "08_colorization": "Chapter 8: colorization",
}
# For the README: each chapter's question, the model whose result stands for it, and
# what the model is called there.
IDEAS = {
    "01_mlp": (
        "What can be told from a list of pixels?",
        "MLP found by search",
        "MLP found by search",
    ),
    "02_cnn": (
        "What changes if neighbours matter?",
        "CNN, better recipe",
        "CNN, better recipe",
    ),
    "03_resnet18": (
        "What keeps deep networks trainable?",
        f"fast network, {QUICK} epochs",
        f"fast network, {QUICK} epochs",
    ),
    "04_resnet_transfer": (
        "What is a network worth that learned on other pictures?",
        "labels per class: frozen ×4, 20",
        "frozen backbone, pictures enlarged ×4, 20 labels per class",
    ),
    "05_fcn": (
        "What if every pixel needs a label?",
        f"FCN on {streets.BACKBONE}",
        "FCN on frozen EfficientNet-Lite0",
    ),
    "06_better_fcn": (
        "Can a network learn to draw finer?",
        "better FCN",
        "better FCN on the same backbone",
    ),
    "07_unet": (
        "What if the way up is as wide as the way down?",
        streets.LONG_RUN,
        "U-Net, trained for 6 minutes",
    ),
    "08_colorization": (
        "What if more than one colour is right?",
        "with skips",
        "U-Net with skips, mean CIEDE2000",
    ),
}
# What a chapter compares on the validation pictures, as tables.
DETAILS = {
    "01_mlp": tables.trials,
    "03_resnet18": tables.residual,
    "04_resnet_transfer": tables.transfer,
}
BADGE = "https://colab.research.google.com/assets/colab-badge.svg"
MARKS = Marks("chapters", "make results")
PREAMBLE = """# Results

What the course's networks reached, written by `make results` from the ledgers in
`src/pixelwise/results/recorded/`: edit nothing here by hand.

Each figure is the mean over seeds of the accuracy on the 10,000 test pictures, which
are read once a run, ± the standard deviation over seeds (n - 1); where a table says so,
that on the validation pictures.
On CIFAR-10 training is on 45,000 pictures, and choices are made on the other 5,000 of
the training split. Seconds are of training alone by the clock, on the device named,
mean over seeds: other work on the machine lengthens them.
"""
PAIRS = f"""
From chapter 5 on, and on the drawn streets, a figure is a measure of all pixels of the
test pictures together, void left out, ± its standard deviation over seeds: mean IoU,
every category alike; weighted IoU, each category by its pixels; pixel accuracy; and
that «near borders», of the pixels within {streets.NEAR} pixels of another category.
Training, validation and test are whole drives, as far as each set's makers allow; below
stands which. Each table begins with two guesses that look at no
picture: the most frequent category of the training masks everywhere, and the most
frequent one of each position.

«CamVid»: trained on {camvid.COUNTS["train"]} photos of {drives("train")}, validated
on all {camvid.COUNTS["val"]} of {drives("val")}, and tested on the published
{camvid.COUNTS["test"]} of {drives("test")}. Of these two drives nothing was trained on
the second, but on the earlier half of the first. So a figure on the test stands on two
drives, and one on the validation on a single one.

«CamVid street pairs, by drives»: the same photos and parts, as JPEG pairs with noise in
the mask. «CamVid street pairs» alone: measured until November 2026 on 101 frames out of
the middle of a drive that was trained on, a second away from training frames on both
sides. Those figures are too good, and stand until they are measured anew.
"""
PAINTED = """\
Networks that read the lightness of a photo and say its chroma. Measured on the painted
RGB pictures: PSNR of all pixels together; CIEDE2000, the difference that is seen, its
mean and its 95th percentile over all pixels; colourfulness as by Hasler and Süsstrunk;
and, at the strongest edges of the true chroma, which share of the step is painted
(contrast), and within how few pixels, 1 being the truth's own (sharpness). «Of both
views»: the mean CIEDE2000 of the average of what is said of a photo and of the mirrored
one. What is tested was trained on the validation pictures too, after the recipe was
chosen on them."""
TOWN = """
## The drawn town

Ten objects, drawn by the course's own program: 10,000 pictures to train on, 1,000 for
validation, 2,000 for the test. It has to be worth learning from: neither a linear model
nor the MLP may solve it, and the CNN must.

"""
STREETS = f"""
## The drawn streets

Pairs of a street and its mask, drawn by the course's own program and written as the
real ones are: {cityscapes.DRAWN["train"]} to train on, \
{cityscapes.DRAWN["validation"]} to validate, {cityscapes.DRAWN["val"]} for the test.
They have to rank the networks as the real pairs do."""
RECOMPRESSED = """
«CIFAR-10, recompressed»: the pictures were stored as JPEG of quality 75 with halved
chroma before they were measured on, so every accuracy is some points below what the
same run reaches on the originals.
"""


def write() -> Path:
    """Write RESULTS.md and return its path."""
    path = run.checkout() / "RESULTS.md"
    path.write_text(text(), encoding="utf-8")
    return path


def write_readme() -> Path:
    """Write the README's table of chapters between its marks; return the path."""
    path = run.checkout() / "README.md"
    MARKS.put(path, chapters())
    return path


def chapters() -> str:
    """Return the README's table: chapter and question, result, minutes and badge."""
    repository = address.declared(run.checkout())
    lines = [
        "| chapter | recorded result | minutes on two CPU cores | |",
        "|---|---|---:|---|",
    ]
    for chapter, title in CHAPTERS.items():
        question, model, named = IDEAS[chapter]
        colab = address.colab(repository, f"{chapter}.ipynb")
        lines.append(
            f"| [{title.removeprefix('Chapter ')}](notebooks/{chapter}.ipynb)"
            f"<br>{question} | {best(chapter, model, named)} "
            f"| {run.SIZES[chapter]['laptop']['minutes']:g} "
            f"| [![Open in Colab]({BADGE})]({colab}) |"
        )
    return "\n".join(lines) + "\n"


def best(chapter: str, model: str, named: str) -> str:
    """Return what a model reached, its name and on what; or that it is not measured."""
    entries = [e for e in results.recorded(chapter) if e["model"] == model]
    if not entries:
        return "not measured yet"
    # Of several data sets the one that was measured on last: they are never mixed.
    newest = [e for e in entries if e["data"] == entries[-1]["data"]]
    return f"**{reached(chapter, newest)}**<br>{named}; {newest[0]['data']}"


def reached(chapter: str, entries: list[dict]) -> str:
    """Return a chapter's own measure, of one model on one data set."""
    measure = results.MEASURES[chapter]
    row = results.summary(entries, entries[0]["model"], measure.metric)
    return f"{measure.name} {measure.text(row)}"


def text() -> str:
    """Return the text of RESULTS.md."""
    parts = [PREAMBLE, PAIRS]
    entries = {chapter: results.recorded(chapter) for chapter in CHAPTERS}
    if any("recompressed" in e["data"] for rows in entries.values() for e in rows):
        parts.append(RECOMPRESSED)
    parts += [section(chapter, entries[chapter]) for chapter in CHAPTERS]
    town = results.recorded("drawn_town")
    if town:
        parts += [TOWN, results.table(town), "\n\n", conditions(town), "\n"]
    parts.append(drawn_streets(results.recorded(DRAWN_STREETS)))
    if speeds.LEDGER.exists():
        parts.append(speeds.section(speeds.read()))
    return "".join(parts)


def section(chapter: str, entries: list[dict]) -> str:
    """Return one chapter's heading, its tables and what they were measured on."""
    if chapter == COLORIZATION:
        shown = painted([*entries, *results.recorded(CIFAR10)])
    elif chapter in OF_PAIRS:
        shown = of_pairs(entries)
    else:
        shown = of_pictures(chapter, entries)
    parts = [f"\n## {CHAPTERS[chapter]}", *shown, open_runs(chapter, entries)]
    if chapter == COLORIZATION:
        parts.append(open_runs(CIFAR10, results.recorded(CIFAR10), " on CIFAR-10"))
    return "\n\n".join(part for part in parts if part) + "\n"


def of_pictures(chapter: str, entries: list[dict]) -> list[str]:
    """Return the tables of a chapter on CIFAR-10."""
    tested = [entry for entry in entries if "test_accuracy" in entry["metrics"]]
    shown = [results.table(tested), conditions(tested)] if tested else []
    details = entries and chapter in DETAILS
    return [*shown, DETAILS[chapter](entries)] if details else shown


def of_pairs(entries: list[dict]) -> list[str]:
    """Return the tables of segmenters, those of each data set by themselves."""
    shown = []
    for data in dict.fromkeys(entry["data"] for entry in entries):
        rows = [entry for entry in entries if entry["data"] == data]
        trained = [entry for entry in rows if entry["epochs"]]
        shown += [segmentation.sections(rows), conditions(trained or rows)]
    return shown


def painted(entries: list[dict]) -> list[str]:
    """Return the tables of colorizers, those of each data set by themselves."""
    shown = [PAINTED]
    for data in dict.fromkeys(entry["data"] for entry in entries):
        rows = [entry for entry in entries if entry["data"] == data]
        trained = [entry for entry in rows if entry["epochs"]]
        shown += [*colours.sections(rows), conditions(trained or rows)]
    return shown


def drawn_streets(entries: list[dict]) -> str:
    """Return the section on the drawn streets."""
    parts = [STREETS, *of_pairs(entries), open_runs(DRAWN_STREETS, entries)]
    return "\n\n".join(part for part in parts if part) + "\n"


def open_runs(chapter: str, entries: list[dict], where: str = "") -> str:
    """Return a line that names a chapter's missing runs and their seeds, or ""."""
    done = {(entry["model"], entry["seed"]) for entry in entries}
    missing = {}
    for planned in measure.experiments():
        if planned.chapter == chapter and (planned.model, planned.seed) not in done:
            missing.setdefault(planned.model, []).append(str(planned.seed))
    named = [f"{model} ({', '.join(seeds)})" for model, seeds in missing.items()]
    return f"Not measured yet{where} (seeds): {'; '.join(named)}." if named else ""


def conditions(entries: list[dict]) -> str:
    """Return a line on the devices, precisions and versions of some entries."""
    devices = ", ".join(sorted({entry["device"] for entry in entries}))
    precisions = ", ".join(sorted({entry["precision"] for entry in entries}))
    versions = entries[-1]["versions"]
    named = ", ".join(f"{name} {number}" for name, number in versions.items())
    return f"Device: {devices}. Precision: {precisions}. Versions: {named}."


if __name__ == "__main__":
    print(f"written: {write()} and {write_readme()}")

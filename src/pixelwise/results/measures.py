"""What each chapter's models are compared by: its own measure on the test pictures."""

from dataclasses import dataclass

from pixelwise.results.summaries import percent


@dataclass(frozen=True)
class Measure:
    """A quantity that is measured on the test pictures.

    Attributes:
        name: what it is called.
        metric: its name in the ledger.
        is_share: whether it is a share of 1, which is told in per cent.
        lower_is_better: whether the best model has the lowest.
        explanation: what a reader has to know beside the name, if anything.
    """

    name: str
    metric: str
    is_share: bool = True
    lower_is_better: bool = False
    explanation: str = ""

    def text(self, summary: dict) -> str:
        """Return a summary's mean and spread, such as "46.8 ± 0.4 %" or "2.80"."""
        if self.is_share:
            return percent(summary)
        spread = "" if summary["spread"] is None else f" ± {summary['spread']:.2f}"
        return f"{summary['mean']:.2f}{spread}"


ACCURACY = Measure("accuracy", "test_accuracy")
MEAN_IOU = Measure("mean IoU", "test_mean_iou")
COLOUR_DIFFERENCE = Measure(
    "colour difference",
    "test_ciede2000",
    is_share=False,
    lower_is_better=True,
    explanation="mean CIEDE2000, lower is better",
)
MEASURES = {
    "01_mlp": ACCURACY,
    "02_cnn": ACCURACY,
    "03_resnet18": ACCURACY,
    "04_resnet_transfer": ACCURACY,
    "05_fcn": MEAN_IOU,
    "06_better_fcn": MEAN_IOU,
    "07_unet": MEAN_IOU,
    "08_colorization": COLOUR_DIFFERENCE,
}

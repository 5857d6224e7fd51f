"""The claims of the chapters, each with the comparison that carries it."""

from typing import NamedTuple


class Claim(NamedTuple):
    """A sentence, and that one row of the ledger is ahead of another.

    Attributes:
        sentence: what the chapter claims.
        model: the row that has to be ahead.
        other: the row that it is compared with, or a value.
        metric: of both, without its part: "accuracy" is `test_accuracy` or
            `validation_accuracy`, whichever more runs of both have.
        other_metric: of the other row, if it is another one.
        lead: points that the first has to be ahead; below 0: may be behind.
        chapter: where the other row is from, if from another chapter.
    """

    sentence: str
    model: str
    other: str | float
    metric: str = "accuracy"
    other_metric: str = ""
    lead: float = 0.0
    chapter: str = ""


GUESSING = 0.1  # of ten classes
MLP, BETTER_MLP = "MLP as published", "better MLP as published"
CNN = "CNN, better recipe"
EVERYWHERE, BY_POSITION = "most frequent everywhere", "most frequent by position"
FCN = "FCN"
UNET = "U-Net, batch norm"
SKIPS, NO_SKIPS = "with skips", "without skips"

CLAIMS = {
    "01_mlp": (
        Claim("The MLP does better than guessing.", MLP, GUESSING, lead=10),
        Claim("The better MLP beats the MLP.", BETTER_MLP, MLP),
        Claim("The search's MLP beats the published one.", "MLP found by search", MLP),
        Claim(
            "It beats the published better MLP, too.",
            "MLP found by search",
            BETTER_MLP,
        ),
        Claim(
            "Shuffled pixels do not hurt the MLP (by five points or more).",
            "MLP, pixels shuffled",
            MLP,
            lead=-5,
        ),
    ),
    "02_cnn": (
        Claim("The CNN does better than guessing.", CNN, GUESSING, lead=10),
        Claim("The CNN beats the MLP.", "CNN, published recipe", BETTER_MLP),
        Claim(
            "With the better recipe its lead over the MLP is ten points or more.",
            CNN,
            BETTER_MLP,
            lead=10,
        ),
        Claim("The recipe matters.", CNN, "CNN, published recipe"),
        Claim(
            "It beats the best MLP of chapter 1.",
            CNN,
            "MLP found by search",
            chapter="01_mlp",
        ),
    ),
    "03_resnet18": (
        Claim(
            "The deeper plain network is behind the shallower one.",
            "depth: plain, shallow",
            "depth: plain, deep",
            "training_accuracy",
        ),
        Claim(
            "The deeper residual network beats the shallower one.",
            "depth: residual, deep",
            "depth: residual, shallow",
            "training_accuracy",
        ),
        Claim(
            "At the greater depth, residual beats plain.",
            "depth: residual, deep",
            "depth: plain, deep",
            "training_accuracy",
        ),
        Claim(
            "Flips and crops help.",
            "augmentation: flip and crop",
            "augmentation: none",
        ),
        Claim(
            "Flips and crops beat the published set.",
            "augmentation: flip and crop",
            "augmentation: published set",
        ),
        Claim(
            "The search's best ResNet-18 beats chapter 2's CNN.",
            "ResNet-18, best row",
            CNN,
            chapter="02_cnn",
        ),
        Claim(
            "The fast network beats chapter 2's CNN.",
            "fast network",
            CNN,
            chapter="02_cnn",
        ),
    ),
    "04_resnet_transfer": (
        Claim(
            "With 5 labels a class, transfer beats training from scratch.",
            "labels per class: frozen, 5",
            "labels per class: scratch, 5",
        ),
        Claim(
            "With 20 labels a class it does, too.",
            "labels per class: frozen, 20",
            "labels per class: scratch, 20",
        ),
        Claim(
            "With 100 labels a class it still does.",
            "labels per class: frozen, 100",
            "labels per class: scratch, 100",
        ),
        Claim(
            "Larger pictures help.",
            "enlarged ×2: frozen",
            "enlarged ×1: frozen",
        ),
        Claim(
            "Features that were trained beat random ones.",
            "head at 20 labels: linear",
            "head at 20 labels: linear, random backbone",
        ),
        Claim(
            "A large rate ends below a small one.",
            "unfrozen, small rate",
            "unfrozen, large rate",
        ),
        Claim(
            "With 100 labels a class, fine-tuning beats the frozen backbone.",
            "labels per class: fine-tuned, 100",
            "labels per class: frozen, 100",
        ),
    ),
    "05_fcn": (
        Claim(
            "The FCN beats the most frequent category of each position.",
            FCN,
            BY_POSITION,
            "mean_iou",
        ),
        Claim(
            "Pixel accuracy flatters: so much is reached without looking.",
            BY_POSITION,
            0.5,
            "pixel_accuracy",
        ),
        Claim(
            "The mean IoU is far below the pixel accuracy.",
            FCN,
            FCN,
            "pixel_accuracy",
            "mean_iou",
            lead=10,
        ),
        Claim(
            "Near borders the FCN is wrong more often.",
            FCN,
            FCN,
            "pixel_accuracy",
            "near_accuracy",
        ),
        Claim(
            "Thin things are lost: objects are far behind the ground.",
            FCN,
            FCN,
            "flat_iou",
            "object_iou",
            lead=10,
        ),
        Claim(
            "Small things are lost: people are far behind the ground.",
            FCN,
            FCN,
            "flat_iou",
            "human_iou",
            lead=10,
        ),
    ),
    "06_better_fcn": (
        Claim("Maps of stride 16 help the FCN.", "FCN-16s", FCN, "mean_iou"),
        Claim("Maps of stride 8 help it further.", "FCN-8s", "FCN-16s", "mean_iou"),
        Claim("FCN-8s beats the FCN near borders.", "FCN-8s", FCN, "near_accuracy"),
        Claim("FCN-8s raises the IoU of thin things.", "FCN-8s", FCN, "object_iou"),
        Claim("The better FCN beats the FCN.", "better FCN", FCN, "mean_iou"),
        Claim(
            "Earlier maps help more than the better FCN's way up.",
            "FCN-8s",
            "better FCN",
            "mean_iou",
        ),
    ),
    "07_unet": (
        Claim(
            "The U-Net beats the most frequent category of each position.",
            UNET,
            BY_POSITION,
            "mean_iou",
        ),
        Claim("Batch norm helps it.", UNET, "U-Net, no batch norm", "mean_iou"),
        Claim("Skips help it.", UNET, "U-Net, no skips", "mean_iou"),
        Claim("Skips help near borders.", UNET, "U-Net, no skips", "near_accuracy"),
        Claim(
            "Class weights raise the IoU of people.",
            "U-Net, class weights",
            UNET,
            "human_iou",
        ),
        Claim("Dice raises the IoU of people.", "U-Net, Dice", UNET, "human_iou"),
        Claim(
            "In a race of this length, the U-Net beats the FCN.",
            "race: U-Net",
            "race: FCN",
            "mean_iou",
        ),
        Claim(
            "In a race of this length, it beats the ResNet-18 segmenter.",
            "race: U-Net",
            "race: ResNet-18 segmenter",
            "mean_iou",
        ),
    ),
    "08_colorization": (
        Claim("Colorization beats grey.", SKIPS, "grey", "ciede2000"),
        Claim("It beats the mean colour.", SKIPS, "mean colour", "ciede2000"),
        Claim(
            "Batch norm and a longer run beat the published recipe.",
            SKIPS,
            "published recipe: with skips",
            "ciede2000",
        ),
        Claim("Skips lower the colour difference.", SKIPS, NO_SKIPS, "ciede2000"),
        Claim("Skips sharpen the edges of colours.", SKIPS, NO_SKIPS, "sharpness"),
        Claim(
            "Bins that are rebalanced give more colourful answers.",
            "bins, rebalanced",
            SKIPS,
            "colourfulness",
        ),
    ),
}

"""How large this run is (the profile) and where its files go."""

import importlib.metadata
import logging
import os
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

PROFILES = ("full", "laptop", "smoke")

# Every size of every chapter, in one table. `minutes` and `memory` (GB) are what the
# chapter's first cell announces; they were measured on two CPU cores, except `full`,
# which is reckoned from operations for a T4.
SIZES = {
    "01_mlp": {
        "full": dict(
            train=45_000, validation=5_000, test=10_000, epochs=10,
            trials=12, trial_epochs=4, minutes=10, memory=3.0,
        ),
        "laptop": dict(
            train=18_000, validation=2_000, test=10_000, epochs=8,
            trials=6, trial_epochs=3, minutes=3, memory=1.5,
        ),
        "smoke": dict(
            train=512, validation=128, test=256, epochs=2,
            trials=2, trial_epochs=1, minutes=0.5, memory=1.0,
        ),
    },
    "02_cnn": {
        "full": dict(
            train=45_000, validation=5_000, test=10_000, epochs=20, width=64,
            minutes=16, memory=4.0,
        ),
        "laptop": dict(
            train=18_000, validation=2_000, test=10_000, epochs=5, width=32,
            minutes=3, memory=2.0,
        ),
        "smoke": dict(
            train=512, validation=128, test=256, epochs=2, width=8,
            minutes=0.5, memory=1.0,
        ),
    },
    "03_resnet18": {
        "full": dict(
            train=45_000, validation=5_000, test=10_000, few=10_000,
            blocks=(3, 9), depth_epochs=15, rates=(0.01, 0.1, 1.0), rate_epochs=4,
            rows=(0, 1, 8), row_share=1.0, row_width=64,
            augmented=10_000, augmented_epochs=15, seeds=3,
            epochs=10, width=64, minutes=15, memory=6.0,
        ),
        "laptop": dict(
            train=18_000, validation=2_000, test=10_000, few=4_000,
            blocks=(1, 4), depth_epochs=2, rates=(0.01, 0.1, 1.0), rate_epochs=1,
            rows=(0, 1, 8), row_share=0.2, row_width=8,
            augmented=1_000, augmented_epochs=6, seeds=2,
            epochs=4, width=32, minutes=3, memory=3.0,
        ),
        "smoke": dict(
            train=512, validation=128, test=256, few=512,
            blocks=(1, 2), depth_epochs=1, rates=(0.1,), rate_epochs=1,
            rows=(8,), row_share=0.1, row_width=4,
            augmented=128, augmented_epochs=1, seeds=1,
            epochs=2, width=8, minutes=0.5, memory=2.0,
        ),
    },
    "04_resnet_transfer": {
        "full": dict(
            train=45_000, validation=5_000, test=10_000, counts=(5, 20, 100, 500),
            enlarge=dict(resnet50=4, resnet18_small=2), width=32, seeds=3,
            factors=dict(resnet50=(1, 2, 4, 7), resnet18_small=(1, 2, 3)),
            head_steps=500, fine_steps=200, scratch_steps=1_000,
            minutes=20, memory=8.0,
        ),
        "laptop": dict(
            train=8_000, validation=1_000, test=2_000, counts=(5, 20, 100),
            enlarge=dict(resnet50=1, resnet18_small=2), width=16, seeds=2,
            factors=dict(resnet50=(1, 2), resnet18_small=(1, 2, 3)),
            head_steps=100, fine_steps=50, scratch_steps=150,
            minutes=3, memory=3.0,
        ),
        "smoke": dict(
            train=512, validation=128, test=256, counts=(5,),
            enlarge=dict(resnet50=1, resnet18_small=2), width=4, seeds=1,
            factors=dict(resnet50=(1, 2), resnet18_small=(1, 2)),
            head_steps=20, fine_steps=4, scratch_steps=24,
            minutes=0.5, memory=2.0,
        ),
    },
    "05_fcn": {
        "full": dict(
            train=2_600, validation=375, test=500, size=128, epochs=20,
            free_steps=150, minutes=8, memory=8.0,
        ),
        "laptop": dict(
            train=336, validation=64, test=101, size=128, epochs=24,
            free_steps=60, minutes=1, memory=3.0,
        ),
        "smoke": dict(
            train=24, validation=8, test=8, size=128, epochs=8,
            free_steps=5, minutes=0.5, memory=2.0,
        ),
    },
    "06_better_fcn": {
        "full": dict(
            train=2_600, validation=375, test=500, size=128, epochs=6, seeds=3,
            free_steps=150, minutes=18, memory=9.0,
        ),
        "laptop": dict(
            train=336, validation=64, test=101, size=128, epochs=6, seeds=2,
            free_steps=60, minutes=2.5, memory=3.0,
        ),
        "smoke": dict(
            train=24, validation=8, test=8, size=128, epochs=1, seeds=1,
            free_steps=5, minutes=0.5, memory=2.0,
        ),
    },
    "07_unet": {
        "full": dict(
            train=2_600, validation=375, test=500, size=128, epochs=4, batch=8,
            width=64, small_width=32, resnet_width=64, seeds=2, race_seconds=180,
            minutes=26, memory=8.0,
        ),
        "laptop": dict(
            train=336, validation=64, test=101, size=128, epochs=3, batch=8,
            width=12, small_width=12, resnet_width=32, seeds=1, race_seconds=12,
            minutes=4.5, memory=3.5,
        ),
        "smoke": dict(
            train=24, validation=8, test=8, size=128, epochs=1, batch=8,
            width=4, small_width=4, resnet_width=4, seeds=1, race_seconds=0.5,
            minutes=1, memory=3.0,
        ),
    },
    "08_colorization": {
        "full": dict(
            train=2_600, validation=375, test=500, size=128, epochs=4, batch=8,
            width=64, small_width=32, seeds=2, objects=20_000, object_epochs=4,
            minutes=22, memory=9.0,
        ),
        "laptop": dict(
            train=336, validation=64, test=101, size=64, epochs=8, batch=8,
            width=16, small_width=16, seeds=1, objects=2_000, object_epochs=1,
            minutes=4.5, memory=3.0,
        ),
        "smoke": dict(
            train=24, validation=8, test=8, size=64, epochs=1, batch=8,
            width=4, small_width=4, seeds=1, objects=64, object_epochs=1,
            minutes=0.5, memory=2.0,
        ),
    },
}  # fmt: skip


@dataclass(frozen=True)
class Run:
    """One execution of a chapter: its sizes, and the folder where its files go."""

    chapter: str
    profile: str
    data: str
    sizes: SimpleNamespace

    @property
    def folder(self) -> Path:
        """Where this chapter keeps checkpoints, one folder for each profile and data.

        So a model half-trained on one data set is never continued on another.
        """
        data = self.data.lower().replace(",", "").replace(" ", "-")
        return runs_folder() / self.chapter / f"{self.profile}-{data}"

    def epochs(self, num_train: int) -> int:
        """Return the epochs in which `num_train` pictures are seen as often as planned.

        A smaller data set than the profile's takes more epochs and the same time.
        """
        return max(1, round(self.sizes.epochs * self.sizes.train / num_train))


def start(chapter: str, source) -> Run:
    """Return the run of a chapter and print what the student should know first.

    Args:
        chapter: a notebook's name without its ending, such as "01_mlp".
        source: what is read, with `name` and `describe()`, such as what
            `pixelwise.data.cifar10.source()` returns.

    Raises:
        ValueError: the chapter or PIXELWISE_PROFILE is not a known one.
    """
    if chapter not in SIZES:
        raise ValueError(f"chapter: expected one of {list(SIZES)}, found {chapter!r}")
    # Float32 means float32 on newer GPUs too, which else round products to ten bits.
    os.environ.setdefault("NVIDIA_TF32_OVERRIDE", "0")
    # TensorFlow warns of a new graph for every new model, which is what lessons do.
    logging.getLogger("tensorflow").setLevel(logging.ERROR)
    name = profile()
    sizes = SimpleNamespace(**SIZES[chapter][name])
    print(f"{chapter} in profile {name}: about {sizes.minutes:g} min", end="")
    print(f" and {sizes.memory:g} GB of memory")
    # In a notebook longer lines run out of sight.
    whole = dict(break_long_words=False, break_on_hyphens=False)  # a path stays one
    told = f"data    {source.describe()}"
    print(textwrap.fill(told, 80, subsequent_indent=" " * 8, **whole))
    print(f"device  {device()}")
    print(f"kept in {runs_folder()}")
    return Run(chapter, name, source.name, sizes)


def profile() -> str:
    """Return `full`, `laptop` or `smoke`: PIXELWISE_PROFILE, or what suits the machine.

    Raises:
        ValueError: PIXELWISE_PROFILE is set to something else.
    """
    asked = os.environ.get("PIXELWISE_PROFILE", "")
    if not asked:
        return "full" if accelerators() else "laptop"
    if asked not in PROFILES:
        raise ValueError(
            f"PIXELWISE_PROFILE: expected one of {list(PROFILES)}, found {asked!r}"
        )
    return asked


def data_folder() -> Path:
    """Return the folder that data sets are read from and kept in (it may not exist).

    It is PIXELWISE_DATA; or `data/` in a checkout; or the user's cache folder.
    """
    asked = os.environ.get("PIXELWISE_DATA", "")
    if asked and not drawn_asked():
        return Path(asked).expanduser().resolve()
    root = checkout()
    return root / "data" if root else user_cache() / "data"


def drawn_asked() -> bool:
    """Return whether PIXELWISE_DATA=drawn asks for the drawn town in any profile."""
    return os.environ.get("PIXELWISE_DATA", "") == "drawn"


def runs_folder() -> Path:
    """Return the folder for checkpoints and the ledger (it may not exist).

    It is PIXELWISE_RUNS; or `runs/` in a checkout; or the user's cache folder.
    """
    asked = os.environ.get("PIXELWISE_RUNS", "")
    if asked:
        return Path(asked).expanduser().resolve()
    root = checkout()
    return root / "runs" if root else user_cache() / "runs"


def keep_on_drive() -> None:
    """Keep this session's runs on Google Drive, where Colab does not delete them.

    Raises:
        RuntimeError: this is not Colab.
    """
    try:
        from google.colab import drive
    except ImportError:
        raise RuntimeError(
            "Google Drive can be mounted in Colab only; elsewhere set PIXELWISE_RUNS "
            f"to a folder of yours. Runs are kept in {runs_folder()}"
        ) from None
    drive.mount("/content/drive")
    os.environ["PIXELWISE_RUNS"] = "/content/drive/MyDrive/pixelwise/runs"
    print(f"runs    {runs_folder()}")


def checkout() -> Path | None:
    """Return the root of the checkout that this package runs from, or None."""
    root = Path(__file__).resolve().parents[2]
    return root if (root / "notebooks").is_dir() else None


def user_cache() -> Path:
    """Return the user's cache folder for this course, by the platform's custom."""
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME", home / ".cache"))
    return base / "pixelwise"


def accelerators() -> list[str]:
    """Return the names of the GPUs and TPUs that the Keras backend sees."""
    import keras

    if keras.backend.backend() == "torch":
        import torch

        return [f"gpu:{i}" for i in range(torch.cuda.device_count())]
    devices = keras.distribution.list_devices()
    return [name for name in devices if "cpu" not in name.lower()]


def device() -> str:
    """Return one line on the device, the backend and the versions that will be used."""
    import keras

    backend = keras.backend.backend()
    where = ", ".join(accelerators()) or f"CPU, {os.cpu_count()} cores"
    return f"{where} · Keras {keras.__version__} on {backend} {version(backend)}"


def version(distribution: str) -> str:
    """Return the version of an installed distribution, or "not installed"."""
    names = [distribution]
    if distribution == "tensorflow":
        names.append("tensorflow-cpu")
    for name in names:
        try:
            return importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return "not installed"

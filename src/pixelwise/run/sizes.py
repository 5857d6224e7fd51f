"""How large a run is: the profile, and every size of every chapter in one table."""

import os

from pixelwise.run.machine import accelerators

PROFILES = ("full", "laptop", "smoke")


def by_profile(**quantities: tuple) -> dict[str, dict]:
    """Return the sizes of each profile, from three values of each quantity."""
    return {
        profile: {name: values[place] for name, values in quantities.items()}
        for place, profile in enumerate(PROFILES)
    }


# Each quantity in `full`, in `laptop` and in `smoke`. `minutes` and `memory` (GB) are
# what the chapter's first cell announces; they were measured on two CPU cores, except
# `full`, which is reckoned from operations for a T4.
SIZES = {
    "01_mlp": by_profile(
        train=(45_000, 18_000, 512),
        validation=(5_000, 2_000, 128),
        test=(10_000, 10_000, 256),
        epochs=(10, 8, 2),
        trials=(12, 6, 2),
        trial_epochs=(4, 3, 1),
        minutes=(10, 3, 0.5),
        memory=(3.0, 1.5, 1.0),
    ),
    "02_cnn": by_profile(
        train=(45_000, 18_000, 512),
        validation=(5_000, 2_000, 128),
        test=(10_000, 10_000, 256),
        epochs=(20, 5, 2),
        width=(64, 32, 8),
        minutes=(16, 3, 0.5),
        memory=(4.0, 2.0, 1.0),
    ),
    "03_resnet18": by_profile(
        train=(45_000, 18_000, 512),
        validation=(5_000, 2_000, 128),
        test=(10_000, 10_000, 256),
        few=(10_000, 4_000, 512),
        blocks=((3, 9), (1, 4), (1, 2)),
        depth_epochs=(15, 2, 1),
        rates=((0.01, 0.1, 1.0), (0.01, 0.1, 1.0), (0.1,)),
        rate_epochs=(4, 1, 1),
        rows=((0, 1, 8), (0, 1, 8), (8,)),
        row_share=(1.0, 0.2, 0.1),
        row_width=(64, 8, 4),
        augmented=(10_000, 1_000, 128),
        augmented_epochs=(15, 6, 1),
        seeds=(3, 2, 1),
        epochs=(10, 4, 2),
        width=(64, 32, 8),
        minutes=(15, 3, 0.5),
        memory=(6.0, 3.0, 2.0),
    ),
    "04_resnet_transfer": by_profile(
        train=(45_000, 8_000, 512),
        validation=(5_000, 1_000, 128),
        test=(10_000, 2_000, 256),
        counts=((5, 20, 100, 500), (5, 20, 100), (5,)),
        enlarge=(
            dict(resnet50=4, efficientnet_lite0=4),
            dict(resnet50=1, efficientnet_lite0=2),
            dict(resnet50=1, efficientnet_lite0=2),
        ),
        width=(32, 16, 4),
        seeds=(3, 1, 1),
        factors=(
            dict(resnet50=(1, 2, 4, 7), efficientnet_lite0=(1, 2, 4, 7)),
            dict(resnet50=(1, 2), efficientnet_lite0=(1, 2)),
            dict(resnet50=(1, 2), efficientnet_lite0=(1, 2)),
        ),
        head_steps=(500, 60, 20),
        fine_steps=(200, 30, 4),
        scratch_steps=(1_000, 90, 24),
        minutes=(20, 3.5, 0.5),
        memory=(8.0, 3.0, 2.0),
    ),
    "05_fcn": by_profile(
        train=(2_600, 336, 24),
        validation=(375, 64, 8),
        test=(500, 233, 8),
        size=(128, 128, 128),
        epochs=(20, 24, 8),
        free_steps=(150, 60, 5),
        minutes=(8, 1, 0.5),
        memory=(8.0, 3.0, 2.0),
    ),
    "06_better_fcn": by_profile(
        train=(2_600, 336, 24),
        validation=(375, 64, 8),
        test=(500, 233, 8),
        size=(128, 128, 128),
        epochs=(6, 6, 1),
        seeds=(3, 1, 1),
        free_steps=(150, 60, 5),
        minutes=(18, 2.5, 0.5),
        memory=(9.0, 3.0, 2.0),
    ),
    "07_unet": by_profile(
        train=(2_600, 336, 24),
        validation=(375, 64, 8),
        test=(500, 233, 8),
        size=(128, 128, 128),
        epochs=(4, 3, 1),
        batch=(8, 8, 8),
        width=(64, 12, 4),
        small_width=(32, 12, 4),
        resnet_width=(64, 32, 4),
        seeds=(2, 1, 1),
        race_seconds=(180, 12, 0.5),
        minutes=(26, 4.5, 1),
        memory=(8.0, 3.5, 3.0),
    ),
    "08_colorization": by_profile(
        train=(2_600, 336, 24),
        validation=(375, 64, 8),
        test=(500, 233, 8),
        size=(128, 64, 64),
        epochs=(4, 8, 1),
        batch=(8, 8, 8),
        width=(64, 16, 4),
        small_width=(32, 16, 4),
        seeds=(2, 1, 1),
        objects=(20_000, 2_000, 64),
        object_epochs=(4, 1, 1),
        minutes=(22, 4.5, 0.5),
        memory=(9.0, 3.0, 2.0),
    ),
}


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

"""How large this run is (the profile), what it runs on, and where its files go."""

from pixelwise.run.chapter import Run, now, start
from pixelwise.run.folders import (
    checkout,
    data_folder,
    drawn_asked,
    given_up,
    keep_on_drive,
    runs_folder,
)
from pixelwise.run.machine import accelerators, device, version
from pixelwise.run.precision import choose_precision
from pixelwise.run.sizes import PROFILES, SIZES, profile

__all__ = [
    "PROFILES",
    "SIZES",
    "Run",
    "accelerators",
    "checkout",
    "choose_precision",
    "data_folder",
    "device",
    "drawn_asked",
    "given_up",
    "keep_on_drive",
    "now",
    "profile",
    "runs_folder",
    "start",
    "version",
]

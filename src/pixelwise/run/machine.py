"""What computes: accelerators, backend and versions."""

import importlib.metadata
import os


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

"""What all chapters of a build have in common: profile, device and data."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

# Asked in a process of its own: the one that asks takes hold of a GPU's memory. In
# `full` the download comes first: without network all chapters use one other data set.
ASK_MACHINE = """
import json, os, sys
from pixelwise import run
from pixelwise.data import cifar10
from pixelwise.data.download import DownloadError
facts = {"profile": run.profile(), "device": run.device()}
source = cifar10.source()
if source.is_real and source.path is None:
    try:
        cifar10.download()
    except DownloadError as error:
        os.environ["PIXELWISE_DATA"] = "drawn"
        facts["no data"] = f"CIFAR-10 could not be downloaded: {error}"
facts["data"] = cifar10.source().describe()
with open(sys.argv[1], "w") as file:
    json.dump(facts, file)
"""


def settle(profile: str | None) -> dict[str, str]:
    """Fix and print the profile and the data for all chapters; return these facts."""
    if profile:
        os.environ["PIXELWISE_PROFILE"] = profile
    facts = ask_machine()
    os.environ["PIXELWISE_PROFILE"] = facts["profile"]
    if "no data" in facts:
        os.environ["PIXELWISE_DATA"] = "drawn"
    for name, value in facts.items():
        print(f"{name:<8} {value}")
    return facts


def ask_machine() -> dict[str, str]:
    """Return the profile that suits the machine, its device, and the data in use."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "facts.json"
        command = [sys.executable, "-c", ASK_MACHINE, str(answer)]
        asked = subprocess.run(command, stderr=subprocess.PIPE, text=True)
        if asked.returncode:
            raise ValueError(f"the machine could not be asked:\n{asked.stderr}")
        return json.loads(answer.read_text("utf-8"))

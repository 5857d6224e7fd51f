"""What all chapters of a build have in common: profile, device and data."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from pixelwise.data import cifar10, streets
from tools.students import fetch

# Asked in a process of its own: the one that asks takes hold of a GPU's memory.
ASK_MACHINE = """
import json, sys
from pixelwise import run
facts = {"profile": run.profile(), "device": run.device()}
with open(sys.argv[1], "w") as file:
    json.dump(facts, file)
"""


def settle(profile: str | None) -> dict[str, str]:
    """Fix the profile and the pictures of all chapters; print and return the facts."""
    if profile:
        os.environ["PIXELWISE_PROFILE"] = profile
    facts = ask_machine()
    os.environ["PIXELWISE_PROFILE"] = facts["profile"]
    missing = fetch.fetch_missing()
    if missing:
        facts["no data"] = f"{' and '.join(missing)} could not be fetched"
        # In `full`, where chapters would try again, and fail.
        os.environ["PIXELWISE_GIVEN_UP"] = ",".join(missing)
    facts["data"] = cifar10.source().describe()
    facts["streets"] = streets.source().describe()
    for name, value in facts.items():
        print(f"{name:<8} {value}")
    return facts


def ask_machine() -> dict[str, str]:
    """Return the profile that suits the machine, and its device."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "facts.json"
        command = [sys.executable, "-c", ASK_MACHINE, str(answer)]
        asked = subprocess.run(command, stderr=subprocess.PIPE, text=True)
        if asked.returncode:
            raise ValueError(f"the machine could not be asked:\n{asked.stderr}")
        return json.loads(answer.read_text("utf-8"))

"""Measure every builder's training speed beside the same network in PyTorch."""

import importlib.util
import statistics
from collections.abc import Sequence

from tqdm import tqdm

from tools.makers.benchmarks import networks
from tools.makers.benchmarks.workers import Worker

ROUNDS = 5

Turns = dict[tuple[str, str], list[float]]


def frameworks() -> tuple[str, ...]:
    """Return the frameworks that are installed here."""
    installed = importlib.util.find_spec("torch") is not None
    return ("keras", "torch") if installed else ("keras",)


def entries_of_all(tasks: Sequence[str]) -> list[dict]:
    """Measure and return one ledger entry a builder, framework and precision."""
    seconds, _ = take_turns(networks.MATMUL)
    peaks = peaks_of(seconds)
    found = []
    for task in tqdm(tasks, desc="training speed", unit="network"):
        seconds, facts = take_turns(task)
        found += entries(task, seconds, facts, peaks)
    return found


def take_turns(task: str) -> tuple[Turns, dict[tuple[str, str], dict]]:
    """Return seconds a step, one number a round, and facts, by framework and precision.

    All take their turn in every round, so that a machine that slows down slows all.
    """
    keys = [(f, p) for p in networks.PRECISIONS for f in frameworks()]
    workers = {key: Worker(task, *key) for key in keys}
    seconds = {key: [] for key in keys}
    for number in range(ROUNDS):
        # There and back, so that none always follows the same other one.
        for key in keys if number % 2 == 0 else reversed(keys):
            seconds[key].append(workers[key].measure())
    for worker in workers.values():
        worker.stop()
    return seconds, {key: worker.facts for key, worker in workers.items()}


def peaks_of(seconds: Turns) -> dict[str, float]:
    """Return the machine's operations a second in each precision: the best measured."""
    peaks = {}
    for (_, precision), turns in seconds.items():
        speed = networks.MATMUL_OPERATIONS / statistics.median(turns)
        peaks[precision] = max(speed, peaks.get(precision, 0))
    return peaks


def entries(
    task: str,
    seconds: Turns,
    facts: dict[tuple[str, str], dict],
    peaks: dict[str, float],
) -> list[dict]:
    """Return a builder's lines of the ledger.

    Args:
        task: the builder's name.
        seconds: seconds a step, one number a round, by framework and precision.
        facts: what each process said of itself, by framework and precision.
        peaks: the machine's operations a second, by precision.

    Raises:
        ValueError: the frameworks' networks differ in their number of parameters.
    """
    parameters = {key[0]: fact["parameters"] for key, fact in facts.items()}
    if len(set(parameters.values())) > 1:
        raise ValueError(f"{task}: expected equal parameters, found {parameters}")
    batch = networks.NETWORKS[task].batch
    operations = facts["keras", "float32"]["operations"]
    found = []
    for (framework, precision), turns in seconds.items():
        speeds = [batch / turn for turn in turns]
        speed = statistics.median(speeds)
        found.append(
            {
                "builder": task,
                "framework": framework,
                "precision": precision,
                "batch": batch,
                "images_per_second": round(speed, 1),
                "lowest": round(min(speeds), 1),
                "highest": round(max(speeds), 1),
                "rounds": len(turns),
                "parameters": parameters[framework],
                "operations_per_image": operations,
                "peak": round(peaks[precision]),
                "share_of_peak": round(speed * operations / peaks[precision], 4),
                "device": facts[framework, precision]["device"],
                "versions": facts[framework, precision]["versions"],
            }
        )
    return found

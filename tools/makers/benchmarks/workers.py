"""Processes of their own for each measurement, which take turns.

Frameworks in one process would share its cores' threads, so each has its own process.
It trains only when it is told to, and waits while another one is measured.
"""

import importlib
import multiprocessing
import statistics

from tools.makers.benchmarks import networks

WARM_UP = 3
# One turn is as many steps as fit into these seconds, but not fewer or more than these.
SECONDS = 1.0
STEPS = (3, 200)


def serve(connection, framework: str, task: str, precision: str) -> None:
    """Say what was prepared, then measure one turn for each True that is received."""
    side = importlib.import_module(f"tools.makers.benchmarks.{framework}_side")
    if task == networks.MATMUL:
        facts, measure = side.prepare_matmul(precision)
    else:
        facts, measure = side.prepare(task, precision)
    measure(WARM_UP)
    usual = statistics.median(measure(WARM_UP))
    steps = min(max(round(SECONDS / usual), STEPS[0]), STEPS[1])
    connection.send(facts)
    while connection.recv():
        connection.send(statistics.median(measure(steps)))


class Worker:
    """A fresh process in which one framework trains one network.

    Args:
        task: a builder's name, or "matmul".
        framework: "keras" or "torch".
        precision: "float32" or "bfloat16".

    Attributes:
        facts: device, versions and, of a network, parameters and operations.

    Raises:
        RuntimeError: the process ended; its own error is on the screen.
    """

    def __init__(self, task: str, framework: str, precision: str):
        self.name = f"{task} in {framework}, {precision}"
        spawn = multiprocessing.get_context("spawn")
        self.connection, theirs = spawn.Pipe()
        arguments = (theirs, framework, task, precision)
        self.process = spawn.Process(target=serve, args=arguments, daemon=True)
        self.process.start()
        theirs.close()
        self.facts = self._receive()

    def measure(self) -> float:
        """Return the median seconds of a step in one turn."""
        self.connection.send(True)
        return self._receive()

    def stop(self) -> None:
        """End the process."""
        self.connection.send(False)
        self.process.join()

    def _receive(self):
        try:
            return self.connection.recv()
        except EOFError:
            raise RuntimeError(
                f"{self.name}: the process ended; its error stands above"
            ) from None

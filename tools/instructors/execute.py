"""Execute a restored submission in place of nbgrader's own step, and judge its checks.

Run are the students' own cells, the course's definitions, and the checks. Where a check
misses a name, the whole notebook is run. A cell that never ends, or ends its kernel,
costs its own exercise: the rest is run in a new kernel.
"""

import re
import time

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Any

from tools.instructors.chapters import functions
from tools.instructors.kernel import START, Kernel, Limits, Outcome

# An answer may have replaced the course's checker: each check gets a fresh one.
FRESH_CHECKER = """
import importlib as _importlib, sys as _sys
check = _importlib.reload(_sys.modules["pixelwise.exercises.check"])
"""

# The same answers, all of them wrong: a check that takes them was disabled.
SPOIL = '''
def _spoiled(value):
    """Return something that is like `value`, and wrong."""
    if isinstance(value, (tuple, list)):
        return type(value)([_spoiled(each) for each in value])
    if isinstance(value, dict):
        return {{key: _spoiled(each) for key, each in value.items()}}
    try:
        return ~value if str(getattr(value, "dtype", "")) == "bool" else value + 1
    except Exception:
        return None


def _spoil(function):
    """Return a function whose answers are wrong."""
    return lambda *values, **named: _spoiled(function(*values, **named))


_kept = {{name: globals()[name] for name in {names}}}
globals().update({{name: _spoil(each) for name, each in _kept.items()}})
'''
REPAIR = "globals().update(_kept)"

# What IPython calls a cell, as a file.
NAMELESS = re.compile(r"\(\d+\.py, ")


class IsolatedExecute(NbGraderPreprocessor):
    """Execute a submission in a room of its own.

    Attributes:
        isolation: one of the functions of `isolation`.
        limits: time and memory.
    """

    isolation = Any().tag(config=True)
    limits = Any(Limits()).tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: dict
    ) -> tuple[NotebookNode, dict]:
        """Return the notebook with outputs, in which a failed check has an error.

        What kept it from being executed is put into its metadata: nbgrader would log
        an error, and forget it.
        """
        try:
            self.execute(nb)
        except RuntimeError as failed:
            nb.metadata.pixelwise["failed"] = str(failed)
        return nb, resources

    def execute(self, nb: NotebookNode) -> None:
        """Run what checks need, and everything where a check missed a name."""
        for everything in (False, True):
            with Execution(nb, self.isolation, self.limits) as execution:
                execution.run(everything)
            if not any(misses_a_name(cell) for cell in nb.cells):
                break


class Execution:
    """One run through a submission, in as many kernels as it takes."""

    def __init__(self, notebook: NotebookNode, isolation, limits: Limits):
        self.notebook = notebook
        self.isolation = isolation
        self.limits = limits
        self.cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        self.done: list[str] = []
        self.until = time.monotonic() + limits.notebook

    def __enter__(self) -> "Execution":
        self.start()
        return self

    def __exit__(self, *_) -> None:
        self.kernel.close()

    def start(self) -> None:
        """Start a kernel in which the course's imports have been run.

        Raises:
            RuntimeError: it does not start, or the imports fail: no student's fault.
        """
        self.kernel = Kernel(self.isolation, self.limits)
        try:
            self.kernel.wait()
            self.run_imports()
        except RuntimeError:
            self.kernel.close()
            raise

    def run_imports(self) -> None:
        """Run the cell that every check relies on, or raise RuntimeError."""
        source = self.notebook.metadata.pixelwise["imports"]
        outcome = self.kernel.run(source, START)
        if failed := outcome.stopped or outcome.error:
            raise RuntimeError(f"the chapter's imports failed: {failed}")

    def restart(self) -> None:
        """Run what ended well in a new kernel, unless the time is over."""
        if self.left() <= 0:
            return
        self.kernel.close()
        self.start()
        for source in list(self.done):
            if self.try_cell(source).stopped:
                self.done.remove(source)
                self.restart()
                return

    def left(self) -> float:
        """Return the seconds that are left for the notebook."""
        return self.until - time.monotonic()

    def run(self, everything: bool) -> None:
        """Run what checks need; or everything, for checks that missed something."""
        for cell in self.cells:
            part = cell.metadata.pixelwise["part"]
            if part == "check":
                if not everything or misses_a_name(cell):
                    self.run_check(cell)
            elif everything or part != "course":
                self.run_own(cell)

    def run_own(self, cell: NotebookNode) -> None:
        """Run a cell that is no check."""
        outcome = self.try_cell(cell.source)
        cell.outputs = outcome.outputs
        if outcome.stopped:
            cell.outputs.append(error("Stopped", outcome.stopped))
            self.restart()
        else:
            self.done.append(cell.source)

    def run_check(self, cell: NotebookNode) -> None:
        """Run a check; leave an error in its outputs unless it is passed."""
        outcome = self.try_check(cell)
        refused = cell.metadata.pixelwise.get("refused")
        if outcome.stopped:
            outcome.outputs.append(error("Stopped", outcome.stopped))
            self.restart()
        elif not outcome.error and "✓" not in outcome.printed:
            outcome.outputs.append(error("Unfinished", "the check did not end"))
        elif not outcome.error and self.takes_wrong_answers(cell):
            reason = "the check took wrong answers, too: something disabled it"
            outcome.outputs.append(error("Refused", reason))
        elif refused:
            verdict = "fails" if outcome.error else "passes"
            words = f"{refused}; the original check {verdict}"
            outcome.outputs.insert(0, error("Refused", words))
        elif missing := undefined(cell, outcome):
            reason = f"{missing} is not defined{self.why_undefined(cell)}"
            outcome.outputs = [error("Undefined", reason)]
        cell.outputs = [o for o in outcome.outputs if counts(o)]

    def why_undefined(self, cell: NotebookNode) -> str:
        """Return why an answer did not define its function, as the end of a sentence.

        The check alone would only say that there is no such name.
        """
        name = cell.metadata.nbgrader.grade_id.removesuffix("-check")
        answer = [c for c in self.cells if is_answer(c, name)]
        if not answer:
            return ", since its cell is missing"
        if failed := Outcome(answer[0].outputs).error:
            return f", since its cell failed: {NAMELESS.sub('(', failed)}"
        others = functions(answer[0].source)
        return f": its cell defines {', '.join(others) or 'no function'}"

    def try_check(self, cell: NotebookNode) -> Outcome:
        """Return what becomes of a check with a fresh checker."""
        prepared = self.try_cell(FRESH_CHECKER)
        return prepared if prepared.stopped else self.try_cell(cell.source)

    def takes_wrong_answers(self, cell: NotebookNode) -> bool:
        """Return whether the check passes although all answers are made wrong."""
        spoil = SPOIL.format(names=list(cell.metadata.pixelwise["functions"]))
        if self.try_cell(spoil).error:
            return True
        outcome = self.try_check(cell)
        if outcome.stopped:
            self.restart()
        else:
            self.try_cell(REPAIR)
        return not outcome.stopped and not outcome.error

    def try_cell(self, source: str) -> Outcome:
        """Return what becomes of a cell in the time that is left."""
        seconds = min(self.limits.cell, self.left())
        if seconds <= 0:
            used = f"{self.limits.notebook:.0f} s for the notebook"
            return Outcome(stopped=f"not run: the {used} were used up")
        return self.kernel.run(source, seconds)


def misses_a_name(cell: NotebookNode) -> bool:
    """Return whether a check failed since a name was not defined.

    It may be a name that the answer's cell needs: then the function is not defined.
    """
    part = cell.metadata.get("pixelwise", {})
    if part.get("part") != "check":
        return False
    return "NameError" in Outcome(cell.outputs).error


def undefined(cell: NotebookNode, outcome: Outcome) -> str:
    """Return which function of the answer a check did not find, or an empty text."""
    names = cell.metadata.pixelwise["functions"]
    found = [name for name in names if f"name '{name}' is not" in outcome.error]
    return found[0] if found and outcome.error.startswith("NameError") else ""


def is_answer(cell: NotebookNode, name: str) -> bool:
    """Return whether a cell is the answer to the exercise with this name."""
    return cell.metadata.get("nbgrader", {}).get("grade_id") == name


def counts(output: NotebookNode) -> bool:
    """Return whether nbgrader should see this output of a check.

    It takes a warning for a failure, and a number at the end for points.
    """
    is_warning = output.output_type == "stream" and output.name == "stderr"
    return not is_warning and output.output_type != "execute_result"


def error(name: str, words: str) -> NotebookNode:
    """Return an error as the output of a cell."""
    return NotebookNode(
        output_type="error", ename=name, evalue=words, traceback=[f"{name}: {words}"]
    )

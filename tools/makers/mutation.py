"""Break every solution in many small ways, and see that its check notices.

    python -m tools.makers.mutation
        the rate, and what survived, for each chapter
    python -m tools.makers.mutation 02 07
        of these chapters

A sign is flipped, an axis is exchanged, a number is off by one, a term is dropped: one
place at a time, in what stands between BEGIN SOLUTION and END SOLUTION.
"""

import ast
import contextlib
import copy
import io
import signal
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from tools.instructors import chapters
from tools.instructors.chapters import Chapter, Exercise

LONGEST = 20  # seconds after which a mutant counts as caught: it never ends
COUNTED = 1000  # larger numbers are constants of nature, not counts
FLIPPED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
SHIFTED = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}


@dataclass(frozen=True)
class Mutant:
    """A solution with one place changed.

    Attributes:
        exercise: whose solution it is.
        kind: what was done to it.
        line: the changed line, as it stands now.
        source: the whole answer.
    """

    exercise: Exercise
    kind: str
    line: str
    source: str


class Stalled(BaseException):
    """Raised in a mutant that runs for too long; no answer can catch it."""


def mutants(exercise: Exercise) -> list[Mutant]:
    """Return all mutants of a solution, each text once."""
    tree = ast.parse(exercise.answer.source)
    order_is_free = axis_tuples(tree)
    inside = solution_lines(exercise.answer.source)
    plain, found = ast.unparse(tree), {}
    for place, node in enumerate(ast.walk(tree)):
        if getattr(node, "lineno", 0) not in inside or node in order_is_free:
            continue
        for kind, change in changes(node):
            mutated = copy.deepcopy(tree)
            change(nth(mutated, place), mutated)
            source = ast.unparse(ast.fix_missing_locations(mutated))
            if source != plain:
                line = first_difference(plain, source)
                found.setdefault(source, Mutant(exercise, kind, line, source))
    return list(found.values())


def axis_tuples(tree: ast.AST) -> set[ast.AST]:
    """Return the tuples after `axis=`: a sum over (1, 0) is one over (0, 1)."""
    named = (node for node in ast.walk(tree) if isinstance(node, ast.keyword))
    return {node.value for node in named if node.arg == "axis"}


def solution_lines(source: str) -> set[int]:
    """Return the numbers of the lines that belong to the solution."""
    inside, found = False, set()
    for number, line in enumerate(source.splitlines(), 1):
        inside = (inside or "BEGIN SOLUTION" in line) and "END SOLUTION" not in line
        if inside:
            found.add(number)
    return found


def nth(tree: ast.AST, place: int) -> ast.AST:
    """Return the node that `ast.walk` gives at this place."""
    return next(node for i, node in enumerate(ast.walk(tree)) if i == place)


def first_difference(before: str, after: str) -> str:
    """Return the first line of `after` that is not as in `before`."""
    old, new = before.splitlines(), after.splitlines()
    for one, other in zip(old, new, strict=False):
        if one != other:
            return other.strip()
    return "(a line less)"


def changes(node: ast.AST) -> Iterator[tuple[str, object]]:
    """Yield what can be done to a node: its kind, and a function of (node, tree)."""
    yield from signs(node)
    yield from axes(node)
    yield from steps(node)
    yield from terms(node)


def signs(node: ast.AST) -> Iterator[tuple[str, object]]:
    """Yield flipped signs and operators."""
    if isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in FLIPPED:

        def flip(found, tree):
            found.op = FLIPPED[type(found.op)]()

        yield "sign", flip
    if isinstance(node, ast.UnaryOp):
        yield "sign", lambda found, tree: replace(tree, found, found.operand)


def axes(node: ast.AST) -> Iterator[tuple[str, object]]:
    """Yield exchanged axes, and pairs in the other order."""
    if isinstance(node, ast.keyword) and node.arg in ("axis", "axes"):

        def other_axis(found, tree):
            value = ast.literal_eval(found.value)
            changed = value[1:] if isinstance(value, tuple) else 1 - (value % 2)
            found.value = ast.parse(repr(changed), mode="eval").body

        if is_literal(node.value):
            yield "axis", other_axis
    if isinstance(node, ast.Tuple) and len(node.elts) > 1:

        def exchange(found, tree):
            found.elts[0], found.elts[1] = found.elts[1], found.elts[0]

        yield "axis", exchange


def steps(node: ast.AST) -> Iterator[tuple[str, object]]:
    """Yield numbers that are off by one, and limits that are."""
    if isinstance(node, ast.Constant) and is_counted(node.value):
        # A byte holds no 256: NumPy 2.1 dies where windows of bytes are compared to it.
        for step in (-1,) if node.value == 255 else (1, -1):

            def shift(found, tree, step=step):
                found.value += step

            yield "off by one", shift
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "range":

        def longer(found, tree):
            found.args[-1] = ast.BinOp(found.args[-1], ast.Sub(), ast.Constant(1))

        yield "off by one", longer
    if isinstance(node, ast.Slice):
        for name in ("lower", "upper"):
            if getattr(node, name) is not None:

                def later(found, tree, name=name):
                    old = getattr(found, name)
                    setattr(found, name, ast.BinOp(old, ast.Add(), ast.Constant(1)))

                yield "off by one", later
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SHIFTED:

        def limit(found, tree):
            found.ops[0] = SHIFTED[type(found.ops[0])]()

        yield "off by one", limit


def terms(node: ast.AST) -> Iterator[tuple[str, object]]:
    """Yield dropped terms, factors, arguments, conditions and steps."""
    if isinstance(node, ast.BinOp):
        yield "dropped", lambda found, tree: replace(tree, found, found.left)
        yield "dropped", lambda found, tree: replace(tree, found, found.right)
    if isinstance(node, ast.IfExp):
        yield "dropped", lambda found, tree: replace(tree, found, found.body)
        yield "dropped", lambda found, tree: replace(tree, found, found.orelse)
    if isinstance(node, ast.BoolOp):
        yield "dropped", lambda found, tree: replace(tree, found, found.values[0])
        yield "dropped", lambda found, tree: replace(tree, found, found.values[-1])
    if isinstance(node, ast.Call):
        for index in range(len(node.keywords)):

            def drop(found, tree, index=index):
                del found.keywords[index]

            yield "dropped", drop
    if isinstance(node, ast.AugAssign | ast.Expr | ast.If):
        yield "dropped", lambda found, tree: replace(tree, found, ast.Pass())


def is_literal(node: ast.expr) -> bool:
    """Return whether a value stands there as it is."""
    with contextlib.suppress(ValueError):
        ast.literal_eval(node)
        return True
    return False


def is_counted(value) -> bool:
    """Return whether a number is small enough to be miscounted by one."""
    return type(value) in (int, float) and abs(value) < COUNTED


def replace(tree: ast.AST, old: ast.AST, new: ast.AST) -> None:
    """Put one node in another's place."""
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
            elif isinstance(value, list) and any(each is old for each in value):
                value[:] = [new if each is old else each for each in value]


def survives(mutant: Mutant, prepared: dict) -> bool:
    """Return whether the check, with its hidden tests, takes the mutant for right."""
    namespace = dict(prepared)
    signal.signal(signal.SIGALRM, stall)
    signal.alarm(LONGEST)
    try:
        with (
            contextlib.redirect_stdout(io.StringIO()),
            warnings.catch_warnings(action="ignore"),
        ):
            exec(compile(mutant.source, "mutant", "exec"), namespace)
            exec(compile(mutant.exercise.full_check, "check", "exec"), namespace)
    except (Exception, Stalled):
        return False
    finally:
        signal.alarm(0)
    return True


def stall(number, frame):
    raise Stalled


def run(chapter: Chapter) -> tuple[int, list[Mutant]]:
    """Return how many mutants a chapter's solutions have, and those that survive.

    Raises:
        ValueError: a check takes not even the solution for right.
    """
    prepared: dict = {}
    exec(compile(chapter.imports, chapter.name, "exec"), prepared)
    tried = [mutant for exercise in chapter.exercises for mutant in mutants(exercise)]
    for exercise in chapter.exercises:
        if not survives(Mutant(exercise, "", "", exercise.answer.source), prepared):
            raise ValueError(f"{exercise.name}: its check rejects the solution itself")
    return len(tried), [mutant for mutant in tried if survives(mutant, prepared)]


def main() -> None:
    """Print the rate of each chapter and of all, and what survived."""
    total, left = 0, 0
    for chapter in chapters.load(sys.argv[1:]):
        tried, survivors = run(chapter)
        total, left = total + tried, left + len(survivors)
        caught = tried - len(survivors)
        print(f"{chapter.name}: {caught} of {tried} caught, {caught / tried:.1%}")
        for mutant in survivors:
            print(f"    {mutant.exercise.name}, {mutant.kind}: {mutant.line}")
    print(f"all: {total - left} of {total} caught, {(total - left) / total:.1%}")


if __name__ == "__main__":
    main()

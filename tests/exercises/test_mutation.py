"""The checks of the exercises notice nearly every small mistake in a solution."""

import signal

import pytest

from tools.instructors import chapters
from tools.makers import mutation

CHAPTERS = chapters.load()
CAUGHT = 0.95


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="cannot stop a mutant here")
@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_mutants_are_caught(chapter):
    tried, survivors = mutation.run(chapter)
    assert tried > 10 * len(chapter.exercises)
    assert 1 - len(survivors) / tried >= CAUGHT, survivors


@pytest.mark.parametrize(
    ("solution", "expected"),
    [
        ("a - b", {"a + b", "a", "b"}),
        ("x.sum(axis=0)", {"x.sum(axis=1)", "x.sum()"}),
        ("x.sum(axis=(0, 1))", {"x.sum(axis=(1,))", "x.sum()"}),
        ("x[:n]", {"x[:n + 1]"}),
        ("a < b", {"a <= b"}),
        ("f(a, (b, c))", {"f(a, (c, b))"}),
        ("-a", {"a"}),
    ],
)
def test_a_solution_is_broken_in_one_place_at_a_time(solution, expected):
    (exercise,) = [e for e in CHAPTERS[0].exercises if e.name == "softmax"]
    cell = exercise.answer.copy()
    cell["source"] = f"### BEGIN SOLUTION\nanswer = {solution}\n### END SOLUTION"
    broken = chapters.Exercise(cell, exercise.check, "")
    found = {mutant.source for mutant in mutation.mutants(broken)}
    assert found >= {f"answer = {each}" for each in expected}
    assert len(found) <= len(expected) + 4  # numbers in (0, 1) are off by one, too

"""Every exercise's check takes the solution, and rejects the stub and wrong answers."""

import re
from pathlib import Path

import pytest

from helpers import ROOT
from pixelwise.exercises import check
from tools.instructors import chapters

ANSWERS = ROOT / "tests" / "exercises" / "wrong_answers"
SOLUTION = re.compile(r"^( *)### BEGIN SOLUTION\n.*?^ *### END SOLUTION$", re.M | re.S)
STUB = r"\1raise NotImplementedError()"


class Exercise:
    """One exercise of a notebook: imports, the solution's cell and the check's."""

    def __init__(self, chapter, exercise):
        self.notebook, self.imports = chapter.name, chapter.imports
        self.name, self.solution = exercise.name, exercise.answer.source
        self.check, self.hidden = exercise.full_check, exercise.hidden

    @property
    def stub(self):
        return SOLUTION.sub(STUB, self.solution)

    @property
    def wrong_answers(self):
        return sorted((ANSWERS / self.notebook / self.name).glob("*.py"))

    def try_answer(self, answer):
        """Run imports, an answer and the check in a namespace of their own."""
        namespace = {}
        for source in (self.imports, answer, self.check):
            exec(compile(source, self.name, "exec"), namespace)


def exercises():
    return [
        Exercise(chapter, exercise)
        for chapter in chapters.load()
        for exercise in chapter.exercises
    ]


EXERCISES = exercises()
WRONG = [(exercise, path) for exercise in EXERCISES for path in exercise.wrong_answers]


def name_of(value):
    return value.stem if isinstance(value, Path) else f"{value.notebook}-{value.name}"


@pytest.mark.parametrize("exercise", EXERCISES, ids=name_of)
def test_solution_passes(exercise, capsys):
    exercise.try_answer(exercise.solution)
    assert "✓" in capsys.readouterr().out


@pytest.mark.parametrize("exercise", EXERCISES, ids=name_of)
def test_stub_is_told_what_to_do(exercise, capsys):
    assert exercise.stub != exercise.solution
    with pytest.raises(check.NotYet, match="has no answer yet"):
        exercise.try_answer(exercise.stub)
    assert "✓" not in capsys.readouterr().out


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # overflow is one of the mistakes
@pytest.mark.parametrize(("exercise", "path"), WRONG, ids=name_of)
def test_wrong_answer_is_rejected_with_a_hint(exercise, path, capsys):
    first, _, answer = path.read_text("utf-8").partition("\n")
    hint = first.removeprefix("# hint: ")
    with pytest.raises(check.NotYet, match=re.escape(hint)):
        exercise.try_answer(answer)
    assert "✓" not in capsys.readouterr().out


@pytest.mark.parametrize("exercise", EXERCISES, ids=name_of)
def test_at_least_three_wrong_answers_are_kept(exercise):
    assert len(exercise.wrong_answers) >= 3


def test_each_kept_answer_belongs_to_an_exercise():
    kept = {path.parent.relative_to(ANSWERS).parts for path in ANSWERS.rglob("*.py")}
    assert kept == {(exercise.notebook, exercise.name) for exercise in EXERCISES}


def test_each_hidden_test_belongs_to_an_exercise_and_is_in_its_check():
    paths = chapters.HIDDEN_TESTS.rglob("*.py")
    kept = {path.relative_to(chapters.HIDDEN_TESTS).with_suffix("") for path in paths}
    hidden = [exercise for exercise in EXERCISES if exercise.hidden]
    assert kept == {Path(exercise.notebook, exercise.name) for exercise in hidden}
    for exercise in hidden:
        assert exercise.check.count("### BEGIN HIDDEN TESTS") == 1


def test_each_chapter_has_three_to_five_exercises():
    notebooks = [exercise.notebook for exercise in EXERCISES]
    for name in set(notebooks):
        assert 3 <= notebooks.count(name) <= 5, name

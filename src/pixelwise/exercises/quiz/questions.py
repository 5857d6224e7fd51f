"""Read the questions of a quiz, and say what is wrong where a file has a fault."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "chapters"
NUMBER = 5  # questions of a quiz
FEWEST_ANSWERS = 3
CHOICES = ("one", "several")

OF_QUIZ = {"question": list}
OF_QUESTION = {"text": str, "choose": str, "answer": list}
OF_ANSWER = {"text": str, "right": bool, "feedback": str}
KINDS = {
    str: "text",
    bool: "true or false",
    list: "tables such as [[question]] or [[question.answer]]",
}


@dataclass(frozen=True)
class Answer:
    """One answer, whether it is right, and why (`feedback`)."""

    text: str
    right: bool
    feedback: str


@dataclass(frozen=True)
class Question:
    """One question; `choose` says whether "one" or "several" answers may be chosen."""

    text: str
    choose: str
    answers: tuple[Answer, ...]


def names(folder: Path = FOLDER) -> list[str]:
    """Return the chapters that have a quiz."""
    return sorted(path.stem for path in folder.glob("*.toml"))


def read(chapter: str, folder: Path = FOLDER) -> tuple[Question, ...]:
    """Return the five questions of a chapter.

    Raises:
        ValueError: there is no such quiz; or its file has a fault, and the message
            says in which question, what was expected and what was found.
    """
    if chapter not in names(folder):
        raise ValueError(f"quiz: expected one of {names(folder)}, found {chapter!r}")
    path = folder / f"{chapter}.toml"
    try:
        quiz = tomllib.loads(path.read_text("utf-8"))
        check_fields(quiz, OF_QUIZ, "the quiz")
        if len(quiz["question"]) != NUMBER:
            found = len(quiz["question"])
            raise ValueError(f"expected {NUMBER} questions, found {found}")
        return tuple(
            question(table, f"question {number}")
            for number, table in enumerate(quiz["question"], start=1)
        )
    except ValueError as error:  # also what is no TOML, or no UTF-8
        raise ValueError(f"{path}: {error}") from None


def question(table: dict, place: str) -> Question:
    """Return a question from its table; `place` names it in errors."""
    check_fields(table, OF_QUESTION, place)
    if table["choose"] not in CHOICES:
        raise ValueError(
            f"{place}, choose: expected one of {list(CHOICES)}, "
            f"found {table['choose']!r}"
        )
    answers = tuple(
        answer(entry, f"{place}, answer {number}")
        for number, entry in enumerate(table["answer"], start=1)
    )
    check_answers(answers, table["choose"], place)
    return Question(one_line(table["text"]), table["choose"], answers)


def answer(table: dict, place: str) -> Answer:
    """Return an answer from its table; `place` names it in errors."""
    check_fields(table, OF_ANSWER, place)
    text, feedback = one_line(table["text"]), one_line(table["feedback"])
    return Answer(text, table["right"], feedback)


def check_fields(table: object, expected: dict[str, type], place: str) -> None:
    """Raise ValueError unless a table has the expected fields, of their kinds."""
    if not isinstance(table, dict) or set(table) != set(expected):
        found = sorted(table) if isinstance(table, dict) else table
        raise ValueError(f"{place}: expected {sorted(expected)}, found {found}")
    for name, kind in expected.items():
        if not isinstance(table[name], kind):
            raise ValueError(
                f"{place}, {name}: expected {KINDS[kind]}, found {table[name]!r}"
            )
        if kind is str and not table[name].strip():
            raise ValueError(f"{place}, {name}: expected text, found nothing")
        if kind is str and table[name].count("`") % 2:
            raise ValueError(
                f"{place}, {name}: expected code between two backticks, "
                f"found {table[name].count('`')} of them"
            )


def check_answers(answers: tuple[Answer, ...], choose: str, place: str) -> None:
    """Raise ValueError unless the answers are enough, unlike, and some are right."""
    if len(answers) < FEWEST_ANSWERS:
        raise ValueError(
            f"{place}: expected at least {FEWEST_ANSWERS} answers, found {len(answers)}"
        )
    if len({answer.text for answer in answers}) < len(answers):
        raise ValueError(f"{place}: expected different answers, found two alike")
    right = sum(answer.right for answer in answers)
    if right < 1 or (choose == "one" and right > 1):
        wanted = "exactly one" if choose == "one" else "at least one"
        raise ValueError(f"{place}: expected {wanted} right answer, found {right}")


def one_line(text: str) -> str:
    """Return a text with its line breaks made spaces."""
    return " ".join(text.split())

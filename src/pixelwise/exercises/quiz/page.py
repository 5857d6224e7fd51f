"""Turn questions into HTML that needs nothing else, and into plain text.

No element has an id, and every question is a form of its own, which keeps the names of
its buttons to itself: several quizzes on one page do not disturb one another.
"""

import re
from html import escape
from pathlib import Path

from pixelwise.exercises.quiz.questions import Answer, Question

HERE = Path(__file__).parent
MARK = re.compile(r"`([^`]+)`|\*([^*]+)\*")
BUTTONS = {"one": "radio", "several": "checkbox"}
ASKED = {"one": "Choose one.", "several": "Choose all that are right."}

# `data-lm-suppress-shortcuts`: JupyterLab leaves arrow keys and Enter to the quiz.
# `mathjax_ignore`: no dollar sign begins a formula.
QUIZ = """\
<section class="pixelwise-quiz mathjax_ignore" aria-label="{title}"
 data-lm-suppress-shortcuts="true">
<style>
{style}</style>
{questions}
<script>
{script}</script>
</section>"""

# Outside a dialog the method "dialog" sends nothing. Without scripts the button stays
# hidden, and disabled, so that Enter does not press it.
QUESTION = """\
<form method="dialog" autocomplete="off">
<fieldset>
<legend><b>Question {number} of {total}.</b> {text} <i>{asked}</i></legend>
<ol type="A">
{answers}
</ol>
</fieldset>
<button type="submit" disabled hidden>Check</button>
<div role="status"></div>
<details><summary>Answers to question {number}</summary>
<ol type="A">
{reasons}
</ol>
</details>
</form>"""

ANSWER = (
    '<li><label><input type="{button}" name="answer"> <span>{text}</span></label></li>'
)
REASON = '<li value="{number}" data-right="{right}"><b>{mark}</b> {feedback}</li>'


def html(questions: tuple[Question, ...], title: str) -> str:
    """Return a quiz as HTML with its own style and script.

    Args:
        questions: what `questions.read` returns.
        title: what screen readers call the quiz.
    """
    total = len(questions)
    return QUIZ.format(
        title=escape(title),
        style=(HERE / "quiz.css").read_text("utf-8"),
        script=(HERE / "quiz.js").read_text("utf-8"),
        questions="\n".join(
            form(question, number, total)
            for number, question in enumerate(questions, start=1)
        ),
    )


def form(question: Question, number: int, total: int) -> str:
    """Return one question with its answers, and their reasons to be unfolded."""
    button = BUTTONS[question.choose]
    return QUESTION.format(
        number=number,
        total=total,
        text=inline(question.text),
        asked=ASKED[question.choose],
        answers="\n".join(
            ANSWER.format(button=button, text=inline(answer.text))
            for answer in question.answers
        ),
        reasons="\n".join(
            reason(answer, place)
            for place, answer in enumerate(question.answers, start=1)
        ),
    )


def reason(answer: Answer, number: int) -> str:
    """Return why an answer is right or wrong, under the answer's letter."""
    return REASON.format(
        number=number,
        right="yes" if answer.right else "no",
        mark="✓ Right." if answer.right else "✗ Not right.",
        feedback=inline(answer.feedback),
    )


def inline(text: str) -> str:
    """Return text as HTML, with `code` and *emphasis* as elements."""
    return MARK.sub(element, escape(text))


def element(found: re.Match) -> str:
    """Return what `MARK` has found as an element."""
    return f"<code>{found[1]}</code>" if found[1] else f"<em>{found[2]}</em>"


def plain(questions: tuple[Question, ...], title: str) -> str:
    """Return a quiz without its reasons, for where no HTML is shown."""
    lines = [title]
    for number, question in enumerate(questions, start=1):
        lines += ["", f"{number}. {question.text} {ASKED[question.choose]}"]
        for letter, answer in zip("ABCDEFGH", question.answers, strict=False):
            lines.append(f"   {letter}. {answer.text}")
    return "\n".join(lines)

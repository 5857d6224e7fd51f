"""Every chapter has its quiz, a faulty one is named, and the page works by itself."""

import json
import re
import shutil
import subprocess
from html import escape, unescape
from html.parser import HTMLParser

import nbformat
import pytest

from helpers import ROOT
from pixelwise import run
from pixelwise.exercises import quiz
from pixelwise.exercises.quiz import page, questions

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
BROWSER = next(filter(None, map(shutil.which, BROWSERS)), None)
VOID = {"input"}

GOOD = """
[[question]]
choose = "one"
text = "Is `a < b` *here*?"
[[question.answer]]
text = "Yes & no"
right = false
feedback = "Not <b>so</b>."
[[question.answer]]
text = "Yes"
right = true
feedback = "So it is."
[[question.answer]]
text = "No"
right = false
feedback = "Look again."
"""
SEVERAL = GOOD.replace('"one"', '"several"').replace("false", "true", 1)
QUIZ = GOOD + SEVERAL + GOOD * 3


@pytest.fixture(params=questions.names())
def chapter(request):
    return request.param


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "01_made.toml").write_text(QUIZ, "utf-8")
    return tmp_path


@pytest.fixture
def made(folder):
    return page.html(questions.read("01_made", folder), "Quiz <1>")


class Tree(HTMLParser):
    """Reads HTML, raises where elements are not closed in order, and counts them."""

    def __init__(self, text):
        super().__init__()
        self.open, self.attributes, self.text = [], [], {}
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attributes):
        self.attributes.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        for tag in self.open:
            self.text[tag] = self.text.get(tag, "") + data

    def number(self, tag):
        return sum(name == tag for name, _ in self.attributes)


def test_every_notebook_shows_the_quiz_of_its_own_chapter():
    for path in NOTEBOOKS:
        cells = nbformat.read(path, as_version=4).cells
        shown = [cell.source for cell in cells if "quiz.show(" in cell.source]
        assert shown == [f'quiz.show("{path.stem}")'], path.stem
    assert set(run.SIZES) <= set(questions.names())


def test_a_quiz_stands_before_the_key_points_that_would_give_it_away():
    for path in NOTEBOOKS:
        text = [cell.source for cell in nbformat.read(path, as_version=4).cells]
        (place,) = [i for i, source in enumerate(text) if "quiz.show(" in source]
        assert text[place - 1].startswith("## Quiz\n"), path.stem
        assert "## Key points" in text[place + 1], path.stem


def test_every_answer_of_every_quiz_says_why(chapter):
    for question in questions.read(chapter):
        assert any(answer.right for answer in question.answers)
        for answer in question.answers:
            assert len(answer.feedback.split()) >= 4


def test_the_place_of_an_answer_does_not_give_it_away():
    places = [
        [answer.right for answer in question.answers].index(True)
        for name in questions.names()
        for question in questions.read(name)
        if question.choose == "one"
    ]
    for place in range(4):
        assert places.count(place) <= len(places) / 3


def test_the_length_of_an_answer_does_not_give_it_away():
    longest = [
        max(question.answers, key=lambda answer: len(answer.text)).right
        for name in questions.names()
        for question in questions.read(name)
        if question.choose == "one"
    ]
    assert sum(longest) <= len(longest) / 3


def test_a_chapter_without_a_quiz_is_named_with_those_that_have_one():
    with pytest.raises(ValueError, match=r"expected one of \['01_mlp'.*found '01_mpl'"):
        quiz.show("01_mpl")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[[question]]", "[[question]", r"01_made\.toml: Expected"),
        ("[[question]]", "a = 1\n[[question]]", r"the quiz: expected \['question'\]"),
        ("text =", "txt =", r"question 1: expected \['answer', 'choose', 'text'\]"),
        ('"one"', '"two"', r"question 1, choose: .*\['one', 'several'\], found 'two'"),
        ('"Is `a', '"Is a', r"question 1, text: expected code .*found 1 of them"),
        ('"Is `a < b` *here*?"', '" "', "question 1, text: expected text"),
        ("right = false", "right = 0", "answer 1, right: expected true or false"),
        ("right = true", "right = false", "exactly one right answer, found 0"),
        ("right = false", "right = true", "exactly one right answer, found 2"),
        ('feedback = "So it is."', "", r"question 1, answer 2: expected \['feedback'"),
        ('"So it is."', "3", "question 1, answer 2, feedback: expected text"),
        ('"No"', '"Yes"', "question 1: expected different answers"),
    ],
)
def test_a_fault_is_named_with_its_place(folder, old, new, message):
    path = folder / "01_made.toml"
    path.write_text(QUIZ.replace(old, new, 1), "utf-8")
    with pytest.raises(ValueError, match=message):
        questions.read("01_made", folder)


@pytest.mark.parametrize("number", [0, 4, 6])
def test_a_quiz_has_five_questions(folder, number):
    (folder / "01_made.toml").write_text(GOOD * number or "question = []", "utf-8")
    with pytest.raises(ValueError, match=f"expected 5 questions, found {number}"):
        questions.read("01_made", folder)


def test_two_answers_are_too_few(folder):
    short = QUIZ.rpartition("[[question.answer]]")[0]
    (folder / "01_made.toml").write_text(short, "utf-8")
    with pytest.raises(ValueError, match=r"question 5: .*at least 3 answers, found 2"):
        questions.read("01_made", folder)


def test_text_is_escaped_and_marks_become_elements(made):
    assert "Is <code>a &lt; b</code> <em>here</em>?" in made
    assert "Yes &amp; no" in made
    assert "Not &lt;b&gt;so&lt;/b&gt;." in made
    assert 'aria-label="Quiz &lt;1&gt;"' in made


def test_each_question_is_a_form_that_can_be_used_without_a_mouse(made):
    tree = Tree(made)
    assert tree.number("form") == tree.number("fieldset") == tree.number("legend") == 5
    assert tree.number("label") == tree.number("input") == 15
    kinds = [found["type"] for tag, found in tree.attributes if tag == "input"]
    assert kinds == ["radio"] * 3 + ["checkbox"] * 3 + ["radio"] * 9
    roles = [found for _, found in tree.attributes if found.get("role") == "status"]
    assert len(roles) == 5
    assert not [found for _, found in tree.attributes if "id" in found]


def test_without_scripts_the_reasons_can_be_unfolded_and_nothing_can_be_sent(made):
    tree = Tree(made)
    assert tree.number("details") == tree.number("summary") == 5
    for reason in ("✗ Not right. Not <b>so</b>.", "✓ Right. So it is."):
        assert reason in tree.text["details"]
    for tag, found in tree.attributes:
        if tag == "button":
            assert {"disabled", "hidden"} <= set(found)
        if tag == "form":
            assert found["method"] == "dialog"


def test_a_quiz_asks_nothing_of_any_other_computer(chapter):
    text = page.html(questions.read(chapter), chapter)
    Tree(text)
    assert not re.search(r"https?:|//[a-z]|@import|url\(|\b(src|href|action)=", text)
    assert not re.search(r"fetch|XMLHttpRequest|import\(|eval", text)


def test_a_notebook_gets_html_and_plain_text(monkeypatch):
    display = pytest.importorskip("IPython.display")
    shown = []
    monkeypatch.setattr(display, "display", lambda data, raw: shown.append(data))
    quiz.show("05_fcn")
    assert set(shown[0]) == {"text/html", "text/plain"}
    assert "   A. " in shown[0]["text/plain"]
    assert "✓ Right." not in shown[0]["text/plain"]


# What a student does, and what is then seen. As in Colab, the output is in a frame of
# its own; this one may do nothing but run scripts.
FRAME = """<!doctype html><meta charset=utf-8><pre></pre><script>
addEventListener("message", (event) => {
  document.querySelector("pre").textContent = event.data;
});
</script><iframe sandbox="allow-scripts" srcdoc="%s"></iframe>"""
DRIVER = """
const seen = [];
const quizzes = [...document.querySelectorAll(".pixelwise-quiz")];
const forms = quizzes.map((quiz) => [...quiz.querySelectorAll("form")]);
const look = (form) => {
  const lines = [...form.querySelectorAll("[role=status] li, [role=status] p")];
  return lines.map((line) => line.textContent).join(" ").trim();
};
const answer = (form, places) => {
  const boxes = [...form.querySelectorAll("input")];
  boxes.forEach((box, place) => {
    if (box.checked !== places.includes(place)) box.click();
  });
  form.querySelector("button").click();
  seen.push(look(form));
};
answer(forms[0][0], []);
answer(forms[0][0], [0]);
answer(forms[0][0], [1]);
answer(forms[0][1], [0]);
answer(forms[0][1], [0, 2]);
answer(forms[0][1], [2]);
answer(forms[0][1], [0, 1]);
seen.push(look(forms[1][0]), String(forms[1][0].querySelector("input").checked));
answer(forms[1][0], [1]);
forms[1][0].querySelectorAll("input")[2].click();
seen.push(look(forms[1][0]));
parent.postMessage(JSON.stringify(seen), "*");
"""


@pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome")
def test_in_a_browser_answers_are_judged_and_quizzes_keep_apart(made, tmp_path):
    path = tmp_path / "page.html"
    framed = escape(f"<!doctype html>{made * 2}<script>{DRIVER}</script>")
    path.write_text(FRAME % framed, "utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
    flags += ["--virtual-time-budget=10000", f"--user-data-dir={tmp_path / 'profile'}"]
    command = [BROWSER, *flags, path.as_uri()]
    found = subprocess.run(command, capture_output=True, timeout=120).stdout.decode()
    seen = json.loads(unescape(re.search(r"<pre>(.*)</pre>", found)[1]))
    assert seen == [
        "Choose an answer first.",
        "✗ Not right. Not <b>so</b>.",
        "✓ Right. So it is. Answered rightly: 1 of 5 questions.",
        "✓ Right. Not <b>so</b>. So far so good, and something right is missing.",
        "✓ Right. Not <b>so</b>. ✗ Not right. Look again. "
        "Not all of it is right, and something right is missing.",
        "✗ Not right. Look again. "
        "Not all of it is right, and something right is missing.",
        "✓ Right. Not <b>so</b>. ✓ Right. So it is. "
        "Answered rightly: 2 of 5 questions.",
        "",  # the second quiz has seen nothing of it
        "false",
        "✓ Right. So it is. Answered rightly: 1 of 5 questions.",
        "",  # another choice is not judged before it is checked
    ]

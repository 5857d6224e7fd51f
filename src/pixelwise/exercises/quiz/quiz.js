(() => {
  "use strict";

  // Each output runs this script; it takes the quizzes that no other run has taken.
  for (const quiz of document.querySelectorAll(".pixelwise-quiz:not([data-ready])")) {
    quiz.dataset.ready = "yes";
    const forms = [...quiz.querySelectorAll("form")];
    for (const form of forms) prepare(form, forms);
  }

  function prepare(form, forms) {
    const button = form.querySelector("button");
    button.hidden = button.disabled = false;
    // Enter clicks the button, too. Nothing is submitted: frames may forbid that.
    button.addEventListener("click", (event) => {
      event.preventDefault();
      check(form, forms);
    });
    form.addEventListener("change", () => tell(form, "", []));
    // Notebooks have commands on single keys; here keys choose answers.
    form.addEventListener("keydown", (event) => event.stopPropagation());
  }

  function check(form, forms) {
    const boxes = [...form.querySelectorAll("input")];
    const reasons = [...form.querySelectorAll("details li")];
    const isRight = (place) => reasons[place].dataset.right === "yes";
    const shown = reasons.filter((reason, place) => boxes[place].checked);
    const wrong = boxes.some((box, place) => box.checked && !isRight(place));
    const missing = boxes.some((box, place) => !box.checked && isRight(place));
    if (shown.length === 0) {
      tell(form, "Choose an answer first.", []);
    } else if (boxes[0].type === "radio" && wrong) {
      tell(form, "", shown); // the reason says that it is not right
    } else if (wrong || missing) {
      const gap = missing ? ", and something right is missing" : "";
      tell(form, wrong ? `Not all of it is right${gap}.` : `So far so good${gap}.`, shown);
    } else {
      form.dataset.solved = "yes"; // it stays so while other answers are tried
      const solved = forms.filter((each) => each.dataset.solved).length;
      tell(form, `Answered rightly: ${solved} of ${forms.length} questions.`, shown);
    }
  }

  // The status is a live region: what is put there is read out.
  function tell(form, sentence, reasons) {
    const list = document.createElement("ol");
    list.type = "A";
    list.append(...reasons.map((reason) => reason.cloneNode(true)));
    const line = document.createElement("p");
    line.textContent = sentence;
    const parts = [reasons.length && list, sentence && line].filter(Boolean);
    form.querySelector("[role=status]").replaceChildren(...parts);
  }
})();

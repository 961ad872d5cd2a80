// Skip logic of a scale: an item that is asked only after another answer opens with it. Without script all are open.

const closes = [...document.querySelectorAll("fieldset[data-only-if]")];

function show(item) {
  const chosen = item.form.querySelector(`input[name="${CSS.escape(item.dataset.onlyIf)}"]:checked`);
  const asked = chosen?.value === item.dataset.answered;
  item.hidden = !asked;
  item.disabled = !asked; // what is not asked is not sent
}

function showAll() {
  closes.forEach(show);
}

document.addEventListener("change", showAll);
showAll();

// Scales: an item that is asked only after another answer opens with it (without script all are open); keys of the register.

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

// On the register 1 to 5 choose a filter, j and k go down and up the list.
const register = document.querySelector("[data-register]");

function step(by) {
  const links = [...register.querySelectorAll("tbody th a")];
  const at = links.indexOf(document.activeElement);
  links[Math.min(Math.max(at + by, 0), links.length - 1)]?.focus();
}

function onKey(event) {
  if (event.target.closest("input, textarea, select, [contenteditable]") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j") step(1);
  if (event.key === "k") step(-1);
  if (/^[1-5]$/.test(event.key)) register.querySelectorAll(".c-filter")[event.key - 1]?.click();
}

if (register) document.addEventListener("keydown", onKey);

// Sessions over each other by keys: 1 to 9 put a session in front, b turns to changes and back, t unfolds the table, p prints.

const typing = (target) => target.closest("input, select, textarea, [contenteditable]");
const pressed = (key) => document.querySelector(`[data-press="${CSS.escape(key)}"]`);

document.querySelectorAll("[data-unfold]").forEach((button) => { button.hidden = false; });

document.addEventListener("click", (event) => {
  const unfold = event.target.closest("[data-unfold]");
  const table = unfold && document.getElementById(unfold.dataset.unfold);
  if (!table) return;
  table.open = !table.open;
  unfold.setAttribute("aria-expanded", String(table.open));
  if (table.open) table.querySelector("summary").focus();
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "b") document.querySelector('[data-press-other="b"] a:not([aria-current])')?.click();
  else if (/^[1-9tp]$/.test(event.key)) pressed(event.key)?.click();
});

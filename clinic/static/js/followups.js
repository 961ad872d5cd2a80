// Follow-ups: the clocks of what needs a response count on from the server's clock, in the words of the page.

import { now } from "./live.js";

const MINUTE = 60000;
const NEAR = 15;

function words(minutes) {
  const size = Math.abs(minutes);
  const said = size >= 60 ? `${Math.floor(size / 60)} h ${size % 60}` : `${size} min`;
  return minutes >= 0 ? said : `${said} overdue`;
}

export function count() {
  for (const clock of document.querySelectorAll("[data-answer-by]")) {
    const left = Math.floor(Date.parse(clock.dataset.answerBy) / MINUTE) - Math.floor(now() / MINUTE);
    if (clock.textContent !== words(left)) clock.textContent = words(left);
    clock.classList.toggle("is-near", left >= 0 && left < NEAR);
    clock.closest("[data-answer-card]")?.classList.toggle("is-late", left < 0);
  }
}

count();
setInterval(count, 5000);

// The list by keys: j and k go through the rows, r to the first card that needs a response.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, [contenteditable]")) return;
  const rows = [...document.querySelectorAll(".c-fu-rows .nm")];
  const at = rows.indexOf(document.activeElement);
  if (event.key === "j") rows[Math.min(at + 1, rows.length - 1)]?.focus();
  else if (event.key === "k") rows[Math.max(at - 1, 0)]?.focus();
  else if (event.key === "r") document.querySelector("[data-answer-card] a.btn")?.focus();
});

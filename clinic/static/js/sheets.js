// What lies over the work: sheets, editors, the place of the readings. They open by address (#note), so that they work without
// script; a script keeps the history clean, puts the focus in, gives it back, and lets nothing behind a sheet be reached.

let opener = null;

const shown = () => document.querySelector(".c-sheet.is-open, .c-sheet:target, .c-sheet:has(:target)");

export function go(hash) {
  if (location.hash === hash) location.replace("#main");
  location.replace(hash);
  arrange();
}

export function closeAll() {
  document.querySelectorAll(".c-sheet.is-open, .c-sev.is-open").forEach((part) => part.classList.remove("is-open"));
  if (location.hash && location.hash !== "#main") location.replace("#main");
  arrange();
}

// What the address names stays open also when the page renews that part of itself: a class says so from then on.
export function arrange() {
  const main = document.getElementById("main");
  const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  target?.closest(".c-sheet, .c-sev")?.classList.add("is-open");
  if (target?.closest(".c-entry")) { main.classList.add("is-entry"); main.classList.remove("is-alerts"); }
  if (target?.closest(".c-first")) main.classList.remove("is-entry");
  if (target?.closest(".c-alerts")) { main.classList.remove("is-entry"); main.classList.add("is-alerts"); }
  const sheet = shown();
  document.querySelectorAll("[data-sheet]").forEach((one) => one.classList.toggle("is-shown", one === sheet));
  [...document.querySelector("[data-session-page]")?.children ?? []].forEach((part) => { if (!part.matches("[data-sheet]")) part.inert = Boolean(sheet); });
  document.dispatchEvent(new CustomEvent("clinic:arranged", { detail: target }));
}

function focusInside(target) {
  const sheet = target?.closest("[data-sheet]");
  const place = sheet ?? target?.closest(".c-sev");
  const first = place?.querySelector("input:not([type=hidden]):not([type=radio]), textarea, select, button, a:not([data-close])");
  (target?.matches("input, textarea, select") ? target : first ?? target)?.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-session-page] a[href^='#']");
  if (!link || event.defaultPrevented || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  const closes = link.matches("[data-close], [data-cancel]");
  if (closes) { closeAll(); opener?.isConnected && opener.focus({ preventScroll: true }); return; }
  opener = link.closest("[data-sheet]") ? opener : link;
  document.querySelectorAll(".c-sheet.is-open, .c-sev.is-open").forEach((part) => part.classList.remove("is-open"));
  go(link.getAttribute("href"));
  const target = document.getElementById(link.hash.slice(1));
  if (!target?.closest(".c-entry")) focusInside(target);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && (shown() || document.querySelector(".c-sev:target, .c-sev.is-open"))) { closeAll(); opener?.isConnected && opener.focus({ preventScroll: true }); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || shown() || event.target.closest("input:not([type=radio]), textarea, select, [contenteditable]")) return;
  const key = { n: "#note", e: "#observation", h: "#help-title" }[event.key];
  if (key && document.querySelector(key)) { event.preventDefault(); document.querySelector(`.c-bar a[href='${key}']`)?.click(); }
});

document.addEventListener("click", (event) => { if (event.target.matches(".c-sheet")) closeAll(); });
window.addEventListener("hashchange", () => { if (location.hash !== "#main") arrange(); });

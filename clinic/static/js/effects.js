// Side effects: one tap shows "mild, now" and sends it after 6 s or on Done; meanwhile nothing is sent and Cancel leaves nothing behind.
// When the page is left or hidden, what waits is sent at once. The toast of what was just saved goes after 8 s.

import { now } from "./live.js";
import { closeAll } from "./sheets.js";

const HOLD = 6;
let waiting = null; // {form, left, timer}

function hold(form) {
  drop();
  waiting = { form, left: HOLD, timer: setInterval(() => tick(), 1000) };
  say();
}

const say = () => { waiting.form.querySelector("[data-hold-left]").textContent = `Saves in ${waiting.left} s`; };

function tick() {
  if (waiting.form.querySelector("details[open]")) { waiting.form.querySelector("[data-hold-left]").textContent = ""; drop(); return; }
  waiting.left -= 1;
  if (waiting.left > 0) say();
  else send();
}

function drop() {
  if (waiting) clearInterval(waiting.timer);
  waiting = null;
}

// Whatever waits, now.
export function send() {
  const form = waiting?.form;
  drop();
  if (form?.isConnected) form.requestSubmit();
}

document.addEventListener("clinic:arranged", (event) => {
  const form = event.detail?.closest?.("form.c-sev");
  if (waiting && waiting.form !== form) send();
  if (!form) return;
  form.querySelectorAll("[data-ago], [data-started]").forEach((part) => { part.hidden = false; });
  if (form.querySelector("[data-hold]") && waiting?.form !== form) hold(form);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-cancel]")) drop();
  const ago = event.target.closest("[data-ago] button");
  if (ago) startedAgo(ago);
  if (waiting?.form.contains(event.target)) waiting.left = HOLD;
}, true);

document.addEventListener("submit", (event) => { if (waiting?.form === event.target) drop(); }, true);

function startedAgo(button) {
  const part = button.closest("[data-ago]");
  const field = document.getElementById(part.dataset.ago);
  part.querySelectorAll("button").forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
  if (button.dataset.minutes === "0") { field.dataset.followsNow = ""; return; }
  field.value = wall(new Date(now() - Number(button.dataset.minutes) * 60000));
  delete field.dataset.followsNow;
}

function wall(moment) {
  const zone = document.querySelector("[data-session-live]")?.dataset.zone;
  const part = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }).format(moment);
  const day = part({ year: "numeric", month: "2-digit", day: "2-digit" }).split("/").reverse().join("-");
  return `${day}T${part({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" })}`;
}

// The toast: counted down where it stands, then gone; an entry is undone once.
let toasted = null;
export function toast() {
  const part = document.querySelector("[data-toast]");
  if (!part || part.dataset.toast === toasted) return;
  toasted = part.dataset.toast;
  let left = 8;
  const timer = setInterval(() => {
    left -= 1;
    const words = part.querySelector("[data-toast-left]");
    if (words) words.textContent = `, ${left} s`;
    if (left > 0 && part.isConnected) return;
    clearInterval(timer);
    part.remove();
  }, 1000);
}

document.addEventListener("clinic:kept", (event) => { if (event.detail?.kind === "adverse-event") closeAll(); });
document.addEventListener("visibilitychange", () => { if (document.hidden) send(); });
window.addEventListener("pagehide", send);

// One session: the parts that move come new by themselves, never one that somebody is typing in; "now" stays now.

import { follow, inUse, now, swap, tick } from "./live.js";

const page = document.querySelector("[data-session-live]");
const link = document.querySelector("[data-link]");
const zone = page?.dataset.zone;
const part = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }).format(now());

// Only what the server rendered anew is swapped; a part in use waits and is asked for once more.
function apply(html) {
  const fresh = document.createElement("div");
  fresh.innerHTML = html;
  let waiting = false;
  fresh.querySelectorAll("[data-live]").forEach((next) => {
    const old = document.getElementById(next.id);
    if (!old || old.dataset.version === next.dataset.version) return;
    if (inUse(old)) { waiting = true; return; }
    next.className = old.className;
    swap(old, next);
    document.dispatchEvent(new CustomEvent("clinic:live", { detail: next.id }));
  });
  prepare();
  tick();
  return !waiting;
}

function told(state, heardAt, silent) {
  if (!link) return;
  const words = state === "live" ? "" : `Last update ${Math.floor(silent / 60000)} min ago`;
  link.hidden = state === "live";
  link.className = `c-conn ${state === "lost" ? "is-off" : "is-caution"}`;
  if (link.textContent !== words) link.textContent = words;
}

// A time field that nobody touched is the time of saving, as it shows.
function followNow() {
  const day = part({ year: "numeric", month: "2-digit", day: "2-digit" }).split("/").reverse().join("-");
  const value = `${day}T${part({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" })}`;
  document.querySelectorAll("[data-follows-now]").forEach((field) => {
    if (field.value !== value && field !== document.activeElement) field.value = value;
  });
}

function prepare() {
  document.querySelectorAll("[data-phrases][hidden]").forEach((phrases) => { phrases.hidden = false; });
}

document.addEventListener("input", (event) => {
  if ("followsNow" in event.target.dataset) delete event.target.dataset.followsNow;
});

document.addEventListener("click", (event) => {
  const phrase = event.target.closest("[data-phrase]");
  if (!phrase) return;
  const field = document.getElementById(phrase.closest("[data-phrases]").dataset.phrases);
  const said = field.value.split("; ").map((words) => words.trim()).filter(Boolean);
  const words = phrase.dataset.phrase;
  const had = said.includes(words);
  field.value = (had ? said.filter((one) => one !== words) : [...said, words]).join("; ");
  phrase.setAttribute("aria-pressed", String(!had));
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

// One press, one entry: the button that was pressed rests until the page comes back.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sending) { event.preventDefault(); return; }
  event.target.dataset.sending = "yes";
});
window.addEventListener("pageshow", () => document.querySelectorAll("[data-sending]").forEach((form) => { delete form.dataset.sending; }));

if (page) {
  prepare();
  followNow();
  setInterval(followNow, 1000);
  follow(page.dataset.sessionLive, apply, told);
}

// One session: the parts that move come new by themselves, never one that somebody is typing in; "now" stays now. What is saved
// without leaving the page (the outbox) empties its form and renews the page; without it every form goes its own way.

import { look } from "./alerts.js";
import { send, toast } from "./effects.js";
import { count, prepare as prepareKeypad } from "./keypad.js";
import { follow, inUse, isTyped, now, swap, tick } from "./live.js";
import { arrange, closeAll, go } from "./sheets.js";
import { renew } from "./tabs.js";

const REST = 500;
const room = () => document.querySelector("[data-session-live]");
const part = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: room()?.dataset.zone, ...options }).format(now());

const rests = (old) => (old.dataset.live === "when-empty" ? isTyped(old) : inUse(old));

// Only what the server rendered anew is swapped; a part in use waits and is asked for once more.
function apply(html) {
  const fresh = document.createElement("div");
  fresh.innerHTML = html;
  const layout = fresh.querySelector("[data-layout]")?.dataset.layout;
  if (layout && layout !== room().dataset.layout && !location.pathname.includes("/entries/")) { renew(); return false; }
  let waiting = false;
  fresh.querySelectorAll("[data-live]").forEach((next) => {
    const old = document.getElementById(next.id);
    const around = next.parentElement.closest("[data-live]");
    if (!old || old === next || (around && !rests(document.getElementById(around.id)))) return;
    if (old.dataset.version === next.dataset.version) return;
    if (rests(old)) { waiting = true; return; }
    next.className = old.className;
    swap(old, next);
    document.dispatchEvent(new CustomEvent("clinic:live", { detail: next.id }));
  });
  wake();
  tick();
  return !waiting;
}

function told(state, heardAt, silent) {
  const link = document.querySelector("[data-link]");
  if (!link) return;
  const words = state === "live" ? "" : `Last update ${Math.floor(silent / 60000)} min ago`;
  link.hidden = state === "live";
  link.className = `c-conn ${state === "lost" ? "is-off" : "is-caution"}`;
  if (link.textContent !== words) link.textContent = words;
}

// A tablet whose clock is off by more than the page says. detail: ms that it is behind the server.
function clockOff({ detail: behind }) {
  const place = document.querySelector("[data-clock-off]");
  if (!place) return;
  const minutes = Math.floor(Math.abs(behind) / 60000);
  const words = Math.abs(behind) > Number(place.dataset.clockOff) * 60000 ? `Tablet’s clock ${minutes} min ${behind > 0 ? "behind" : "ahead"}` : "";
  place.hidden = !words;
  if (place.textContent !== words) place.textContent = words;
}

// A time field that nobody touched is the time of saving, as it shows.
function followNow() {
  const day = part({ year: "numeric", month: "2-digit", day: "2-digit" }).split("/").reverse().join("-");
  const value = `${day}T${part({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" })}`;
  document.querySelectorAll("[data-follows-now]").forEach((field) => {
    if (field.value !== value && field !== document.activeElement) field.value = value;
  });
}

function wake() {
  document.querySelectorAll("[data-phrases][hidden]").forEach((phrases) => { phrases.hidden = false; });
  toast();
}

function begin() {
  wake();
  followNow();
  arrange();
  prepareKeypad();
  look();
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

// A menu that opens at the foot of a list comes into sight.
document.addEventListener("toggle", (event) => {
  if (event.target.open && event.target.matches(".c-answer > details")) event.target.lastElementChild.scrollIntoView({ block: "nearest" });
}, true);

// What was answered leaves the list and the next item comes up under the finger: it rests for a moment.
function rest(id) {
  const list = id === "live-checks" && document.getElementById(id)?.querySelector(".c-checks");
  if (!list) return;
  list.inert = true;
  setTimeout(() => { list.inert = false; }, REST);
}

// One press, one entry: the button that was pressed rests until the page comes back.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  if (event.target.dataset.sending) { event.preventDefault(); return; }
  event.target.dataset.sending = "yes";
});
window.addEventListener("pageshow", () => document.querySelectorAll("[data-sending]").forEach((form) => { delete form.dataset.sending; }));

// Kept on this tablet: the form is empty again, the sheet goes, the slot shows that it is kept.
function kept(event) {
  const { form, kind, body } = event.detail;
  if (!room() || !form || form.dataset.then) return;
  event.preventDefault();
  if (form.contains(document.activeElement)) document.activeElement.blur(); // what holds the focus is not renewed
  form.reset();
  form.querySelectorAll("input[type=datetime-local][name=effective_at]").forEach((field) => { field.dataset.followsNow = ""; });
  form.querySelectorAll("[data-phrase]").forEach((phrase) => phrase.setAttribute("aria-pressed", "false"));
  form.querySelectorAll("[data-ago] button").forEach((one, index) => one.setAttribute("aria-pressed", String(!index)));
  [form.closest("details.c-menu"), form.querySelector("details.c-menu")].forEach((menu) => menu?.removeAttribute("open"));
  form.closest("details.c-pick")?.removeAttribute("open");
  followNow();
  if (kind === "observation") {
    document.getElementById("main").classList.remove("is-entry");
    document.querySelector(".c-timeline [aria-current=step]")?.classList.add("kept");
    prepareKeypad();
  }
  if (form.closest("[data-quick-log]") && kind === "intervention") { quickLine(form, body); return; }
  if (form.closest(".c-sheet, .c-sev, .c-first") || kind === "observation") closeAll();
  if (kind === "transition" && body.event === "emergency") quickLog();
}

// An emergency is declared: its log opens at once, also while the server cannot be reached.
function quickLog() {
  document.querySelectorAll("[data-declare]").forEach((part) => { part.hidden = true; });
  document.querySelectorAll("[data-quick-log]").forEach((part) => { part.hidden = false; });
  go("#emergency");
}

function quickLine(form, body) {
  const line = document.createElement("li");
  const at = document.createElement("time");
  at.textContent = part({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const words = Object.assign(document.createElement("span"), { className: "what" });
  words.textContent = [body.category.replaceAll("-", " "), body.drug, body.dose, body.route, body.text].filter(Boolean).join(" ");
  line.append(at, words);
  form.closest("[data-quick-log]").querySelector("ol").append(line);
}

// Refused by the server: what was typed comes back, with the sentence beside its field.
function refused({ detail }) {
  const form = document.querySelector(`form[data-refused="${CSS.escape(detail.id)}"]`) ?? (detail.kind === "observation" ? document.getElementById("observation-form") : null);
  if (!form || isTyped(form)) return;
  Object.entries(detail.body ?? {}).forEach(([name, value]) => {
    const fields = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
    fields.forEach((field) => { if (["radio", "checkbox"].includes(field.type)) field.checked = field.value === String(value); else if (field.type !== "hidden" && name !== "effective_at") field.value = value; });
  });
  if (form.id === "observation-form") { document.getElementById("main").classList.add("is-entry"); prepareKeypad(); }
  Object.entries(detail.fields ?? {}).forEach(([name, sentences]) => beside(form, name, sentences));
}

function beside(form, name, sentences) {
  const field = form.querySelector(`[name="${CSS.escape(name)}"]`);
  const place = field?.closest(".c-tile")?.querySelector(".flag") ?? Object.assign(document.createElement("p"), { className: "c-err" });
  place.textContent = sentences.join(" ");
  field?.setAttribute("aria-invalid", "true");
  field?.closest(".c-tile")?.classList.add("at-impossible");
  if (!place.isConnected) (field?.closest(".c-field") ?? form).prepend(place);
}

if (room()) {
  begin();
  setInterval(followNow, 1000);
  const ask = follow(() => room().dataset.sessionLive, apply, told);
  document.addEventListener("clinic:page", () => { begin(); document.dispatchEvent(new CustomEvent("clinic:live", { detail: "live-chart" })); ask(); });
  document.addEventListener("clinic:live", (event) => { if (event.detail === "live-entry") prepareKeypad(); if (event.detail === "live-save") count(); rest(event.detail); });
  document.addEventListener("clinic:server-time", clockOff);
  document.addEventListener("clinic:leaving", send);
  document.addEventListener("clinic:kept", kept);
  document.addEventListener("clinic:saved", () => ask());
  document.addEventListener("clinic:refused", (event) => setTimeout(() => refused(event), 0));
  document.addEventListener("clinic:unlocked", () => ask());
}

// Lays the PIN panel over the page, without leaving it: at once on "clinic:locked" or the switch button, by itself when
// nobody touched the tablet for a while. What was typed stays. "clinic:unlocked" says who is there now.

import { followRunning, prepare, takeKeys } from "./switch.js";

const panel = document.querySelector("dialog[data-lock]");
const about = panel.dataset;
const place = panel.querySelector("[data-lock-panel]");
const offline = panel.querySelector("[data-lock-offline]");
const backButton = panel.querySelector("[data-lock-back]");
const nowButton = panel.querySelector("[data-lock-now]");
const minutes = Number(about.minutes || 0);
const TOUCHED = "clinic-touched";
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("clinic-tablet") : null;
const title = document.title;

// open: nobody is asked. choosing: the one before is still signed in. locked: nobody is. covered: the server is out of reach.
let state = "open";
let stop = () => {};
let press = () => false;
let touchedAt = Date.now();
let unproven = false; // somebody went on without a PIN, while the server was out of reach

// The part of a token that stays the same for as long as one sitting lasts.
const sitting = (csrf) => (csrf || "").split(".")[0];
const token = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";

function touched() {
  if (state !== "open") return;
  touchedAt = Date.now();
  try { localStorage.setItem(TOUCHED, String(touchedAt)); } catch { /* Without storage each tab counts for itself. */ }
}

// Another tab of the same tablet may be in use.
function lastTouch() {
  try { return Math.max(touchedAt, Number(localStorage.getItem(TOUCHED)) || 0); } catch { return touchedAt; }
}

// Only a tablet whose server was never told may be opened without it: a lock that was heard stays one.
function cover(withoutServer) {
  offline.hidden = !withoutServer;
  place.hidden = withoutServer;
  panel.querySelector("[data-lock-go-on]").hidden = state !== "covered";
}

function become(next) {
  state = next;
  const covers = next !== "open";
  document.body.classList.toggle("is-locked", covers);
  document.title = covers ? "Locked · Clinic" : title;
  backButton.hidden = next !== "choosing";
  if (nowButton) nowButton.hidden = next !== "choosing";
  cover(next === "covered");
  if (covers && !panel.open) { panel.showModal(); stop = followRunning(panel); }
  if (!covers && panel.open) { stop(); panel.close(); place.replaceChildren(); }
}

async function ask(url, options = {}) {
  const headers = { Accept: "application/json", "X-CSRFToken": token(), ...options.headers };
  return fetch(url, { credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(10000), ...options, headers });
}

async function load() {
  try {
    const answer = await ask(about.panel, { headers: { Accept: "text/html" } });
    if (!answer.ok) return false;
    place.innerHTML = await answer.text();
  } catch {
    return false;
  }
  press = prepare(place, send);
  (place.querySelector("input[name=user_id]:checked") || place.querySelector("#switch-title"))?.focus();
  return true;
}

// The server ends the sitting first: from then on the tablet is nobody's, whatever happens to this page.
async function lock() {
  if (state === "locked") return;
  unproven = false;
  become("locked");
  try {
    let answer = await ask(about.leave, { method: "POST" });
    if (answer.status === 400) {
      const there = await (await ask(about.state)).json();
      if (there.csrf) answer = await ask(about.leave, { method: "POST", headers: { "X-CSRFToken": there.csrf } });
    }
  } catch {
    become("covered");
    return;
  }
  tabs?.postMessage("locked");
  cover(!await load());
}

async function choose() {
  become("choosing");
  if (!await load()) become("covered");
}

// Somebody's sitting is over already: by the server, or in another tab.
async function onLocked() {
  if (state === "locked") return;
  unproven = false;
  become("locked");
  cover(!await load());
}

async function send(form) {
  const error = form.querySelector("[data-pin-error]");
  let words = "No connection. Try again.";
  try {
    const answer = await ask(about.send, { method: "POST", body: new FormData(form), headers: { "X-CSRFToken": form.elements.csrf_token.value } });
    const told = await answer.json();
    if (answer.ok) { unlocked(told); return; }
    words = answer.status === 400 ? "Enter it once more." : Object.values(told.fields || {}).flat()[0] || told.error;
    if (answer.status === 400 || /password/i.test(words)) { await load(); form = place.querySelector("[data-switch-form]"); }
  } catch {
    // Nothing was heard: the words above say so.
  }
  show(form || place, words);
  delete error.closest("form").dataset.sending;
}

function show(form, words) {
  const error = form.querySelector("[data-pin-error]");
  const pin = form.querySelector("[data-pin]");
  delete form.dataset.sending;
  pin.value = "";
  pin.dispatchEvent(new Event("input"));
  error.textContent = words;
}

// The page is that person's now: their token in every form, their name at the top.
function unlocked(told) {
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": told.csrf }));
  document.querySelectorAll("input[name=csrf_token]").forEach((field) => { field.value = told.csrf; field.defaultValue = told.csrf; });
  document.querySelectorAll(".c-switch-user .c-avatar, .c-user .c-avatar").forEach((part) => { part.textContent = told.initials; });
  document.querySelectorAll(".c-switch-user .sr").forEach((part) => { part.textContent = `Switch user: ${told.name}`; });
  document.querySelectorAll(".c-user .who .b, .c-menu-list > p .b").forEach((part) => { part.textContent = told.name; });
  panel.querySelector("[data-lock-name]").textContent = told.name;
  const before = about.person;
  about.person = told.user_id;
  become("open");
  touched();
  tabs?.postMessage("here");
  const detail = { userId: told.user_id, name: told.name, initials: told.initials, csrf: told.csrf, changed: before !== told.user_id };
  document.dispatchEvent(new CustomEvent("clinic:unlocked", { detail }));
}

// Somebody may have signed in, switched or left in another tab meanwhile. The sitting that is just being ended is none.
async function lookAround() {
  if (document.hidden) return;
  try {
    const there = await (await ask(about.state)).json();
    const another = there.user_id && sitting(there.csrf) !== sitting(token());
    if (state === "covered" || unproven) await (there.user_id ? lock() : onLocked());
    else if (another) unlocked(there);
    else if (state === "locked" && !offline.hidden) cover(!await load());
    else if (!there.user_id) onLocked();
  } catch {
    // Still out of reach.
  }
}

function onceIdle() {
  if (minutes && state === "open" && Date.now() - lastTouch() >= minutes * 60000) lock();
}

document.addEventListener("clinic:locked", onLocked);
takeKeys(() => state !== "open", (key) => press(key));
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-switch]") || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  choose();
});
panel.addEventListener("cancel", (event) => { event.preventDefault(); if (state === "choosing") become("open"); });
panel.addEventListener("submit", (event) => { if (event.submitter?.hasAttribute("data-leaves")) become("locked"); });
backButton.addEventListener("click", () => become("open"));
nowButton?.addEventListener("click", lock);
panel.querySelector("[data-lock-go-on]").addEventListener("click", () => { unproven = true; become("open"); touched(); });
if (tabs) tabs.onmessage = (event) => (event.data === "locked" ? onLocked() : lookAround());
for (const kind of ["pointerdown", "keydown", "input", "wheel"]) document.addEventListener(kind, touched, { capture: true, passive: true });
document.addEventListener("visibilitychange", () => { onceIdle(); lookAround(); });
window.addEventListener("focus", lookAround);
window.addEventListener("online", lookAround);
setInterval(onceIdle, 5000);
setInterval(() => { if (state === "locked" || state === "covered" || unproven) lookAround(); }, 5000);
touched();
tabs?.postMessage("here");

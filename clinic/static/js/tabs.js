// Several women on one tablet: what was typed for each stays as it is, in the memory of this page and nowhere else.
// A page that is left is laid aside whole and laid back when its tab is tapped; the page never switches by itself.

import { isTyped } from "./live.js";

const aside = new Map(); // address -> the part of the page that belongs to one session
const SELECTOR = "[data-session-page]";
const page = () => document.querySelector(SELECTOR);
export const isRoom = () => Boolean(document.querySelector("[data-session-live]"));

async function fetched(address) {
  const answer = await fetch(address, { credentials: "same-origin", cache: "no-store" });
  if (!answer.ok) return null;
  const doc = new DOMParser().parseFromString(await answer.text(), "text/html");
  doc.querySelectorAll("noscript").forEach((part) => part.remove()); // read without scripts, what it holds would be part of the page
  return doc;
}

// Puts another page in the place of this one.
function put(next, title, about) {
  document.querySelectorAll(".c-tabs ~ *").forEach((part) => { part.inert = false; });
  page().replaceWith(next);
  if (title) document.title = title;
  const mine = document.getElementById("for-the-tablet");
  if (mine && about) mine.textContent = about;
  const token = JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"];
  if (token) next.querySelectorAll("input[name=csrf_token]").forEach((field) => { field.value = token; field.defaultValue = token; });
  document.dispatchEvent(new CustomEvent("clinic:page"));
}

// Shows another session. What is laid aside is brought up to date by the next answer of the server.
async function show(address, { push = true } = {}) {
  document.dispatchEvent(new CustomEvent("clinic:leaving"));
  aside.set(location.pathname, { part: page(), title: document.title, about: document.getElementById("for-the-tablet")?.textContent });
  const known = aside.get(address);
  const doc = known ? null : await fetched(address).catch(() => null);
  const part = known?.part ?? doc?.querySelector(SELECTOR);
  if (!part || !part.querySelector("[data-session-live]")) { location.assign(address); return; }
  if (push) history.pushState(null, "", address);
  put(part, known?.title ?? doc.title, known?.about ?? doc.getElementById("for-the-tablet")?.textContent);
  aside.delete(address);
}

// The same session anew, when more of it changed than its moving parts; what was typed goes with it.
export async function renew() {
  const doc = await fetched(location.pathname).catch(() => null);
  const next = doc?.querySelector(SELECTOR);
  if (!next) return;
  carry(page(), next);
  put(next, doc.title, doc.getElementById("for-the-tablet")?.textContent);
}

function carry(old, next) {
  old.querySelectorAll("input[id], textarea[id], select[id]").forEach((field) => {
    const other = next.querySelector(`#${CSS.escape(field.id)}`);
    if (!other || field.type === "hidden" || "followsNow" in field.dataset) return;
    if (field.type === "checkbox" || field.type === "radio") { if (field.checked !== field.defaultChecked) other.checked = field.checked; }
    else if (field.value !== field.defaultValue && field.tagName !== "SELECT") { other.value = field.value; delete other.dataset.followsNow; }
    else if (field.tagName === "SELECT" && field.selectedIndex > 0) other.value = field.value;
  });
}

// Whether something stands here, or in a page that is laid aside, that nobody saved. What a form takes along is not lost.
let isSent = false;
const isUnsaved = () => (isRoom() && !isSent && isTyped(page())) || [...aside.values()].some(({ part }) => isTyped(part));
window.addEventListener("submit", (event) => { isSent = !event.defaultPrevented; });
window.addEventListener("pageshow", () => { isSent = false; });

document.addEventListener("click", (event) => {
  const tab = event.target.closest("a[data-tab]");
  if (!tab || !isRoom() || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  if (tab.pathname !== location.pathname) show(tab.pathname);
});

document.addEventListener("keydown", (event) => {
  if (!["[", "]"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey || !isRoom()) return;
  if (event.target.closest("textarea, select, input:not([inputmode=none]):not([type=radio])")) return;
  const tabs = [...document.querySelectorAll(".c-tab[data-tab]")];
  const at = tabs.findIndex((tab) => tab.hasAttribute("aria-current"));
  const next = tabs[(at + (event.key === "]" ? 1 : -1) + tabs.length) % tabs.length];
  if (tabs.length > 1) { event.preventDefault(); next.click(); }
});

window.addEventListener("popstate", () => {
  if (isRoom() && !location.hash && /^\/sessions\/[0-9a-f-]{36}$/.test(location.pathname)) show(location.pathname, { push: false });
});
window.addEventListener("beforeunload", (event) => { if (isUnsaved()) event.preventDefault(); });

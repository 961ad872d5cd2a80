// The board: rows come new when something changed, in their place, without moving under the pointer or taking the focus.

import { follow, inUse, swap, tick } from "./live.js";

const board = document.getElementById("board");
const rail = document.querySelector("[data-rail]");
const link = document.querySelector("[data-link]");
const stale = document.querySelector("[data-stale]");
const time = (moment) => new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: document.querySelector("[data-clock]")?.dataset.clock }).format(moment);

const placesOf = (root) => [...root.querySelectorAll(".c-row")].map((row) => row.id);

// Rows whose place among those that stay is another one now fade in where they stand.
function markMoved(before) {
  const after = placesOf(board);
  const was = before.filter((id) => after.includes(id));
  const is = after.filter((id) => before.includes(id));
  is.forEach((id, place) => { if (was[place] !== id) document.getElementById(id).classList.add("has-moved"); });
}

function apply(html) {
  const pointed = board.matches(":hover") && board.querySelector("li:hover, a:hover");
  const fresh = board.cloneNode(false);
  fresh.innerHTML = html;
  const order = (root) => [...root.querySelectorAll("li[id]")].map((row) => row.id).join();
  if (pointed && order(fresh) !== order(board)) {
    // Nothing moves under a finger: rows that stay are renewed, new places wait until the pointer has left.
    fresh.querySelectorAll("li[id]").forEach((row) => {
      const old = document.getElementById(row.id);
      if (old && old.outerHTML !== row.outerHTML) swap(old, row.cloneNode(true));
    });
    tick();
    return false;
  }
  const rest = board.querySelector("#rest-of-needs[open]");
  if (rest) fresh.querySelector("#rest-of-needs")?.setAttribute("open", "");
  const focused = board.contains(document.activeElement) ? document.activeElement.id : null;
  const top = window.scrollY;
  const before = placesOf(board);
  board.replaceChildren(...fresh.childNodes);
  markMoved(before);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  window.scrollTo(0, top);
  tick();
  return true;
}

function told(state, heardAt, silent) {
  const minutes = Math.floor(silent / 60000);
  const icons = link.querySelector("use").getAttribute("href").split("#")[0];
  const [tone, icon, words] = {
    live: ["", "wifi", "Live"],
    old: ["is-caution", "alert-triangle", `Last update ${minutes} min ago`],
    lost: ["is-off", "wifi-off", `No connection since ${time(heardAt)}`],
  }[state];
  link.className = `c-conn ${tone}`;
  link.querySelector("use").setAttribute("href", `${icons}#${icon}`);
  if (link.lastElementChild.textContent !== words) link.lastElementChild.textContent = words;
  stale.hidden = state === "live";
  stale.className = `c-banner ${state === "lost" ? "is-alert" : "is-caution"} mb12`;
  const sentence = state === "lost"
    ? `No connection since ${time(heardAt)}. Check patients in person until the board is back.`
    : `Last update ${minutes} min ago. Timers go on; readings and alerts are those of ${time(heardAt)}.`;
  if (state !== "live" && stale.textContent !== sentence) stale.textContent = sentence;
  document.body.classList.toggle("is-lost", state === "lost");
}

// j and k go through the rows, a to the first card, 1 to 3 choose what is shown; Enter opens what has the focus.
function chosen(event) {
  if (event.target.closest("input, textarea, select, [contenteditable]") || event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.key === "a") return board.querySelector(".c-actions a");
  if ("123".includes(event.key)) return board.querySelector(`[data-show-key="${event.key}"]`);
  const step = { j: 1, k: -1 }[event.key];
  if (!step) return null;
  const rows = [...board.querySelectorAll(".c-row a.name")];
  const at = rows.indexOf(document.activeElement);
  return rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1)];
}

function press(event) {
  const target = chosen(event);
  if (!target) return;
  event.preventDefault();
  if ("showKey" in target.dataset) target.click();
  else target.focus();
}

// What other rooms show beside the rows changes seldom, and never under a hand.
const SELDOM = 15000;
function beside(html) {
  if (inUse(rail) || (window.matchMedia("(hover: hover)").matches && rail.matches(":hover"))) return false;
  rail.innerHTML = html;
  tick();
  return true;
}

// A wall screen stays awake; the browser lets go of that whenever the page is hidden.
async function stayAwake() {
  if (document.visibilityState !== "visible") return;
  try { await navigator.wakeLock?.request("screen"); } catch { /* It sleeps when its owner says so. */ }
}

if (board) {
  told("live", Date.now(), 0);
  follow(board.dataset.poll, apply, told);
  if (rail) follow(rail.dataset.rail, beside, () => {}, SELDOM);
  if ("onWall" in board.dataset) {
    stayAwake();
    document.addEventListener("visibilitychange", stayAwake);
  } else document.addEventListener("keydown", press);
}

// What the page says of the outbox: the pill in the header, the banner without a connection, the dashed rows under the log.

import { now } from "../live.js";
import { alertsOf } from "./alone.js";
import { showDialog } from "./dialog.js";
import { button, el, icon } from "./draw.js";
import { kept, status } from "./queue.js";
import { clock, count, inWords, keypad, plan } from "./words.js";

const AGAIN = 15000;
const session = () => plan()?.session;

export function pillOf({ kept: waiting, sending, needsYou }) {
  if (needsYou) return ["is-needs", "alert-octagon", count(needsYou, needsYou === 1 ? "needs you" : "need you")];
  if (sending) return ["is-info", "refresh", `Sending ${count(sending, "").trim()}`];
  if (waiting) return ["is-off", "cloud-off", count(waiting, "kept on this tablet")];
  return ["", "cloud-check", "All saved"];
}

export function drawPill(state) {
  const place = document.querySelector("[data-save-state]");
  if (!place) return;
  const [tone, name, words] = pillOf(state);
  // What the server wrote there says more as long as nothing was kept: locked, not saved.
  if (place.dataset.words === words || (!place.dataset.words && words === "All saved" && place.querySelector(".c-conn, .c-pill"))) return;
  place.dataset.words = words;
  const holds = state.needsYou || state.kept;
  const pill = holds
    ? el("button", { type: "button", class: `c-conn ${tone}`, click: showDialog }, icon(name, "s"), words)
    : el("span", { class: "c-conn" }, icon(name, "s"), words);
  const focused = place.contains(document.activeElement);
  place.replaceChildren(pill);
  if (focused) pill.focus();
}

// Only while nobody else can know: what this tablet sees in the readings that it keeps.
function alone(rows) {
  const said = rows.filter((row) => row.sessionId === session() && row.said).map((row) => row.said);
  const found = alertsOf(keypad(), said, now(), plan()?.zone);
  if (!found.length) return null;
  const call = plan().call ? `Call ${plan().call}.` : "Call the psychiatrist.";
  return el("strong", { class: "c-alone-alert", role: "alert" }, `${found.join("; ")}. Nobody else sees this alert. ${call}`);
}

function drawBanner(state, rows) {
  let place = document.querySelector("[data-outbox-banner]");
  if (!place && state.offlineSince) {
    place = el("div", { "data-outbox-banner": true, class: "full" });
    document.getElementById("main")?.prepend(place);
  }
  if (!place) return;
  const alarm = state.offlineSince ? alone(rows) : null;
  const holds = state.kept + state.needsYou;
  const words = state.offlineSince ? `${state.offlineSince}|${holds}|${alarm?.textContent}` : "";
  if (place.dataset.words === words) return;
  place.dataset.words = words;
  place.hidden = !state.offlineSince;
  if (!state.offlineSince) { place.replaceChildren(); return; }
  const banner = el("div", { class: "c-banner is-off", role: "status" }, icon("device-tablet"), el("p", { class: "grow" },
    el("b", { class: "b" }, `No connection since ${clock(state.offlineSince)}.`),
    " Keep working: entries are kept on this tablet and sent by themselves. Do not sign out. ",
    el("a", { href: "/help/offline" }, "What works now"), alarm && el("br"), alarm),
  holds ? button(`Show ${holds}`, "", showDialog) : null);
  place.replaceChildren(banner);
}

function placeOfRows() {
  const known = document.getElementById("kept-rows");
  if (known || !session()) return known;
  const made = el("div", { id: "kept-rows" });
  document.getElementById("live-log")?.after(made);
  return made;
}

function drawRows(rows) {
  const place = placeOfRows();
  if (!place) return;
  const own = rows.filter((row) => row.sessionId === session());
  const line = (row) => el("li", { class: "is-kept", "data-kept": row.id },
    el("time", {}, clock(row.said?.body.effective_at ?? row.keptAt)),
    el("span", { class: "what" }, row.said ? inWords(row.said) : "Closed until its author signs in"),
    el("span", { class: "by" }, icon(row.state === "needs" ? "alert-octagon" : "device-tablet", "s"),
      row.state === "needs" ? "needs you" : "kept on this tablet"));
  place.replaceChildren(...(own.length ? [el("ol", { class: "c-log c-kept", role: "list" }, ...own.map(line))] : []));
}

let drawing = false;
let again = false;

// One drawing at a time; whatever happened during it is drawn once afterwards.
export async function draw() {
  again = drawing;
  if (drawing) return;
  drawing = true;
  drawPill(status());
  const rows = await kept();
  drawBanner(status(), rows);
  drawRows(rows);
  drawing = false;
  if (again) draw();
}

// What follows from the time alone is said in time, too: that no reading came.
setInterval(() => { if (status().offlineSince) draw(); }, AGAIN);

// The outbox of this tablet, on every page of those who log: begins, draws, sends, and guards the way out.
// Needs https (or this machine itself): elsewhere a browser has no keys, and forms go their own way.

import * as dialog from "./dialog.js";
import { listen } from "./forms.js";
import * as key from "./key.js";
import { guard, mayLeave } from "./leaving.js";
import { keepPages, keepThisPage, wipePages } from "./pages.js";
import * as queue from "./queue.js";
import { draw, drawPill } from "./show.js";

// The PIN panel lay over the page. Whoever is there now goes on with it, under their own name.
async function whoIsBack({ detail }) {
  if (detail?.changed) { key.changeHands(); queue.close(); }
  else key.forgetSender();
  await queue.flush();
  if (detail?.changed) { await wipePages(key.ownerOfPage()); await keepThisPage(Date.now()); }
}

async function begin() {
  for (const name of ["clinic:outbox", "clinic:page", "clinic:live"]) document.addEventListener(name, draw);
  document.addEventListener("clinic:unlocked", whoIsBack);
  window.addEventListener("offline", () => queue.link(false));
  window.addEventListener("online", queue.flushSoon);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && !mayLeave()) queue.flushSoon(); });
  const beginning = beginAll();
  listen(beginning);
  guard();
  await beginning;
  await navigator.storage?.persist?.();
}

async function beginAll() {
  await key.begin();
  await queue.refresh();
  if (!navigator.onLine) queue.link(false);
  await queue.flush();
}

window.clinicOutbox = { kept: queue.kept, flush: queue.flush, resend: queue.resend, discard: queue.discard, show: dialog.showDialog, mayLeave };
if (window.isSecureContext && window.indexedDB && navigator.locks) {
  begin();
  keepPages();
} else {
  drawPill({ kept: 0, sending: 0, needsYou: 0 }); // each form waits for the server's answer
}

// Signing out: refused while anything is kept; otherwise the copies of pages on this tablet go first.

import { refuseToLeave } from "./dialog.js";
import * as key from "./key.js";
import { wipePages } from "./pages.js";
import { refresh, status } from "./queue.js";

export const mayLeave = () => status().kept + status().needsYou === 0;

async function leave(go) {
  await refresh();
  if (!mayLeave()) { refuseToLeave(); return; }
  key.forget();
  await wipePages();
  go();
}

export function guard() {
  document.addEventListener("submit", (event) => {
    if (!event.target.action.endsWith("/sign-out")) return;
    event.preventDefault();
    leave(() => HTMLFormElement.prototype.submit.call(event.target));
  }, true);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href$="/sign-out"]');
    if (!link) return;
    event.preventDefault();
    leave(() => location.assign(link.href));
  }, true);
}

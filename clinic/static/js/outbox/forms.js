// Forms that add an entry: what was typed goes into the outbox. Without one, the form goes its own way.

import { now } from "../live.js";
import { uuid7 } from "../uuid7.js";
import * as key from "./key.js";
import { flushSoon, keep } from "./queue.js";
import * as store from "./store.js";
import { fieldsOf } from "./words.js";

const TWICE = 1200; // ms within which the same again from the same form is the same tap
const PATIENCE = 5000;
const ADDRESS = /\/sessions\/([0-9a-f-]{36})\/entries\/([0-9a-f-]{36})$/;
const forms = new Map(); // id of an entry -> the form it was typed in
const writtenAt = new Map(); // id of an entry -> what the tablet's clock said when it got its id
let stale = false; // something was saved that the page does not show
const lastOf = new WeakMap(); // form -> what it said last, and when

// The fields of the kind and nothing else, as the server's JSON wants them.
export function bodyOf(form, submitter) {
  const data = new FormData(form, submitter);
  const fields = fieldsOf(data.get("kind"));
  const body = {};
  for (const [name, value] of data) {
    if (name === "kind" || !(name in fields) || value === "") continue;
    body[name] = fields[name].flag ? true : value;
  }
  return body;
}

function isSecondTap(form, words) {
  const last = lastOf.get(form);
  lastOf.set(form, { words, at: Date.now() });
  return last?.words === words && Date.now() - last.at < TWICE;
}

function plainly(form, submitter) {
  form.dataset.plain = "yes";
  delete form.dataset.sending;
  form.requestSubmit(submitter);
}

async function take(form, submitter) {
  const [, sessionId] = ADDRESS.exec(form.action);
  const kind = form.elements.kind.value;
  const body = bodyOf(form, submitter);
  const words = JSON.stringify(body);
  if (isSecondTap(form, words)) return;
  const id = form.dataset.refused || uuid7(now());
  if (body.effective_at === "now") body.effective_at = new Date(now()).toISOString();
  if (!writtenAt.has(id)) writtenAt.set(id, new Date().toISOString());
  try {
    await keep(id, sessionId, kind, { ...body, device_id: await store.tabletId(), device_at: writtenAt.get(id) });
  } catch (error) {
    console.warn("not kept, sent as a page:", error);
    lastOf.delete(form);
    plainly(form, submitter);
    return;
  }
  delete form.dataset.refused;
  delete form.dataset.sending;
  form.action = form.action.replace(ADDRESS, `/sessions/${sessionId}/entries/${uuid7(now())}`);
  forms.set(id, form);
  flushSoon();
  const more = { cancelable: true, detail: { id, sessionId, kind, body, form } };
  if (document.dispatchEvent(new CustomEvent("clinic:kept", more))) shownAnew(form, id);
}

// Where nothing else renews the page: empty the form, and open the page again once everything is saved.
function shownAnew(form, id) {
  const goes = form.dataset.then;
  form.reset();
  if (goes) { location.assign(goes); return; }
  document.addEventListener("clinic:saved", (event) => { stale ||= event.detail.id === id; });
}

// A tap that comes before the outbox is there waits for it, not for long.
async function takeSoon(form, submitter, beginning) {
  if (!key.canClose()) await Promise.race([beginning, new Promise((resolve) => { setTimeout(resolve, PATIENCE); })]);
  if (key.canClose()) take(form, submitter);
  else plainly(form, submitter);
}

// `beginning`: settled once the outbox is there, or will not be.
export function listen(beginning) {
  let begun = false;
  beginning.finally(() => { begun = true; });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-entry]") || !ADDRESS.test(form.action) || form.dataset.plain || (begun && !key.canClose())) return;
    if (!form.elements.kind || !Object.keys(fieldsOf(form.elements.kind.value)).length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    takeSoon(form, event.submitter, beginning);
  }, true);
  // The form it came from stands for it: sent again, it is the same entry.
  for (const name of ["clinic:refused", "clinic:conflict"]) {
    document.addEventListener(name, ({ detail }) => {
      const form = forms.get(detail.id);
      if (form?.isConnected) form.dataset.refused = detail.id;
    });
  }
  document.addEventListener("clinic:saved", ({ detail }) => { forms.delete(detail.id); writtenAt.delete(detail.id); });
  document.addEventListener("clinic:outbox", ({ detail }) => {
    if (!stale || detail.kept) return;
    stale = false; // told twice, a page that is on its way would be asked for again
    location.reload();
  });
}

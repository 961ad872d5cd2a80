// The outbox: written to the tablet first, then sent, one after the other; only the server's word takes an entry off it.

import { now } from "../live.js";
import * as key from "./key.js";
import { open, readPublic, seal } from "./seal.js";
import { discard as sendDiscard, send } from "./send.js";
import * as store from "./store.js";

const WAITS = [1000, 2000, 4000, 8000, 15000, 30000];
const SINCE = "clinic-offline-since";
const others = new BroadcastChannel("clinic-outbox");
const read = new Map(); // id -> what was opened
let failures = 0;
let timer = null;
let draining = null;
let askedMeanwhile = false;
let offlineSince = Number(sessionStorage.getItem(SINCE)) || null;
let state = { kept: 0, sending: 0, needsYou: 0, offlineSince };

export const status = () => state;
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`clinic:${name}`, { detail }));
const tellAll = (name, detail) => { tell(name, detail); others.postMessage({ name, detail }); };

export async function refresh() {
  const rows = await store.all();
  const needsYou = rows.filter((row) => row.state === "needs").length;
  const kept = rows.length - needsYou;
  state = { kept, sending: draining && !offlineSince ? kept : 0, needsYou, offlineSince };
  tell("outbox", state);
}

export function link(isThere) {
  if (isThere === !offlineSince) return;
  offlineSince = isThere ? null : now();
  if (isThere) sessionStorage.removeItem(SINCE);
  else sessionStorage.setItem(SINCE, String(offlineSince));
  refresh();
}

// What an entry says, or null while only its author's sign-in could open it. Each is opened once.
async function opened(row) {
  const privateKey = key.openingKey(row.owner);
  if (!privateKey) return null;
  const before = read.get(row.id);
  if (before?.iv === String(row.sealed.iv)) return before.said;
  const said = await open(privateKey, row.id, row.sealed).catch(() => null);
  if (said) read.set(row.id, { iv: String(row.sealed.iv), said });
  return said;
}

// Somebody else is at the tablet: what the one before had opened is closed.
export const close = () => read.clear();

async function remove(row) {
  await store.remove(row.seq);
  read.delete(row.id);
}

// { id, sessionId, state, keptAt, mine, said: { kind, body, why } | null }, in the order in which they were made.
export async function kept() {
  const rows = await store.all();
  return Promise.all(rows.map(async (row) => (
    { id: row.id, sessionId: row.sessionId, state: row.state, keptAt: row.keptAt, mine: row.owner === key.ownerOfPage(), said: await opened(row) })));
}

// Rejects when this tablet cannot keep it: then the page sends its form as pages do.
export async function keep(id, sessionId, kind, body) {
  const sealed = await seal(key.closingKey(), id, { kind, body });
  const before = await store.byId(id);
  const row = { id, sessionId, owner: key.ownerOfPage(), state: "kept", keptAt: before?.keptAt ?? now(), sealed };
  if (before) await store.put({ ...row, seq: before.seq });
  else await store.add(row);
  await refresh();
  others.postMessage({ name: "outbox" });
}

async function needs(row, said, why) {
  const closing = await readPublic(await store.publicKey(row.owner));
  await store.put({ ...row, state: "needs", sealed: await seal(closing, row.id, { ...said, why }) });
  const about = { id: row.id, sessionId: row.sessionId, kind: said.kind, body: said.body };
  if (why.status === 409) tellAll("conflict", { ...about, error: why.error, stored: why.stored });
  else tellAll("refused", { ...about, fields: why.fields, error: why.error, status: why.status });
}

async function settle(row, said, found) {
  if (found.is === "needs") return needs(row, said, found.why);
  await remove(row);
  return tellAll("saved", { id: row.id, sessionId: row.sessionId, kind: said.kind, answer: found.answer });
}

// "done", or why it stopped: "away", "locked".
async function drain() {
  let refusedTokens = 0;
  for (;;) {
    if (!key.sender()) {
      const answer = await key.ask();
      if (answer !== "here") return answer;
    }
    const row = await store.next(key.sender().owner);
    if (!row) return "done";
    const said = await opened(row);
    if (!said) {
      await store.put({ ...row, state: "needs" });
      continue;
    }
    const found = await send(row, said, key.sender().csrf);
    if (found.is === "csrf" && refusedTokens < 2) { refusedTokens += 1; key.forgetSender(); continue; }
    if (found.is === "locked") { key.forgetSender(); return "locked"; }
    if (found.is === "away" || found.is === "csrf") return "away";
    refusedTokens = 0;
    failures = 0;
    await settle(row, said, found);
    link(true);
    await refresh();
  }
}

function again(wait) {
  clearTimeout(timer);
  timer = setTimeout(flush, wait * (0.8 + Math.random() * 0.4));
}

async function work(lock) {
  if (!lock) return again(WAITS[1]); // another tab is sending: look once more whether it took everything
  await refresh();
  if (offlineSince) key.forgetSender(); // so that the server is heard before the connection counts as there
  const end = await drain();
  if (end !== "away") link(true);
  if (end === "locked" && state.kept) tell("locked", { kept: state.kept });
  if (end === "away") {
    link(false);
    again(WAITS[Math.min(failures, WAITS.length - 1)]);
    failures += 1;
  }
  return undefined;
}

// Sends what waits. One tab at a time, one entry at a time; asked again while it works, it looks once more at the end.
export function flush() {
  clearTimeout(timer);
  askedMeanwhile = draining !== null;
  draining ??= navigator.locks.request("clinic-outbox", { ifAvailable: true }, work).finally(async () => {
    draining = null;
    if (askedMeanwhile) flush();
    await refresh();
  });
  return draining;
}

export function flushSoon() {
  failures = 0;
  again(0);
}

// Kept once more with other content, under the same id: it was never saved.
export async function resend(id, body) {
  const [row, said] = await found(id);
  await keep(id, row.sessionId, said.kind, body);
  flushSoon();
}

// A person decided that it is not to be saved. The trail is told first; false: it could not be told, the entry stays.
export async function discard(id, reason) {
  const [row, said] = await found(id);
  if (!key.sender() && await key.ask() !== "here") return false;
  const told = await sendDiscard(row, said ?? { kind: "unreadable", body: {} }, reason, key.sender().csrf);
  if (told.is === "csrf" || told.is === "locked") key.forgetSender();
  if (told.is === "locked") tell("locked", { kept: state.kept });
  if (told.is !== "saved") return false;
  await remove(row);
  tellAll("discarded", { id, sessionId: row.sessionId });
  await refresh();
  return true;
}

async function found(id) {
  const row = await store.byId(id);
  return [row, await opened(row)];
}

others.addEventListener("message", async ({ data }) => {
  if (data.name !== "outbox") tell(data.name, data.detail);
  await refresh();
});

// What lies on the tablet: kept entries in the order in which they were made, closed; public keys; the tablet's own id.

import { openDB } from "../../vendor/idb/idb.js";
import { uuid7 } from "../uuid7.js";

// A later version adds to this list and takes nothing away: entries of an older page must still be found.
const opening = openDB("clinic-outbox", 1, {
  upgrade(db) {
    db.createObjectStore("entries", { keyPath: "seq", autoIncrement: true }).createIndex("id", "id", { unique: true });
    db.createObjectStore("keys", { keyPath: "owner" });
    db.createObjectStore("about", { keyPath: "name" });
  },
  blocking(_current, _blocked, event) { event.target.close(); },
});

// Written through to the disk before it counts as kept: an empty battery is part of the promise.
const writing = async (name, durability = "strict") => (await opening).transaction(name, "readwrite", { durability });

export async function add(row) {
  const change = await writing("entries");
  const seq = await change.store.add(row);
  await change.done;
  return seq;
}

export async function put(row) {
  const change = await writing("entries");
  // Somebody may have taken it away meanwhile: it does not come back by that.
  if (await change.store.get(row.seq)) await change.store.put(row);
  await change.done;
}

// Comes back after a crash at the worst, and is then sent a second time, which is harmless.
export async function remove(seq) {
  const change = await writing("entries", "relaxed");
  await change.store.delete(seq);
  await change.done;
}

export const all = async () => (await opening).getAll("entries");
export const byId = async (id) => (await opening).getFromIndex("entries", "id", id);

// The oldest entry of a person that waits to be sent.
export async function next(owner) {
  let cursor = await (await opening).transaction("entries").store.openCursor();
  while (cursor && !(cursor.value.state === "kept" && cursor.value.owner === owner)) cursor = await cursor.continue();
  return cursor?.value;
}

export async function tabletId() {
  const change = await writing("about");
  const known = await change.store.get("tablet");
  const value = known?.value ?? uuid7();
  if (!known) await change.store.put({ name: "tablet", value });
  await change.done;
  return value;
}

export const publicKey = async (owner) => (await (await opening).get("keys", owner))?.key;
export const keepPublicKey = async (owner, key) => (await opening).put("keys", { owner, key });

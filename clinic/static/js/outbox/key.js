// Whose entries these are: the person of this page, and the person who is signed in now. Usually the same one.

import { publicHalf, readPrivate, readPublic } from "./seal.js";
import * as store from "./store.js";

const PATIENCE = 15000;
const IN_THIS_TAB = "clinic-outbox-key";

let pageOwner = document.querySelector('meta[name="clinic-owner"]')?.content ?? "";
let closing = null; // the public key of the page's person
let opened = null; // { owner, privateKey }: until the tab is closed, the screen locked or somebody signed out
let signedIn = null; // { owner, csrf } as the server said last

export const ownerOfPage = () => pageOwner;
export const canClose = () => closing !== null;
export const closingKey = () => closing;
export const openingKey = (owner) => (opened?.owner === owner ? opened.privateKey : null);
export const sender = () => signedIn;
export const forgetSender = () => { signedIn = null; };

// Somebody else goes on with this page: nothing is kept until the server has said who.
export function changeHands() {
  pageOwner = "";
  closing = null;
  forget();
}

export function forget() {
  opened = null;
  signedIn = null;
  sessionStorage.removeItem(IN_THIS_TAB);
}

// From what is on the tablet already, so that a page works that was opened without a connection.
export async function begin() {
  const known = pageOwner && await store.publicKey(pageOwner);
  if (known) closing = await readPublic(known);
  const mine = JSON.parse(sessionStorage.getItem(IN_THIS_TAB) ?? "null");
  if (mine) opened = { owner: mine.owner, privateKey: await readPrivate(mine.key) };
}

async function take({ owner, key, csrf }) {
  await store.keepPublicKey(owner, publicHalf(key));
  sessionStorage.setItem(IN_THIS_TAB, JSON.stringify({ owner, key }));
  opened = { owner, privateKey: await readPrivate(key) };
  signedIn = { owner, csrf };
  pageOwner ||= owner;
  if (owner === pageOwner) closing = await readPublic(key);
}

// Asks the server who is signed in: "here", "locked" (sign in first) or "away" (no answer, or none of ours).
export async function ask() {
  try {
    const address = `/outbox-key?tablet=${await store.tabletId()}`;
    const answer = await fetch(address, {
      headers: { Accept: "application/json" }, cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.status === 401 || answer.status === 403) { signedIn = null; return "locked"; }
    const said = answer.ok ? await answer.json() : {};
    if (!said.key) return "away";
    await take(said);
    return "here";
  } catch {
    return "away";
  }
}

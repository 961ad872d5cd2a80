// The service worker. Keeps the files of pages, and the pages of sessions that were opened on this tablet by whoever is
// signed in. The network comes first; what is kept is shown only when it does not answer. Entries are none of its business.
// The server puts `self.CLINIC = {version, files, help}` before this program.

const { version, files, help } = self.CLINIC;
const FILES = `clinic-files-${version}`;
const PAGES = "clinic-pages-";
const OWNER = "Clinic-Owner";
const KEPT_AT = "Clinic-Kept-At";
const AGE = 12 * 3600 * 1000;
const PATIENCE = 8000;
const SESSION = /^\/sessions\/[0-9a-f-]{36}$/;
let sitting = 0; // counted on with every sign-in and sign-out: an answer for the one before is not kept any more
const words = new Map(files.map((file) => file.split("?")));

self.addEventListener("install", (event) => {
  event.waitUntil(keepFiles().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldFiles().then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data?.keep) event.waitUntil(self.clients.claim().then(() => keepOpenPage(event.data)));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (address.origin !== self.location.origin) return;
  if (request.mode === "navigate" || isSession(request, address)) event.respondWith(page(request, address));
  else if (words.has(address.pathname)) event.respondWith(file(request, address));
});

const isSession = (request, address) => request.method === "GET" && SESSION.test(address.pathname);

async function keepFiles() {
  const cache = await caches.open(FILES);
  const one = async (address, as) => {
    const answer = await fetch(address, { credentials: "omit" });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    await cache.put(as, answer);
  };
  await Promise.all([...files.map((address) => one(address, address.split("?")[0])), one(help, help)]);
}

async function dropOldFiles() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("clinic-files-") && name !== FILES).map((name) => caches.delete(name)));
}

// A file named by its content never changes; one without a name is asked for, and taken from here only without an answer.
async function file(request, address) {
  const kept = await caches.match(address.pathname, { cacheName: FILES });
  if (kept && address.search === `?${words.get(address.pathname)}`) return kept;
  try {
    return await fetch(request, kept ? { signal: AbortSignal.timeout(PATIENCE) } : {});
  } catch (away) {
    if (kept) return kept;
    throw away;
  }
}

async function page(request, address) {
  if (["/sign-in", "/sign-out"].includes(address.pathname)) sitting += 1;
  const during = sitting;
  const keeps = isSession(request, address);
  try {
    const kept = keeps && await keptPage(address.pathname);
    const answer = await (kept ? Promise.race([fetch(request), tooLate()]) : fetch(request));
    if (kept && [502, 503, 504].includes(answer.status)) return await shown(kept);
    await note(address.pathname, answer, keeps && during === sitting);
    return answer;
  } catch {
    const kept = keeps && await keptPage(address.pathname);
    return kept ? shown(kept) : noAnswer();
  }
}

// A navigation cannot be given up by a signal; it is left behind.
const tooLate = () => new Promise((_resolve, reject) => { setTimeout(() => reject(new Error("no answer in time")), PATIENCE); });

// Whoever the server greets now is the only one whose pages stay here; at the sign-in page that is nobody.
async function note(path, answer, keeps) {
  const owner = answer.headers.get(OWNER);
  if (answer.type === "opaqueredirect" || (!owner && path !== "/sign-in")) return;
  const own = `${PAGES}${owner}`;
  const during = sitting;
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PAGES) && name !== own).map((name) => caches.delete(name)));
  if (owner && keeps && answer.ok && !answer.redirected) await put(own, path, answer.clone(), during);
}

async function put(name, path, answer, during) {
  const headers = new Headers(answer.headers);
  headers.set(KEPT_AT, String(Date.now()));
  headers.delete("Set-Cookie");
  const html = await answer.text();
  if (during === sitting) await (await caches.open(name)).put(path, new Response(html, { status: 200, headers }));
}

// A page that came while this program was not there yet: asked for once more.
async function keepOpenPage({ keep, openedAt }) {
  const address = new URL(keep);
  if (address.origin !== self.location.origin || !SESSION.test(address.pathname)) return;
  const kept = await keptPage(address.pathname);
  if (kept && Number(kept.headers.get(KEPT_AT)) >= openedAt) return;
  const during = sitting;
  const answer = await fetch(address.pathname, { credentials: "same-origin", redirect: "manual" }).catch(() => null);
  if (answer) await note(address.pathname, answer, during === sitting);
}

async function keptPage(path) {
  for (const name of (await caches.keys()).filter((one) => one.startsWith(PAGES))) {
    const found = await caches.match(path, { cacheName: name });
    const age = found ? Date.now() - Number(found.headers.get(KEPT_AT)) : 0;
    if (found && age < AGE) return found;
    if (found) await (await caches.open(name)).delete(path);
  }
  return null;
}

// The page carries the server's time of when it was made; its clocks go on from there.
async function shown(kept) {
  const age = Date.now() - Number(kept.headers.get(KEPT_AT));
  const clock = /(<meta name="server-now" content=")([^"]+)"/;
  const html = (await kept.text()).replace(clock, (_all, before, at) => `${before}${new Date(Date.parse(at) + age).toISOString()}"`);
  return new Response(html, { status: 200, headers: kept.headers });
}

async function noAnswer() {
  const kept = await caches.match(help, { cacheName: FILES });
  const html = kept ? await kept.text() : "No connection.";
  const headers = kept ? kept.headers : { "Content-Type": "text/plain" };
  return new Response(html.replace(/data-no-answer hidden/, "data-no-answer"), { status: 503, headers });
}

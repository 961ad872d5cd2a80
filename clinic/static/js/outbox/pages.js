// The pages of sessions stay on this tablet: the service worker keeps them, and this page too when it came before it.

const PAGES = "clinic-pages-";

export async function keepPages() {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  await keepThisPage();
}

// The worker may have begun while this page was on its way, and has not seen it then.
export async function keepThisPage(openedAt = performance.timeOrigin) {
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ keep: location.href, openedAt });
}

// All but those of one person.
export async function wipePages(owner = "") {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PAGES) && name !== PAGES + owner).map((name) => caches.delete(name)));
}

// What a page keeps fresh by itself: asks the server every few seconds with the last ETag, says how old the page is,
// and counts timers from the server's clock. Times that are shown never wait for an answer.

const EVERY = 3000;
const OLD = 60000;
const TOO_OLD = 300000;
const minute = 60000;

const serverNow = document.querySelector('meta[name="server-now"]');
const offset = serverNow ? Date.parse(serverNow.content) - Date.now() : 0;
export const now = () => Date.now() + (offset || 0);

const all = (selector) => [...document.querySelectorAll(selector)];
const say = (element, text) => { if (element.textContent !== text) element.textContent = text; };
const floor = (moment) => Math.floor(moment / minute);
const since = (moment) => floor(now()) - floor(Date.parse(moment));
export const hoursOf = (minutes) => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;

function untilWords(element) {
  const left = -since(element.dataset.due);
  if (left > 59) return `in ${hoursOf(left)} h`;
  if (left > 0) return `in ${left} min`;
  const after = element.dataset.lateAfter;
  const late = "overdue" in element.dataset || (after !== undefined && -left > Number(after));
  return late ? `${-left} min overdue` : "due now";
}

// Minutes are those of the clock on the wall, as the server counts them.
export function tick() {
  all("[data-since]").forEach((timer) => say(timer, hoursOf(Math.max(since(timer.dataset.since), 0))));
  all("[data-due]").forEach((part) => say(part, untilWords(part)));
  all("[data-age]").forEach((part) => say(part, String(since(part.dataset.age))));
  const zone = document.body.dataset.zone || document.querySelector("[data-clock]")?.dataset.clock;
  const wall = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", ...(zone ? { timeZone: zone } : {}) });
  all("[data-wall]").forEach((part) => say(part, wall.format(now())));
}

// Whether somebody is at work in this part: a field with the focus, a field that was changed, something opened.
export function inUse(part) {
  if (part.contains(document.activeElement) && document.activeElement.matches("input, select, textarea, button")) return true;
  return part.querySelector("details[open]:not([data-folded]), .c-sev.is-open, .c-sev:target") !== null || isTyped(part);
}

// Whether something stands in a field of this part that nobody has saved.
export function isTyped(part) {
  return [...part.querySelectorAll("input, select, textarea")].some((field) => {
    if (field.type === "hidden") return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.tagName === "SELECT") return field.selectedIndex !== Math.max([...field.options].findIndex((option) => option.defaultSelected), 0);
    return field.value !== field.defaultValue && !("followsNow" in field.dataset);
  });
}

// One part for another of the same id, with the focus where it was.
export function swap(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  fresh.querySelectorAll("details[data-folded]").forEach((fold) => { const was = old.querySelector(`#${CSS.escape(fold.id)}`); if (was) fold.open = was.open; });
  old.replaceWith(fresh);
  if (focused?.id) document.getElementById(focused.id)?.focus({ preventScroll: true });
}

// apply(html) is called with each new answer; told(state, heardAt) with "live", "old" or "lost". The address may change
// while it runs (a function); every: ms between two questions. Returns a function that asks at once.
export function follow(address, apply, told, every = EVERY) {
  const url = () => (typeof address === "function" ? address() : address);
  const tags = new Map();
  let heardAt = Date.now();
  let timer = null;
  const age = () => {
    const silent = Date.now() - heardAt;
    told(silent < OLD ? "live" : silent < TOO_OLD ? "old" : "lost", heardAt + (offset || 0), silent);
  };
  async function ask() {
    clearTimeout(timer);
    const asked = url();
    try {
      const tag = tags.get(asked);
      const headers = { "HX-Request": "true", ...(tag ? { "If-None-Match": tag } : {}) };
      const answer = await fetch(asked, { headers, cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(EVERY) });
      if (answer.status === 401) {
        if (!document.querySelector("dialog[data-lock]")) { location.reload(); return; }
        document.dispatchEvent(new CustomEvent("clinic:locked"));
      }
      if (answer.status === 200) {
        const html = await answer.text();
        if (asked === url() && apply(html) !== false) tags.set(asked, answer.headers.get("ETag"));
      }
      if (answer.status === 200 || answer.status === 304) {
        heardAt = Date.now();
        const said = Date.parse(answer.headers.get("Date"));
        if (said) document.dispatchEvent(new CustomEvent("clinic:server-time", { detail: said - heardAt }));
      }
    } catch {
      // The age on the page says that nothing was heard.
    }
    age();
    tick();
    clearTimeout(timer);
    timer = setTimeout(ask, every);
  }
  timer = setTimeout(ask, every);
  document.addEventListener("visibilitychange", () => { tick(); age(); });
  return ask;
}

tick();
setInterval(tick, 1000);

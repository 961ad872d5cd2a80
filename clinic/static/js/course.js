// The course on one axis: one cursor in all rows with a card of that day, by pointer and by keys; a click on a session opens
// its drawer; the tables instead of the chart.

const axis = document.querySelector(".c-axis");
const chart = axis.querySelector("[data-chart]");
const [line, card] = [axis.querySelector(".c-cursor"), axis.querySelector(".c-day")];
const tables = document.getElementById("course-tables");
const swap = document.querySelector("[data-as-table]");
const spec = JSON.parse(document.getElementById(chart.dataset.chart).textContent);
const { axis: [low, high], now, days } = spec.usermeta;
let at = -1; // the day under the cursor
let pinned = false;
let byKeys = false; // then a page that scrolls takes the card along; a pointer would leave it behind
let waiting = false; // a day was asked for before the chart was drawn

// Where the rows lie on the page; nothing before the first is drawn.
const rows = () => chart.querySelector(".concat_0_group .background")?.getBoundingClientRect();
const place = (day, box) => box.left + ((day - low) / (high - low)) * box.width;

function element(name, words) {
  const made = document.createElement(name);
  made.textContent = words;
  return made;
}

// The address is that of the table of sessions: who may not open a record has none there.
const record = (day) => document.querySelector(`[data-session="${day.session}"]`)?.href;

function fill(day) {
  const list = document.createElement("dl");
  for (const [subject, words] of day.lines) list.append(element("dt", subject), element("dd", words));
  card.replaceChildren(element("p", day.title), day.lines.length ? list : element("p", "Nothing recorded."));
  if (pinned && record(day)) {
    const link = element("a", `Open the record of session ${day.session}`);
    link.href = record(day);
    card.append(link);
  }
}

function show(index, y) {
  if (!days[index]) return;
  at = index;
  const box = rows();
  waiting = !box;
  if (waiting) return;
  fill(days[index]);
  line.hidden = card.hidden = false;
  card.classList.toggle("is-pinned", pinned);
  const frame = axis.getBoundingClientRect();
  const x = place(days[index].day, box);
  line.style.cssText = `left:${x - frame.left}px;top:${chart.offsetTop}px;height:${chart.offsetHeight}px`;
  const room = card.offsetWidth + 18;
  const left = x + room > window.innerWidth ? Math.max(x - room, 8) : x + 18;
  const most = window.innerHeight - card.offsetHeight - 8;
  card.style.left = pinned ? "" : `${left}px`;
  card.style.top = pinned ? "" : `${Math.max(8, Math.min(y ?? Math.max(frame.top, 0) + 90, most))}px`;
}

function hide() {
  pinned = waiting = false;
  line.hidden = card.hidden = true;
}

const closest = (day) => days.reduce((best, one, n) => (Math.abs(one.day - day) < Math.abs(days[best].day - day) ? n : best), 0);

function nearest(x) {
  const box = rows();
  if (!box || x < box.left || x > box.right) return -1;
  return closest(low + ((x - box.left) / box.width) * (high - low));
}

chart.addEventListener("pointermove", (event) => {
  if (pinned || event.pointerType === "touch") return;
  byKeys = false;
  const found = nearest(event.clientX);
  if (found >= 0) show(found, event.clientY + 16); else hide();
});
chart.addEventListener("pointerleave", () => { if (!pinned && !byKeys) hide(); });

// A click on the day of a session opens its drawer at the right side; on any other day it keeps the card there.
chart.addEventListener("click", (event) => {
  const found = nearest(event.clientX);
  if (found < 0) return hide();
  const drawer = document.getElementById(`drawer-${days[found].session}`);
  if (drawer) return open(drawer);
  shut();
  pinned = true;
  show(found);
});
document.addEventListener("scroll", () => {
  if (pinned) return;
  if (byKeys && !card.hidden) show(at); else hide();
}, { passive: true });
chart.addEventListener("clinic:drawn", () => { if (waiting) show(at); else hide(); });

const drawers = [...document.querySelectorAll("[data-drawer]")];
const opened = () => drawers.find((one) => one.open);

function open(drawer) {
  hide();
  shut();
  drawer.show();
  drawer.querySelector("h3").focus();
}

// The focus goes back to the chart only where it was in the drawer.
function shut() {
  const drawer = opened();
  const within = drawer?.contains(document.activeElement);
  drawer?.close();
  if (within) chart.focus({ preventScroll: true });
}
drawers.forEach((one) => one.querySelector("[data-shut]").addEventListener("click", shut));

function asTable() {
  const on = document.querySelector(".c-course").classList.toggle("is-table");
  hide();
  swap.setAttribute("aria-pressed", String(on));
  tables.open = on;
  if (on) tables.querySelector("summary").focus(); else window.dispatchEvent(new Event("resize"));
}
swap.addEventListener("click", asTable);
swap.hidden = axis.querySelector(".c-keys").hidden = false;

// The first press goes to today, or to the last day of a course that has ended.
function step(by) {
  byKeys = true;
  show(at < 0 ? closest(now ?? high) : Math.max(0, Math.min(at + by, days.length - 1)));
}

function nextSession() {
  byKeys = true;
  const next = days.findIndex((one, n) => n > at && one.session !== null);
  show(next >= 0 ? next : days.findIndex((one) => one.session !== null));
}

function decide() {
  const panel = document.getElementById("decision");
  panel.tabIndex = -1;
  panel.focus();
}

const KEYS = {
  ArrowLeft: () => step(-1),
  ArrowRight: () => step(1),
  s: nextSession,
  t: asTable,
  d: decide,
  p: () => document.querySelector('a[href$="/review.pdf"]').click(),
  Escape: () => { hide(); shut(); },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea, [contenteditable], .c-scroll")) return;
  if (event.key === "Enter" && [document.body, chart].includes(event.target) && !card.hidden && record(days[at])) location.href = record(days[at]);
  else if (KEYS[event.key]) {
    if (event.key.startsWith("Arrow")) event.preventDefault();
    KEYS[event.key]();
  }
});

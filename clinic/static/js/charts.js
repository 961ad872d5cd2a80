// Charts: each spec stands in the page as data. The library comes only when a page has one, and after the page is usable.

import { overlayLook } from "./overlay-look.js";

const LIBRARY = ["vega.min.js", "vega-lite.min.js", "vega-embed.min.js"];
const drawn = new Map();
let library = null;

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// The tokens of the theme that is on now, for each style that a spec names.
function look() {
  const ink = token("--k-ink"), second = token("--k-ink-2"), alert = token("--k-rule-alert"), font = token("--c-font");
  const label = { font, fontSize: 12, fontWeight: 650 };
  return {
    background: "transparent",
    font,
    axis: { labelColor: second, labelFontSize: 12, labelPadding: 5, gridColor: token("--k-grid"), ticks: false, domain: false,
      titleColor: ink, titleFontSize: 12, titleFontWeight: 650 },
    axisY: { titleAngle: 0, titleAlign: "left", titleX: -72, titleBaseline: "middle", minExtent: 78, maxExtent: 78 },
    view: { stroke: null },
    style: {
      "band-caution": { color: token("--k-band-caution") },
      "band-alert": { color: token("--k-band-alert") },
      "edge-caution": { color: token("--k-rule-caution"), strokeWidth: 1, strokeDash: [4, 3] },
      "edge-alert": { color: alert, strokeWidth: 1 },
      slot: { color: token("--k-grid"), strokeWidth: 1 },
      now: { color: token("--k-now"), strokeWidth: 2 },
      pair: { color: ink, strokeWidth: 1.5 },
      outside: { color: alert, strokeWidth: 1.5 },
      "pair-end": { color: ink, filled: true, size: 70, opacity: 1 },
      "outside-end": { color: alert, filled: true, size: 70, opacity: 1 },
      joined: { color: ink, strokeWidth: 1.5 },
      value: { color: ink, filled: true, size: 36, opacity: 1 },
      "draft-pair": { color: ink, strokeWidth: 1.5, strokeDash: [3, 3] },
      draft: { filled: false, color: ink, strokeWidth: 1.5, size: 70, opacity: 1 },
      latest: { ...label, color: ink, fontSize: 13, fontWeight: 700, align: "left", dx: 9, baseline: "middle" },
      ...courseLook(ink, second, alert, label),
      ...overlayLook(token, label),
    },
  };
}

// The styles of a whole course. Words on dark marks have the colour of the page, so that both themes can be read.
function courseLook(ink, second, alert, label) {
  const surface = token("--c-surface"), series = token("--k-series"), caution = token("--k-rule-caution");
  const text = { font: label.font, fontSize: 12, fontWeight: 400, color: second, baseline: "middle" };
  const onMark = { ...label, fontSize: 11, fontWeight: 700, color: surface, align: "center", baseline: "middle" };
  const ring = { filled: false, color: ink, strokeWidth: 1.5, opacity: 1 };
  const full = { filled: true, color: ink, opacity: 1 };
  const severity = Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`severity-${n}`, { color: token(`--k-sev-${n}`) }]));
  return {
    ...severity,
    session: { color: series, strokeWidth: 1, strokeDash: [1.5, 3] },
    future: { color: token("--k-future"), opacity: 0.6 },
    goal: { color: second, strokeWidth: 1, strokeDash: [5, 4] },
    "row-title": { ...text, color: ink, fontSize: 13, fontWeight: 650 },
    "row-about": text,
    "row-about-centre": { ...text, align: "center" },
    "tick-word": { ...text, color: ink, fontWeight: 600, align: "center" },
    "latest-large": { ...text, color: ink, fontSize: 18, fontWeight: 700 },
    "zone-word": { ...text, color: ink, fontSize: 11 },
    "now-word": { ...text, color: series, fontSize: 12, fontWeight: 700 },
    "line-word": { ...text, color: ink, fontSize: 11, fontWeight: 600 },
    "bar-word": { ...text, color: ink, fontSize: 11, fontWeight: 600, align: "left", dx: 4 },
    score: { ...text, color: ink, fontWeight: 700, align: "center" },
    nothing: { ...text, fontStyle: "italic" },
    dose: { ...full, color: series },
    "on-dose": { ...onMark, color: token("--c-on-primary") },
    alarm: { ...full, color: alert },
    "on-alarm": onMark,
    calm: { ...ring, color: second },
    planned: { ...ring, strokeDash: [2.5, 2.5] },
    systolic: { color: ink },
    diastolic: { color: surface, stroke: ink, strokeWidth: 1.5 },
    "systolic-over": { color: alert },
    "diastolic-over": { color: surface, stroke: alert, strokeWidth: 1.5 },
    "effect-mild": ring,
    "effect-moderate": full,
    "effect-severe": { ...full, color: alert },
    medicine: { color: token("--k-bar") },
    pause: { color: token("--k-bar-2"), stroke: caution, strokeDash: [2, 2] },
    "visit-done": full,
    "visit-not": full,
    tick: { color: token("--k-grid"), strokeWidth: 1 },
  };
}

function load(file) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(`../vendor/vega/${file}`, import.meta.url);
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
}

async function ready() {
  library ??= LIBRARY.reduce((before, file) => before.then(() => load(file)), document.fonts.load('650 12px "Inter Variable"'));
  await library.catch((error) => { library = null; throw error; }); // asked for anew, once there is a connection
}

async function draw(place, again = false) {
  const data = document.getElementById(place.dataset.chart)?.textContent;
  const shown = drawn.get(place);
  if (!data || (!again && shown?.data === data)) return;
  await ready();
  place.hidden = false;
  const spec = JSON.parse(data);
  spec.config = look();
  const width = Math.max(place.clientWidth - (spec.usermeta?.beside ?? 96), spec.usermeta?.least ?? 160);
  spec.vconcat?.forEach((panel) => { panel.width = width; });
  shown?.result?.finalize();
  const inside = document.createElement("div"); // the library writes its own role and label on what it draws into
  inside.setAttribute("aria-hidden", "true"); // the place names the finding, and the table has the numbers
  const result = await window.vegaEmbed(inside, spec, {
    ast: true, renderer: "svg", actions: false, defaultStyle: false, tooltip: { disableDefaultStyle: true },
  });
  place.replaceChildren(inside);
  drawn.set(place, { data, result, width: place.clientWidth });
  outline(place);
  place.dispatchEvent(new CustomEvent("clinic:drawn", { bubbles: true }));
}

// What is being typed, in outline, where the chart has a place for it.
let draft = [];
function outline(place) {
  const shown = drawn.get(place);
  if (!place.isConnected || !shown || !JSON.parse(shown.data).datasets?.draft) return;
  shown.result.view.data("draft", draft).run();
}
document.addEventListener("clinic:draft", (event) => {
  draft = event.detail.minute === undefined ? [] : [event.detail];
  places().forEach(outline);
});

const places = () => [...document.querySelectorAll("[data-chart]")];

// A chart that cannot be drawn gives its place to the table of the same values.
function giveUp(place, error) {
  if (!(error instanceof Event)) console.error("chart", error); // an Event: a file of the library did not come
  place.hidden = true;
  const table = (place.closest(".c-scroll") ?? place).parentElement.querySelector("details");
  if (table) table.open = true;
}

const drawAll = (again) => places().forEach((place) => { draw(place, again).catch((error) => giveUp(place, error)); });

if (places().length) {
  const idle = window.requestIdleCallback ?? ((work) => setTimeout(work, 200));
  idle(() => drawAll(false));
  document.addEventListener("clinic:theme", () => drawAll(true));
  document.addEventListener("clinic:live", () => drawAll(false));
  let waiting = null;
  window.addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => places().forEach((place) => { if (drawn.get(place)?.width !== place.clientWidth) draw(place, true).catch((error) => giveUp(place, error)); }), 150);
  });
}

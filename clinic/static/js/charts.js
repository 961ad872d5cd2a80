// Charts: each spec stands in the page as data. The library comes only when a page has one, and after the page is usable.

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
      latest: { ...label, color: ink, fontSize: 13, fontWeight: 700, align: "left", dx: 9, baseline: "middle" },
    },
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
  await library;
}

async function draw(place, again = false) {
  const data = document.getElementById(place.dataset.chart)?.textContent;
  const shown = drawn.get(place);
  if (!data || (!again && shown?.data === data)) return;
  await ready();
  const spec = JSON.parse(data);
  spec.config = look();
  const width = Math.max(place.clientWidth - 96, 160);
  spec.vconcat?.forEach((panel) => { panel.width = width; });
  shown?.result?.finalize();
  const inside = document.createElement("div"); // the library writes its own role and label on what it draws into
  const result = await window.vegaEmbed(inside, spec, {
    ast: true, renderer: "svg", actions: false, defaultStyle: false, tooltip: { disableDefaultStyle: true },
  });
  place.replaceChildren(inside);
  drawn.set(place, { data, result, width: place.clientWidth });
}

const places = () => [...document.querySelectorAll("[data-chart]")];

// A chart that cannot be drawn gives its place to the table of the same values.
function giveUp(place, error) {
  console.error("chart", error);
  place.hidden = true;
  const table = place.parentElement.querySelector("details");
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

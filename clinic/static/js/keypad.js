// The fixed keypad: fills the active tile, goes on by itself, asks why a sign has no value, marks each value as it is typed.
// Everything works on whatever form stands in the page now, since the page renews its form after each save.

import { now } from "./live.js";
import { isPossible, judge, judgePair, mayGrow, number, questions } from "./marking.js";

const ICONS = { "in-range": "check", marked: "alert-triangle", alert: "alert-octagon", emergency: "urgent", "not-measured": "circle-minus", impossible: "alert-triangle" };
const NUMBERS = ["systolic", "diastolic", "heart_rate", "respiratory_rate", "spo2", "oxygen_l_min", "temperature"];
const SCALES = ["moaas", "dissociation"];
const NAMES = { systolic: "Systolic, mmHg", diastolic: "Diastolic, mmHg", respiratory_rate: "Resp. rate, /min", moaas: "Sedation, MOAA/S", dissociation: "Dissociation, 0 to 4" };

let active = null; // the name of the field that the keypad writes into
let isFresh = false; // the next digit begins anew
let kept = new Set(); // unlikely values that somebody kept

const form = () => document.getElementById("observation-form");
const pad = () => document.querySelector("[data-pad]");
const isThere = () => Boolean(pad()?.offsetParent);
const field = (name) => form()?.elements[name];
const why = (sign) => form()?.elements[`${sign}_absent`];
const signOf = (name) => (name === "systolic" || name === "diastolic" ? "blood_pressure" : name);
const partOf = (sign) => form()?.querySelector(`[data-sign="${sign === "oxygen_l_min" ? "spo2" : sign}"]`);
const plan = () => JSON.parse(document.querySelector("[data-keypad]").textContent);
const text = (name) => (SCALES.includes(name) ? field(name)?.value ?? "" : field(name)?.value.trim() ?? "");
const hasValue = (sign) => (sign === "blood_pressure" ? text("systolic") !== "" && text("diastolic") !== "" : text(sign) !== "");
const isAnswered = (sign) => hasValue(sign) || Boolean(why(sign)?.value);
const signed = (value) => (value > 0 ? `+${value}` : value < 0 ? `−${-value}` : "0");
const sprite = () => document.querySelector(".icon use").getAttribute("href").split("#")[0];

function order(limits) {
  const oxygen = limits.last.oxygen_l_min?.oxygen_l_min > 0 ? ["oxygen_l_min"] : [];
  const wanted = new Set(["blood_pressure", "heart_rate", "respiratory_rate", "spo2", ...limits.required]);
  const names = ["systolic", "diastolic", "heart_rate", "respiratory_rate", "spo2", ...oxygen, "temperature", ...SCALES];
  return names.filter((name) => name === "oxygen_l_min" || wanted.has(signOf(name)));
}

const nextOpen = () => {
  const names = order(plan());
  const after = names.slice(names.indexOf(active) + 1);
  const open = (name) => text(name) === "" && !why(signOf(name))?.value;
  return after.find(open) ?? names.find(open) ?? null;
};

function activate(name, { focus = true } = {}) {
  active = name;
  isFresh = true;
  form()?.querySelectorAll(".is-active").forEach((part) => part.classList.remove("is-active"));
  if (!name) { head(); return; }
  const part = partOf(signOf(name));
  part?.classList.add("is-active");
  answer(null);
  head();
  if (!focus) return;
  const place = SCALES.includes(name) ? part?.querySelector("input:checked, input") : field(name);
  place?.focus({ preventScroll: true });
}

function head() {
  const place = pad()?.querySelector("[data-pad-head]");
  if (!place) return;
  const limits = plan();
  const open = limits.required.filter((sign) => !isAnswered(sign)).length;
  const own = active ? limits.fields[active] : null;
  const likely = own && !own.bands.every((band) => band.level === "in-range") ? inRange(own) : "";
  place.querySelector("b").textContent = active ? NAMES[active] ?? `${own.name[0].toUpperCase()}${own.name.slice(1)}, ${own.unit}` : open ? "Tap a field" : `All ${limits.required.length} entered`;
  place.querySelector("span").textContent = !active || SCALES.includes(active) ? "" : likely || `${own.lowest} to ${own.highest} can be entered`;
  pad().querySelector("[data-point]").hidden = !own?.decimals;
  pad().querySelector("[data-clear]").hidden = Boolean(own?.decimals);
  pad().querySelector("[data-pad-absent]").disabled = !active || active === "oxygen_l_min";
}

function inRange(limits) {
  const at = limits.bands.findIndex((band) => band.level === "in-range");
  const upper = limits.bands.slice(at).find((band) => band.level !== "in-range");
  const low = limits.bands[at].from;
  if (!upper) return `in range from ${low}`;
  return low > limits.lowest ? `in range ${low} to ${upper.from - 1}` : `in range below ${upper.from}`;
}

function write(key) {
  if (!active || SCALES.includes(active)) {
    if (active && /\d/.test(key)) choose(active, key);
    return;
  }
  const place = field(active);
  const before = isFresh ? "" : place.value;
  place.value = key === "clear" ? "" : key === "back" ? place.value.slice(0, -1) : `${before}${key}`.slice(0, 6);
  isFresh = false;
  place.dispatchEvent(new Event("input", { bubbles: true }));
  navigator.vibrate?.(20);
}

function choose(name, key) {
  const option = form().querySelector(`[name="${name}"][value="${key}"]`);
  if (!option) return;
  option.checked = true;
  option.dispatchEvent(new Event("input", { bubbles: true }));
  goOn();
}

const goOn = () => activate(nextOpen());

// What stands in a tile below its number.
function flag(part, level, words) {
  const place = part.querySelector(".flag, .about, .c-err");
  if (!place) return;
  place.dataset.before ??= place.innerHTML;
  if (!level) { place.innerHTML = place.dataset.before; return; }
  const icon = `<svg class="icon" width="20" height="20" aria-hidden="true"><use href="${sprite()}#${ICONS[level]}"></use></svg>`;
  place.innerHTML = ICONS[level] ? icon : "";
  words.forEach((one) => { const span = document.createElement("span"); span.textContent = one; place.append(span); });
}

function level(part, name) {
  [...part.classList].filter((one) => one.startsWith("at-")).forEach((one) => part.classList.remove(one));
  if (name) part.classList.add(`at-${name}`);
}

function mark(sign) {
  const part = partOf(sign);
  if (!part || SCALES.includes(sign)) { if (part) markScale(part, sign); return; }
  const limits = plan();
  const names = sign === "blood_pressure" ? ["systolic", "diastolic"] : [sign];
  const typed = names.filter((name) => text(name) !== "");
  part.classList.toggle("is-filled", typed.length > 0);
  const wrong = typed.find((name) => name !== active && !isPossible(limits.fields[name], text(name)));
  const growing = typed.includes(active) && mayGrow(limits.fields[active], text(active));
  const bad = wrong ?? (growing || !typed.includes(active) || isPossible(limits.fields[active], text(active)) ? null : active);
  changes(part, sign, limits, typed.length === names.length && !bad);
  if (why(sign)?.value && !typed.length) { level(part, "not-measured"); flag(part, "not-measured", [`Not measured: ${why(sign).selectedOptions[0].textContent.toLowerCase()}`]); return; }
  if (bad) { level(part, "impossible"); flag(part, "impossible", [`Check: ${limits.fields[bad].lowest} to ${limits.fields[bad].highest}`]); return; }
  if (typed.length < names.length || growing) { level(part, typed.length ? "growing" : null); flag(part, null); return; }
  if (sign === "blood_pressure" && number(text("diastolic")) >= number(text("systolic"))) { level(part, "impossible"); flag(part, "impossible", [`Diastolic must be below systolic, ${text("systolic")}/${text("diastolic")}`]); return; }
  const found = sign === "blood_pressure" ? judgePair(limits, number(text("systolic")), number(text("diastolic"))) : judge(limits.fields[sign], number(text(sign)));
  level(part, found?.level ?? "growing");
  flag(part, found?.level ?? "none", [found?.word ?? "No limits set", ...since(sign, limits)]);
}

// Her own pre-dose value beside a single number; for the pair it has a place of its own.
function since(sign, limits) {
  const before = limits.preDose[sign]?.[sign];
  return before === undefined || sign === "blood_pressure" ? [] : [`${signed(Math.round((number(text(sign)) - before) * 10) / 10)} from ${before}`];
}

function changes(part, sign, limits, whole) {
  const place = part.querySelector("[data-change]");
  if (!place) return;
  const before = limits.preDose.blood_pressure;
  place.textContent = whole && before ? `${signed(number(text("systolic")) - before.systolic)} / ${signed(number(text("diastolic")) - before.diastolic)}` : "";
}

function markScale(part, sign) {
  const about = part.querySelector(".about");
  about?.classList.toggle("is-said", Boolean(why(sign)?.value) && !hasValue(sign));
  if (why(sign)?.value && !hasValue(sign)) flag(part, "not-measured", [`Not measured: ${why(sign).selectedOptions[0].textContent.toLowerCase()}`]);
  else flag(part, null);
}

export function count() {
  if (!form()) return;
  const limits = plan();
  const open = limits.required.filter((sign) => !isAnswered(sign)).length;
  document.querySelectorAll("[data-left-to-enter]").forEach((place) => { place.textContent = open ? `${open} left to enter` : "All entered"; });
}

function told() {
  [...new Set([...NUMBERS.map(signOf), ...SCALES])].filter((sign) => sign !== "oxygen_l_min").forEach(mark);
  count();
  head();
  document.dispatchEvent(new CustomEvent("clinic:draft", { detail: draft() }));
}

// The numbers that stand in the form, for the outline in the trend.
function draft() {
  const since = document.querySelector("[data-since]")?.dataset.since;
  const numbers = typed();
  return since && Object.keys(numbers).length ? { ...numbers, minute: Math.floor((now() - Date.parse(since)) / 60000) } : numbers;
}

function typed() {
  const numbers = {};
  if (form()) NUMBERS.forEach((name) => { if (isPossible(plan().fields[name], text(name))) numbers[name] = number(text(name)); });
  return numbers;
}

// A question in the place of the keys: nothing else moves.
function answer(question, choices = []) {
  const place = pad()?.querySelector("[data-pad-ask]");
  if (!place) return;
  pad().querySelector("[data-pad-keys]").hidden = Boolean(question);
  place.hidden = !question;
  place.replaceChildren();
  if (!question) return;
  question.forEach((line) => { const p = document.createElement("p"); p.textContent = line; place.append(p); });
  choices.forEach(([words, does, kind = ""]) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: `btn btn-full ${kind}`, textContent: words });
    button.addEventListener("click", does);
    place.append(button);
  });
  place.querySelector("button").focus();
}

function askWhyNot() {
  const sign = signOf(active);
  if (!sign) return;
  const choices = plan().reasons[sign].map(({ value, words }) => [words, () => notMeasured(sign, value)]);
  const refused = plan().reasons[sign].find(({ value }) => value === "refused");
  if (refused) choices.push(["She refuses all that is left", () => plan().required.filter((one) => !isAnswered(one)).forEach((one) => notMeasured(one, "refused"))]);
  answer([`${NAMES[active] ?? plan().fields[active].name}: why?`], [...choices, ["Back to the keys", () => activate(active), "btn-quiet"]]);
}

function notMeasured(sign, value) {
  const names = sign === "blood_pressure" ? ["systolic", "diastolic"] : [sign];
  names.forEach((name) => {
    if (SCALES.includes(name)) form().querySelectorAll(`[name="${name}"]`).forEach((option) => { option.checked = false; });
    else field(name).value = "";
  });
  why(sign).value = value;
  why(sign).dispatchEvent(new Event("input", { bubbles: true }));
  answer(null);
  if (value === "other") form().elements.absent_text.focus();
  else goOn();
}

// Before the form is sent: what cannot be is not sent, what is unlikely is asked once.
function check(event) {
  if (event.target !== form() || !isThere()) return;
  const limits = plan();
  const wrong = NUMBERS.find((name) => text(name) !== "" && !isPossible(limits.fields[name], text(name)));
  const stop = () => { event.preventDefault(); event.stopImmediatePropagation(); };
  if (wrong) { stop(); activate(wrong); answer([limits.fields[wrong].sentence], [["Change", () => activate(wrong)]]); return; }
  const { systolic, diastolic } = typed();
  if (diastolic >= systolic) { stop(); activate("diastolic"); answer([`Diastolic must be below systolic, ${systolic}/${diastolic}`], [["Change", () => activate("diastolic")]]); return; }
  const asked = questions(limits, typed()).filter(([, sentence]) => !kept.has(sentence));
  if (!asked.length) return;
  stop();
  answer(asked.map(([, sentence]) => sentence), [
    ["Keep", () => { asked.forEach(([, sentence]) => kept.add(sentence)); confirmKept(); answer(null); form().requestSubmit(); }, "btn-primary"],
    ["Change", () => activate(asked[0][0])],
  ]);
}

function confirmKept() {
  if (form().elements.confirmed) { form().elements.confirmed.checked = true; return; }
  form().append(Object.assign(document.createElement("input"), { type: "hidden", name: "confirmed", value: "y" }));
}

// A form that is new in the page: the ghost of the last value behind each field, never in it.
export function prepare() {
  kept = new Set();
  active = null;
  const there = isThereIfShown();
  document.documentElement.classList.toggle("has-pad", there);
  if (!form()) return;
  const last = plan().last;
  NUMBERS.forEach((name) => {
    const place = field(name);
    if (!place) return;
    place.inputMode = there ? "none" : plan().fields[name].decimals ? "decimal" : "numeric";
    const ghost = last[signOf(name)]?.[name];
    if (there && ghost !== undefined && name !== "oxygen_l_min") place.placeholder = ghost;
    else place.removeAttribute("placeholder");
  });
  form().querySelector(".c-taken")?.classList.toggle("is-wanted", !("followsNow" in form().elements.effective_at.dataset));
  wantTemperature(text("temperature") !== "" || plan().required.includes("temperature"));
  activate(nextOpen(), { focus: false });
  told();
}

function isThereIfShown() {
  if (!pad()) return false;
  const wide = window.matchMedia("(min-width: 700px)").matches;
  pad().hidden = !wide;
  return wide;
}

function wantTemperature(wanted) {
  form().querySelector(".is-temp")?.classList.toggle("is-wanted", wanted);
  form().querySelector(".c-tiles")?.classList.toggle("has-temp", wanted);
}

document.addEventListener("pointerdown", (event) => { if (event.target.closest("[data-pad] button")) event.preventDefault(); });
document.addEventListener("click", (event) => {
  const key = event.target.closest("[data-pad] [data-digit]");
  if (key) write(key.dataset.digit);
  else if (event.target.closest("[data-pad-next]")) goOn();
  else if (event.target.closest("[data-pad-absent]")) askWhyNot();
  else if (event.target.closest("[data-temperature]")) { wantTemperature(true); activate("temperature"); }
  else if (event.target.closest("[data-taken]")) { event.target.closest(".c-taken").classList.add("is-wanted"); form().elements.effective_at.focus(); }
  const tile = event.target.closest("#observation-form .c-tile");
  if (tile && !event.target.closest("input, select, button, a")) activate(tile.dataset.sign === "blood_pressure" ? (text("systolic") ? "diastolic" : "systolic") : tile.dataset.sign);
});
document.addEventListener("focusin", (event) => {
  if (event.target.form !== form() || !isThere()) return;
  const name = event.target.name;
  if ((NUMBERS.includes(name) || SCALES.includes(name)) && name !== active) activate(name, { focus: false });
});
document.addEventListener("focusout", (event) => { if (event.target.form && event.target.form === form() && NUMBERS.includes(event.target.name)) mark(signOf(event.target.name)); });
document.addEventListener("input", (event) => {
  if (event.target.form !== form() || !form()) return;
  const name = event.target.name;
  if ((NUMBERS.includes(name) || SCALES.includes(name)) && why(signOf(name))?.value && text(name) !== "") why(signOf(name)).value = "";
  told();
  const limits = NUMBERS.includes(name) && plan().fields[name];
  const whole = limits && isThere() && name === active && /^\d+$/.test(text(name)) && !mayGrow(limits, text(name)) && isPossible(limits, text(name));
  if (whole && event.target === field(name)) goOn();
  else if (SCALES.includes(name) && isThere()) goOn();
});
window.addEventListener("submit", check, true);
window.addEventListener("resize", () => { if (isThereIfShown() !== document.documentElement.classList.contains("has-pad")) prepare(); });

// A hardware keyboard: digits go to the active field wherever the focus is, Enter goes on, Ctrl+Enter saves.
document.addEventListener("keydown", (event) => {
  if (!form() || !isThere() || document.querySelector("[data-sheet].is-shown")) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form().requestSubmit(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const own = event.target.form === form() && (NUMBERS.includes(event.target.name) || SCALES.includes(event.target.name));
  if (event.key === "Enter" && own) { event.preventDefault(); goOn(); return; }
  const elsewhere = event.target.closest("input, textarea, select, [contenteditable]") && !(own && SCALES.includes(event.target.name));
  if (/^\d$/.test(event.key) && !elsewhere && active) { event.preventDefault(); write(event.key); }
});

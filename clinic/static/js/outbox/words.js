// A kept entry in words.

// Another session on the same page brings its own.
let text = "";
let about = null;
export function plan() {
  const now = document.getElementById("for-the-tablet")?.textContent ?? "null";
  if (now !== text) { text = now; about = JSON.parse(now); }
  return about;
}

const KINDS = {
  observation: "Reading", administration: "Dose", "adverse-event": "Side effect", intervention: "Intervention", note: "Note",
  acknowledgement: "Alert", check: "Check", transition: "Step", supply: "Supply", cannula: "Cannula", order: "Order", handover: "Hand-over",
  absence: "Out of sight",
};
const NOT_SAID = new Set(["kind", "effective_at", "device_id", "device_at", "corrects_id", "subject_id", "alert_key", "confirmed"]);

export const kindInWords = (kind) => KINDS[kind] ?? "Entry";
export const fieldsOf = (kind) => plan()?.fields[kind] ?? {};
export const label = (kind, name) => fieldsOf(kind)[name]?.label ?? name.replaceAll("_", " ");
export const count = (number, rest) => `${number} ${number === 1 ? "entry" : "entries"} ${rest}`;

export function clock(moment) {
  if (typeof moment === "string" && !/(Z|[+-]\d\d:\d\d)$/.test(moment)) return moment.slice(11, 16);
  const zone = plan()?.zone ?? document.querySelector("[data-clock]")?.dataset.clock;
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", ...(zone ? { timeZone: zone } : {}) }).format(new Date(moment));
}

const UNITS = { heart_rate: " /min", respiratory_rate: " /min", spo2: " %", oxygen_l_min: " L/min", temperature: " °C" };
const BY_ITSELF = new Set(["event", "term", "severity", "item", "category"]);

// What its name says already is not said twice: "Side effect: nausea", "Respiratory rate not measured: refused".
function partInWords(kind, name, value) {
  const words = String(value).replaceAll("-", " ");
  if (value === true) return label(kind, name);
  if (name === "text") return value;
  if (BY_ITSELF.has(name)) return words;
  const sign = name.replace(/_absent$/, "");
  if (sign !== name) return `${label(kind, sign)} ${value === "unrecordable" ? value : `not measured: ${words}`}`;
  return `${label(kind, name)} ${words}${UNITS[name] ?? ""}`;
}

export function inWords({ kind, body }) {
  const parts = [];
  if (body.systolic) parts.push(`BP ${body.systolic}/${body.diastolic ?? ""} mmHg`);
  for (const [name, value] of Object.entries(body)) {
    if (NOT_SAID.has(name) || name === "systolic" || name === "diastolic") continue;
    if (kind === "adverse-event" && value === "onset") continue;
    parts.push(partInWords(kind, name, value));
  }
  return `${kindInWords(kind)}: ${parts.join(", ")}`;
}

export const keypad = () => JSON.parse(document.querySelector("[data-keypad]")?.textContent ?? "null");

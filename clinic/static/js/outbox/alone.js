// What this tablet sees by itself in the entries that it keeps, joined to the readings that it last heard of: definitions D3 and D4.4,
// by the limits of the plan that the page carries. Nothing here knows a number, the page or the clock of its own.

import { judge, limitInWords, number } from "../marking.js";

const LOUD = new Set(["alert", "emergency"]);
const SEVERITIES = ["mild", "moderate", "severe"];
const MINUTE = 60000;
const OBSERVED = ["systolic", "diastolic"];

// limits: what the keypad was given; rows: kept entries {kind, body}, in their order; now: ms; zone: the clinic's.
export function alertsOf(limits, rows, now, zone) {
  if (!limits) return [];
  const kept = rows.filter(({ body }) => !body.withdrawn && !body.corrects_id);
  const read = kept.filter(({ kind }) => kind === "observation").map(({ body }) => body);
  const said = read.flatMap((body) => [...eachValue(limits, body), ...rises(limits, body)]);
  const known = { limits, read, events: kept.filter(({ kind }) => kind === "adverse-event").map(({ body }) => body), now, zone };
  return [...new Set([...said, ...consecutive(known), ...persistent(known), ...atAnyPressure(known), ...withPressure(known)])];
}

const eachValue = (limits, body) => Object.entries(body).flatMap(([name, value]) => (name.endsWith("_absent") ? unrecordable(limits, name, value) : inBand(limits.fields[name], value)));

function inBand(limits, text) {
  const found = limits ? judge(limits, number(String(text))) : null;
  if (!LOUD.has(found?.level)) return [];
  return [`${limits.name} ${text}, ${found.word.toLowerCase()}, limit ${limitInWords(limits, number(String(text)))}`];
}

function unrecordable(limits, name, value) {
  const sign = name.replace(/_absent$/, "");
  const level = limits.fields[sign === "blood_pressure" ? "systolic" : sign]?.unrecordable;
  return value === "unrecordable" && LOUD.has(level) ? [`${sign.replaceAll("_", " ")} unrecordable`] : [];
}

function rises({ rise, preDose }, body) {
  const before = preDose.blood_pressure;
  if (!rise || !before) return [];
  return OBSERVED.filter((part) => body[part] && body[part] - before[part] >= rise[part])
    .map((part) => `${part} ${body[part] - before[part]} over pre-dose, limit ${rise[part]} or more`);
}

// A time without an offset is one on the clinic's wall.
export function momentOf(text, zone) {
  if (/(Z|[+-]\d\d:\d\d)$/.test(text)) return Date.parse(text);
  const guess = Date.parse(`${text}Z`);
  const wall = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" }).format(guess);
  return guess - (Date.parse(`${wall.replace(" ", "T")}Z`) - guess);
}

// Every value of a sign, oldest first. kept: on this tablet, so that nobody else knows it.
function seriesOf({ limits, read, zone }, sign) {
  const heard = (limits.alone.series[sign] ?? []).map((value) => ({ ...value, at: Date.parse(value.at), kept: false }));
  const names = sign === "blood_pressure" ? OBSERVED : [sign];
  const own = read.filter((body) => names.every((name) => !Number.isNaN(number(String(body[name] ?? "")))))
    .map((body) => ({ ...Object.fromEntries(names.map((name) => [name, number(String(body[name]))])), at: momentOf(body.effective_at, zone), kept: true }));
  return [...heard, ...own].sort((one, other) => one.at - other.at);
}

function consecutive(known) {
  return known.limits.alone.consecutive.flatMap(({ sign, below, times, text }) => {
    let run = [];
    for (const one of seriesOf(known, sign)) {
      run = one[sign] < below ? [...run, one] : [];
      if (run.length >= times && run.some(({ kept }) => kept)) return [`${known.limits.fields[sign].name} ${text}`];
    }
    return [];
  });
}

// Runs of severe pressure with none below both limits between.
function runsOf(rule, pressures) {
  const runs = [];
  let open = null;
  for (const one of pressures) {
    const severe = one.systolic >= rule.systolic || one.diastolic >= rule.diastolic;
    if (severe && !open) { open = { severe: [], brokenBy: null }; runs.push(open); }
    if (severe) open.severe.push(one);
    else if (open) { open.brokenBy = one; open = null; }
  }
  return runs;
}

function persistent(known) {
  const { persistent: rule, asOf } = known.limits.alone;
  return runsOf(rule, seriesOf(known, "blood_pressure")).flatMap(({ severe, brokenBy }) => {
    const [first] = severe;
    const again = severe.find((one) => one.at - first.at >= rule.apart * MINUTE);
    const silentAt = first.at + rule.silence * MINUTE;
    const answered = [again, brokenBy].some((one) => one && one.at <= silentAt);
    const found = again && severe.some(({ kept }) => kept) ? [`Severe blood pressure: two readings at least ${rule.apart} min apart`] : [];
    const isNew = first.kept || silentAt > Date.parse(asOf);
    return !answered && isNew && known.now >= silentAt ? [...found, `Severe blood pressure: no reading that shows otherwise by +${rule.silence} min`] : found;
  });
}

const onsets = ({ events, zone }) => events.filter(({ event }) => event === "onset").map((body) => ({ term: body.term, severity: body.severity, at: momentOf(body.effective_at, zone), kept: true }));
const nameOf = ({ limits }, term) => limits.alone.symptoms.names[term] ?? term;

function atAnyPressure(known) {
  const enough = (severity, needed) => !needed || SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(needed);
  return onsets(known).filter(({ term, severity }) => known.limits.alone.symptoms.atAny.some((rule) => rule.term === term && enough(severity, rule.severity)))
    .map(({ term }) => `${nameOf(known, term)}, at any blood pressure`);
}

function isRaised(limits, pair) {
  const above = OBSERVED.some((part) => LOUD.has(judge(limits.fields[part], pair[part])?.level) && limitInWords(limits.fields[part], pair[part]).endsWith("or more"));
  return above || rises(limits, pair).length > 0;
}

// A raised pressure while a symptom lasts, or a symptom that begins after a raised pressure.
function withPressure(known) {
  const { symptoms, effects } = known.limits.alone;
  const pressures = seriesOf(known, "blood_pressure");
  const felt = [...effects.map((one) => ({ ...one, at: Date.parse(one.at), kept: false })), ...onsets(known)].filter(({ term }) => symptoms.withPressure.includes(term));
  return felt.filter((effect) => {
    const during = pressures.some((one) => one.at >= effect.at && (one.kept || effect.kept) && isRaised(known.limits, one));
    const before = pressures.filter((one) => one.at < effect.at).at(-1);
    return during || (before && (before.kept || effect.kept) && isRaised(known.limits, before));
  }).map(({ term }) => `${nameOf(known, term)} with raised blood pressure`);
}

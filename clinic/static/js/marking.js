// What a number means, by the bands that the page was given: no limit is written here. The server judges once more when it is saved.

const RANK = ["in-range", "marked", "alert", "emergency"];
export const number = (text) => (/^\d+([.,]\d+)?$/.test(text.trim()) ? Number(text.trim().replace(",", ".")) : NaN);

// {level, word} of one number; null where the clinic has set no limits.
export function judge(limits, value) {
  const band = limits.bands.filter((one) => one.from <= value).at(-1) ?? limits.bands[0];
  return band ? { level: band.level, word: band.word } : null;
}

// The limit that a loud number lies beyond: "160 or more", "below 90".
export function limitInWords({ bands }, value) {
  const place = Math.max(0, bands.findLastIndex((one) => one.from <= value));
  const above = bands.slice(0, place).some((one) => one.level === "in-range");
  return above ? `${bands[place].from} or more` : `below ${bands[place + 1].from}`;
}

const worse = (one, other) => (!one || (other && RANK.indexOf(other.level) > RANK.indexOf(one.level)) ? other : one);

// The pair, and its rise over her own pre-dose pressure.
export function judgePair(plan, systolic, diastolic) {
  let found = worse(judge(plan.fields.systolic, systolic), judge(plan.fields.diastolic, diastolic));
  const before = plan.preDose.blood_pressure;
  if (plan.rise && before) {
    const risen = systolic - before.systolic >= plan.rise.systolic || diastolic - before.diastolic >= plan.rise.diastolic;
    if (risen) found = worse(found, { level: "alert", word: "Above limit" });
  }
  return found;
}

// Whether it can be at all: whole where the sign is whole, inside what the entry check allows.
export function isPossible(limits, text) {
  const value = number(text);
  return !Number.isNaN(value) && value >= limits.lowest && value <= limits.highest && (limits.decimals > 0 || Number.isInteger(value));
}

// Whether one more digit could still make a number that can be.
export const mayGrow = (limits, text) => limits.decimals > 0 || text === "" || Number(text) * 10 <= limits.highest || Number(text) < limits.lowest;

// What is asked once before it is kept: "Check: heart rate 188? It was 84 before."
export function questions(plan, numbers) {
  const asked = [];
  for (const [name, value] of Object.entries(numbers)) {
    const limits = plan.fields[name];
    const sign = name === "systolic" || name === "diastolic" ? "blood_pressure" : name;
    const before = plan.last[sign]?.[name];
    const far = limits.askChange !== null && before !== undefined && Math.abs(value - before) > limits.askChange;
    if ((limits.askBelow !== null && value < limits.askBelow) || (limits.askAbove !== null && value > limits.askAbove)) asked.push([name, `Check: ${limits.name} ${value}?`]);
    else if (far) asked.push([name, `Check: ${limits.name} ${value}? It was ${before} before.`]);
  }
  const { systolic, diastolic } = numbers;
  if (systolic !== undefined && diastolic !== undefined && systolic - diastolic < plan.closer) asked.push(["diastolic", `Check: ${systolic}/${diastolic}?`]);
  return asked;
}

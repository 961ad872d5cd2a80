// The list of what is kept, with its times: send now, correct, discard with a reason. Nothing goes from it by itself.

import { button, el, icon } from "./draw.js";
import { discard, flushSoon, kept, resend, status } from "./queue.js";
import { clock, count, fieldsOf, inWords, kindInWords, label } from "./words.js";

const HIDDEN = new Set(["kind", "device_id", "device_at", "corrects_id", "subject_id", "alert_key", "event", "item"]);
let dialog = null;

function made() {
  if (dialog) return dialog;
  dialog = el("dialog", { class: "c-dialog c-outbox", "aria-labelledby": "outbox-title" });
  document.body.append(dialog);
  return dialog;
}

const problem = (words) => el("p", { class: "c-err", role: "alert" }, icon("alert-triangle", "s"), el("span", {}, words));

function whatIsWrong({ kind, why }) {
  const lines = Object.entries(why.fields).map(([name, sentences]) => `${label(kind, name)}: ${sentences.join(" ")}`);
  return lines.length ? lines.map(problem) : [problem(why.error)];
}

// 409: what stands on the server, beside what was typed here.
function both({ why }) {
  if (!why.stored) return null;
  const { by, recorded_at: at, kind, says, reason, withdrawn } = why.stored;
  const words = withdrawn ? "entered in error" : inWords({ kind, body: says });
  return el("dl", { class: "c-facts" }, el("dt", {}, "Saved"), el("dd", {}, `${words}, ${by}, ${clock(at)}${reason ? `: ${reason}` : ""}`));
}

function fieldsToCorrect({ kind, body, why }) {
  const names = new Set([...Object.keys(body), ...Object.keys(why.fields)]);
  return [...names].filter((name) => !HIDDEN.has(name) && name !== "confirmed").map((name) => {
    const flag = fieldsOf(kind)[name]?.flag;
    const input = el("input", { id: `kept-${name}`, name, class: flag ? "form-check-input" : "form-control", type: flag ? "checkbox" : "text" });
    if (flag) input.checked = body[name] === true;
    else input.value = body[name] ?? "";
    return el("div", { class: "c-field" }, el("label", { for: `kept-${name}` }, label(kind, name)), input);
  });
}

function correcting(row) {
  const send = async (event) => {
    event.preventDefault();
    const body = { ...row.said.body };
    for (const input of event.target.querySelectorAll("input")) {
      const value = input.type === "checkbox" ? input.checked : input.value.trim();
      if (value) body[input.name] = value;
      else delete body[input.name];
    }
    await resend(row.id, body);
    showDialog();
  };
  const form = el("form", { class: "c-form", submit: send }, ...fieldsToCorrect(row.said),
    el("div", { class: "c-submit" }, el("button", { class: "btn btn-primary", type: "submit" }, "Send again")));
  made().replaceChildren(...head(`Correct: ${kindInWords(row.said.kind)}`), ...whatIsWrong(row.said), form, back());
}

function discarding(row) {
  const send = async (event) => {
    event.preventDefault();
    const reason = event.target.elements.reason.value.trim();
    if (!reason) { form.prepend(problem("Enter why it is discarded.")); return; }
    if (await discard(row.id, reason)) showDialog();
    else form.prepend(problem("Not discarded: the server must note the reason, and it did not answer. The entry is kept."));
  };
  const form = el("form", { class: "c-form", submit: send },
    el("label", { for: "discard-reason" }, "Why it is discarded"), el("textarea", { id: "discard-reason", name: "reason", class: "form-control", rows: 2, maxlength: 500 }),
    el("div", { class: "c-submit" }, el("button", { class: "btn btn-alert-o", type: "submit" }, "Discard this entry")));
  made().replaceChildren(...head("Discard"), el("p", {}, row.said ? inWords(row.said) : "An entry that cannot be read on this tablet."), form, back());
}

const back = () => button("Back to the list", "btn-quiet", showDialog);
const head = (words) => [el("h2", { id: "outbox-title" }, words)];

function actions(row) {
  if (row.state !== "needs") return null;
  const asks = row.said?.why?.error === "Check it and confirm.";
  const correctable = row.said?.why && row.said.why.status !== 409;
  return el("div", { class: "row-x wrap g8" },
    asks ? button("Checked, keep it", "btn-primary", async () => { await resend(row.id, { ...row.said.body, confirmed: true }); showDialog(); }) : null,
    correctable ? button("Correct", "", () => correcting(row)) : null,
    row.said && !asks ? button("Send again", "", async () => { await resend(row.id, row.said.body); showDialog(); }) : null,
    button("Discard", "btn-alert-o", () => discarding(row)));
}

function line(row) {
  const own = row.said ? inWords(row.said) : row.mine ? "An entry that is closed until you sign in" : "An entry of somebody else, sent when they sign in here";
  const why = row.state === "needs" && row.said?.why ? whatIsWrong(row.said) : [];
  const shown = row.said?.why ? both(row.said) : null;
  return el("li", { class: `stack g4 is-${row.state}` },
    el("p", {}, el("b", { class: "b" }, clock(row.said?.body.effective_at ?? row.keptAt)), ` ${own}`), ...why, shown, actions(row));
}

export async function showDialog() {
  const rows = await kept();
  const place = made();
  const { needsYou } = status();
  const words = needsYou ? count(needsYou, needsYou === 1 ? "needs you" : "need you") : count(rows.length, "kept on this tablet");
  place.replaceChildren(
    ...head(rows.length ? words : "All saved"),
    el("ul", { class: "stack g12", role: "list" }, ...rows.map(line)),
    el("div", { class: "c-submit" },
      rows.length ? button("Send now", "btn-primary", () => { flushSoon(); place.close(); }) : null,
      button("Close", "", () => place.close())),
  );
  if (!place.open) place.showModal();
}

export async function refuseToLeave() {
  await showDialog();
  const waiting = status().kept + status().needsYou;
  made().querySelector("h2").after(problem(`${count(waiting, "")}on this tablet ${waiting === 1 ? "is" : "are"} not saved. You can sign out when all are saved.`));
}

// The evaluation by keyboard, and questions that are asked only after an answer. Without script everything is there.

const form = document.querySelector("#section-form");

function said(code) {
  const chosen = form.querySelector(`[name="${code}"]:checked`) || form.querySelector(`select[name="${code}"], input[type="text"][name="${code}"]`);
  return chosen ? chosen.value : "";
}

function arrange() {
  form.querySelectorAll("[data-only-if]").forEach((part) => {
    const answer = said(part.dataset.onlyIf);
    const wanted = part.dataset.is?.split(" ");
    part.hidden = wanted ? !wanted.includes(answer) : !answer || Number(answer.replace(",", ".")) === Number(part.dataset.differs);
  });
}

document.addEventListener("keydown", (event) => {
  if (event.altKey && /^[1-8]$/.test(event.key)) {
    const link = document.querySelector(`[data-section="${event.key}"]`);
    if (link) { event.preventDefault(); link.click(); }
  }
  const saves = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s";
  if (saves && form) { event.preventDefault(); form.querySelector("[data-save]").click(); }
});

if (form) {
  form.addEventListener("input", arrange);
  arrange();
}

// What could not be saved is said, stays on the page, and is sent again: no connection, or a sitting that ended.
const AGAIN = 15000;
let again = 0;

function notSaved(status) {
  const place = document.querySelector("#draft-state");
  const why = status === 401 ? "Sign in again in another tab" : status && status < 500 ? "This page is out of date: reload it, the draft before is kept" : "No connection";
  place.innerHTML = "";
  const words = document.createElement("span");
  words.className = "c-conn is-off";
  words.textContent = `Not saved yet. ${why}. What you typed stays here and is sent again.`;
  place.append(words);
  clearTimeout(again);
  again = setTimeout(() => window.htmx.trigger(form, "change"), AGAIN);
}

if (form) {
  form.addEventListener("htmx:sendError", (event) => { if (event.detail.elt === form) notSaved(0); });
  form.addEventListener("htmx:responseError", (event) => { if (event.detail.elt === form) notSaved(event.detail.xhr.status); });
}

// Her pages work without this. With it: an answer is sent only once, and without a connection the numbers to call appear
// instead of an error of the browser. Nothing is kept on the phone.

const PATIENCE = 8000;

// In her hands: pages of the staff that are open in other tabs cover themselves, as when the tablet is locked.
if ("handed" in document.body.dataset && "BroadcastChannel" in window) new BroadcastChannel("clinic-tablet").postMessage("locked");

for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.busy) return event.preventDefault();
    form.dataset.busy = "1";
    if (form.dataset.sends) { event.preventDefault(); void send(form, event.submitter); }
  });
}

// Coming back by the browser's own button: the form may be sent once more.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form")) delete form.dataset.busy;
});

async function send(form, button) {
  const reached = await fetch(form.dataset.sends, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) })
    .then((answer) => answer.ok, () => false);
  const away = form.querySelector("[data-unreached]");
  if (!reached) {
    delete form.dataset.busy;
    away.hidden = false;
    away.querySelector("h2").focus();
    return;
  }
  if (button?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
  form.submit();
}

for (const link of document.querySelectorAll("[data-back]")) {
  link.addEventListener("click", (event) => {
    if (history.length < 2) return;
    event.preventDefault();
    history.back();
  });
}

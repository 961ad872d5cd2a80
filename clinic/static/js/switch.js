// Faces and digits: a keypad for gloves, dots for what was typed, sent by itself when it is complete.
// Without script the same form has a field and a button.

const EVERY = 10000;

function draw(dots, typed, digits) {
  dots.replaceChildren(...Array.from({ length: digits }, (_, n) => {
    const dot = document.createElement("i");
    dot.className = n < typed ? "on" : "";
    return dot;
  }));
  dots.setAttribute("aria-label", `${typed} of ${digits} digits entered`);
}

// Makes the form of `root` work by touch. send(form) is called with a complete PIN; without it the form is posted.
// Returns press(key) for a hardware keyboard: whether the key was one of ours.
export function prepare(root, send) {
  const form = root.querySelector("[data-switch-form]");
  if (!form) return () => false;
  const pin = form.querySelector("[data-pin]");
  const dots = form.querySelector("[data-dots]");
  const heading = form.querySelector("[data-pin-of]");
  const error = form.querySelector("[data-pin-error]");
  const chosen = () => form.querySelector("input[name=user_id]:checked");

  function show() {
    const who = chosen();
    if (heading) heading.textContent = who ? `PIN of ${who.dataset.name}` : "Choose who you are";
    form.querySelectorAll("[data-keys] button").forEach((key) => { key.disabled = !who; });
    draw(dots, pin.value.length, who ? Number(who.dataset.digits) : 4);
  }

  function type(value) {
    const who = chosen();
    if (!who || form.dataset.sending) return;
    const digits = Number(who.dataset.digits);
    pin.value = value.replace(/\D/g, "").slice(0, digits);
    if (pin.value) error.textContent = "";
    show();
    if (pin.value.length === digits) {
      form.dataset.sending = "yes";
      if (send) send(form); else form.requestSubmit(form.querySelector("[data-send]"));
    }
  }

  form.querySelector(".c-pinpad").classList.add("is-ready");
  pin.inputMode = "none";
  pin.tabIndex = -1;
  form.querySelector("[data-send]").tabIndex = -1;
  for (const part of [dots, form.querySelector("[data-keys]")]) part.hidden = false;
  dots.setAttribute("role", "img");
  form.addEventListener("change", (event) => { if (event.target.name === "user_id") { pin.value = ""; show(); } });
  pin.addEventListener("input", () => type(pin.value));
  form.addEventListener("click", (event) => {
    const key = event.target.closest("button");
    if (!key) return;
    if ("digit" in key.dataset) type(pin.value + key.dataset.digit);
    else if ("erase" in key.dataset) type(pin.value.slice(0, -1));
    else if ("clear" in key.dataset) type("");
  });
  form.addEventListener("submit", (event) => {
    if (!send || event.submitter?.hasAttribute("data-leaves")) return;
    event.preventDefault();
    if (chosen() && pin.value) send(form);
  });
  const only = form.querySelectorAll("input[name=user_id]");
  if (only.length === 1) only[0].checked = true;
  show();
  return (key) => {
    if (/^\d$/.test(key)) type(pin.value + key);
    else if (key === "Backspace") type(pin.value.slice(0, -1));
    else return false;
    return true;
  };
}

// While `asks()` no key reaches the page behind: a PIN must not become a blood pressure.
export function takeKeys(asks, press) {
  window.addEventListener("keydown", (event) => {
    if (!asks()) return;
    event.stopImmediatePropagation();
    if (!event.ctrlKey && !event.metaKey && !event.altKey && press(event.key)) event.preventDefault();
  }, { capture: true });
}

// Rooms, timers and alerts of the clinic, asked for again while they are looked at.
export function followRunning(root) {
  const place = root.querySelector("[data-running]");
  if (!place) return () => {};
  let stopped = false;
  async function ask() {
    if (stopped) return;
    try {
      const answer = await fetch(place.dataset.running, { headers: { "HX-Request": "true" }, credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(EVERY) });
      if (answer.ok) place.innerHTML = await answer.text();
    } catch {
      // What was heard last stays, and its timers run on.
    }
    setTimeout(ask, EVERY);
  }
  ask();
  return () => { stopped = true; };
}

const page = document.querySelector(".c-who-page");
if (page) {
  takeKeys(() => true, prepare(page, null));
  followRunning(page);
}

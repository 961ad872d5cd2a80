// A new alert on this tablet: it takes the place of the readings, rests for half a second so that no tap lands on it by accident,
// is spoken, and sounds until somebody acknowledged it. Readings that are being typed stay; the alert then waits behind its name.

import { isTyped } from "./live.js";

const REST = 500;
const AGAIN = 30000;
const known = new Set();
let sound = null;

const panels = () => [...document.querySelectorAll(".c-alert-panel[data-alert]")];
const silent = () => { try { return localStorage.getItem("clinic-tone") === "off"; } catch { return false; } };

export function look() {
  const fresh = panels().filter((panel) => !known.has(panel.dataset.alert) && !panel.matches(".is-seen"));
  panels().forEach((panel) => known.add(panel.dataset.alert));
  const main = document.getElementById("main");
  if (fresh.length) {
    const form = document.getElementById("observation-form");
    if (form && isTyped(form)) main.classList.add("is-entry");
    else main.classList.remove("is-entry");
    fresh.forEach((panel) => { panel.inert = true; setTimeout(() => { panel.inert = false; }, REST); });
    say(fresh.map((panel) => panel.querySelector("h2").textContent).join(". "));
    tone();
  }
  if (!panels().some((panel) => !panel.matches(".is-seen"))) quiet();
  document.querySelectorAll("[data-tone]").forEach((button) => { button.hidden = false; button.setAttribute("aria-pressed", String(!silent())); });
}

function say(words) {
  let place = document.querySelector("[data-says]");
  if (!place) {
    place = Object.assign(document.createElement("div"), { className: "sr" });
    place.setAttribute("aria-live", "assertive");
    place.dataset.says = "";
    document.body.append(place);
  }
  place.textContent = words;
}

function tone() {
  quiet();
  beep();
  sound = setInterval(beep, AGAIN);
}

function quiet() {
  clearInterval(sound);
  sound = null;
}

let context = null;
function beep() {
  if (silent() || !navigator.userActivation?.hasBeenActive) return;
  context ??= new AudioContext();
  const wave = context.createOscillator();
  const volume = context.createGain();
  wave.frequency.value = 880;
  volume.gain.setValueAtTime(0.2, context.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + 0.4);
  wave.connect(volume).connect(context.destination);
  wave.start();
  wave.stop(context.currentTime + 0.4);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-tone]");
  if (!button) return;
  try { localStorage.setItem("clinic-tone", silent() ? "on" : "off"); } catch { /* Then it sounds. */ }
  button.setAttribute("aria-pressed", String(!silent()));
});
document.addEventListener("clinic:live", (event) => { if (event.detail === "live-alerts") look(); });

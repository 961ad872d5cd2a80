// Small things every page shares: theme buttons, menus, showing a password, focus on errors, clock and timers, the "/" key.

const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

function markTheme() {
  const wanted = document.documentElement.dataset.theme;
  $$("[data-theme-choice]").forEach((button) => {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === wanted));
  });
}

function toggleReveal(button) {
  const input = document.getElementById(button.dataset.reveal);
  const shown = input.type === "text";
  input.type = shown ? "password" : "text";
  button.setAttribute("aria-pressed", String(!shown));
  button.querySelector("span").textContent = shown ? "Show" : "Hide";
  input.focus();
}

function closeMenus(except) {
  $$("details[data-menu][open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
}

// What needs script is hidden in the page and shown here, so that nothing on a page without script is dead.
function wake(root) {
  $$("[data-reveal], [data-themes]", root).forEach((part) => { part.hidden = false; });
  markTheme();
  const errors = root.querySelector("[data-focus]");
  if (errors) errors.focus();
}

// Moments come from the server; the tablet's own clock only counts the seconds since.
const serverNow = document.querySelector('meta[name="server-now"]');
const offset = serverNow ? Date.parse(serverNow.content) - Date.now() : 0;

function showClock() {
  const now = new Date(Date.now() + (offset || 0));
  $$("time[data-clock]").forEach((clock) => {
    const zone = clock.dataset.clock ? { timeZone: clock.dataset.clock } : {};
    const part = (options) => new Intl.DateTimeFormat("en-GB", { ...zone, ...options }).format(now);
    const day = `${part({ weekday: "short" })} ${part({ day: "2-digit" })} ${part({ month: "short" })}`;
    clock.textContent = `${day} · ${part({ hour: "2-digit", minute: "2-digit", hour12: false })}`;
    clock.dateTime = now.toISOString();
    clock.hidden = false;
  });
}

// A running timer carries its start; a stopped one does not.
function showTimers() {
  const now = Date.now() + (offset || 0);
  $$("[data-since]").forEach((timer) => {
    const minutes = Math.floor((now - Date.parse(timer.dataset.since)) / 60000);
    if (minutes >= 0) timer.textContent = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
  });
}

function tick() {
  showClock();
  showTimers();
}

document.addEventListener("click", (event) => {
  const reveal = event.target.closest("[data-reveal]");
  if (reveal) toggleReveal(reveal);
  const theme = event.target.closest("[data-theme-choice]");
  if (theme) { window.clinicTheme(theme.dataset.themeChoice); markTheme(); }
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  closeMenus(event.target.closest("details[data-menu]"));
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const open = document.querySelector("details[data-menu][open]");
    if (open) { open.open = false; open.querySelector("summary").focus(); }
  }
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = document.querySelector(`input[data-key="${CSS.escape(event.key)}"]`);
  if (target) { event.preventDefault(); target.focus(); }
});

document.addEventListener("htmx:afterSwap", (event) => wake(event.target));

wake(document);
tick();
setInterval(tick, 5000);

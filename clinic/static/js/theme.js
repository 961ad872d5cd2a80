// Theme: runs before the first paint, so that a dark page never flashes white. The choice lives in the cookie "theme".
(function () {
  "use strict";
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  function show() {
    const wanted = root.dataset.theme;
    const theme = wanted === "auto" ? (dark.matches ? "dark" : "light") : wanted;
    if (root.dataset.bsTheme === theme) return;
    root.dataset.bsTheme = theme;
    document.dispatchEvent(new CustomEvent("clinic:theme", { detail: theme }));
  }

  window.clinicTheme = function (wanted) {
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = "theme=" + wanted + "; Path=/; Max-Age=31536000; SameSite=Lax" + secure;
    root.dataset.theme = wanted;
    show();
  };

  dark.addEventListener("change", show);
  show();
})();

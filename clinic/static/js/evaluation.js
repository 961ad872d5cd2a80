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

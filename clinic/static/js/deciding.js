// The decision of a review: what belongs to another choice is put away. Without script everything is there.

const form = document.querySelector("#decision-form");

function arrange() {
  const chosen = form.querySelector('[name="decision"]:checked')?.value ?? "";
  form.querySelectorAll("[data-only-if]").forEach((part) => {
    part.hidden = !part.dataset.is.split(" ").includes(chosen) && !part.querySelector(".is-bad");
  });
}

if (form) {
  form.addEventListener("input", arrange);
  arrange();
}

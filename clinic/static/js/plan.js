// The arithmetic of an order by weight, shown while the weight is typed. It fills in nothing.

const shown = document.getElementById("arithmetic");
const weight = document.querySelector("input[name=weight_kg]");

function workOut() {
  const kg = Number(weight.value.replace(",", "."));
  if (!weight.value.trim() || !Number.isFinite(kg) || kg <= 0) return;
  const lines = shown.dataset.perKg.split(" ").map((each) => {
    const mg = Number((Number(each) * kg).toFixed(1));
    return `${each} mg/kg × ${kg} kg = ${mg} mg`;
  });
  shown.textContent = `Arithmetic only, the prescriber writes the dose: ${lines.join(", ")}`;
}

if (shown && weight) weight.addEventListener("input", workOut);

// A signature drawn on the screen: strokes as whole numbers go into a hidden field; whoever cannot draw types instead.

const field = document.querySelector("[data-draw]");
const canvas = field.querySelector("canvas");
const sent = field.querySelector("input[name=drawing]");
const pen = canvas.getContext("2d");
const NEAR = 3; // points closer than this add nothing
let strokes = [];
let stroke = null;

function at(event) {
  const box = canvas.getBoundingClientRect();
  const within = (value, most) => Math.max(0, Math.min(most, Math.round(value)));
  return [
    within(((event.clientX - box.left) * canvas.width) / box.width, canvas.width),
    within(((event.clientY - box.top) * canvas.height) / box.height, canvas.height),
  ];
}

function show() {
  pen.clearRect(0, 0, canvas.width, canvas.height);
  pen.strokeStyle = getComputedStyle(canvas).color;
  pen.lineWidth = 3;
  pen.lineCap = "round";
  pen.lineJoin = "round";
  strokes.forEach((points) => {
    pen.beginPath();
    for (let i = 0; i < points.length; i += 2) pen.lineTo(points[i], points[i + 1]);
    if (points.length === 2) pen.lineTo(points[0] + 1, points[1]);
    pen.stroke();
  });
}

function keep() {
  sent.value = strokes.length ? JSON.stringify(strokes) : "";
  show();
}

canvas.addEventListener("pointerdown", (event) => {
  canvas.setPointerCapture(event.pointerId);
  stroke = at(event);
  strokes.push(stroke);
  show();
});

canvas.addEventListener("pointermove", (event) => {
  if (!stroke) return;
  const [x, y] = at(event);
  if (Math.hypot(x - stroke.at(-2), y - stroke.at(-1)) < NEAR) return;
  stroke.push(x, y);
  show();
});

["pointerup", "pointercancel"].forEach((end) => canvas.addEventListener(end, () => {
  if (stroke) { stroke = null; keep(); }
}));

field.querySelector("[data-draw-clear]").addEventListener("click", () => { strokes = []; keep(); });

try { strokes = JSON.parse(sent.value || "[]"); } catch { strokes = []; }
field.hidden = false;
show();

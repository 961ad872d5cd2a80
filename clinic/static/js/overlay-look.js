// The styles of sessions over each other: thin grey lines told apart by their dashes, thick petrol for the one in front.

export function overlayLook(token, label) {
  const ink = token("--k-ink"), second = token("--k-ink-2"), alert = token("--k-rule-alert"), series = token("--k-series");
  const surface = token("--c-surface"), grid = token("--k-grid");
  const thin = { color: second, strokeWidth: 1.4, opacity: 1 };
  const word = { ...label, fontSize: 13, fontWeight: 700, align: "center", baseline: "middle" };
  const dot = { filled: true, opacity: 1 };
  return {
    behind: thin,
    "behind-lower": { ...thin, strokeDash: [5, 4] },
    "behind-lowest": { ...thin, strokeDash: [2, 3] },
    "behind-unknown": { ...thin, strokeDash: [8, 3, 2, 3] },
    "behind-value": { ...dot, color: second },
    front: { color: series, strokeWidth: 3 },
    "front-value": { ...dot, color: series },
    "front-value-over": { ...dot, color: alert },
    "front-halo": { ...word, color: surface, stroke: surface, strokeWidth: 4, strokeJoin: "round" },
    "front-word": { ...word, color: series },
    "front-word-over": { ...word, color: alert },
    range: { color: second, opacity: 0.22 },
    "range-word": { ...label, fontSize: 11, color: ink },
    tag: { filled: true, color: surface, stroke: second, strokeWidth: 1, opacity: 1 },
    "tag-word": { ...label, fontSize: 11, color: ink, align: "center", baseline: "middle" },
    ahead: { color: token("--k-now"), strokeWidth: 1, strokeDash: [3, 4] },
    ended: { filled: true, color: alert, stroke: surface, strokeWidth: 1, angle: 45, opacity: 1 },
    hover: { color: grid, opacity: 0 },
  };
}

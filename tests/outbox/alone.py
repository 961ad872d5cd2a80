"""This file is about what a tablet says by itself over several readings: D3, D4.4."""

from tests.outbox.tablet import Tablet

SEES = """async ([rows, now]) => {
  const { alertsOf } = await import('/static/js/outbox/alone.js');
  const limits = JSON.parse(document.querySelector('[data-keypad]').textContent);
  const minute = (m) => new Date(Date.parse('2026-03-12T10:00:00Z') + m * 60000).toISOString();
  const at = ([kind, m, body]) => ({ kind, body: { ...body, effective_at: minute(m) } });
  const filled = rows.map(at);
  return alertsOf(limits, filled, Date.parse(minute(now)), 'Europe/London');
}"""
SEVERE = {"systolic": "162", "diastolic": "84"}
ONSET = {"event": "onset", "severity": "severe"}
ALONE: list[tuple[list[tuple[str, int, dict[str, str]]], int, set[str]]] = [
    ([("observation", 0, {"spo2": "92"}), ("observation", 5, {"spo2": "94"})], 6, set()),
    (
        [("observation", 5, {"spo2": "92"}), ("observation", 0, {"spo2": "92"})],
        6,
        {"SpO₂ below 93 % on two consecutive readings"},
    ),
    ([("observation", 0, SEVERE), ("observation", 14, SEVERE)], 19, set()),
    (
        [("observation", 0, SEVERE), ("observation", 15, SEVERE)],
        16,
        {"Severe blood pressure: two readings at least 15 min apart"},
    ),
    (
        [("observation", 0, SEVERE)],
        20,
        {"Severe blood pressure: no reading that shows otherwise by +20 min"},
    ),
    (
        [("adverse-event", 1, ONSET | {"term": "headache"}), ("observation", 4, SEVERE)],
        5,
        {"Headache, at any blood pressure", "Headache with raised blood pressure"},
    ),
    (
        [("observation", 0, SEVERE), ("adverse-event", 3, {**ONSET, "term": "chest-pain"})],
        4,
        {"Chest pain with raised blood pressure"},
    ),
    ([("adverse-event", 1, {**ONSET, "term": "headache", "severity": "mild"})], 5, set()),
]


def judged_otherwise(tablet: Tablet) -> list[tuple[object, set[str]]]:
    """Which rows, by the limits of the page, give something else than is expected."""
    found = []
    for rows, now, expected in ALONE:
        said = set(tablet.page.evaluate(SEES, [rows, now]))
        several = {one for one in said if "limit" not in one}
        if several != expected:
            found.append((rows, several))
    return found

"""This file is about one course on paper: what is typed at each stage, and what it has to come to.

Everything that is expected was worked out by hand from the definitions; nothing here asks the
program.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from tests.journeys.flowsheet import Sheet

MAYA, NUMBER, BORN = "Maya Osei", "P-1001", "1994-05-02"
AIKO, CHIDI, IDA, TOMAS = "Aiko Kimura", "Dr Chidi Okafor", "Ida Berg", "Tomas Vesely"
LOT, EXPIRES = "25K118", "2027-12-31"
Cells = dict[str, str]
Line = tuple[Any, ...]

SEEN = ("systolic", "diastolic", "heart_rate", "respiratory_rate", "spo2", "moaas", "dissociation")
LABELS = ("Systolic", "Diastolic", "Heart rate", "Resp. rate", "SpO₂")
COLUMNS = (
    *("systolic_mmhg", "diastolic_mmhg", "heart_rate_per_min", "respiratory_rate_per_min"),
    *("spo2_percent", "moaas_score", "dissociation_score"),
)
# 162/98 is 44 over 118, 22 over 76: at or above the limit of 40/25.
FIRST = (
    ("09:50", 118, 76, 72, 14, 98, 5, 0),
    ("10:15", 126, 80, 78, 14, 98, 5, 1),
    ("10:30", 138, 86, 84, 15, 97, 4, 3),
    ("10:40", 162, 98, 92, 16, 97, 4, 3),
    ("10:45", 140, 86, 88, 16, 97, 4, 2),
    ("11:00", 132, 82, 84, 15, 97, 5, 1),
    ("11:30", 124, 80, 78, 14, 98, 5, 0),
    ("12:00", 122, 78, 74, 14, 98, 5, 0),
)
# 146/92 is 30 over 116, 18 over 74: below it.
SECOND = (
    ("09:50", 116, 74, 70, 14, 99, 5, 0),
    ("10:15", 130, 82, 78, 14, 98, 5, 1),
    ("10:30", 138, 88, 82, 15, 98, 4, 2),
    ("10:40", 146, 92, 86, 15, 97, 4, 2),
    ("11:00", 134, 84, 80, 14, 98, 5, 1),
    ("11:30", 124, 78, 76, 14, 98, 5, 0),
    ("12:00", 118, 76, 72, 14, 99, 5, 0),
)


def scores(*in_order: int) -> dict[str, int]:
    """The items of a scale, from the first on."""
    return {str(number): score for number, score in enumerate(in_order, 1)}


BEFORE = (
    ("MADRS, standard", scores(4, 4, 4, 4, 3, 4, 4, 4, 4, 0), "35 of 60"),
    ("MADRS, 24-hour version", scores(4, 4, 4, 4, 3, 4, 4, 4, 3, 0), "34 of 60"),
    ("PHQ-9", scores(2, 3, 2, 3, 1, 2, 2, 2, 0, 2), "17 of 27"),  # item 10 is not summed
    ("EPDS", scores(2, 2, 2, 2, 2, 2, 2, 2, 2, 1), "19 of 30"),
)
CALL = (
    ("C-SSRS", {"1": 0, "2": 0, "6": 0}, "Negative"),
    ("MADRS, 24-hour version", scores(2, 2, 2, 2, 2, 2, 2, 2, 2, 0), "18 of 60"),
    ("CGI-I", {"1": 2}, "2 of 7"),
)
# 34 to 18 is 16 less: 16/34 is 47.06 %. 2 x 18 = 36 is more than 34, so it is no response;
# 4 x 18 = 72 is at most 3 x 34 = 102, so it is a partial one (definitions D7.2).
DAY_1 = "24 hours Thu 12 Feb −47 % Partial MADRS, 24-hour version 34 to 18"
# The 28th day from 11 February is 11 March, 23 days after the 16th.
DAY_28_AHEAD = "Day 28 Wed 11 Mar in 23 days Planned"
DAY_28_PAST = "Day 28 Wed 11 Mar Not enough data MADRS, standard. No total 25 to 31 days after"

TABLES = {
    "Sessions": [["1", "Wed 11 Feb", "0", "56 mg"], ["2", "Fri 13 Feb", "2", "84 mg"]],
    # 09:00 of the 9th is 49 h before the first dose; 10:20 of the 12th is 24 h 20 min after it.
    "MADRS, 24-hour version": [
        ["Mon 09 Feb", "−2.04", "34", "moderate", "–"],
        ["Thu 12 Feb", "1.01", "18", "mild", "−47 %"],
    ],
    "EPDS": [["Mon 09 Feb", "−2.04", "19", "probable depression", "–"]],
    "Highest BP rise": [
        ["1", "Wed 11 Feb", "118/76", "162/98", "+44/+22", "40/25", "at or above limit"],
        ["2", "Fri 13 Feb", "116/74", "146/92", "+30/+18", "40/25", "below limit"],
    ],
    "Peak dissociation": [["1", "Wed 11 Feb", "3", "Moderate"], ["2", "Fri 13 Feb", "2", "Mild"]],
    "Side effects": [
        ["Headache", "1", "Thu 12 Feb", "mild", "not asked", "told at 24 hours after the dose"],
        ["Nausea", "1", "Wed 11 Feb", "mild", "–", "in the session"],
    ],
    "Also treated with": [
        ["Integration", "Thu 12 Feb", "–", "done"],
        ["Session 1", "Wed 11 Feb, 10:05", "Wed 11 Feb", "Agreed pause ends 22:05"],
        ["Session 2", "Fri 13 Feb, 10:10", "Fri 13 Feb", "Agreed pause ends 22:10"],
    ],
}


TALK_PAGES = {"/courses/…/integration", "/courses/…/integration/visits/new"}
READ_OR_WRITTEN = {
    (AIKO, "/sessions/…/discharge"),
    (AIKO, "/courses/…/follow-ups/…/…/contact"),
    (CHIDI, "/courses/…/evaluation"),
    (CHIDI, "/courses/…/review"),
}


def at(day: int, wall: str, month: int = 2) -> datetime:
    """A moment of 2026; in winter the clinic's wall says what UTC says."""
    hour, minute = map(int, wall.split(":"))
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def order(day: int, mg: int) -> Sheet:
    """What is ordered for a day."""
    words = {"patient": MAYA, "date": f"2026-02-{day}", "planned": "10:00", "room": "2"}
    words |= {"dose": f"{mg} mg", "ordered by": CHIDI, "agreed pause": "12 h"}
    return Sheet("course", words, ())


def exported() -> dict[str, list[Cells]]:
    """File -> the cells of each row that this paper decides."""
    return {
        "sessions": [session(11, "56", "118/76", "44/22"), session(13, "84", "116/74", "30/18")],
        "observations": [*observations(11, FIRST), *observations(13, SECOND)],
        "side effects": [NAUSEA, HEADACHE],
        "scores": [*uses(BEFORE, CHIDI, "baseline"), *uses(CALL, AIKO, "24-hours")],
        "courses": [COURSE],
    }


def session(day: int, mg: str, before: str, rise: str) -> Cells:
    """One session; 125 minutes from 10:00 to 12:05."""
    first, last = before.split("/"), rise.split("/")
    return {
        "patient_number": NUMBER,
        "status": "finished",
        "ordered_dose_mg": mg,
        "dose_mg": mg,
        "first_dose_at": moment(day, "10:00"),
        "postpartum_day": str(day + 19),  # 12 January is day 0, 11 February day 30
        "pre_dose_systolic_mmhg": first[0],
        "pre_dose_diastolic_mmhg": first[1],
        "max_rise_systolic_mmhg": last[0],
        "max_rise_diastolic_mmhg": last[1],
        "alerts_alert": "1" if day == 11 else "0",
        "left_at": moment(day, "12:05"),
        "total_minutes": "125",
        "signed_by": AIKO,
    }


def observations(day: int, lines: Iterable[Line]) -> list[Cells]:
    """One row for each line."""
    return [
        dict(zip(COLUMNS, map(str, numbers), strict=True))
        | {"patient_number": NUMBER, "effective_at": moment(day, wall), "author": AIKO}
        for wall, *numbers in lines
    ]


def uses(lines: Iterable[tuple[str, dict[str, int], str]], author: str, when: str) -> list[Cells]:
    """One row for each use of a scale; what has no total has a level."""
    found = []
    for name, answers, result in lines:
        total = result.split(" of ")[0] if " of " in result else ""
        cells = {"patient_number": NUMBER, "moment": when, "author": author, "total": total}
        cells["form"] = "24-hours" if "24-hour" in name else "standard"
        cells["answers"] = "; ".join(f"{item}={score}" for item, score in answers.items())
        cells["level"] = "" if total else "negative"
        cells["safety_items"] = "10=1" if name == "EPDS" else ""
        found.append(cells | {"safety_not_reviewed": ""})
    return found


def moment(day: int, wall: str) -> str:
    """A moment of February as a file has it."""
    return at(day, wall).isoformat(timespec="seconds")


HEADACHE = {
    "patient_number": NUMBER,
    "source": "follow-up",
    "term": "headache",
    "peak_severity": "mild",
    "follow_up": "24-hours",
    "told_at": moment(12, "10:20"),
    "onset_at": "",
    "serious": "",
    "author": AIKO,
}
NAUSEA = {
    "patient_number": NUMBER,
    "source": "session",
    "term": "nausea",
    "peak_severity": "mild",
    "onset_at": moment(11, "10:31"),
    "resolved_at": moment(11, "12:00"),
    "duration_minutes": "89",
    "ongoing_at_leaving": "no",
    "serious": "no",
}
COURSE = {
    "patient_number": NUMBER,
    "status": "active",
    "opened_on": "2026-02-09",
    "diagnosis_code": "F53.0",
    "diagnosis": "Depression, onset after birth",
    "onset": "after-birth",
    "onset_week": "2",
    "birth_on": "2026-01-12",
    "evaluation": "eligible",
    "sessions": "2",
    "first_dose_at": moment(11, "10:00"),
    "last_dose_at": moment(13, "10:00"),
    "postpartum_day": "30",
    "outcome_24_hours": "partial",
    "outcome_24_hours_form": "24-hours",
    "outcome_24_hours_baseline": "34",
    "outcome_24_hours_total": "18",
    "outcome_day_28": "not-enough-data",
    "outcome_day_28_why_not": "no-score",
    "decision": "continue",
    "decision_reason": "Partial response at 24 h.",
    "decision_after_session": "2",
    "decision_by": CHIDI,
    "decision_at": moment(16, "10:00"),
}

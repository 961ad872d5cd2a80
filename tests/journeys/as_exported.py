"""This file is about what an export has to hold of a flowsheet: exactly what was typed.

Each function gives the rows of one file with the columns that the sheet decides.
"""

from datetime import datetime

from tests.journeys.flowsheet import ZONE, Row, Sheet

Cells = dict[str, str]
COLUMN = {
    "HR": "heart_rate_per_min",
    "RR": "respiratory_rate_per_min",
    "SpO2": "spo2_percent",
    "MOAA/S": "moaas_score",
    "dissociation": "dissociation_score",
}
SIGN = {
    "BP": "blood_pressure",
    "HR": "heart_rate",
    "RR": "respiratory_rate",
    "SpO2": "spo2",
    "MOAA/S": "moaas",
    "dissociation": "dissociation",
}
NURSE = "Aiko Kimura"


def wall(moment: datetime) -> str:
    """A moment on the clinic's wall with its offset."""
    return moment.astimezone(ZONE).isoformat(timespec="seconds")


def observations(sheet: Sheet) -> list[Cells]:
    """One row for each line with readings, as it stands after its correction."""
    return [_observation(sheet, row) for row in sheet.rows if row.readings]


def _observation(sheet: Sheet, row: Row) -> Cells:
    cells = {
        "patient_number": sheet.heading["number"],
        "effective_at": wall(row.at),
        "recorded_at": wall(row.written_at),
        "late_entry": "yes" if (row.written_at - row.at).total_seconds() > 300 else "no",
        "author": NURSE,
        "corrected": "no",
        "correction_reason": "",
        "withdrawn": "no",
        "oxygen_l_per_min": "",
        "temperature_cel": "",
        **dict.fromkeys(COLUMN.values(), ""),
    }
    readings = dict(row.readings)
    for at, event in sheet.events("corrects"):
        if event["time"] == row.at.astimezone(ZONE).strftime("%H:%M"):
            readings["BP"] = event["pressure"]
            cells |= {"corrected": "yes", "correction_reason": event["why"]}
            cells |= {"corrected_at": wall(at), "corrected_by": NURSE}
    for name, sign in SIGN.items():
        cells |= _sign(name, sign, readings.get(name, ""))
    return cells


def _sign(name: str, sign: str, words: str) -> Cells:
    """The cells of one sign: numbers, or what was said instead, or nothing at all."""
    numbers = {"systolic_mmhg": "", "diastolic_mmhg": ""} if name == "BP" else {COLUMN[name]: ""}
    why = {f"{sign}_not_measured_because": ""}
    if name in {"BP", "HR", "SpO2"}:
        why[f"{sign}_unrecordable"] = "yes" if words == "unrecordable" else ""
    if words[:1].isdigit():
        typed = words.split("/") if name == "BP" else [words.split(maxsplit=1)[0]]
        numbers = dict(zip(numbers, typed, strict=True))
    elif words != "unrecordable":
        why[f"{sign}_not_measured_because"] = words.replace(" ", "-")
    air = {}
    if name == "SpO2" and words[:1].isdigit():
        air = {"oxygen_l_per_min": words.split()[2] if " on " in words else "0"}
    return numbers | why | air


def side_effects(sheet: Sheet) -> list[Cells]:
    """One row for each side effect, with its end."""
    over = {event["term"]: wall(at) for at, event in sheet.events("over")}
    better_known = {e["term"]: e["severity"] for _at, e in sheet.events("corrects-severity")}
    return [
        {
            "patient_number": sheet.heading["number"],
            "term": event["term"],
            "peak_severity": better_known.get(event["term"], event["severity"]),
            "corrected": "yes" if event["term"] in better_known else "no",
            "onset_at": wall(at),
            "resolved_at": over.get(event["term"], ""),
            "ongoing_at_leaving": "no" if event["term"] in over else "yes",
            "serious": "no",
            "author": NURSE,
        }
        for at, event in sheet.events("onset")
    ]


def doses(sheet: Sheet) -> list[Cells]:
    """One row for each device."""
    lots = {event["number"]: event for _at, event in sheet.events("corrects-lot")}
    return [
        {
            "event": "device",
            "effective_at": wall(at),
            "device_number": event["number"],
            "outcome": event["outcome"],
            "amount_mg": "",
            "lot": lots.get(event["number"], event)["lot"],
            "corrected": "yes" if event["number"] in lots else "no",
            "expires_on": event["expires"],
        }
        for at, event in sheet.events("device")
    ]


def sessions(sheet: Sheet, worked_out: Cells) -> list[Cells]:
    """The one row of the session; what follows from the log is what was worked out by hand."""
    ((left_at, _),) = sheet.events("leaves")
    first, last = sheet.events("device")[0], sheet.events("device")[-1]
    systolic, diastolic = worked_out["pre_dose"].split("/")
    rise = worked_out["rise"].split("/")
    ready = [event["minutes"] for _at, event in sheet.events("would-have-been-ready")]
    return [
        {
            "patient_number": sheet.heading["number"],
            "planned_at": wall(sheet.planned_at),
            "room": sheet.heading["room"],
            "status": "finished",
            "drug_form": "esketamine",
            "ordered_dose_mg": sheet.mg,
            "dose_known_mg": worked_out["known_mg"],
            "dose_mg": worked_out["known_mg"] if last[1]["outcome"] == "complete" else "",
            "first_dose_at": wall(first[0]),
            "treatment_on": sheet.heading["date"],
            "postpartum_day": worked_out["day"],
            "pre_dose_systolic_mmhg": systolic,
            "pre_dose_diastolic_mmhg": diastolic,
            "max_rise_systolic_mmhg": rise[0],
            "max_rise_diastolic_mmhg": rise[1],
            "minimum_stay_met": "yes",
            "would_have_been_ready_minutes": ready[0] if ready else "",
            "left_at": wall(left_at),
            "left_how": "left",
            "total_minutes": worked_out["total"],
            "signed_by": NURSE,
            "signed_at": wall(left_at),
        }
    ]

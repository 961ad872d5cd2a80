"""This file is about reading files in the shape of SDTM back: what was said of each sign, and when.

It is written from the dictionary alone and uses nothing of the program but its values.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from clinic.sessions.rules.log import (
    BloodPressure,
    Measured,
    NotMeasured,
    NotMeasuredReason,
    SignValue,
    Unrecordable,
)

SIGNS = {
    "HR": "heart_rate",
    "RESP": "respiratory_rate",
    "OXYSAT": "spo2",
    "TEMP": "temperature",
    "MOAAS": "moaas",
    "DISSOC": "dissociation",
}
PAIR, FLOW = ("SYSBP", "DIABP"), "O2FLOW"
Row = Mapping[str, str]


@dataclass
class SetReadBack:
    """One set of readings as the files tell it."""

    at: datetime
    signs: dict[str, SignValue] = field(default_factory=dict)
    oxygen: Decimal | None = None


def rows(text: str) -> list[dict[str, str]]:
    """The records of a file; the mark of a text that a spreadsheet would run is taken away."""
    found = csv.DictReader(io.StringIO(text, newline=""))
    return [{name: cell.removeprefix("'") for name, cell in row.items()} for row in found]


def readings(vs: Iterable[Row], qs: Iterable[Row]) -> dict[str, SetReadBack]:
    """Entry -> its set of readings, from VS and from the judgements in QS."""
    sets: dict[str, SetReadBack] = {}
    pairs: dict[str, dict[str, Row]] = {}
    for code, row in [*(("VS", row) for row in vs), *(("QS", row) for row in qs)]:
        test, entry = row[f"{code}TESTCD"], row[f"{code}GRPID"]
        if test not in (*SIGNS, *PAIR, FLOW):
            continue
        found = sets.setdefault(entry, SetReadBack(datetime.fromisoformat(row[f"{code}DTC"])))
        if test == FLOW:
            found.oxygen = Decimal(row["VSORRES"])
        elif test in PAIR:
            pairs.setdefault(entry, {})[test] = row
        else:
            found.signs[SIGNS[test]] = said(code, row)
    for entry, pair in pairs.items():
        sets[entry].signs["blood_pressure"] = pressure(pair)
    return sets


def said(code: str, row: Row) -> SignValue:
    """A number, that it could not be obtained, or why nobody measured."""
    if row[f"{code}STAT"] == "NOT DONE":
        reason, _, words = row[f"{code}REASND"].partition(": ")
        return NotMeasured(NotMeasuredReason(reason.lower()), words)
    if row[f"{code}ORRES"] == "UNRECORDABLE":
        return Unrecordable()
    text = row[f"{code}ORRES"]
    return Measured(Decimal(text) if "." in text else int(text))


def pressure(pair: Mapping[str, Row]) -> SignValue:
    """Two records of one group are one blood pressure."""
    upper, lower = (said("VS", pair[test]) for test in PAIR)
    if isinstance(upper, Measured) and isinstance(lower, Measured):
        return Measured(BloodPressure(int(str(upper.value)), int(str(lower.value))))
    return upper

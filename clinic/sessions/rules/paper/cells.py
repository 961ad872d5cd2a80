"""This file is about the cells of a flowsheet that hold readings, as fields of an observation."""

import re
from collections.abc import Mapping

SIGNS = {
    "BP": "blood_pressure",
    "HR": "heart_rate",
    "RR": "respiratory_rate",
    "SpO2": "spo2",
    "MOAA/S": "moaas",
    "dissociation": "dissociation",
}
ABSENT = {
    "unrecordable": "unrecordable",
    "refused": "refused",
    "asleep": "asleep",
    "no device": "no-device",
}
OTHER = re.compile(r"not measured: *(?P<why>\S.*)", re.I)
PAIR = re.compile(r"(?P<systolic>\d{1,3}) */ *(?P<diastolic>\d{1,3})", re.ASCII)
WHOLE = re.compile(r"\d{1,3}", re.ASCII)
SATURATION = re.compile(
    r"(?P<spo2>\d{1,3}) *%?(?: +on +(?:(?P<air>air)|(?P<flow>\d{1,2}(?:[.,]\d)?) *L(?:/min)?))?",
    re.ASCII | re.I,
)


def readings_of(cells: Mapping[str, str], *, on_air: bool) -> dict[str, str]:
    """The fields of an observation; empty when no cell holds a reading.

    `on_air`: SpO2 without oxygen beside it is on room air; otherwise nobody said. Raises ValueError
    in a sentence for a cell that cannot be read: a slip of the pen is never "not measured".
    """
    fields: dict[str, str] = {}
    for column, sign in SIGNS.items():
        if words := cells.get(column, ""):
            fields |= reading(column, sign, words, on_air=on_air)
    return fields


def reading(column: str, sign: str, words: str, *, on_air: bool) -> dict[str, str]:
    """The fields of one cell."""
    if absent := ABSENT.get(words.casefold()):
        return {f"{sign}_absent": absent}
    if other := OTHER.fullmatch(words):
        return {f"{sign}_absent": "other", "absent_text": other["why"]}
    if sign == "blood_pressure" and (pair := PAIR.fullmatch(words)):
        return pair.groupdict()
    if sign == "spo2" and (found := SATURATION.fullmatch(words)):
        flow = found["flow"] or ("0" if found["air"] or on_air else None)
        return {"spo2": found["spo2"]} | ({"oxygen_l_min": flow} if flow else {})
    if sign not in ("blood_pressure", "spo2") and WHOLE.fullmatch(words):
        return {sign: words}
    how = {"BP": "118/76", "SpO2": "97, or 97 on 2 L"}.get(column, "a whole number")
    raise ValueError(
        f"{column} {words!r} cannot be read: write {how}, unrecordable, refused, asleep, no device,"
        " or not measured: with the reason."
    )

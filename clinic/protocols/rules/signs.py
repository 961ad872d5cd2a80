"""This file is about the signs that are measured: names, units and codes, never limits."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SignInfo:
    """What a sign is called. `unit` is UCUM, `unit_text` is what people read.

    `caution`: said beside its value where that stands as a result.
    """

    code: str
    display: str
    unit: str
    unit_text: str
    loinc: str | None
    decimals: int = 0
    is_scale: bool = False
    caution: str = ""


BLOOD_PRESSURE = "blood_pressure"

# A blood pressure is entered as one pair and judged as two numbers: limits are written for
# `systolic` and `diastolic`, slots and readings know `blood_pressure` (definitions D2.1).
SIGNS: dict[str, SignInfo] = {
    info.code: info
    for info in (
        SignInfo(BLOOD_PRESSURE, "blood pressure", "mm[Hg]", "mmHg", "85354-9"),
        SignInfo("systolic", "systolic blood pressure", "mm[Hg]", "mmHg", "8480-6"),
        SignInfo("diastolic", "diastolic blood pressure", "mm[Hg]", "mmHg", "8462-4"),
        SignInfo("heart_rate", "heart rate", "/min", "/min", "8867-4"),
        SignInfo("respiratory_rate", "respiratory rate", "/min", "/min", "9279-1"),
        SignInfo("spo2", "SpO₂", "%", "%", "59408-5"),
        SignInfo("oxygen_l_min", "oxygen flow", "L/min", "L/min", "3151-8", decimals=1),
        SignInfo("temperature", "temperature", "Cel", "°C", "8310-5", decimals=1),
        SignInfo("moaas", "MOAA/S", "{score}", "", None, is_scale=True),
        SignInfo(
            "dissociation",
            "dissociation, 0 to 4",
            "{score}",
            "",
            None,
            is_scale=True,
            caution="demo, not validated",  # definitions D2.7
        ),
    )
}

# What one observation can say something about, in the order of the entry form.
ENTRY_SIGNS = (
    BLOOD_PRESSURE,
    "heart_rate",
    "respiratory_rate",
    "spo2",
    "temperature",
    "moaas",
    "dissociation",
)

# What a protocol writes limits for.
LIMIT_SIGNS = (
    "systolic",
    "diastolic",
    "heart_rate",
    "respiratory_rate",
    "spo2",
    "oxygen_l_min",
    "temperature",
    "moaas",
    "dissociation",
)

MAY_BE_UNRECORDABLE = (BLOOD_PRESSURE, "heart_rate", "spo2")

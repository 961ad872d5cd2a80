"""This file is about the closed lists of words that a protocol may use."""

from enum import StrEnum

DEMONSTRATION = "Demonstration, not approved by a clinician"


class DrugForm(StrEnum):
    """Milligrams of one form are not milligrams of the other (definitions D1.5)."""

    RACEMIC = "racemic"
    ESKETAMINE = "esketamine"


class Route(StrEnum):
    NASAL = "nasal"
    INTRAVENOUS = "intravenous"
    INTRAMUSCULAR = "intramuscular"
    SUBLINGUAL = "sublingual"
    ORAL = "oral"


class Level(StrEnum):
    """How far a value is from normal; `rank` orders them, higher is worse."""

    IN_RANGE = "in-range"
    MARKED = "marked"
    ALERT = "alert"
    EMERGENCY = "emergency"

    @property
    def rank(self) -> int:
        return list(Level).index(self)

    @property
    def raises_alert(self) -> bool:
        return self in (Level.ALERT, Level.EMERGENCY)


class DoseUnit(StrEnum):
    MG = "mg"
    MG_PER_KG = "mg/kg"


class CountsFrom(StrEnum):
    """The moment from which something is counted."""

    FIRST_DRUG = "first-drug"
    LAST_STOP = "last-stop"


class DosesCounted(StrEnum):
    EACH_DOSE = "each-dose"
    FIRST_DOSE = "first-dose"


class TrendUnit(StrEnum):
    PERCENT = "percent"
    POINTS = "points"


class Expected(StrEnum):
    """The answer nobody needs to hear about."""

    YES = "yes"
    NO = "no"


class SymptomGroup(StrEnum):
    HEADACHE = "headache"
    VISUAL = "visual"
    NEUROLOGICAL = "neurological"
    CHEST = "chest"


class Severity(StrEnum):
    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"

    @property
    def rank(self) -> int:
        return list(Severity).index(self)

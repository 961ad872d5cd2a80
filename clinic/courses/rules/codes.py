"""This file is about the closed lists of words that a course of treatment uses."""

from enum import StrEnum


class CourseStatus(StrEnum):
    """Codes of FHIR R4 EpisodeOfCare, stored as written."""

    PLANNED = "planned"
    ACTIVE = "active"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class Onset(StrEnum):
    """When the depression began, relative to the birth."""

    PREGNANCY = "pregnancy"
    AFTER_BIRTH = "after-birth"
    UNKNOWN = "unknown"


class BirthMode(StrEnum):
    """How the child was born."""

    VAGINAL = "vaginal"
    ASSISTED = "assisted"
    CAESAREAN = "caesarean"
    UNKNOWN = "unknown"


class EndReason(StrEnum):
    """Why a course ended; the reasons that administrators count."""

    COMPLETED = "completed"
    SIDE_EFFECTS = "side-effects"
    NO_EFFECT = "no-effect"
    PATIENT_CHOICE = "patient-choice"
    CONSENT_WITHDRAWN = "consent-withdrawn"
    LOGISTICS = "logistics"
    LOST = "lost-to-follow-up"
    NOT_ELIGIBLE = "not-eligible"
    OTHER = "other"
    OPENED_IN_ERROR = "opened-in-error"

    @property
    def status(self) -> CourseStatus:
        """What the course becomes: a treatment that was never meant to begin is cancelled."""
        never_began = (EndReason.NOT_ELIGIBLE, EndReason.OPENED_IN_ERROR)
        return CourseStatus.CANCELLED if self in never_began else CourseStatus.FINISHED


END_REASONS = (
    (EndReason.COMPLETED, "Completed as planned"),
    (EndReason.SIDE_EFFECTS, "Side effects"),
    (EndReason.NO_EFFECT, "No effect"),
    (EndReason.PATIENT_CHOICE, "Her choice"),
    (EndReason.CONSENT_WITHDRAWN, "Consent withdrawn"),
    (EndReason.LOGISTICS, "Logistics"),
    (EndReason.LOST, "Lost to follow-up"),
    (EndReason.NOT_ELIGIBLE, "Not eligible"),
    (EndReason.OTHER, "Other"),
    (EndReason.OPENED_IN_ERROR, "Opened in error"),
)


class DrugClass(StrEnum):
    """Classes of other medicines: those asked before each dose (definitions D8.7), and more."""

    BENZODIAZEPINE = "benzodiazepine"
    HYPNOTIC = "hypnotic"
    PSYCHOSTIMULANT = "psychostimulant"
    MAOI = "maoi"
    OPIOID = "opioid"
    DECONGESTANT = "decongestant"
    ANTIDEPRESSANT = "antidepressant"
    ANTIHYPERTENSIVE = "antihypertensive"
    OTHER = "other"

    @property
    def is_asked_before_the_dose(self) -> bool:
        """Whether a Yes informs the prescriber (definitions D8.7)."""
        return self in ASKED_BEFORE_THE_DOSE

    @property
    def pre_dose_item(self) -> str | None:
        """The code of the item of a protocol that asks for this class; None for no such item."""
        if not self.is_asked_before_the_dose:
            return None
        return str(self) if self is DrugClass.DECONGESTANT else f"medicine-{self}"


ASKED_BEFORE_THE_DOSE = frozenset(
    {
        DrugClass.BENZODIAZEPINE,
        DrugClass.HYPNOTIC,
        DrugClass.PSYCHOSTIMULANT,
        DrugClass.MAOI,
        DrugClass.OPIOID,
        DrugClass.DECONGESTANT,
    }
)

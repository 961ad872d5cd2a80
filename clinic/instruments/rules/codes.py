"""This file is about the closed lists of words that a rating scale may use."""

from enum import StrEnum


class Direction(StrEnum):
    HIGHER_WORSE = "higher-worse"
    HIGHER_BETTER = "higher-better"
    ZERO_BEST = "zero-best"
    NONE = "none"


class LicenceStatus(StrEnum):
    """What the owner lets others do with the wording."""

    PUBLIC_DOMAIN = "public-domain"
    FREE = "free"
    PUBLISHED_LABELS = "published-labels"
    FREE_WITH_CONDITIONS = "free-with-conditions"
    PERMISSION_NEEDED = "permission-needed"
    NOT_VERIFIED = "not-verified"


class AskedBy(StrEnum):
    PATIENT = "patient"
    PATIENT_WITH_CLINICIAN = "patient-with-clinician"
    CLINICIAN = "clinician"
    TRAINED_STAFF = "trained-staff"
    OBSERVER = "observer"
    NURSE = "nurse"


class AnswersAre(StrEnum):
    """What is written down for an item; components are worked out on paper first."""

    SCORES = "scores"
    YES_NO = "yes-no"
    COMPONENTS = "components"


class Method(StrEnum):
    SUM = "sum"
    TRIAGE = "triage"
    TRIAL_LIST = "trial-list"


class Operator(StrEnum):
    """How a term of a sum is made of its items."""

    EACH = "each"
    MAX_OF = "max-of"


class MissingRule(StrEnum):
    """None of our sources lets a total be guessed from the items that were answered."""

    ALL_REQUIRED = "all-required"


class NotApplicableEffect(StrEnum):
    LOWERS_MAXIMUM = "lowers-maximum"
    NO_TOTAL = "no-total"


class RecallKind(StrEnum):
    """How far back the answers look; `open` has no stated end."""

    FIXED = "fixed"
    NOW = "now"
    SINCE_LAST_CONTACT = "since-last-contact"
    SINCE_BASELINE = "since-baseline"
    OPEN = "open"


class MomentCode(StrEnum):
    """When a scale is proposed; a protocol decides. `hours` after the dose, as the name says."""

    BASELINE = "baseline"
    BEFORE_EACH_SESSION = "before-each-session"
    IN_SESSION = "in-session"
    EACH_READING = "each-reading"
    BEFORE_DISCHARGE = "before-discharge"
    DAY_1 = "24-hours"
    WEEKLY = "weekly"
    DAY_7 = "day-7"
    DAY_14 = "day-14"
    DAY_28 = "day-28"
    DAY_42 = "day-42"
    MONTH_3 = "month-3"
    MONTH_6 = "month-6"
    EACH_FOLLOW_UP = "each-follow-up"
    OPTIONAL = "optional"
    OTHER = "other"

    @property
    def hours(self) -> int | None:
        if self is MomentCode.WEEKLY:
            return 7 * 24
        head, _, tail = self.value.partition("-")
        if tail == "hours":
            return int(head)
        return int(tail) * 24 if head == "day" else None


class SafetyKind(StrEnum):
    SELF_HARM = "self-harm"
    CHILD_SAFETY = "child-safety"


class SafetyLevel(StrEnum):
    REVIEW = "review"
    URGENT = "urgent"


class SafetyStep(StrEnum):
    """What a person did about a safety answer."""

    ASSESSED = "assessed"
    SAFETY_PLAN = "safety-plan"
    PSYCHIATRIST_TOLD = "psychiatrist-told"
    EMERGENCY = "emergency"
    INFANT_PROTECTED = "infant-protected"
    ASKED_NOW = "asked-now"
    ENTERED_IN_ERROR = "entered-in-error"


class ResponseKind(StrEnum):
    FALL_PERCENT = "fall-percent"
    FALL_POINTS = "fall-points"
    AT_MOST = "at-most"


class TriageLevel(StrEnum):
    """`rank` orders them, higher is worse."""

    NEGATIVE = "negative"
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"

    @property
    def rank(self) -> int:
        return list(TriageLevel).index(self)

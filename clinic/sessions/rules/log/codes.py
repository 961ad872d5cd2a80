"""This file is about the codes that entries of the log use."""

from enum import StrEnum


class AdministrationEvent(StrEnum):
    DEVICE = "device"
    INFUSION_START = "infusion-start"
    INFUSION_PAUSE = "infusion-pause"
    INFUSION_RESUME = "infusion-resume"
    INFUSION_RATE = "infusion-rate"
    INFUSION_STOP = "infusion-stop"
    INJECTION = "injection"
    LOZENGE_IN = "lozenge-in"
    LOZENGE_OUT = "lozenge-out"


class Outcome(StrEnum):
    COMPLETE = "complete"
    PARTIAL = "partial"
    NONE = "none"


class Remains(StrEnum):
    """What became of the rest of a lozenge."""

    DISSOLVED = "dissolved"
    SWALLOWED = "swallowed"
    SPAT_OUT = "spat-out"


class AdverseEventEvent(StrEnum):
    ONSET = "onset"
    SEVERITY = "severity"
    RESOLVED = "resolved"


class InterventionCategory(StrEnum):
    """`airway`, `arrived` and `handed-over` belong to the quick log of an emergency (D8.4)."""

    MEDICINE = "medicine"
    OXYGEN = "oxygen"
    POSITION = "position"
    FLUIDS = "fluids"
    CALL = "call"
    AIRWAY = "airway"
    ARRIVED = "arrived"
    HANDED_OVER = "handed-over"
    OTHER = "other"


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    REFUSED = "refused"
    NOT_REACHED = "not-reached"


class TransitionEvent(StrEnum):
    CHECKED_IN = "checked-in"
    HOLD_OVERRIDDEN = "hold-overridden"
    CRITERION_OVERRIDDEN = "criterion-overridden"
    DOSING_STOPPED = "dosing-stopped"
    WOULD_HAVE_BEEN_READY = "would-have-been-ready"
    KEPT_LONGER = "kept-longer"
    LEFT = "left"
    LEFT_AGAINST_ADVICE = "left-against-advice"
    TRANSFERRED = "transferred"
    CANCELLED = "cancelled"
    EMERGENCY = "emergency"
    EMERGENCY_OVER = "emergency-over"


class NotMeasuredReason(StrEnum):
    REFUSED = "refused"
    ASLEEP = "asleep"
    NO_DEVICE = "no-device"
    OTHER = "other"


class SupplyEvent(StrEnum):
    """What became of a device or a vial beside what she was given (definitions D5.2)."""

    OPENED = "opened"
    RETURNED = "returned"
    WASTED = "wasted"


class SupplyUnit(StrEnum):
    MG = "mg"
    ML = "mL"


class CannulaEvent(StrEnum):
    PLACED = "placed"
    ATTEMPT_FAILED = "attempt-failed"
    REMOVED = "removed"


class OrderEvent(StrEnum):
    GIVEN = "given"


class HandoverEvent(StrEnum):
    OFFERED = "offered"
    ACCEPTED = "accepted"
    CLAIMED_BACK = "claimed-back"


class AbsenceEvent(StrEnum):
    LEFT_ROOM = "left-room"
    BACK = "back"
    MONITOR_OFF = "monitor-off"
    MONITOR_ON = "monitor-on"

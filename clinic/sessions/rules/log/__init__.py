"""This package is about the log: the entries of a session as they were written, never changed."""

from clinic.protocols.rules import Severity
from clinic.sessions.rules.log.around import (
    Absence,
    Cannula,
    Handover,
    Order,
    Supply,
)
from clinic.sessions.rules.log.codes import (
    AbsenceEvent,
    AdministrationEvent,
    AdverseEventEvent,
    Answer,
    CannulaEvent,
    HandoverEvent,
    InterventionCategory,
    NotMeasuredReason,
    OrderEvent,
    Outcome,
    Remains,
    SupplyEvent,
    SupplyUnit,
    TransitionEvent,
)
from clinic.sessions.rules.log.entries import (
    Acknowledgement,
    Administration,
    AdverseEvent,
    Check,
    Intervention,
    Note,
    Observation,
    Transition,
)
from clinic.sessions.rules.log.entry import (
    Entry,
)
from clinic.sessions.rules.log.facts import (
    Countersigned,
    SessionFacts,
)
from clinic.sessions.rules.log.values import (
    BloodPressure,
    Measured,
    NotMeasured,
    SignValue,
    Unrecordable,
)

__all__ = [
    "KINDS",
    "Absence",
    "AbsenceEvent",
    "Acknowledgement",
    "Administration",
    "AdministrationEvent",
    "AdverseEvent",
    "AdverseEventEvent",
    "Answer",
    "BloodPressure",
    "Cannula",
    "CannulaEvent",
    "Check",
    "Countersigned",
    "Entry",
    "Handover",
    "HandoverEvent",
    "Intervention",
    "InterventionCategory",
    "Measured",
    "NotMeasured",
    "NotMeasuredReason",
    "Note",
    "Observation",
    "Order",
    "OrderEvent",
    "Outcome",
    "Remains",
    "SessionFacts",
    "Severity",
    "SignValue",
    "Supply",
    "SupplyEvent",
    "SupplyUnit",
    "Transition",
    "TransitionEvent",
    "Unrecordable",
    "kind_of",
]

KINDS: dict[str, type[Entry]] = {
    "observation": Observation,
    "administration": Administration,
    "adverse-event": AdverseEvent,
    "intervention": Intervention,
    "note": Note,
    "acknowledgement": Acknowledgement,
    "check": Check,
    "transition": Transition,
    "supply": Supply,
    "cannula": Cannula,
    "order": Order,
    "handover": Handover,
    "absence": Absence,
}


def kind_of(entry: Entry) -> str:
    """The kebab-case code of an entry's kind."""
    return next(code for code, kind in KINDS.items() if type(entry) is kind)

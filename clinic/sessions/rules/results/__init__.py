"""This package is about the shapes in which the state of a session is handed out."""

from clinic.sessions.rules.results.alerting import Alert, Called
from clinic.sessions.rules.results.around import (
    Away,
    CannulaState,
    Emergency,
    EmergencyLine,
    PhoneOrder,
    Responsibility,
    SupplyLine,
)
from clinic.sessions.rules.results.dosing import DeviceGiven, DoseState, HoldState
from clinic.sessions.rules.results.leaving import (
    Criterion,
    CriterionStatus,
    ItemState,
    Overridden,
    Readiness,
    SideEffect,
)
from clinic.sessions.rules.results.measuring import (
    Arrow,
    Finding,
    LatestReading,
    Rise,
    Row,
    SignReading,
)
from clinic.sessions.rules.results.timing import (
    Clock,
    DueKind,
    NextDue,
    Phase,
    Slot,
    SlotSign,
    SlotStatus,
)
from clinic.sessions.rules.results.whole import LogLine, SessionState

__all__ = [
    "Alert",
    "Arrow",
    "Away",
    "Called",
    "CannulaState",
    "Clock",
    "Criterion",
    "CriterionStatus",
    "DeviceGiven",
    "DoseState",
    "DueKind",
    "Emergency",
    "EmergencyLine",
    "Finding",
    "HoldState",
    "ItemState",
    "LatestReading",
    "LogLine",
    "NextDue",
    "Overridden",
    "Phase",
    "PhoneOrder",
    "Readiness",
    "Responsibility",
    "Rise",
    "Row",
    "SessionState",
    "SideEffect",
    "SignReading",
    "Slot",
    "SlotSign",
    "SlotStatus",
    "SupplyLine",
]

"""This package is about what the protocol says of one session; time is an argument."""

from clinic.protocols.rules import ENTRY_SIGNS, SIGNS
from clinic.sessions.rules.entry_check import ValueCheck, check_values
from clinic.sessions.rules.given import Dose, dose_given
from clinic.sessions.rules.log import SessionFacts
from clinic.sessions.rules.obstacle import Obstacle
from clinic.sessions.rules.order import Weight, by_weight, rate_for, worked_out
from clinic.sessions.rules.replay import as_known_at
from clinic.sessions.rules.results import SessionState
from clinic.sessions.rules.silence import silent_since
from clinic.sessions.rules.state import session_state

__all__ = [
    "ENTRY_SIGNS",
    "SIGNS",
    "Dose",
    "Obstacle",
    "SessionFacts",
    "SessionState",
    "ValueCheck",
    "Weight",
    "as_known_at",
    "by_weight",
    "check_values",
    "dose_given",
    "rate_for",
    "session_state",
    "silent_since",
    "worked_out",
]

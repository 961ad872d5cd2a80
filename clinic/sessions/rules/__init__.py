"""This package is about what the protocol says of one session; time is an argument."""

from clinic.sessions.rules.log import SessionFacts
from clinic.sessions.rules.results import SessionState
from clinic.sessions.rules.state import session_state

__all__ = ["SessionFacts", "SessionState", "session_state"]

"""This package is about private links: what they ask, how far she is, what is said of them."""

from clinic.links.rules.languages import in_every, own_name
from clinic.links.rules.parts import (
    CHECK_IN,
    CONSENT,
    SCALE,
    PartRef,
    Subject,
    parts_from_json,
    parts_to_json,
    subject_key,
    subject_of,
)
from clinic.links.rules.questions import Choice, Kind, Question, Support
from clinic.links.rules.state import Facts, LinkState, LinkWay, Step, link_state

__all__ = [
    "CHECK_IN",
    "CONSENT",
    "SCALE",
    "Choice",
    "Facts",
    "Kind",
    "LinkState",
    "LinkWay",
    "PartRef",
    "Question",
    "Step",
    "Subject",
    "Support",
    "in_every",
    "link_state",
    "own_name",
    "parts_from_json",
    "parts_to_json",
    "subject_key",
    "subject_of",
]

"""This package is about what may be done with a follow-up: contact, move, give up, respond."""

from clinic.followups.actions.check_in import CHECK_IN_PART
from clinic.followups.actions.contacts import correct_contact, record_contact
from clinic.followups.actions.planning import give_up, move
from clinic.followups.actions.responding import respond, take
from clinic.followups.actions.ticking import Done, ask_her, tell_people

__all__ = [
    "CHECK_IN_PART",
    "Done",
    "ask_her",
    "correct_contact",
    "give_up",
    "move",
    "record_contact",
    "respond",
    "take",
    "tell_people",
]

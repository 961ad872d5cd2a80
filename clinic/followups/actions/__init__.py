"""This package is about what may be done with a follow-up: contact, move, give up, respond."""

from clinic.followups.actions.contacts import correct_contact, record_contact
from clinic.followups.actions.planning import give_up, move
from clinic.followups.actions.responding import respond, take

__all__ = ["correct_contact", "give_up", "move", "record_contact", "respond", "take"]

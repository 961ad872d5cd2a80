"""This file is about private links in the demonstration: the numbers to call, one link to open."""

from dataclasses import dataclass

from clinic.core import clock
from clinic.core.permissions import Role
from clinic.courses.queries import active_course
from clinic.demo.actions.stage import at_work
from clinic.demo.rules.cast import CLINICS, HARBOUR
from clinic.demo.rules.current import CURRENT
from clinic.links.actions import send_link, url_of
from clinic.links.queries import why_no_link
from clinic.links.rules import SCALE, PartRef, Subject
from clinic.messages.actions import save_settings
from clinic.messages.queries.settings import public_address, settings_row
from clinic.patients.queries import by_number

NUMBERS = {
    "clinic_hours": "day and night",
    "crisis_line": "555 0199",
    "crisis_note": "free, 24 hours",
    "emergency": "112",
    "answers_read": "on weekdays, 8:00 to 17:00",
    "sender": "Your team",
    "quiet_from": "21:00",
    "quiet_until": "08:00",
    "reminder_count": 2,
    "reminder_hours": 24,
    "link_hours": 72,
}
PARTS = (PartRef(SCALE, "PHQ9"),)


@dataclass(frozen=True)
class HerLink:
    """A link that whoever tries the demonstration may open on a phone."""

    mother: str
    born_on: str
    url: str


def load_numbers() -> None:
    """What each clinic gives a woman to call, and when it writes to her; once."""
    for clinic in CLINICS:
        with at_work(clinic.code, Role.PSYCHIATRIST):
            if settings_row() is None:
                save_settings(NUMBERS | {"clinic_line": clinic.phone}, None)


def load_link() -> HerLink | None:
    """A link with the PHQ-9 to the first woman who may be asked now; the one that still runs."""
    for case in CURRENT:
        if case.mother.clinic == HARBOUR and (found := link_to(case.mother.number)):
            return found
    return None


def link_to(number: str) -> HerLink | None:
    """A link to one woman, or None when she may not be asked now."""
    with at_work(HARBOUR, Role.NURSE):
        patient = by_number(number)
        course = active_course(patient.id) if patient else None
        subject: Subject = ("asked", f"demo-{clock.today():%Y%m%d}")
        if patient is None or course is None or why_no_link(course, PARTS, subject):
            return None
        link = send_link(course, parts=PARTS, subject=subject)
        born = f"{patient.born_on:%d %m %Y}"
        return HerLink(patient.name, born, url_of(link.id, str(public_address())))

"""This file is about what she may answer or sign by herself: on her phone, or on a tablet."""

from collections.abc import Iterable
from dataclasses import dataclass

from clinic.courses.models import Course
from clinic.evaluation.queries.severity import BASELINE, ScaleLine
from clinic.links.queries import links_for, why_no_link
from clinic.links.rules import CONSENT, SCALE, LinkState, LinkWay, PartRef, subject_of

ROOM = "evaluation"


@dataclass(frozen=True)
class AskedOfHer:
    """One form that she may fill in: `part` and `subject` as they are sent, how far its link is.

    `why_not_phone`, `why_not_tablet`: why it cannot go there, as a sentence; None: it can.
    """

    part: str
    subject: str
    state: LinkState | None
    why_not_phone: str | None
    why_not_tablet: str | None


def scales_asked(course: Course, lines: Iterable[ScaleLine]) -> dict[str, AskedOfHer]:
    """`CODE:form` -> how she may answer, for the scales of the baseline that need no staff."""
    links = links_for([course.id])
    return {
        f"{line.code}:{line.form}": asked_of_her(
            course,
            PartRef(SCALE, line.code, line.form, BASELINE),
            f"{ROOM}/{line.code}-{line.form}".replace("_", "-"),
            {subject: state for (_, subject), state in links.items()},
        )
        for line in lines
        if not line.needs_staff
    }


def consent_asked(course: Course) -> AskedOfHer:
    """How she may sign her consent by a link."""
    links = {subject: state for (_, subject), state in links_for([course.id]).items()}
    return asked_of_her(course, PartRef(CONSENT), f"{ROOM}/{CONSENT}", links)


def asked_of_her(
    course: Course, part: PartRef, subject: str, links: dict[str, LinkState]
) -> AskedOfHer:
    """One form and what keeps it from her."""
    words = (part.kind, part.code, part.form, part.moment)
    return AskedOfHer(
        part=":".join(word for word in words if word),
        subject=subject,
        state=links.get(subject),
        why_not_phone=why_no_link(course, [part], subject_of(subject)),
        why_not_tablet=why_no_link(course, [part], subject_of(subject), LinkWay.TABLET),
    )

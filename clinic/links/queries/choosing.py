"""This file is about what staff may choose for her to answer, and what a link is called."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from clinic.courses.models import Course
from clinic.instruments.queries import current, register
from clinic.instruments.rules.licences import why_never_on_a_phone
from clinic.links.models import PrivateLink
from clinic.links.parts import KINDS
from clinic.links.queries.sending import part_faults
from clinic.links.rules import SCALE, PartRef, parts_from_json


@dataclass(frozen=True)
class Option:
    """One thing she may be asked. `why_not`: why not now, as a sentence; None: she may."""

    value: str
    title: str
    why_not: str | None


def choices_for(course: Course) -> list[Option]:
    """Every scale that is answered by herself, and every further kind of part."""
    scales = sorted(
        {line.scale.code for line in register() if why_never_on_a_phone(line.scale) is None}
    )
    refs = [(f"{SCALE}:{code}", PartRef(SCALE, code)) for code in scales]
    refs += [(kind, PartRef(kind)) for kind in KINDS]
    return [
        Option(value, title_of(ref), next(part_faults(course, [ref], ("asked", None)), None))
        for value, ref in refs
    ]


def title_of(part: PartRef) -> str:
    """What a part is called."""
    if part.kind != SCALE:
        return KINDS[part.kind].title
    scale = current(str(part.code))
    return scale.name if scale else str(part.code)


def titles_of(links: Iterable[PrivateLink]) -> dict[uuid.UUID, str]:
    """Link id -> what it asks, in words."""
    return {
        link.id: ", ".join(title_of(part) for part in parts_from_json(link.parts)) for link in links
    }

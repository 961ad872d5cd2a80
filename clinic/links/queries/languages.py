"""This file is about the languages in which the scales of a link may be read on her phone today."""

from clinic.instruments.queries import languages_of
from clinic.instruments.rules.licences import Medium
from clinic.links.models import PrivateLink
from clinic.links.queries.asked import scale_of
from clinic.links.rules import SCALE, PartRef, in_every, parts_from_json


def languages_to_choose(link: PrivateLink) -> list[str]:
    """What she may choose from; empty once she began, and where there is only one."""
    if link.opened_at is not None:
        return []
    return in_every(languages_of(str(part.code), Medium.PHONE) for part in scales_of(link))


def language_of(link: PrivateLink) -> str | None:
    """The language in which its scales are asked; None for a link without any."""
    scales = scales_of(link)
    return scales[0].language or scale_of(scales[0]).language if scales else None


def scales_of(link: PrivateLink) -> list[PartRef]:
    """The parts of a link that are scales."""
    return [part for part in parts_from_json(link.parts) if part.kind == SCALE]

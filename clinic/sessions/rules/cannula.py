"""This file is about the cannula: site, attempts, and that it is out before she leaves (D5.2)."""

from datetime import datetime

from clinic.sessions.rules.basis import Basis
from clinic.sessions.rules.log import Cannula, CannulaEvent
from clinic.sessions.rules.results import CannulaState


def cannula_of(basis: Basis, until: datetime | None = None) -> CannulaState | None:
    """How it stands; None when the log knows of no cannula. A removal names the site of what it
    removes; without one it is the cannula placed last."""
    said = [c for c in basis.log.of(Cannula) if until is None or c.effective_at <= until]
    if not said:
        return None
    inside: list[Cannula] = []
    removed_at = None
    for one in said:
        if one.event is CannulaEvent.PLACED:
            inside.append(one)
        elif one.event is CannulaEvent.REMOVED:
            removed_at = one.effective_at
            _remove(inside, one.site)
    placed = [one for one in said if one.event is CannulaEvent.PLACED]
    last = (inside or placed)[-1:]
    return CannulaState(
        placed=bool(inside),
        site=last[0].site if last else None,
        attempts=sum(one.event is not CannulaEvent.REMOVED for one in said),
        placed_at=last[0].effective_at if last else None,
        removed_at=None if inside else removed_at,
    )


def _remove(inside: list[Cannula], site: str | None) -> None:
    there = [one for one in inside if site and one.site == site] or inside[-1:]
    if there:
        inside.remove(there[-1])

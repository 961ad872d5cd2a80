"""This file is about her being out of the room, or off the monitor (definitions D8.5)."""

from datetime import datetime

from clinic.sessions.rules.basis import Basis
from clinic.sessions.rules.log import Absence, AbsenceEvent
from clinic.sessions.rules.results import Away


def away_of(basis: Basis) -> Away | None:
    """Since when, and with whom; None while she is in the room and on the monitor."""
    since: datetime | None = None
    off_since: datetime | None = None
    with_whom = ""
    for said in () if basis.left_at else basis.log.of(Absence):
        if said.event is AbsenceEvent.LEFT_ROOM:
            since, with_whom = since or said.effective_at, said.text or with_whom
        elif said.event is AbsenceEvent.BACK:
            since, with_whom = None, ""
        elif said.event is AbsenceEvent.MONITOR_OFF:
            off_since = off_since or said.effective_at
        else:
            off_since = None
    return Away(since, with_whom, off_since) if since or off_since else None

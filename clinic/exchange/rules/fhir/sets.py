"""This file is about one set of readings: which signs it says, and which it said before."""

from dataclasses import dataclass
from functools import cached_property

from clinic.exchange.rules.lens import Lens
from clinic.protocols.rules import ENTRY_SIGNS
from clinic.reports.rules import SessionRecord
from clinic.reports.rules.record import EntryRecord
from clinic.sessions.rules.log import Measured, Observation
from clinic.sessions.rules.results import SignReading

OXYGEN = "oxygen_l_min"


@dataclass(frozen=True)
class Set:
    """One set of readings as it now stands."""

    lens: Lens
    row: EntryRecord[Observation]

    @property
    def session(self) -> SessionRecord:
        """Its session."""
        return self.row.session

    @cached_property
    def withdrawn_signs(self) -> set[str]:
        """The signs of an earlier version of which nothing is said any more."""
        return signs_ever(self.row) - set(signs_now(self.row))

    def id_of(self, sign: str) -> str:
        """The id of one sign of it, the same after a correction."""
        return self.lens.id(self.row.line.root_id, sign)

    @property
    def status(self) -> str:
        """How it stands."""
        if self.row.entry.withdrawn:
            return "entered-in-error"
        return "corrected" if self.row.line.corrections else "final"

    def judged(self, sign: str) -> SignReading | None:
        """How the protocol of the session judged a sign."""
        found = self.row.row.readings if self.row.row else ()
        return next((one for one in found if one.sign == sign), None)


def signs_now(row: EntryRecord[Observation]) -> list[str]:
    """The signs that are said, in the order of the form; none once withdrawn."""
    now = row.stands
    if now is None:
        return []
    alone = now.oxygen_l_min is not None and not isinstance(now.signs.get("spo2"), Measured)
    return [*(s for s in ENTRY_SIGNS if s in now.signs), *([OXYGEN] if alone else [])]


def signs_ever(row: EntryRecord[Observation]) -> set[str]:
    """The signs that some version of it said."""
    versions = (row.line.original, *row.line.corrections)
    return {sign for one in versions if isinstance(one, Observation) for sign in one.signs}

"""This file is about the lens through which everything leaves: wall clock, mask, codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from clinic.exchange.rules.codes import CodeBook
from clinic.reports.rules.masks import PatientMask


@dataclass(frozen=True)
class Lens:
    """`names`: people of the staff by id. Whatever goes out is spelled here, masked or not."""

    zone: ZoneInfo
    mask: PatientMask
    book: CodeBook
    names: Mapping[UUID, str]

    @property
    def is_plain(self) -> bool:
        """Whether nothing is masked."""
        return self.mask.key is None

    def local(self, at: datetime | None) -> datetime | None:
        """A moment on the clinic's wall."""
        return None if at is None else self.mask.moment(at.astimezone(self.zone))

    def moment(self, at: datetime | None) -> str | None:
        """`2026-03-12T10:40:00+00:00`: ISO 8601 with the offset of the wall, exact."""
        local = self.local(at)
        return None if local is None else local.isoformat()

    def day(self, on: date | None) -> str | None:
        """`2026-03-12`."""
        shown = self.mask.day(on)
        return None if shown is None else shown.isoformat()

    def id(self, record_id: UUID, part: str = "") -> str:
        """The id of a record, or of a part of one: always the same."""
        return self.mask.id(uuid5(record_id, part) if part else record_id)

    def person(self, person_id: UUID) -> str:
        """Somebody of the staff, by name or pseudonym."""
        return self.mask.person(self.names.get(person_id, str(person_id))) or ""

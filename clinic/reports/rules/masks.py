"""This file is about what of a value may leave in a de-identified file: kept, shifted, or gone.

US "Safe Harbor", 45 CFR 164.514(b)(2): names, places, dates, ages over 89, numbers and codes of a
person go. The days of one woman and of her infants are all moved by one number of days that only
the key tells, so every interval stays as it was.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from hashlib import sha256
from uuid import UUID

OLDEST = 90  # the law puts everybody of this age and above into one group
LONGEST_SHIFT = 365  # days
BAND = 5  # years


class Privacy(StrEnum):
    """What becomes of the values of a column in a de-identified file."""

    KEEP = "keep"
    SHIFT = "shift"
    DROP = "drop"
    PSEUDONYM = "pseudonym"
    CAP = "cap"


@dataclass(frozen=True)
class PatientMask:
    """The mask over whatever belongs to one woman: her, her infants, her course.

    `key` None: nothing is masked. `patient_id` None: of nobody; then a masked day cannot be moved,
    and is dropped.
    """

    key: bytes | None
    patient_id: UUID | None = None

    @cached_property
    def earlier(self) -> timedelta | None:
        """By how many whole days everything of hers is moved; None: there is no telling."""
        if self.key is None or self.patient_id is None:
            return None
        drawn = int.from_bytes(digest(self.key, f"shift:{self.patient_id}")[:8])
        return timedelta(days=drawn % LONGEST_SHIFT + 1)

    def moment(self, at: datetime | None) -> datetime | None:
        """A moment, in the zone it is given in. Moved in UTC, so that intervals stay exact."""
        if at is None or self.key is None:
            return at
        moved = self.earlier and at.astimezone(UTC) - self.earlier
        return moved.astimezone(at.tzinfo) if moved else None

    def day(self, on: date | None) -> date | None:
        """A day."""
        if on is None or self.key is None:
            return on
        return on - self.earlier if self.earlier else None

    def text(self, words: str | None) -> str | None:
        """What somebody typed: anything may stand in it, so none of it leaves masked."""
        return words if self.key is None else None

    def id(self, value: UUID | str) -> str:
        """An id or a number; masked, a pseudonym that is the same in every file of the clinic.

        Every id is masked, since the ids of records tell when they were made.
        """
        return str(value) if self.key is None else pseudonym(self.key, str(value))

    def number(self, patient_number: str) -> str:
        """The number of a patient."""
        return self.id(patient_number)

    def person(self, name: str | None) -> str | None:
        """Somebody of the staff."""
        return None if name is None else self.id(name)

    def years(self, years: int | None) -> int | None:
        """An age in whole years; masked, at most 90, which then says "90 or older"."""
        return years if years is None or self.key is None else min(years, OLDEST)

    def age(self, years: int) -> str:
        """The same as text."""
        return str(self.years(years))

    def band(self, years: int) -> str:
        """`30-34`; `90 or older`."""
        if years >= OLDEST:
            return f"{OLDEST} or older"
        first = years - years % BAND
        return f"{first}-{first + BAND - 1}"

    def value(self, privacy: Privacy, value: object) -> object:
        """The value of a cell. Raises TypeError for one that cannot be masked so."""
        return value if self.key is None or value is None else MASKED[privacy](self, value)


@dataclass(frozen=True)
class Mask:
    """The mask over a whole export, of one clinic."""

    key: bytes | None

    @classmethod
    def plain(cls) -> "Mask":
        """No mask: everything as it is recorded."""
        return cls(None)

    @classmethod
    def keyed(cls, key: bytes) -> "Mask":
        """De-identified. `key`: the clinic's own, at least 16 bytes. Raises ValueError."""
        if len(key) < 16:
            raise ValueError("a key of at least 16 bytes is needed")
        return cls(key)

    @property
    def is_plain(self) -> bool:
        """Whether nothing is masked."""
        return self.key is None

    def of(self, patient_id: UUID | None) -> PatientMask:
        """The mask over what belongs to a patient; None: over what belongs to none."""
        return PatientMask(self.key, patient_id)


def digest(key: bytes, text: str) -> bytes:
    """What only the key can tell of a text."""
    return hmac.digest(key, text.encode(), sha256)


@lru_cache(maxsize=4096)
def pseudonym(key: bytes, value: str) -> str:
    """20 characters; a letter first, so that no spreadsheet takes it for a number."""
    return f"p{digest(key, f'id:{value}').hex()[:19]}"


def moved(mask: PatientMask, value: object) -> object:
    """A moment or a day, moved."""
    if isinstance(value, datetime):
        return mask.moment(value)
    if isinstance(value, date):
        return mask.day(value)
    raise TypeError(f"not a day: {type(value).__name__}")


def capped(mask: PatientMask, value: object) -> object:
    """An age."""
    if not isinstance(value, int):
        raise TypeError(f"not an age: {type(value).__name__}")
    return mask.years(value)


Masking = Callable[[PatientMask, object], object]
MASKED: dict[Privacy, Masking] = {
    Privacy.KEEP: lambda _mask, value: value,
    Privacy.SHIFT: moved,
    Privacy.DROP: lambda _mask, _value: None,
    Privacy.PSEUDONYM: lambda mask, value: mask.id(str(value)),
    Privacy.CAP: capped,
}

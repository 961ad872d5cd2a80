"""What may be added after the signature, and beside what it stands."""

from uuid import UUID

from clinic.sessions.rules.amending import (
    NO_SUCH_ENTRY,
    NOT_SIGNED,
    Amended,
    amending_refused,
    by_entry,
)
from tests.sessions.rules.factories import NURSE, at, started

ONE, OTHER = UUID(int=1), UUID(int=2)


def amended(number: int, entry_id: UUID | None, minute: int) -> Amended:
    """An amendment at a minute."""
    return Amended(UUID(int=number), entry_id, "84 mg", "misread", NURSE, at(minute))


def test_nothing_is_amended_before_the_signature() -> None:
    lines = started().state(20).log

    assert amending_refused(lines, None, signed=False) == NOT_SIGNED
    assert amending_refused(lines, lines[0].root_id, signed=False) == NOT_SIGNED


def test_after_it_an_entry_of_this_session_or_the_session_as_a_whole_is() -> None:
    lines = started().state(20).log

    assert amending_refused(lines, None, signed=True) is None
    assert amending_refused(lines, lines[0].root_id, signed=True) is None
    assert amending_refused(lines, UUID(int=9), signed=True) == NO_SUCH_ENTRY


def test_amendments_stand_beside_what_they_name_oldest_first() -> None:
    found = by_entry([amended(3, ONE, 9), amended(1, None, 8), amended(2, ONE, 7)])

    assert [one.id.int for one in found[ONE]] == [2, 3]
    assert [one.id.int for one in found[None]] == [1]
    assert OTHER not in found

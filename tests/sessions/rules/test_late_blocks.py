"""D1.3: entries that were typed together at the end are visible as a block."""

from zoneinfo import ZoneInfo

from clinic.sessions.rules.late_blocks import LateBlock, in_words, late_blocks
from tests.sessions.rules.factories import NASAL, PSYCHIATRIST, Logbook, at, started

LATE = NASAL.schedule.late_entry_minutes
UTC = ZoneInfo("UTC")


def blocks(book: Logbook, minute: int = 240) -> tuple[LateBlock, ...]:
    return late_blocks(book.state(minute).log, LATE)


def test_d1_3_readings_typed_at_the_end_are_one_block() -> None:
    book = started()
    for number, minute in enumerate((15, 30, 40, 60, 90)):
        book.full(minute, known=120 + number)

    [block] = blocks(book)

    assert (block.readings, len(block.entry_ids)) == (5, 5)
    assert (block.taken_from, block.taken_to) == (at(15), at(90))
    assert (block.written_from, block.written_to) == (at(120), at(124))
    assert in_words(block, "Aiko Kimura", UTC) == (
        "5 readings taken 13:46 to 15:01 were written down 15:31 to 15:35 by Aiko Kimura"
    )


def test_d1_3_at_exactly_the_late_minutes_nothing_is_a_block_and_a_minute_more_is() -> None:
    book, later = started(), started()
    for one, extra in ((book, 0), (later, 1)):
        one.full(15, known=22 + extra)
        one.full(17, known=22 + extra)

    assert blocks(book) == ()
    assert len(blocks(later)) == 1


def test_d1_3_one_late_entry_alone_is_no_block() -> None:
    book = started()
    book.full(15, known=30)

    assert blocks(book) == ()


def test_d1_3_an_entry_on_time_between_parts_the_row_and_another_persons_does_not() -> None:
    own, other = started(), started()
    for book, more in ((own, {}), (other, {"author_id": PSYCHIATRIST})):
        book.full(15, known=40)
        book.full(41, known=41, **more)
        book.full(30, known=42)

    assert blocks(own) == ()
    assert [len(block.entry_ids) for block in blocks(other)] == [2]


def test_d1_3_what_took_as_long_to_write_as_it_covers_was_late_and_not_typed_together() -> None:
    slow, quick = started(), started()
    for book, second in ((slow, 45), (quick, 44)):
        book.full(15, known=30)
        book.full(30, known=second)

    assert blocks(slow) == ()
    assert len(blocks(quick)) == 1


def test_d1_3_what_came_from_paper_is_marked_as_such_and_is_no_block() -> None:
    book = started()
    book.full(15, known=200, transcribed=True)
    book.full(30, known=200, transcribed=True)

    assert blocks(book) == ()


def test_d1_3_entries_kept_on_a_tablet_say_what_its_clock_says() -> None:
    book = started()
    for minute in (15, 30):
        book.full(minute, known=60, device_at=at(minute + LATE))

    [block] = blocks(book)

    assert block.kept
    assert in_words(block, "Aiko Kimura", UTC) == (
        "2 readings taken 13:46 to 14:01 by Aiko Kimura arrived 14:31: "
        "by the tablet's clock they were typed in time and kept there"
    )


def test_d1_3_a_tablet_whose_clock_says_late_too_was_typed_late() -> None:
    book = started()
    for minute in (15, 30):
        book.full(minute, known=60, device_at=at(minute + LATE + 1))

    assert not blocks(book)[0].kept


def test_d1_3_other_entries_are_called_entries_and_another_day_is_named() -> None:
    book = started()
    book.full(15, known=24 * 60)
    book.effect(20, "dizziness", known=24 * 60)

    [block] = blocks(book, 25 * 60)

    assert in_words(block, "Aiko Kimura", UTC) == (
        "2 entries taken 13:46 to 13:51 were written down Fri 13 Mar, 13:31 by Aiko Kimura"
    )

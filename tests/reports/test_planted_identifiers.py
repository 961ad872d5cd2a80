"""What may say who she is: planted wherever it can be typed, and found in no de-identified file."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pymupdf
import pytest
from flask import Flask

from clinic.core import clock
from clinic.core.acting import Acting, act_as
from clinic.core.db import db, end_reading, job
from clinic.courses.models import Course
from clinic.reports.actions.formats import FORMATS
from clinic.reports.queries.masking import mask_for
from clinic.reports.queries.source import Source
from clinic.reports.queries.stream import exported
from clinic.reports.rules import TABLES, Period
from clinic.reports.rules.cells import Kind
from clinic.reports.rules.masks import Mask, Privacy
from clinic.reports.rules.ordering import Order, Unwatched
from tests.clock import Clock
from tests.desk import somebody
from tests.reached_once import reach
from tests.reports.planted import EMAIL, PHONE, WORD, plant
from tests.review.house import furnish

__all__ = ["somebody"]

sqlite_only = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
YEARS = Period(date(2025, 1, 1), date(2026, 12, 31))
MASKED = Order(what=tuple(TABLES), period=YEARS)
HERS = (WORD, PHONE, EMAIL, "lighthouse", "Harbour", "Lindqvist", "Kimura", "Kofi", "1994")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")

# Words that nobody types: the app, a protocol or a scale spells them.
SPELLED = {
    "dose",
    "slots",
    "word",
    "band",
    "answers",
    "safety_items",
    "side_effects",
    "decision_new_dose",
    "not_validated",
}
# Dropped although nobody types it: a hash, days that a lot tells, words of a protocol.
UNTYPED = {
    ("sessions", "signed_hash"),
    ("sessions", "signed_meaning"),
    ("courses", "evaluation_signed_meaning"),
    ("doses", "expires_on"),
    ("supplies", "expires_on"),
    ("side-effects", "term_words"),
    ("audit", "seq"),
}
PEOPLE = {"person", "author", "corrected_by", "signed_by", "evaluation_signed_by"}
PEOPLE |= {"decision_by", "response_author"}


@pytest.fixture
def planted(app: Flask, somebody: Acting, clock: Clock) -> Acting:
    """A clinic in which every word is hers."""

    def fill() -> None:
        found = furnish(app, somebody, WORD)
        clock.now += timedelta(days=10)
        with app.app_context(), act_as(somebody), job():
            plant(found["course_id"])

    reach(app, "a planted clinic", fill)
    return somebody


def files(mask: Mask) -> dict[str, str]:
    """Every table as a file."""
    now = clock.now()
    return {code: "".join(exported(table, YEARS, now, mask)) for code, table in TABLES.items()}


def dropped() -> set[tuple[str, str]]:
    """Every column that is left empty in a de-identified file, by its table."""
    return {
        (table.code, column.name)
        for table in TABLES.values()
        for column in table.columns
        if column.masking is Privacy.DROP
    }


def holds_the_word(plain: dict[str, str], name: tuple[str, str]) -> bool:
    """Whether what was planted stands in a column, so that its absence means something."""
    return any(WORD in row[name[1]] for row in rows(plain[name[0]]))


def rows(file: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file, newline="")))


@sqlite_only
def test_no_file_holds_what_was_planted_and_each_table_has_rows(app, planted) -> None:
    with app.app_context(), act_as(planted):
        plain, masked = files(Mask.plain()), files(mask_for(MASKED))

    assert {name for name in dropped() if not holds_the_word(plain, name)} == UNTYPED
    assert [code for code, file in masked.items() if not rows(file)] == []
    for file in masked.values():
        assert [word for word in HERS if word.casefold() in file.casefold()] == []
        assert UUID.findall(file) == []


@sqlite_only
def test_no_format_holds_what_was_planted(app, planted) -> None:
    with app.app_context(), act_as(planted):
        course_id = db.session.query(Course).one().id
        end_reading()
        for form in [one for one in FORMATS.values() if not one.identified_only]:
            order = replace(MASKED, format=form.code, course_id=course_id)
            file = io.BytesIO()

            count = form.write(
                order, Source(order, clock.now()), mask_for(order), file, Unwatched()
            )

            text = text_of(file.getvalue()).casefold()
            assert count > 0, form.code
            assert [word for word in HERS if word.casefold() in text] == [], form.code
            assert UUID.findall(text) == [], form.code


def text_of(content: bytes) -> str:
    """What stands in a file, in an archive of files, in a PDF."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "".join(name + text_of(archive.read(name)) for name in archive.namelist())
    if content.startswith(b"%PDF"):
        with pymupdf.open(stream=content, filetype="pdf") as pages:
            about = " ".join(str(value) for value in pages.metadata.values())
            return "".join(page.get_text() for page in pages) + about
    return content.decode()


@sqlite_only
def test_every_day_is_moved_by_the_same_days_and_every_interval_stays(app, planted) -> None:
    with app.app_context(), act_as(planted):
        plain, masked = files(Mask.plain()), files(mask_for(MASKED))

    moved = {
        when(before[name]) - when(after[name])
        for code, table in TABLES.items()
        for before, after in zip(hers(plain[code]), hers(masked[code]), strict=True)
        for name in moved_columns(table)
        if before[name]
    }

    assert len(moved) == 1
    assert timedelta(days=1) <= moved.pop() <= timedelta(days=365)


def hers(file: str) -> list[dict[str, str]]:
    """The rows that are of a patient; others have no day once they are masked."""
    return [row for row in rows(file) if row["patient_number"]]


def moved_columns(table: Any) -> list[str]:
    return [column.name for column in table.columns if column.masking is Privacy.SHIFT]


def when(cell: str) -> datetime | date:
    return datetime.fromisoformat(cell) if "T" in cell else date.fromisoformat(cell)


@sqlite_only
def test_files_still_belong_together_by_their_pseudonyms(app, planted) -> None:
    with app.app_context(), act_as(planted):
        masked = {code: rows(file) for code, file in files(mask_for(MASKED)).items()}

    numbers = {row["patient_number"] for found in masked.values() for row in found} - {""}
    sessions = {row["session_id"] for row in masked["sessions"]}
    assert len(numbers) == 1
    assert {row["session_id"] for row in masked["observations"]} == sessions
    uses = {row["use_id"] for row in masked["score-items"]}
    assert uses
    assert uses < {row["use_id"] for row in masked["scores"]}


def test_a_word_that_somebody_types_is_dropped_in_every_table() -> None:
    kept = {
        column.name
        for table in TABLES.values()
        for column in table.columns
        if column.kind is Kind.TEXT and column.masking is Privacy.KEEP
    }

    assert {name for name in kept if not name.endswith(("_word", "_not_validated"))} <= SPELLED


def test_a_value_of_any_column_that_is_no_code_of_ours_does_not_leave() -> None:
    mask = Mask.keyed(b"k" * 32).of(None)

    leaked = {
        column.name
        for table in TABLES.values()
        for column in table.columns
        if column.kind in (Kind.TEXT, Kind.CODE) and column.masking is not Privacy.KEEP
        if WORD in str(replace(column, value=lambda _row: WORD).masked(None, mask))
    }

    assert leaked == set()


def test_a_name_of_the_staff_becomes_a_pseudonym_and_a_lot_with_its_expiry_goes() -> None:
    masking = {
        (table.code, column.name): column.masking
        for table in TABLES.values()
        for column in table.columns
    }

    assert {how for (_, name), how in masking.items() if name in PEOPLE} == {Privacy.PSEUDONYM}
    gone = {"lot", "expires_on", "witness", "signed_hash", "room"}
    assert {how for (_, name), how in masking.items() if name in gone} == {Privacy.DROP}


@sqlite_only
def test_a_masked_order_is_read_in_the_order_of_pseudonyms(app, planted) -> None:
    with app.app_context(), act_as(planted):
        source = Source(MASKED, clock.now())
        read = [session.number for part in source.sessions() for session in part]

    assert read == [1]

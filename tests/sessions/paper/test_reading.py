"""These tests hold how a flowsheet is read: as spreadsheets save it, line by line, in time."""

import csv
import io
import re
import uuid
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from clinic.protocols.library import library_protocols
from clinic.sessions.rules import paper
from clinic.sessions.rules.paper import Line, Naming, Said
from clinic.sessions.rules.paper.cells import readings_of
from tests.journeys import flowsheet

DUBLIN = ZoneInfo("Europe/Dublin")
PLAN = library_protocols()["esketamine-nasal-56-84"].session_plan()
TEXT = (flowsheet.FOLDER / "pressure-alert.csv").read_text(encoding="utf-8")
HEAD = (
    "number,P-1\nborn,1994-06-04\ndate,{day}\ntime,BP,HR,RR,SpO2,MOAA/S,dissociation,events,note\n"
)


def tabbed(text: str) -> str:
    """The same table with tabs between the cells."""
    table = io.StringIO()
    csv.writer(table, delimiter="\t").writerows(csv.reader(text.splitlines()))
    return table.getvalue()


def sheet(*lines: str, day: str = "2026-03-12") -> paper.Sheet:
    return paper.read_sheet((HEAD.format(day=day) + "\n".join(lines)).encode(), DUBLIN)


def said(events: str, at: datetime = datetime(2026, 3, 12, 13, 0, tzinfo=UTC)) -> list[Said]:
    line = Line(1, at, {"events": events}, on_air=True)
    return paper.entries_of_line(line, PLAN, DUBLIN, breastfeeding=True)[0]


@pytest.mark.parametrize("name", flowsheet.NAMES)
def test_every_line_of_a_sheet_is_at_its_moment_and_none_is_refused(name):
    expected = flowsheet.sheet(name)

    found = paper.read_sheet((flowsheet.FOLDER / f"{name}.csv").read_bytes(), DUBLIN)

    assert not found.faults
    assert found.on_air
    assert [line.at for line in found.lines] == [row.at for row in expected.rows]
    for line in found.lines:
        assert paper.entries_of_line(
            Line(line.line, line.at, line.cells, found.on_air), PLAN, DUBLIN, breastfeeding=True
        )[0]


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode("utf-8-sig"),
        TEXT.replace("\n", "\r\n").encode("cp1252"),
        TEXT.encode("utf-16"),
        tabbed(TEXT).encode(),
        b"\r\n".join(line.encode() for line in TEXT.splitlines()) + b"\r\n,,,,,,,,\r\n",
    ],
    ids=["mark", "windows", "utf-16", "tabs", "empty-line-at-the-end"],
)
def test_a_sheet_reads_the_same_however_a_spreadsheet_saved_it(content):
    found = paper.read_sheet(content, DUBLIN)

    plain = paper.read_sheet(TEXT.encode(), DUBLIN)
    assert [(line.at, line.cells["BP"]) for line in found.lines] == [
        (line.at, line.cells["BP"]) for line in plain.lines
    ]


def test_semicolons_separate_when_the_head_has_them_and_events_stand_in_quotes():
    content = (
        HEAD.format(day="12.03.2026").replace(",", ";")
        + '9:31;;;;;;;"nausea mild; walks steadily";Ü\n'
    )

    found = paper.read_sheet(content.encode("cp1252"), DUBLIN)

    assert found.lines[0].at == datetime(2026, 3, 12, 9, 31, tzinfo=UTC)
    assert found.lines[0].cells["events"] == "nausea mild; walks steadily"
    assert found.lines[0].cells["note"] == "Ü"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("25:10,,,,,,,,x", "Write the time as 09:05, not '25:10'."),
        (",,,,,,,,x", "There is no time."),
        ("10:00,,,,,,,,x", "10:00 is earlier than 10:05 above it. Put the lines in order."),
        ("10:06,,,,,,,a,b,c", "There is more than the columns hold; put quotes round it."),
    ],
)
def test_a_line_that_has_no_place_in_time_is_named_and_the_others_are_read(line, reason):
    found = sheet("10:05,,80,,,,,,", line, "10:10,,82,,,,,,")

    assert [(fault.line, fault.reason) for fault in found.faults] == [(6, reason)]
    assert [read.cells["HR"] for read in found.lines] == ["80", "82"]


def test_a_clock_that_falls_back_by_half_a_day_has_passed_midnight():
    found = sheet("23:40,,80,,,,,,", "00:05,,82,,,,,,")

    assert found.lines[1].at == datetime(2026, 3, 13, 0, 5, tzinfo=UTC)


def test_the_hour_that_the_wall_shows_twice_goes_on_and_the_one_it_leaves_out_is_refused():
    autumn = sheet("01:50,,80,,,,,,", "01:10,,82,,,,,,", day="2026-10-25")
    spring = sheet("00:55,,80,,,,,,", "01:30,,82,,,,,,", day="2026-03-29")

    assert autumn.lines[1].at == datetime(2026, 10, 25, 1, 10, tzinfo=UTC)
    assert "there was no such time" in spring.faults[0].reason


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no line begins with"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "no line begins with"),
        (b"number,P-1\ntime,BP\n", "The heading does not say: born, date."),
        (b"number,P-1\nborn,1994-06-04\ndate,2026-03-12\ntime,BP,pulse\n", "unknown: pulse"),
        (HEAD.format(day="03/12/2026").encode(), "Write the day as 2026-03-12"),
        (HEAD.format(day="2026-03-12").encode() + b"10:00,,80,,,,,,\n" * 151, "at most 150 lines"),
    ],
)
def test_a_file_that_is_no_flowsheet_is_refused_with_a_sentence(content, words):
    with pytest.raises(ValueError, match=words.replace("(", "\\(")):
        paper.read_sheet(content, DUBLIN)


def test_a_sheet_of_another_woman_or_another_day_is_told_from_hers():
    found = sheet("10:05,,80,,,,,,")
    hers = {"number": "P-1", "born_on": date(1994, 6, 4), "planned_on": date(2026, 3, 12)}

    assert paper.stranger(found, **hers) is None
    assert "the session is of P-2" in str(paper.stranger(found, **hers | {"number": "P-2"}))
    assert "date of birth" in str(paper.stranger(found, **hers | {"born_on": date(1994, 6, 5)}))
    assert "session of 2026-03-13" in str(
        paper.stranger(found, **hers | {"planned_on": date(2026, 3, 13)})
    )


@pytest.mark.parametrize(
    ("cells", "fields"),
    [
        ({"BP": "118/76"}, {"systolic": "118", "diastolic": "76"}),
        ({"BP": "refused", "HR": "0"}, {"blood_pressure_absent": "refused", "heart_rate": "0"}),
        ({"SpO2": "94 on 2 L"}, {"spo2": "94", "oxygen_l_min": "2"}),
        ({"SpO2": "97"}, {"spo2": "97", "oxygen_l_min": "0"}),
        (
            {"RR": "not measured: crying"},
            {"respiratory_rate_absent": "other", "absent_text": "crying"},
        ),
        ({"HR": ""}, {}),
    ],
)
def test_zero_absent_and_not_measured_are_three_things_on_paper_too(cells, fields):
    assert readings_of(cells, on_air=True) == fields


def test_nobody_says_room_air_when_the_sheet_does_not():
    assert readings_of({"SpO2": "97"}, on_air=False) == {"spo2": "97"}


@pytest.mark.parametrize("cell", ["11o/70", "118-76", "1180/76", "١٢/٧", "98.5", "-4"])
@pytest.mark.parametrize("column", ["BP", "HR"])
def test_a_slip_of_the_pen_is_refused_and_never_not_measured(column, cell):
    with pytest.raises(ValueError, match="cannot be read"):
        readings_of({column: cell}, on_air=True)


def test_every_phrase_on_the_sheet_is_one_that_is_read():
    fill = {"{item}": "identity", "{what was done}": "rest", "{where, with whom}": "toilet"}
    for phrase in paper.PHRASES:
        words = phrase
        for blank, filled in fill.items():
            words = words.replace(blank, filled)
        words = re.sub(r"{[^}]*}", "some words", words)
        line = Line(1, datetime(2026, 3, 12, 11, 0, tzinfo=UTC), {"events": words}, on_air=True)
        if not words.startswith("written"):
            assert paper.entries_of_line(line, PLAN, DUBLIN, breastfeeding=True)[0], phrase


def test_an_event_that_nobody_knows_refuses_its_line_with_the_words():
    with pytest.raises(ValueError, match="Nobody knows the event 'nauseous'"):
        said("nausea mild; nauseous")


def test_a_list_that_was_answered_as_a_whole_says_so_on_every_item():
    checks = said("list before the dose answered")

    assert [check.fields["item"] for check in checks] == [item.code for item in PLAN.pre_dose]
    assert {check.fields["text"] for check in checks} == {
        "On paper: the list was answered as a whole"
    }


def test_the_same_words_have_the_same_id_and_words_that_stand_twice_are_two():
    at, session = datetime(2026, 3, 12, 13, 0, tzinfo=UTC), uuid.UUID(int=7)
    first, again = Naming(session), Naming(session)
    note = Said("note", {"text": "crying"})

    ids = [first.id_of(note, at), first.id_of(note, at)]

    assert ids == [again.id_of(note, at), again.id_of(note, at)]
    assert ids[0] != ids[1]
    assert {(one.version, one.variant) for one in ids} == {(7, uuid.RFC_4122)}
    assert ids[0].int >> 80 == int(at.timestamp() * 1000)
    assert Naming(uuid.UUID(int=8)).id_of(note, at) not in ids


def test_when_a_line_was_written_is_the_first_such_clock_after_its_own_time():
    at = datetime(2026, 3, 12, 23, 50, tzinfo=UTC)
    line = Line(1, at, {"events": "written 00:10", "note": "late"}, on_air=True)

    _, written_at = paper.entries_of_line(line, PLAN, DUBLIN, breastfeeding=True)

    assert written_at == datetime(2026, 3, 13, 0, 10, tzinfo=UTC)


def test_an_empty_line_is_refused():
    with pytest.raises(ValueError, match="Nothing but a time"):
        said("")

"""These tests hold what is printed: tagged for everybody, black on white, the same each time."""

import re
import uuid
from datetime import UTC, datetime
from pathlib import Path

import pymupdf
import pytest
from outloud import check

from clinic.core import paper
from clinic.core.acting import act_as
from clinic.core.db import job
from clinic.core.permissions import Role
from clinic.protocols.library import library_protocols
from clinic.sessions.charts.paper import STYLES, on_paper, with_patterns
from clinic.sessions.rules.printing import marks_in_words
from tests.desk import Desk
from tests.factories import make_user
from tests.sessions.paper.test_importing import a_line, send
from tests.sessions.room import put

one_database = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
PLAN = library_protocols()["esketamine-nasal-56-84"].session_plan()


@pytest.fixture
def watched(desk: Desk, arrived: uuid.UUID) -> uuid.UUID:
    """She has arrived, with a reading above the limit, its correction, and a line from paper."""
    with desk.app.app_context(), act_as(desk.somebody), job():
        make_user(id=desk.somebody.actor_id, full_name="Aiko Kimura")
    entry_id = uuid.UUID("01950000-0000-7000-8000-00000000e001")
    said = {"kind": "observation", "effective_at": "2026-03-12T09:02:00+00:00", "diastolic": 82}
    put(desk, arrived, entry_id, **said, systolic=171, spo2=94, oxygen_l_min=2, confirmed=True)
    put(
        desk, arrived, **said, systolic=117, corrects_id=str(entry_id), reason="<b>swapped", spo2=94
    )
    put(
        desk,
        arrived,
        **said | {"effective_at": "2026-03-12T09:06:00+00:00"},
        systolic=165,
        confirmed=True,
    )
    send(desk, arrived, "line", **a_line(note="cold hands", hr="72"))
    return arrived


def opened(content: bytes) -> pymupdf.Document:
    return pymupdf.open(stream=content, filetype="pdf")


def words(content: bytes) -> str:
    return " ".join("".join(page.get_text() for page in opened(content)).split())


def faults(content: bytes, folder: Path) -> list[str]:
    file = folder / "printed.pdf"
    file.write_bytes(content)
    result = check(str(file))
    return [f"{one.rule} {one.message}" for one in result.findings if one.severity == "error"]


@one_database
def test_the_record_is_tagged_for_everybody_and_says_what_it_is_and_what_it_is_not(
    desk, watched, tmp_path
):
    answer = desk.get(f"/sessions/{watched}/record.pdf")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert faults(answer.data, tmp_path) == []
    text = words(answer.data)
    assert "DRAFT, not signed" in text
    assert "Maya Osei · P-1001 · born 02 May 1994" in text
    assert "Page 1 of" in text
    assert "165/82 !!" in text
    assert "94 on 2 L !!" not in text  # corrected: what stands now is in the table
    assert "<b>swapped" in text
    assert "waiting for second person" in text
    assert re.search(r"SHA-256 of the log: [0-9a-f]{64}", text)
    assert "<00:00" not in text


@one_database
def test_the_same_record_at_the_same_moment_is_the_same_file_on_either_paper(desk, watched):
    first = desk.get(f"/sessions/{watched}/record.pdf")
    again = desk.get(f"/sessions/{watched}/record.pdf")
    letter = desk.get(f"/sessions/{watched}/record.pdf?size=letter")

    assert first.data == again.data
    assert [round(opened(a.data)[0].rect.width) for a in (first, letter)] == [595, 612]


@one_database
def test_nothing_on_the_record_has_a_colour(desk, watched):
    page = opened(desk.get(f"/sessions/{watched}/record.pdf").data)[0]

    pixels = page.get_pixmap(dpi=40)
    colours = {pixels.pixel(x, y) for x in range(pixels.width) for y in range(pixels.height)}

    assert len(colours) > 2
    assert {colour for colour in colours if max(colour) - min(colour) > 3} == set()


@one_database
def test_a_blank_sheet_knows_her_her_limits_and_when_each_reading_is_due(
    desk, session_id, tmp_path
):
    page = desk.get(f"/sessions/{session_id}/sheet")
    printed = desk.get(f"/sessions/{session_id}/sheet.pdf")

    assert page.status_code == 200
    assert "<script" not in page.text
    for said in (
        "Maya Osei",
        "P-1001",
        "1994-05-02",
        "56 mg",
        "120 min, at T0 + 120",
        "160 or more",
    ):
        assert said in page.text.replace("\u202f", " ")
    assert faults(printed.data, tmp_path) == []


@one_database
def test_the_sheet_of_a_dosed_woman_has_the_clock_beside_each_slot(desk, arrived, clock):
    clock.now = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
    send(desk, arrived, "line", **a_line(time="09:12", bp="118/76"))
    send(desk, arrived, "line", **a_line(time="09:14", events="list before the dose answered"))
    drug = "device 1 complete lot 25K118 exp 2027-12-31"
    assert send(desk, arrived, "line", **a_line(time="09:15", events=drug)).status_code == 303

    page = desk.get(f"/sessions/{arrived}/sheet").text

    assert "40 min, due 09:55" in page
    assert "118/76" in page


@one_database
def test_a_server_without_pango_says_in_one_sentence_what_to_install(desk, session_id, monkeypatch):
    def missing() -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(paper, "weasyprint", missing)

    answer = desk.get(f"/sessions/{session_id}/sheet.pdf")

    assert answer.status_code == 503
    assert "apt-get install libpango-1.0-0 libpangoft2-1.0-0" in answer.text
    assert desk.get(f"/sessions/{session_id}/sheet").status_code == 200


@one_database
def test_who_may_not_read_a_chart_prints_none(desk, session_id):
    desk.role = Role.ADMINISTRATOR

    answers = [desk.get(f"/sessions/{session_id}/{what}") for what in ("record.pdf", "sheet.pdf")]

    assert [answer.status_code for answer in answers] == [403, 403]


@one_database
def test_the_page_of_a_session_has_the_buttons(desk, watched):
    page = desk.get(f"/sessions/{watched}").text

    assert f'href="/sessions/{watched}/record.pdf"' in page
    assert f'href="/sessions/{watched}/paper"' in page


def test_the_chart_on_paper_is_the_chart_of_the_screen_with_dots_and_stripes():
    spec = {"vconcat": [{"height": 44, "layer": []}], "data": {"values": []}}

    printed = on_paper(spec)

    assert printed["data"] == spec["data"]
    assert [panel["height"] for panel in printed["vconcat"]] == [44]
    assert STYLES["band-alert"]["color"] == "url(#stripes)"
    assert with_patterns("<svg><g/></svg>").startswith("<svg><defs><pattern id=")


def test_every_mark_is_explained_by_the_protocol():
    marks = marks_in_words(PLAN)

    assert marks["!"].startswith("systolic 140 to 159, diastolic 90 to 100, MOAA/S 4")
    assert "systolic 89 or less, systolic 160 or more" in marks["!!"]
    assert "RR 9 or less" in marks["!!"]  # two bands beside each other are one
    assert marks["!!"].endswith("systolic 40 or diastolic 25 above her own")


def test_a_page_may_read_our_own_files_only():
    with pytest.raises(ValueError, match="a printed page asks for"):
        paper.own_file("/static/../core/paper.py")

    assert paper.own_file("/static/css/paper.css").name == "paper.css"

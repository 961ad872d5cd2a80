"""Answers know the words that were read, come by phone where that is open, look back enough."""

import pytest

from clinic.core.errors import Unprocessable
from clinic.instruments.models import Way
from clinic.instruments.rules import MomentCode, why_not_at
from tests.instruments.cases import LIBRARY
from tests.instruments.licensed import licensed, on_file
from tests.instruments.room import items, used

EPDS = LIBRARY["EPDS"]
sqlite_only = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("code", "form", "moment", "fits"),
    [
        ("EPDS", "standard", MomentCode.DAY_1, False),
        ("EPDS", "standard", MomentCode.DAY_7, True),
        ("EPDS", "standard", MomentCode.BASELINE, True),
        ("EPDS", "standard", MomentCode.OTHER, True),
        ("PHQ9", "standard", MomentCode.DAY_7, False),
        ("PHQ9", "standard", MomentCode.WEEKLY, False),
        ("PHQ9", "standard", MomentCode.DAY_14, True),
        ("PHQ9", "standard", MomentCode.MONTH_3, True),
        ("MADRS", "standard", MomentCode.DAY_1, False),
        ("MADRS", "24-hours", MomentCode.DAY_1, True),
        ("CSSRS_SCREEN_SLC", "standard", MomentCode.DAY_1, True),
    ],
)
def test_d7_3_a_recall_longer_than_the_interval_fits_no_moment(code, form, moment, fits):
    """Definitions D7.3: at 24 h only a 24-hour version; EPDS from day 7, PHQ-9 from day 14."""
    scale = LIBRARY[code]

    assert (why_not_at(scale, scale.form(form), moment) is None) is fits


@sqlite_only
def test_epds_cannot_be_asked_at_24_hours_and_the_reason_is_said(work, somebody, course_id):
    with work(somebody), pytest.raises(Unprocessable) as refusal:
        used(course_id, "EPDS", items(10, 1), moment=MomentCode.DAY_1)

    assert refusal.value.fields == {
        "moment": [
            "EPDS looks back 7 days, so 24 hours after a dose it still tells of the time before."
        ]
    }


@sqlite_only
def test_her_answers_name_the_wording_that_was_on_her_phone(work, somebody, course_id, clock):
    with work(somebody):
        wording = licensed(EPDS)
        on_her_phone = used(course_id, "EPDS", items(10, 1), way=Way.LINK)
    clock.advance(days=8)
    with work(somebody):
        on_paper = used(course_id, "EPDS", items(10, 1), way=Way.PAPER)

    assert on_her_phone.wording_digest == wording.digest
    assert (on_her_phone.language, on_paper.wording_digest) == (None, None)


@sqlite_only
def test_evidence_that_ended_closes_the_phone_and_leaves_the_paper(
    work, somebody, course_id, clock
):
    with work(somebody):
        licensed(EPDS)
    clock.advance(days=295)

    with work(somebody), pytest.raises(Unprocessable) as refusal:
        used(course_id, "EPDS", items(10, 1), way=Way.LINK)
    assert "ended on 31 Dec 2026" in refusal.value.fields["way"][0]
    with work(somebody):
        assert used(course_id, "EPDS", items(10, 1), way=Way.PAPER).wording_digest is None


@sqlite_only
def test_a_language_without_a_validated_translation_is_never_scored(work, somebody, course_id):
    with work(somebody):
        on_file(EPDS, "es")
        on_file(EPDS, "fr", translation="Validated by an invented study")

    with work(somebody), pytest.raises(Unprocessable) as refusal:
        used(course_id, "EPDS", items(10, 1), language="es", way=Way.PAPER)
    with work(somebody):
        french = used(course_id, "EPDS", items(10, 1), language="fr", way=Way.PAPER)

    assert "never scored" in refusal.value.fields["language"][0]
    assert french.language == "fr"


@sqlite_only
def test_each_clinic_has_licences_of_its_own(work, stranger, somebody, course_id):
    with work(stranger):
        licensed(EPDS)

    with work(somebody), pytest.raises(Unprocessable) as refusal:
        used(course_id, "EPDS", items(10, 1), way=Way.LINK)
    assert "No licence evidence" in refusal.value.fields["way"][0]


@sqlite_only
def test_a_language_nobody_put_on_file_is_refused(work, somebody, course_id):
    with work(somebody), pytest.raises(Unprocessable) as refusal:
        used(course_id, "EPDS", items(10, 1), language="de", way=Way.PAPER)

    assert refusal.value.fields["language"] == ["No licence evidence of EPDS in German is on file."]


@sqlite_only
def test_staff_read_why_a_scale_cannot_be_asked_at_a_moment(desk, course_id):
    address = f"/courses/{course_id}/scales/EPDS/new"

    at_24_hours = desk.get(f"{address}?moment=24-hours").text
    on_day_7 = desk.get(f"{address}?moment=day-7").text

    assert "EPDS looks back 7 days, so 24 hours after a dose" in at_24_hours
    assert "It cannot be answered now." not in on_day_7

"""D1.3: what was typed together at the end is told to the reviewer: page, paper, review."""

import re

import pymupdf
import pytest

from clinic.core.acting import act_as
from clinic.core.db import db
from clinic.sessions.models import TreatmentSession
from tests.sessions.story import Morning, moment, morning

__all__ = ["morning"]

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
SENTENCE = "3 readings taken 10:11 to 11:00 were written down 11:41 to 11:43 by Aiko Kimura."


def test_d1_3_a_block_typed_at_the_end_is_told_on_page_paper_and_review(morning: Morning) -> None:
    morning.until("10:01")
    for number, taken in enumerate(("10:11", "10:31", "11:00"), start=1):
        said = {"systolic": "126", "diastolic": "80", "heart_rate": "80"}
        morning.sent(f"11:4{number}", "observation", **said, effective_at=moment(taken).isoformat())
    morning.sent("11:44", "transition", event="left-against-advice", text="Her son is ill.")

    page = " ".join(re.sub(r"<[^>]+>", " ", morning.page().text).split())
    pages = pymupdf.open(stream=morning.page("/record.pdf").data, filetype="pdf")
    paper = " ".join("".join(one.get_text() for one in pages).split())
    with morning.app.app_context(), act_as(morning.acting):
        course_id = db.session.get_one(TreatmentSession, morning.session_id).course_id
        db.session.rollback()
    review = morning.browser.get(f"/courses/{course_id}/review").text

    assert f"Written down together. {SENTENCE}" in page
    assert f"Written down together: {SENTENCE}" in paper
    assert f"Session 1, written down together: {SENTENCE}" in review

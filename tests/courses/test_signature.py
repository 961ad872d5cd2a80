"""This file is about her signature: drawn or typed, here or by a link, after the talks."""

import json
import re
import uuid
from datetime import date

import pytest

from clinic.core.db import db
from clinic.core.errors import Conflict, Unprocessable
from clinic.courses import queries
from clinic.courses.actions import (
    WordingChanged,
    give_consent_by_link,
    publish_shipped_wording,
    publish_wording,
    record_talk,
)
from clinic.courses.models import ConsentTalk
from clinic.courses.rules import Held, NotDrawn, Talk, path_of, strokes_of, written
from tests.courses.conftest import DOCTOR_ID
from tests.instruments.room import items, used

sqlite_only = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
ready = pytest.mark.usefixtures("wording", "talked")
DRAWN = json.dumps([[10, 20, 110, 20, 110, 60], [200, 100, 260, 130]])
LINK = uuid.UUID(int=7)


@pytest.fixture
def wording(work, somebody, course_id) -> uuid.UUID:
    with work(somebody):
        return publish_shipped_wording("esketamine").id


@pytest.fixture
def consent(work, somebody, course_id):
    def read():
        with work(somebody):
            return queries.consent_of(course_id)

    return read


def held(talk: Talk, day: int = 10) -> Held:
    return Held(talk, date(2026, 3, day), "Dr Chidi Okafor", DOCTOR_ID)


@pytest.fixture
def talked(work, somebody, course_id):
    with work(somebody):
        for talk in Talk:
            record_talk(course_id, held(talk))


def by_link(work, somebody, course_id, **changes):
    """She signs on her phone what she read there."""
    with work(somebody):
        digest = queries.consent_to_read(course_id).digest
        said = {"read_digest": digest, "mother_name": "Maya Osei", "link_id": LINK} | changes
        give_consent_by_link(course_id, **said)


def test_strokes_are_whole_numbers_on_the_field_and_come_back_as_a_path():
    strokes = strokes_of(DRAWN)

    assert strokes[1] == ((200, 100), (260, 130))
    assert path_of(written(strokes)) == "M10 20 L110 20 L110 60 M200 100 L260 130"


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "[[1,1]]",
        "[[0,0,59,0]]",
        "[[0,0,601,0]]",
        "[[0,0,100]]",
        "[[0,0,100.5,0]]",
        "[[0,0,true,0]]",
        "[[0,0,-100,0]]",
        '{"0": 1}',
        "[[",
        "[" * 5000,
        json.dumps([[n % 600, 0] for n in range(201)]),
        json.dumps([[0, 0, 600, 0] * 2001]),
    ],
)
def test_what_is_no_drawing_is_refused(text):
    with pytest.raises(NotDrawn):
        strokes_of(text)


@ready
def test_a_drawn_signature_is_stored_with_the_text_and_shown(desk, course_id, consent):
    page = desk.get(f"/courses/{course_id}/consent/sign").text
    digest = re.search(r'name="read_digest" value="([0-9a-f]{64})"', page).group(1)
    fields = {"read_digest": digest, "password": "right", "drawing": DRAWN}
    for talk in ("treatment", "breastfeeding", "session_days"):
        assert re.search(rf'name="{talk}_on"[^>]*value="2026-03-10"', page)
        fields |= {f"{talk}_on": "2026-03-10", f"{talk}_with": str(DOCTOR_ID)}

    answer = desk.post(f"/courses/{course_id}/consent/sign", **fields)

    assert answer.status_code == 303
    assert (consent().valid, consent().mother_name) == (True, "Maya Osei")
    assert consent().how.startswith("drawn by her")
    shown = desk.get(f"/courses/{course_id}/consent").text
    assert 'd="M10 20 L110 20 L110 60 M200 100 L260 130"' in shown


@sqlite_only
@ready
def test_a_touch_is_no_signature_and_nothing_is_lost(desk, course_id, consent):
    page = desk.get(f"/courses/{course_id}/consent/sign").text
    digest = re.search(r'name="read_digest" value="([0-9a-f]{64})"', page).group(1)
    fields = {"read_digest": digest, "password": "right", "drawing": "[[1,1]]"}
    for talk in ("treatment", "breastfeeding", "session_days"):
        fields |= {f"{talk}_on": "2026-03-10", f"{talk}_with": str(DOCTOR_ID)}

    answer = desk.post(f"/courses/{course_id}/consent/sign", **fields)

    assert answer.status_code == 422
    assert "Draw the signature, or type the name." in answer.text
    assert consent() is None


def test_talks_are_written_down_and_the_latest_of_each_counts(desk, work, course_id):
    fields = {"talk": "treatment", "with_whom": str(DOCTOR_ID)}
    desk.post(f"/courses/{course_id}/consent/talk", **fields, held_on="2026-03-10")
    desk.post(f"/courses/{course_id}/consent/talk", **fields, held_on="2026-03-11")
    late = desk.post(f"/courses/{course_id}/consent/talk", **fields, held_on="2026-03-13")

    assert "Enter a day that is not after today." in late.text
    with work(desk.somebody):
        assert db.session.query(ConsentTalk).count() == 2
        found = queries.talks_of(course_id)
    assert found == {Talk.TREATMENT: held(Talk.TREATMENT, 11)}


@sqlite_only
def test_a_link_waits_for_the_talks(work, somebody, course_id, wording):
    with work(somebody):
        assert "Write down the three talks first" in queries.why_not_by_link(course_id)
    with pytest.raises(Unprocessable, match="Nothing was saved"):
        by_link(work, somebody, course_id)


@sqlite_only
@ready
def test_by_a_link_she_signs_the_text_she_read_without_a_witness(
    work, somebody, course_id, consent
):
    by_link(work, somebody, course_id)

    signed = consent()
    assert (signed.valid, signed.by_link, signed.witness_name) == (True, True, "Maya Osei")
    assert "without a witness" in signed.how
    assert "I, Maya Osei, have talked with the team" in signed.text
    with pytest.raises(Conflict):
        by_link(work, somebody, course_id)


@sqlite_only
@ready
def test_a_link_never_signs_another_text_than_she_read(work, somebody, course_id, consent):
    with work(somebody):
        before = queries.consent_to_read(course_id).digest
        publish_wording("esketamine", "Consent", "I, $mother, agree to something else.")

    with pytest.raises(WordingChanged):
        by_link(work, somebody, course_id, read_digest=before)
    with pytest.raises(Unprocessable):
        by_link(work, somebody, course_id, mother_name="Daniel Osei")
    assert consent() is None


@sqlite_only
@ready
def test_nothing_is_signed_while_a_safety_answer_waits_for_a_person(
    desk, work, somebody, course_id, consent
):
    with work(somebody):
        used(course_id, "PHQ9", items(9, 1))

    with pytest.raises(Unprocessable):
        by_link(work, somebody, course_id)
    page = desk.get(f"/courses/{course_id}/consent/sign").text

    assert "Review first, in the same visit: PHQ-9 item 9" in page
    assert consent() is None

"""Answers are kept as they were given, scored by the scale of their day, corrected by more rows."""

import dataclasses
import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from clinic.core.db import db
from clinic.core.errors import Unprocessable
from clinic.instruments import actions, queries
from clinic.instruments.library import library_instruments
from clinic.instruments.models import AnsweredBy, InstrumentText, QuestionnaireResponse, Way
from clinic.instruments.queries import texts
from clinic.instruments.rules import Instrument, MomentCode, NoScore
from tests.databases import REFUSED, WRITTEN_ONCE
from tests.instruments.room import items, used

sqlite_only = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def refused(work, somebody, course_id):
    """Why a use is not taken: field -> sentence."""

    def ask(code, answers, **more):
        with work(somebody), pytest.raises(Unprocessable) as refusal:
            used(course_id, code, answers, **more)
        return {name: sentences[0] for name, sentences in refusal.value.fields.items()}

    return ask


@pytest.fixture
def recorded(work, somebody, course_id):
    """Answer a scale, and say how many uses there are now."""

    def record(code, answers, **more):
        with work(somebody):
            used(course_id, code, answers, **more)
            return len(queries.responses_of(course_id))

    return record


def test_a_use_is_kept_with_version_digest_form_and_text(work, somebody, course_id):
    with work(somebody):
        used(course_id, "MADRS", items(10, 3, _10=0), form_code="24-hours")

    with work(somebody):
        (use,) = queries.responses_of(course_id)
        text = db.session.scalars(select(InstrumentText)).one()
        madrs = library_instruments()["MADRS"]
        assert (use.response.instrument_version, use.response.form_code) == ("1", "24-hours")
        assert use.response.instrument_digest == text.digest == madrs.digest
        assert Instrument.from_json(text.body) == madrs
        assert (use.score.total, use.score.band) == (27, "moderate")
        assert use.response.answered_by == AnsweredBy.CLINICIAN


def test_rows_and_texts_are_written_once(work, somebody, course_id):
    with work(somebody):
        used(course_id, "EPDS", items(10, 1))

    for model, column in ((QuestionnaireResponse, "answers"), (InstrumentText, "body")):
        with work(somebody):
            row = db.session.scalars(select(model)).one()
            setattr(row, column, "{}")
            with pytest.raises(REFUSED, match=WRITTEN_ONCE):
                db.session.flush()
            db.session.rollback()


@sqlite_only
def test_old_answers_are_scored_by_the_scale_of_their_day(work, somebody, course_id, monkeypatch):
    epds = library_instruments()["EPDS"]
    (bands,) = epds.band_sets
    words = tuple(dataclasses.replace(band, word=f"old {band.word}") for band in bands.bands)
    old = dataclasses.replace(
        epds, version="0", band_sets=(dataclasses.replace(bands, bands=words),)
    )
    with monkeypatch.context() as former, work(somebody):
        former.setattr("clinic.instruments.actions.recording.current", lambda _code: old)
        used(course_id, "EPDS", items(10, 2, _10=0))

    with work(somebody):
        (use,) = queries.responses_of(course_id)

        assert use.response.instrument_version == "0"
        assert use.score.band == "old moderate"
        assert use.instrument == old


@sqlite_only
def test_a_text_that_does_not_fit_its_digest_is_not_used(work, somebody, course_id):
    with work(somebody):
        row = used(course_id, "EPDS", items(10, 1))
        db.session.add(
            InstrumentText(
                code="X",
                version="1",
                digest="0" * 64,
                body=texts.text_of(row.instrument_digest).body,
            )
        )

    with work(somebody), pytest.raises(texts.TextAltered):
        texts.stored_instrument("0" * 64)


def test_a_correction_is_a_further_row_and_both_stay(work, somebody, course_id, clock):
    with work(somebody):
        first = used(course_id, "EPDS", items(10, 1)).id
    clock.advance(minutes=5)
    with work(somebody):
        corrected = actions.correct_response(
            first,
            items(10, 2),
            reason="typed the wrong column",
            moment=MomentCode.BASELINE,
            answered_at=clock.now - timedelta(minutes=5),
            way=Way.PAPER,
        ).id

    with work(somebody):
        use = queries.latest(course_id, "EPDS")
        assert [row.id for row in use.versions] == [first, corrected]
        assert (use.score.total, len(queries.responses_of(course_id))) == (20, 1)
        assert queries.use_of(use.versions[0]).response.id == corrected
        with pytest.raises(actions.CorrectedMeanwhile):
            actions.withdraw_response(first, "too late")


@sqlite_only
def test_a_correction_that_changes_nothing_is_refused(work, somebody, course_id):
    with work(somebody):
        row = used(course_id, "EPDS", items(10, 1))
        with pytest.raises(Unprocessable) as refusal:
            actions.correct_response(
                row.id,
                items(10, 1),
                reason="x",
                moment=row.moment,
                answered_at=row.answered_at,
                way=row.way,
            )

    assert refusal.value.fields == {"reason": ["Nothing was changed."]}


@sqlite_only
def test_what_was_entered_in_error_counts_nowhere_and_stays_readable(work, somebody, course_id):
    with work(somebody):
        row = used(course_id, "GAD7", items(7, 1))
        actions.withdraw_response(row.id, "another woman's form")

    with work(somebody):
        assert queries.responses_of(course_id) == []
        assert queries.latest(course_id, "GAD7") is None
        assert [use.withdrawn for use in queries.histories_of(course_id)] == [True]
        used(course_id, "GAD7", items(7, 2))


@sqlite_only
def test_zero_absent_and_does_not_apply_are_three_things(work, somebody, course_id):
    said = {"1": NoScore.NOT_APPLICABLE, "2": 0, "3": 4, "4": 4}
    with work(somebody):
        row = used(course_id, "WSAS", said)
        stored = json.loads(row.answers)

    assert stored == {"1": "not-applicable", "2": 0, "3": 4, "4": 4}
    with work(somebody):
        use = queries.latest(course_id, "WSAS")
        assert use.response.said() == said
        assert (use.score.total, use.score.missing) == (None, ("5",))


@sqlite_only
def test_what_cannot_be_an_answer_is_refused_by_its_item(refused):
    assert refused("EPDS", items(10, 1, _4=7)) == {"item_4": "Item 4: choose a score from 0 to 3."}
    assert refused("EPDS", {}) == {"item_1": "Answer at least one item."}
    assert "item_3" in refused("CSSRS_SCREEN_SLC", {"1": 0, "2": 0, "3": 1, "6": 0})
    assert refused("NOPE", {"1": 1}) == {"code": "There is no scale NOPE."}
    assert "list of medicines" in refused("MGHATRQ", {"1": 1})["code"]
    assert (
        refused("MADRS", {"1": 1}, form_code="weekly")["form_code"] == "MADRS has no form weekly."
    )


@sqlite_only
def test_d7_5_what_needs_staff_never_comes_by_link(refused, work, somebody, course_id):
    """D7.5: MADRS, HAM-D, C-SSRS are calls or visits, never links; CGI-I has no baseline."""
    staff = {
        "MADRS": items(10, 0),
        "HAMD17": {"1": 0},
        "CSSRS_SCREEN_SLC": {"1": 0, "2": 0, "6": 0},
        "CSSRS_SCREEN_RECENT": {"1": 0, "2": 0, "6": 0},
    }
    for code, answers in staff.items():
        assert "never by link" in refused(code, answers, way=Way.LINK)["way"]
    assert "No licence evidence" in refused("EPDS", items(10, 0), way=Way.LINK)["way"]
    assert "answered_by" in refused("MADRS", items(10, 0), answered_by=AnsweredBy.PATIENT)
    assert "has none itself" in refused("CGII", {"1": 2})["moment"]
    with work(somebody):
        assert used(course_id, "PHQ9", items(9, 0), way=Way.LINK).answered_by == "patient"


@sqlite_only
@pytest.mark.parametrize(
    ("scale", "hours"),
    [
        (("EPDS", "standard", 10), 168),
        (("MADRS", "24-hours", 10), 24),
        (("PHQ9", "standard", 9), 336),
    ],
)
def test_d7_3_a_scale_waits_for_its_recall(refused, recorded, clock, scale, hours):
    """D7.3: collected at least its recall after its last use, and nobody overrides it."""
    code, form, count = scale
    recorded(code, items(count, 0), form_code=form)
    clock.advance(hours=hours, minutes=-1)

    early = refused(code, items(count, 1), form_code=form)

    clock.advance(minutes=1)
    assert list(early) == ["answered_at"]
    assert "The next time is from" in early["answered_at"]
    assert recorded(code, items(count, 1), form_code=form) == 2


@sqlite_only
def test_d7_3_forms_wait_for_themselves_alone_and_backwards_too(refused, recorded, clock):
    recorded("MADRS", items(10, 1, _10=0))
    recorded("MADRS", items(10, 1, _10=0), form_code="24-hours")

    before = refused("MADRS", items(10, 1), at=clock.now - timedelta(days=2))
    future = refused("EPDS", items(10, 1), at=clock.now + timedelta(minutes=1))

    assert "too soon after this" in before["answered_at"]
    assert future == {"answered_at": "Enter a time that is not in the future."}


@sqlite_only
def test_nobody_sees_the_answers_of_another_clinic(work, somebody, stranger, course_id):
    with work(somebody):
        used(course_id, "EPDS", items(10, 3))

    with work(stranger):
        assert queries.histories_of(course_id) == []
        assert queries.open_safety() == []

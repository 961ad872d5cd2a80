"""This file is about drafts: private to their author, kept, replaced, thrown away, in no trail."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from clinic.core import drafts
from clinic.core.acting import Acting
from clinic.core.audit import AuditEvent
from clinic.core.db import db
from clinic.core.drafts import Draft
from tests.core.trial import HERE, THERE
from tests.databases import whole

SUBJECT = uuid.UUID("01950000-0000-7000-8000-00000000e001")
COLLEAGUE = Acting(uuid.UUID("01950000-0000-7000-8000-0000000000a2"), HERE.clinic_id, HERE.timezone)
KIND = "trial.sheet"


@pytest.fixture
def kept(work):
    with work(HERE):
        drafts.save(KIND, SUBJECT, {"typed": {"weight": "4,2"}})


def read(work, somebody):
    with work(somebody):
        draft = drafts.load(KIND, SUBJECT)
        return draft.content() if draft else None


def test_a_draft_comes_back_to_its_author_as_it_was_typed(work, kept):
    assert read(work, HERE) == {"typed": {"weight": "4,2"}}


def test_a_colleague_has_no_such_draft(work, kept):
    assert read(work, COLLEAGUE) is None


def test_a_colleague_is_told_that_it_is_there_and_not_what_stands_in_it(work, kept):
    with work(COLLEAGUE):
        (written,) = drafts.written_by_others(SUBJECT)

    assert (written.kind, written.author_id) == (KIND, HERE.actor_id)
    assert not hasattr(written, "body")


def test_nobody_is_told_of_a_draft_of_their_own(work, kept):
    with work(HERE):
        assert drafts.written_by_others(SUBJECT) == []


def test_the_other_clinic_neither_reads_it_nor_hears_of_it(work, kept):
    with work(THERE):
        assert drafts.load(KIND, SUBJECT) is None
        assert drafts.written_by_others(SUBJECT) == []


def test_saving_again_replaces_what_was_kept_and_its_age(work, kept, clock):
    clock.now += timedelta(minutes=7)

    with work(HERE):
        drafts.save(KIND, SUBJECT, {"typed": {}})

    with work(HERE):
        (draft,) = db.session.scalars(select(Draft)).all()
        assert draft.content() == {"typed": {}}
        assert draft.saved_at == clock.now


def test_whatever_a_person_can_type_is_kept(work):
    typed = {"typed": {"note": "\x00 \ud800 😀 ’"}}

    with work(HERE):
        drafts.save(KIND, SUBJECT, typed)

    assert read(work, HERE) == typed


def test_a_discarded_draft_is_gone_and_discarding_none_is_no_fault(work, kept):
    with work(HERE):
        drafts.discard(KIND, SUBJECT)
    with work(HERE):
        drafts.discard(KIND, SUBJECT)

    assert read(work, HERE) is None


def test_discarding_leaves_the_draft_of_a_colleague(work, kept):
    with work(COLLEAGUE):
        drafts.discard(KIND, SUBJECT)

    assert read(work, HERE) is not None


def test_no_draft_stands_in_the_trail(work, app, kept):
    with work(HERE):
        drafts.save(KIND, SUBJECT, {"typed": {"weight": "4.3"}})
        drafts.discard(KIND, SUBJECT)

    with whole(app) as database:
        bodies = database.scalars(select(AuditEvent.body)).all()
    assert bodies
    assert not any("weight" in body or "Draft" in body for body in bodies)

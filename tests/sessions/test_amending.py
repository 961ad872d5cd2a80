"""An amendment after the signature: a dated row beside what was signed, which changes nothing."""

import re
import uuid
from datetime import timedelta

import pymupdf
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from clinic.core.acting import act_as
from clinic.core.db import db, job, new_id
from clinic.core.errors import Conflict
from clinic.core.permissions import Role
from clinic.core.signatures import Proof, latest
from clinic.sessions import actions
from clinic.sessions.models import Amendment
from clinic.sessions.queries import amendments_of
from tests.clock import Clock
from tests.databases import WRITTEN_ONCE
from tests.desk import Desk
from tests.factories import PASSWORD, make_user
from tests.sessions.room import put, record, state

ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def note_id(desk: Desk, arrived: uuid.UUID) -> uuid.UUID:
    """A note of 09:10."""
    with desk.app.app_context(), act_as(desk.somebody), job():
        make_user(id=desk.somebody.actor_id, full_name="Aiko Kimura")
    entry_id = new_id()
    says = {"kind": "note", "text": "Glasses off", "effective_at": "2026-03-12T09:10:00+00:00"}
    assert put(desk, arrived, entry_id, **says).status_code == 201
    return entry_id


@pytest.fixture
def signed(desk: Desk, arrived: uuid.UUID, note_id: uuid.UUID, clock: Clock) -> uuid.UUID:
    """The session, left and signed at 09:10; a quarter of an hour later."""
    says = {"kind": "transition", "event": "left-against-advice", "text": "Baby unwell"}
    assert put(desk, arrived, effective_at=clock.now.isoformat(), **says).status_code == 201
    with desk.app.app_context(), act_as(desk.somebody), job():
        proof = Proof(desk.somebody.actor_id, "Aiko Kimura")
        actions.sign_discharge(
            arrived, left_at=None, would_have_been_ready_minutes=None, proof=proof
        )
    clock.now += timedelta(minutes=15)
    return arrived


def path(session_id: uuid.UUID, entry_id: uuid.UUID | None = None) -> str:
    within = f"/entries/{entry_id}" if entry_id else ""
    return f"/sessions/{session_id}{within}/amendment"


def sent(desk: Desk, session_id: uuid.UUID, entry_id: uuid.UUID | None = None, **typed: str):
    """Send the form as it is typed."""
    said = {"text": "Glasses on", "reason": "Wrong word", "password": PASSWORD, "id": str(new_id())}
    return desk.post(path(session_id, entry_id), **said | typed)


def plain(desk: Desk, address: str) -> str:
    """A page without its marks."""
    page = desk.get(address)
    assert page.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def test_it_stands_beside_the_entry_and_the_signature_stays_as_it_was(
    desk, signed, note_id, clock
) -> None:
    before = state(desk.app, desk.somebody, signed, clock.now)

    answer = sent(desk, signed, note_id)

    assert answer.status_code == 303, answer.text
    page = plain(desk, f"/sessions/{signed}")
    assert "Glasses off" in page
    assert "09:25 by Aiko Kimura: Glasses on , because Wrong word" in page
    assert "What was signed stands as it was; figures and times are those of the signed log" in page
    assert state(desk.app, desk.somebody, signed, clock.now) == before
    with record(desk.app, desk.somebody, signed):
        document = latest("discharge", signed)
        assert document is not None
        assert document.is_unchanged()


def test_the_database_refuses_to_change_or_remove_it_and_still_every_entry(
    desk, signed, note_id
) -> None:
    sent(desk, signed, note_id)

    for statement in ("UPDATE amendment SET text = 'x'", "DELETE FROM amendment"):
        with desk.app.app_context(), db.engine.connect() as connection:
            with pytest.raises(DatabaseError, match=WRITTEN_ONCE):
                connection.execute(text(statement))
            connection.rollback()
    refused = put(desk, signed, kind="note", text="More", effective_at="2026-03-12T09:10:00+00:00")
    assert refused.status_code == 409


@ON_ONE
def test_sent_twice_under_one_id_it_is_once_and_other_words_are_a_conflict(
    desk, signed, note_id
) -> None:
    one = str(new_id())

    answers = [sent(desk, signed, note_id, id=one).status_code for _ in range(2)]
    other = sent(desk, signed, note_id, id=one, text="Something else")

    assert answers == [303, 303]
    assert other.status_code == 409
    with record(desk.app, desk.somebody, signed):
        assert len(db.session.scalars(select(Amendment)).all()) == 1


@ON_ONE
def test_before_the_signature_an_entry_is_corrected_instead(desk, arrived, note_id) -> None:
    refused = sent(desk, arrived, note_id)

    assert refused.status_code == 409
    assert "not signed yet" in refused.text
    assert "not signed yet" in plain(desk, path(arrived, note_id))


@ON_ONE
def test_a_pin_signs_nothing_and_what_was_typed_is_kept(desk, signed, note_id) -> None:
    wrong = sent(desk, signed, note_id, password="4817")
    empty = sent(desk, signed, note_id, text="", reason="")

    assert (wrong.status_code, empty.status_code) == (422, 422)
    assert "Enter your own password to sign." in wrong.text
    assert "Glasses on" in wrong.text
    assert "Enter what is added or right." in empty.text
    assert "Enter why it is amended." in empty.text
    with record(desk.app, desk.somebody, signed):
        assert amendments_of([signed]) == {}


@ON_ONE
def test_a_therapist_cannot_and_an_entry_of_no_session_is_not_there(desk, signed, note_id) -> None:
    unknown = sent(desk, signed, new_id())
    desk.role = Role.THERAPIST
    therapist = sent(desk, signed, note_id)

    assert unknown.status_code == 404
    assert therapist.status_code == 403


@ON_ONE
def test_another_persons_proof_amends_nothing(desk, signed) -> None:
    with desk.app.app_context(), act_as(desk.somebody), pytest.raises(Conflict), job():
        actions.amend(
            signed,
            new_id(),
            entry_id=None,
            text="x",
            reason="y",
            proof=Proof(new_id(), "Somebody"),
        )


@ON_ONE
def test_the_session_as_a_whole_is_amended_and_paper_says_so(desk, signed, note_id) -> None:
    sent(desk, signed, text="Her sister took her home", reason="Left out")
    sent(desk, signed, note_id)

    page = plain(desk, f"/sessions/{signed}")
    pdf = desk.get(f"/sessions/{signed}/record.pdf")
    pages = pymupdf.open(stream=pdf.data, filetype="pdf")
    paper = " ".join("".join(one.get_text() for one in pages).split())

    assert "Her sister took her home , because Left out" in page
    assert "Amendments after the signature" in paper
    assert "The session as a whole Her sister took her home" in paper
    assert "Glasses off †" in paper
    assert "09:25 by Aiko Kimura" in paper

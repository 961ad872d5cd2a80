"""This file is about signing: the password once more, and a hash that fits one content alone."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from clinic.core.db import db
from clinic.core.errors import Unprocessable
from clinic.core.signatures import (
    DocumentVersion,
    latest,
    prove,
    reauthenticate_with,
    seal,
    sign,
)
from tests.conftest import Work
from tests.core.trial import HERE, PATIENT, THERE
from tests.databases import REFUSED, WRITTEN_ONCE

SUBJECT = PATIENT
RIGHT = "right"


@pytest.fixture
def app(app):
    """The application, for which one password is right."""
    reauthenticate_with(app, lambda password: password == "right")
    return app


def signed(text: str = "calm", password: str = RIGHT, **more) -> DocumentVersion:
    """Sign a discharge as the person who acts."""
    return sign(
        "discharge",
        SUBJECT,
        {"text": text, "a": "1"},
        patient_id=PATIENT,
        meaning="I discharge her",
        proof=prove(password, "Priya Nair"),
        **more,
    )


def test_a_signed_document_says_who_what_when_and_why(work: Work, clock) -> None:
    with work(HERE):
        signed()
    with work(HERE):
        document = latest("discharge", SUBJECT)

    assert document.content() == {"text": "calm", "a": "1"}
    assert document.body == '{"a":"1","text":"calm"}'
    assert (document.n, document.signed_by_id, document.signed_by_name) == (
        1,
        HERE.actor_id,
        "Priya Nair",
    )
    assert (document.signed_at, document.meaning) == (clock.now, "I discharge her")
    assert document.is_unchanged()


@pytest.mark.parametrize("password", ["", "wrong", "RIGHT", "right "])
def test_without_the_password_nothing_is_signed(password: str, work: Work) -> None:
    with work(HERE), pytest.raises(Unprocessable) as refused:
        signed(password=password)

    assert refused.value.fields == {"password": ["Enter your own password to sign."]}
    with work(HERE):
        assert latest("discharge", SUBJECT) is None


def test_an_amendment_is_a_new_version_that_names_the_old_one(work: Work) -> None:
    with work(HERE):
        first = signed()
        db.session.flush()
        second = signed("calm and awake", reason="A word was missing.")

    with work(HERE):
        assert (second.n, second.supersedes_id) == (2, first.id)
        assert latest("discharge", SUBJECT).id == second.id
        assert db.session.get(DocumentVersion, first.id).is_unchanged()


@pytest.mark.parametrize(
    "field",
    ["kind", "body", "meaning", "signed_by_name", "reason", "n", "signed_by_id", "patient_id"],
)
def test_a_signature_fits_nothing_else(field: str, work: Work) -> None:
    with work(HERE):
        document = signed()
        db.session.flush()
        db.session.expunge(document)

    setattr(document, field, THERE.actor_id if field.endswith("_id") else 7)

    assert not document.is_unchanged()


def test_a_signed_document_cannot_be_changed(work: Work) -> None:
    with work(HERE):
        signed()

    with pytest.raises(REFUSED, match=WRITTEN_ONCE), work(HERE):
        latest("discharge", SUBJECT).body = "{}"


def test_two_who_amend_at_the_same_time_do_not_both_win(work: Work) -> None:
    with work(HERE):
        first = signed()
        db.session.flush()
        twin = {
            column.key: getattr(first, column.key) for column in DocumentVersion.__table__.columns
        }
    twin["id"] = SUBJECT

    with pytest.raises(IntegrityError), work(HERE):
        db.session.add(DocumentVersion(**twin))


def test_another_clinic_sees_no_signature(work: Work) -> None:
    with work(HERE):
        signed()

    with work(THERE):
        assert latest("discharge", SUBJECT) is None
        assert db.session.scalars(select(DocumentVersion)).all() == []


def test_nobody_signs_with_another_persons_proof(work: Work) -> None:
    with work(THERE):
        theirs = prove("right", "Sam Ode")

    with work(HERE), pytest.raises(ValueError, match="another person's proof"):
        sign("discharge", SUBJECT, {}, patient_id=PATIENT, meaning="x", proof=theirs)


def test_a_line_break_does_not_move_words_from_one_part_to_another(work: Work) -> None:
    with work(HERE):
        one, other = signed(reason="a"), signed(reason="a")
        one.meaning, one.signed_by_name = "I discharge\nher", "Priya"
        other.meaning, other.signed_by_name = "I discharge", "her\nPriya"
        for document in (one, other):
            document.signed_by_id = None
            db.session.expunge(document)

    assert seal(one) != seal(other)

"""What was signed and then changed past the program shows its signature as broken, everywhere."""

import re
import uuid
from datetime import timedelta

import pymupdf
import pytest

from clinic.core.acting import act_as
from clinic.core.db import db, job, new_id
from clinic.core.permissions import Role
from clinic.core.signatures import Proof
from clinic.sessions import actions
from tests.clock import Clock
from tests.core.raw import intruder
from tests.desk import Desk
from tests.factories import make_user
from tests.sessions.room import put

ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
SIGNED = "Aiko Kimura, Thu 12 Mar 2026, 09:10, Europe/Dublin: “I have checked that she may leave"


@pytest.fixture
def signed(desk: Desk, arrived: uuid.UUID, clock: Clock) -> uuid.UUID:
    """A session with a note, left and signed; a quarter of an hour later."""
    with desk.app.app_context(), act_as(desk.somebody), job():
        make_user(id=desk.somebody.actor_id, full_name="Aiko Kimura")
    now = clock.now.isoformat()
    said = {"kind": "note", "text": "Glasses off", "effective_at": now}
    assert put(desk, arrived, new_id(), **said).status_code == 201
    says = {"kind": "transition", "event": "left-against-advice", "text": "Baby unwell"}
    assert put(desk, arrived, effective_at=now, **says).status_code == 201
    with desk.app.app_context(), act_as(desk.somebody), job():
        proof = Proof(desk.somebody.actor_id, "Aiko Kimura")
        actions.sign_discharge(
            arrived, left_at=None, would_have_been_ready_minutes=None, proof=proof
        )
    clock.now += timedelta(minutes=15)
    return arrived


def plain(desk: Desk, address: str) -> str:
    """A page without its marks."""
    page = desk.get(address)
    assert page.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def printed(desk: Desk, session_id: uuid.UUID) -> str:
    """The record of the session on paper, as text."""
    answer = desk.get(f"/sessions/{session_id}/record.pdf")
    assert answer.status_code == 200
    with pymupdf.open(stream=answer.data) as paper:
        return " ".join(" ".join(page.get_text() for page in paper).split())


def touch(desk: Desk, statement: str) -> None:
    """A change by somebody who has all rights of the database."""
    address = desk.app.config["SQLALCHEMY_DATABASE_URI"]
    with intruder(address, triggers=False) as connection:
        connection.execute(statement)
    with desk.app.app_context():
        db.engine.dispose()


@ON_ONE
def test_name_time_with_its_zone_and_meaning_stand_on_page_and_paper(desk, signed) -> None:
    """21 CFR 11.50: printed name, date and time, what it means, on each form people can read."""
    page, paper = plain(desk, f"/sessions/{signed}"), printed(desk, signed)

    assert SIGNED in page
    assert "signature is broken" not in page
    assert "Aiko Kimura, signed Thu 12 Mar 2026, 09:10, Europe/Dublin" in paper
    assert "“I have checked that she may leave" in paper
    assert "SIGNATURE BROKEN" not in paper


@ON_ONE
def test_an_entry_that_was_changed_after_the_signature_shows_it_as_broken(desk, signed) -> None:
    """21 CFR 11.70: the signature belongs to these entries and to no others."""
    touch(desk, "UPDATE entry SET detail = replace(detail, 'Glasses off', 'Glasses on')")

    page, paper = plain(desk, f"/sessions/{signed}"), printed(desk, signed)

    said = "f the signed log 1 entry was changed afterwards."
    assert f"The signature is broken. O{said}" in page
    assert "SIGNATURE BROKEN" in paper
    assert f"O{said}" in paper
    desk.role = Role.AUDITOR
    assert "SIGNATURE BROKEN: LOG IS NOT" in plain(desk, f"/sessions/{signed}/inspection")


@ON_ONE
def test_an_entry_that_was_taken_out_after_the_signature_is_counted(desk, signed) -> None:
    touch(desk, "DELETE FROM entry WHERE kind = 'note'")

    said = "Of the signed log 1 entry was taken out afterwards."
    assert said in plain(desk, f"/sessions/{signed}")


@ON_ONE
def test_a_signed_document_that_was_changed_shows_it_as_broken(desk, signed) -> None:
    touch(desk, "UPDATE document_version SET signed_by_name = 'Lea Fontaine'")

    said = "What was signed was changed afterwards."
    assert f"The signature is broken. {said}" in plain(desk, f"/sessions/{signed}")
    assert said in printed(desk, signed)


@ON_ONE
def test_unlocking_by_force_wipes_nothing_and_the_next_check_names_it(desk, signed) -> None:
    """The signature stays where it is; that the session was unlocked is a difference by itself."""
    touch(desk, "UPDATE treatment_session SET locked_at = NULL")

    output = desk.app.test_cli_runner().invoke(args=["audit", "verify"]).output

    assert "was edited past the program: locked_at [record-edited]" in output
    assert SIGNED in plain(desk, f"/sessions/{signed}")


def test_an_edited_entry_of_a_signed_session_is_named_by_the_verification(desk, signed) -> None:
    touch(desk, "UPDATE entry SET heart_rate = 1 WHERE kind = 'note'")

    output = desk.app.test_cli_runner().invoke(args=["audit", "verify"]).output

    assert "was edited past the program: heart_rate [record-edited]" in output
    assert f"discharge of {signed}, version 1, signed by Aiko Kimura" in output
    assert "of the signed log 1 entry was changed afterwards [signature-broken]" in output

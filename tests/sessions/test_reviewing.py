"""A signed session is reviewed by a psychiatrist; what is added later opens it again."""

import re
import uuid
from datetime import timedelta

import pytest

from clinic.core.acting import act_as
from clinic.core.db import job, new_id
from clinic.core.permissions import Role
from clinic.core.signatures import Proof
from clinic.sessions import actions
from clinic.sessions.queries import reviews_of, unreviewed, unreviewed_count
from clinic.sessions.rules.reviewing import Review, Reviewed, reviewing_refused
from tests.clock import Clock
from tests.desk import Desk
from tests.factories import PASSWORD, make_user
from tests.sessions.room import put

ON_ONE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def left(desk: Desk, arrived: uuid.UUID, clock: Clock) -> uuid.UUID:
    """A session that ended before any dose; nobody has signed it."""
    with desk.app.app_context(), act_as(desk.somebody), job():
        make_user(id=desk.somebody.actor_id, full_name="Aiko Kimura")
    says = {"kind": "transition", "event": "left-against-advice", "text": "Baby unwell"}
    assert put(desk, arrived, effective_at=clock.now.isoformat(), **says).status_code == 201
    return arrived


@pytest.fixture
def signed(desk: Desk, left: uuid.UUID, clock: Clock) -> uuid.UUID:
    """The same session a quarter of an hour after its signature."""
    with desk.app.app_context(), act_as(desk.somebody), job():
        actions.sign_discharge(
            left, left_at=None, would_have_been_ready_minutes=None, proof=proof_of(desk)
        )
    clock.now += timedelta(minutes=15)
    return left


def proof_of(desk: Desk) -> Proof:
    return Proof(desk.somebody.actor_id, "Aiko Kimura")


def review_page(desk: Desk, session_id: uuid.UUID, **typed: str):
    said = {"seen": "0", "password": PASSWORD}
    return desk.post(f"/sessions/{session_id}/review", **said | typed)


def amend(desk: Desk, session_id: uuid.UUID) -> None:
    with desk.app.app_context(), act_as(desk.somebody), job():
        words = {"entry_id": None, "text": "Glasses on", "reason": "Left out"}
        actions.amend(session_id, new_id(), proof=proof_of(desk), **words)


def waiting(desk: Desk) -> list[uuid.UUID]:
    with desk.app.app_context(), act_as(desk.somebody):
        found = [one.session.id for one in unreviewed(10)]
        assert unreviewed_count() == len(found)
        return found


def plain(desk: Desk, address: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", desk.get(address).text).split())


def test_a_review_counts_while_nothing_was_added_since() -> None:
    reviewed = Reviewed(uuid.UUID(int=1), None, 2)

    assert (Review(2).is_done, Review(2).is_again) == (False, False)
    assert (Review(2, reviewed).is_done, Review(2, reviewed).is_again) == (True, False)
    assert (Review(3, reviewed).is_done, Review(3, reviewed).is_again) == (False, True)


def test_a_review_is_refused_before_the_signature_and_on_another_record() -> None:
    assert "not signed" in reviewing_refused(None, 0)
    assert "changed while you read" in reviewing_refused(Review(1), 0)
    assert reviewing_refused(Review(1), 1) is None


def test_a_signed_session_waits_until_a_psychiatrist_reviews_it(desk, signed, clock) -> None:
    desk.role = Role.PSYCHIATRIST
    assert waiting(desk) == [signed]
    assert "To review" in plain(desk, f"/sessions/{signed}")
    assert "Sessions to review" in desk.get("/board").text

    answer = review_page(desk, signed)

    assert answer.status_code == 303, answer.text
    assert waiting(desk) == []
    assert f"Reviewed by Aiko Kimura , Thu 12 Mar 2026, {clock.now:%H:%M}" in plain(
        desk, f"/sessions/{signed}"
    )
    assert "Sessions to review" not in desk.get("/board").text


def test_an_amendment_opens_a_reviewed_session_again(desk, signed) -> None:
    desk.role = Role.PSYCHIATRIST
    review_page(desk, signed)

    amend(desk, signed)

    assert waiting(desk) == [signed]
    assert "To review again" in plain(desk, f"/sessions/{signed}")
    assert "Something was added after the review" in plain(desk, f"/sessions/{signed}/review")
    assert review_page(desk, signed, seen="1").status_code == 303
    assert waiting(desk) == []


@ON_ONE
def test_a_page_read_before_an_amendment_reviews_nothing(desk, signed) -> None:
    desk.role = Role.PSYCHIATRIST
    amend(desk, signed)

    refused = review_page(desk, signed)

    assert refused.status_code == 409
    assert "The record of this session changed while you read it." in refused.text
    assert 'name="seen" value="1"' in refused.text
    assert waiting(desk) == [signed]


@ON_ONE
def test_the_same_review_twice_is_one(desk, signed) -> None:
    desk.role = Role.PSYCHIATRIST

    assert [review_page(desk, signed).status_code for _ in range(2)] == [303, 303]
    with desk.app.app_context(), act_as(desk.somebody):
        assert reviews_of([signed])[signed].is_done


@ON_ONE
def test_a_session_that_is_not_signed_is_not_reviewed(desk, left) -> None:
    desk.role = Role.PSYCHIATRIST

    assert waiting(desk) == []
    assert review_page(desk, left).status_code == 409
    assert "not signed yet" in plain(desk, f"/sessions/{left}/review")


@ON_ONE
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"password": ""}, "Enter your password to sign."),
        ({"password": "wrong"}, "Enter your own password to sign."),
        ({"seen": ""}, "read it again"),
    ],
)
def test_a_review_needs_the_password_and_what_was_read(desk, signed, typed, words) -> None:
    desk.role = Role.PSYCHIATRIST

    refused = review_page(desk, signed, **typed)

    assert (refused.status_code, words in refused.text) == (422, True)
    assert waiting(desk) == [signed]


@ON_ONE
def test_a_nurse_sees_whether_it_was_reviewed_and_reviews_nothing(desk, signed) -> None:
    page = desk.get(f"/sessions/{signed}").text

    assert "No psychiatrist has reviewed this session yet." in page
    assert "Review this session" not in page
    assert review_page(desk, signed).status_code == 403
    assert "Sessions to review" not in desk.get("/board").text


@ON_ONE
def test_another_clinic_finds_no_session_to_review(desk, signed, stranger) -> None:
    desk.role, desk.somebody = Role.PSYCHIATRIST, stranger

    assert desk.get(f"/sessions/{signed}/review").status_code == 404
    assert waiting(desk) == []

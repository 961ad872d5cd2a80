"""This file is about the one transaction of a request: "saved" is said after COMMIT or never."""

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from clinic.core import audit
from clinic.core.acting import act_as
from clinic.core.db import apart, db
from tests.conftest import Work
from tests.core.trail import events
from tests.core.trial import HERE, Ward


def names(work: Work) -> set[str]:
    with work(HERE):
        return set(db.session.scalars(select(Ward.name)))


@pytest.mark.parametrize(("ending", "status"), [("well", 201), ("away", 303)])
def test_an_answer_that_accepts_commits(ending: str, status: int, nurse, work: Work) -> None:
    response = nurse.post(f"/trial/write/{ending}")

    assert response.status_code == status
    assert names(work) == {"mine", ending}


REFUSALS = {
    "refused": 422,
    "aborted": 404,
    "failing": 500,
    "clashing": 409,
    "misfitting": 422,
    "null": 500,
    "double": 409,
    "inside": 500,
}


@pytest.mark.parametrize("ending", REFUSALS)
def test_an_answer_that_refuses_leaves_nothing(ending: str, app, nurse, work: Work) -> None:
    before = events(app)

    response = nurse.post(f"/trial/write/{ending}")

    assert response.status_code == REFUSALS[ending]
    assert names(work) == {"mine"}
    assert events(app) == before


def fail_at_commit(app) -> None:
    """From now on the disk is full when a transaction ends."""
    with app.app_context():
        engine = db.engine

    @event.listens_for(engine, "commit")
    def refuse(_connection) -> None:
        raise OperationalError("COMMIT", {}, Exception("database or disk is full"))


@pytest.mark.parametrize("headers", [{}, {"Accept": "application/json"}])
def test_a_commit_that_fails_is_never_called_saved(headers, app, nurse) -> None:
    token = nurse.token()
    fail_at_commit(app)

    response = nurse.client.post(
        "/trial/write/well", headers=nurse.headers | headers | {"X-CSRFToken": token}
    )

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert "The server cannot save now. Nothing was lost" in response.text
    assert "disk is full" not in response.text


def test_the_commit_has_returned_before_the_answer_goes_out(app, nurse) -> None:
    order = []
    with app.app_context():
        engine = db.engine
    event.listen(engine, "commit", lambda _: order.append("commit"))
    app.after_request(lambda response: order.append("answer") or response)

    nurse.post("/trial/write/well")

    assert order[-2:] == ["commit", "answer"]


def test_what_the_gate_read_is_not_the_transaction_of_the_view(app, nurse) -> None:
    with app.app_context(), act_as(HERE):
        ward = db.session.scalars(select(Ward)).one()

    response = nurse.post(f"/trial/wards/{ward.id}/rename", name="renamed")

    assert (response.status_code, response.text) == (200, "saved")


def test_a_page_that_is_only_looked_at_changes_nothing(app, nurse, work: Work) -> None:
    before = events(app)

    response = nurse.get("/trial/wards/write")

    assert response.status_code == 500
    assert names(work) == {"mine"}
    assert events(app) == before


def test_a_transaction_apart_stays_although_the_main_one_is_rolled_back(app) -> None:
    before = len(events(app))

    with app.app_context(), act_as(HERE):
        with apart() as trail:
            audit.note(trail, "refuse", "view")
        db.session.add(Ward(name="gone"))
        db.session.rollback()

    assert [event["action"] for event in events(app)[before:]] == ["refuse"]


def test_a_transaction_apart_inside_the_main_one_is_refused(work: Work) -> None:
    with work(HERE):
        db.session.add(Ward(name="open"))
        db.session.flush()
        with pytest.raises(RuntimeError, match="inside the main transaction"), apart():
            pass


def export_by_halves() -> None:
    with apart() as trail:
        audit.note(trail, "export", "half")
        raise ZeroDivisionError


def test_a_transaction_apart_that_fails_leaves_nothing(app) -> None:
    before = events(app)

    with app.app_context(), act_as(HERE), pytest.raises(ZeroDivisionError):
        export_by_halves()

    assert events(app) == before

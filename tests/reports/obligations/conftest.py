"""This file is about who there is: a nurse, and the session of this morning, until she leaves."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest

from clinic.core.acting import act_as
from clinic.core.db import job
from clinic.core.signatures import Proof, reauthenticate_with
from clinic.reports.actions.obligations import switch_form
from clinic.sessions import actions
from tests.clock import Clock
from tests.desk import Desk, desk, somebody, stranger
from tests.factories import make_user
from tests.reports.obligations.made import FORM
from tests.sessions.conftest import session_id
from tests.sessions.leaving import moment, observed, tell

__all__ = ["desk", "observed", "session_id", "somebody", "stranger", "tell"]
ADDRESS = {f"setting-{part}": "Made up" for part in ("address-1", "city", "state", "zip")}


@pytest.fixture
def switched_on(desk: Desk) -> None:
    """The clinic fills the form; the nurse is called Aiko Kimura."""

    def switch() -> None:
        with desk.app.app_context(), act_as(desk.somebody), job():
            make_user(id=desk.somebody.actor_id, full_name="Aiko Kimura")
            switch_form(FORM, on=True, labels={}, values=ADDRESS)

    desk.reach("form switched on", switch)


@pytest.fixture
def before_leaving(
    desk: Desk, switched_on: None, observed: None, session_id: uuid.UUID
) -> uuid.UUID:
    """Everything is measured and asked; she is still here, and it is 11:31."""
    return session_id


@pytest.fixture
def signed(
    desk: Desk, before_leaving: uuid.UUID, clock: Clock, tell: Callable[..., None]
) -> uuid.UUID:
    """She left at 11:40, signed at once; it is 12:40."""

    def sign() -> None:
        clock.now = moment("11:40")
        with desk.app.app_context(), act_as(desk.somebody), job():
            actions.sign_discharge(
                before_leaving,
                left_at=clock.now,
                would_have_been_ready_minutes=105,
                proof=Proof(desk.somebody.actor_id, "Aiko Kimura"),
            )

    desk.reach(("signed", before_leaving), sign)
    clock.now = moment("11:40") + timedelta(hours=1)
    reauthenticate_with(desk.app, lambda password: password == "right")
    return before_leaving

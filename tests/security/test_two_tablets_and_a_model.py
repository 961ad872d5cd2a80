"""This file is about the log of a session under any order of acts, held against a small model.

Two tablets write, send, lose the answer and send again, correct each other, reuse an id, change
places with the other person, and at some moment the session is signed.
"""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from clinic.core.acting import act_as
from clinic.core.db import db, job, new_id
from clinic.core.signatures import Proof
from clinic.sessions import actions
from clinic.sessions.models import LogEntry
from tests.clock import Clock
from tests.desk import Desk
from tests.sessions.room import planned_session, put, record

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
TEN = datetime(2026, 3, 12, 10, 0, tzinfo=UTC)
HOW = settings(
    max_examples=6,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
tablets = st.integers(0, 1)
words = st.text(st.characters(codec="utf-8", categories=("L", "N", "S")), min_size=1, max_size=20)
Sent = dict[str, Any]


class TwoTablets(RuleBasedStateMachine):
    """`kept`: what waits on each tablet, in order. `known`: what the server said it has."""

    desk: Desk
    clock: Clock
    signatures: list[uuid.UUID]

    def __init__(self) -> None:
        super().__init__()
        self.kept: tuple[list[tuple[uuid.UUID, Sent]], ...] = ([], [])
        self.known: dict[uuid.UUID, Sent] = {}
        self.signed, self.acts = False, 0
        self.clock.now = TEN
        number = uuid.uuid4().hex[:12].upper()
        self.session_id = planned_session(self.desk.app, self.desk.somebody, TEN, number=number)
        self.log("transition", event="checked-in", text="Known by name and date of birth")

    def log(self, kind: str, **said: Any) -> None:
        """At once, whatever waits."""
        self.write(0, kind, said)
        self.deliver(*self.kept[0].pop())

    def write(self, tablet: int, kind: str, said: Sent) -> None:
        """Keep an entry on a tablet; its minute is its own."""
        self.acts += 1
        self.clock.now = TEN + timedelta(minutes=self.acts)
        entry = {"kind": kind, "effective_at": self.clock.now.isoformat()} | said
        self.kept[tablet].append((new_id(), entry))

    @rule(tablet=tablets, text=words)
    def write_a_note(self, tablet: int, text: str) -> None:
        """Somebody types."""
        self.write(tablet, "note", {"text": text})

    @rule(tablet=tablets, systolic=st.integers(90, 139))
    def write_a_reading(self, tablet: int, systolic: int) -> None:
        """Somebody measures."""
        self.write(tablet, "observation", {"systolic": systolic, "diastolic": 75})

    @rule(tablet=tablets, which=st.integers(0, 50), text=words)
    def write_a_correction(self, tablet: int, which: int, text: str) -> None:
        """Of a note that the server has; somebody else may have corrected it."""
        notes = [one for one, said in self.known.items() if said["kind"] == "note"]
        if notes:
            said = {"text": text, "corrects_id": str(notes[which % len(notes)]), "reason": "typo"}
            self.write(tablet, "note", said)

    @rule(tablet=tablets)
    def send(self, tablet: int) -> None:
        """The oldest entry of a tablet; what was refused is put aside."""
        if self.kept[tablet]:
            self.deliver(*self.kept[tablet].pop(0))

    @rule(tablet=tablets)
    def send_and_hear_nothing(self, tablet: int) -> None:
        """The answer is lost: the entry stays on the tablet, and will be sent again."""
        if self.kept[tablet]:
            self.deliver(*self.kept[tablet][0])

    @rule(which=st.integers(0, 50), text=words)
    def use_an_id_again(self, which: int, text: str) -> None:
        """With other content than the server has under it."""
        known = list(self.known)[which % len(self.known)]
        other = {"kind": "note", "effective_at": TEN.isoformat(), "text": text + "!"}
        assert put(self.desk, self.session_id, known, **other).status_code == 409

    @rule()
    def sign(self) -> None:
        """She leaves against advice; the session is signed and shut."""
        if self.signed or self.acts < 8:
            return
        self.log("transition", event="left-against-advice", text="Has to go")
        with self.desk.app.app_context(), act_as(self.desk.somebody), job():
            actions.sign_discharge(
                self.session_id,
                left_at=None,
                would_have_been_ready_minutes=None,
                proof=Proof(self.desk.somebody.actor_id, "Aiko Kimura"),
            )
        self.signed = True
        self.signatures.append(self.session_id)

    def deliver(self, entry_id: uuid.UUID, said: Sent) -> None:
        """What the server answers is what the model expects, whatever came before."""
        answer = put(self.desk, self.session_id, entry_id, **said)
        assert answer.status_code == self.expected(entry_id, said), answer.text
        if answer.status_code == 201:
            self.known[entry_id] = said

    def expected(self, entry_id: uuid.UUID, said: Sent) -> int:
        """A repeat is harmless, also of a signed session; nothing new gets in after a signature;
        the second correction of an entry waits for a person."""
        if entry_id in self.known:
            return 200
        corrected = {one.get("corrects_id") for one in self.known.values()} - {None}
        return 409 if self.signed or said.get("corrects_id") in corrected else 201

    @invariant()
    def the_log_is_what_was_acknowledged_once_each_in_order(self) -> None:
        """No entry is lost, doubled, changed or out of order."""
        with record(self.desk.app, self.desk.somebody, self.session_id):
            mine = LogEntry.session_id == self.session_id
            rows = list(db.session.scalars(select(LogEntry).where(mine).order_by(LogEntry.log_seq)))
            assert [row.id for row in rows] == list(self.known)
            for row in rows:
                said = self.known[row.id]
                assert row.effective_at == datetime.fromisoformat(said["effective_at"])
                assert row.systolic == said.get("systolic")


def test_any_order_of_two_tablets_loses_doubles_and_changes_nothing(
    desk: Desk, clock: Clock
) -> None:
    """Corrections, lost answers, reused ids, a signature in between (A33)."""
    machine = type("Machine", (TwoTablets,), {"desk": desk, "clock": clock, "signatures": []})

    run_state_machine_as_test(machine, settings=HOW)

    assert machine.signatures, "in some of the orders the session was signed"

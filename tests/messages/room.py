"""This file is about sending in tests: who puts messages to whom, and when they are delivered."""

import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import select

from clinic.core import clock
from clinic.core.acting import Acting, act_as
from clinic.core.db import db
from clinic.messages.actions import deliver, put_message
from clinic.messages.models import Message
from clinic.patients.models import Patient

WORDS = "You have a message. It is private and opens here: https://clinic.example/a/TOKEN"


@dataclass(frozen=True)
class Post:
    """A clinic that writes to Maya."""

    app: Flask
    somebody: Acting
    patient_id: uuid.UUID
    work: Callable[[Acting], AbstractContextManager[None]]

    def put(self, key: str = "link:1", **given: Any) -> uuid.UUID:
        """Put a message to her, in a transaction of its own; says its id."""
        about = {"key": key, "patient_id": self.patient_id, "purpose": "link", "text": WORDS}
        with self.work(self.somebody):
            return put_message(**about | given).id

    def set_her(self, **values: Any) -> None:
        """Change what is written down of her."""
        with self.work(self.somebody):
            patient = db.session.get_one(Patient, self.patient_id)
            for name, value in values.items():
                setattr(patient, name, value)

    def deliver(self) -> int:
        """Deliver what is due now."""
        with self.app.app_context(), act_as(self.somebody):
            return deliver(clock.now())

    @property
    def rows(self) -> list[Message]:
        """The messages as they stand, oldest first."""
        with self.app.app_context(), act_as(self.somebody):
            found = select(Message).order_by(Message.put_at, Message.key)
            rows = list(db.session.scalars(found))
            db.session.expunge_all()
            return rows

"""This file is about how things stand for one clinic: its messages, its trail, its keys."""

from datetime import datetime, timedelta

from cryptography.fernet import InvalidToken
from flask import current_app
from sqlalchemy import func, select

from clinic.accounts.queries.trail import last_check
from clinic.core import clock
from clinic.core.audit import reading, unmasked
from clinic.core.audit.reading import Search
from clinic.core.db import db
from clinic.messages.models import Message
from clinic.messages.queries.messages import can_send
from clinic.messages.rules import Channel, State
from clinic.operations.queries.backup_key import NoKey, key_in
from clinic.operations.rules import health
from clinic.operations.rules.health import Line

A_DAY = timedelta(days=1)
LOOKED_AT = 500  # events, for one with an encrypted value
WAYS = {Channel.EMAIL: "e-mail", Channel.SMS: "text messages"}


def lines_of_clinic() -> list[Line]:
    """How it stands for the clinic somebody acts for."""
    return [messages(clock.now()), trail(clock.now()), health.keys(faults_of_keys())]


def newest_written() -> datetime | None:
    """The moment of the newest event of the acting clinic's trail."""
    found = reading.newest_first(Search(), most=1).events
    return found[0].at if found else None


def messages(now: datetime) -> Line:
    """Whether what should go out goes out."""
    waiting = select(func.count(), func.min(Message.not_before_at)).select_from(Message)
    due = waiting.where(Message.state == State.WAITING, Message.not_before_at <= now)
    count, oldest_at = db.session.execute(due).one()
    lately = Message.not_before_at > now - A_DAY
    failed = waiting.where(Message.state == State.FAILED, lately)
    ways = [word for channel, word in WAYS.items() if can_send(channel)]
    oldest = now - oldest_at if count else None
    return health.mail(ways, count, oldest, db.session.execute(failed).one()[0])


def trail(now: datetime) -> Line:
    """How the trail was last found."""
    last = last_check()
    if last is None:
        return health.trail(None, now, whole=True)
    why = str(last.detail.get("why", ""))
    return health.trail(last.at, now, whole=bool(last.detail["whole"]), why=why)


def faults_of_keys() -> list[str]:
    """What is wrong with the keys, a sentence each."""
    faults = []
    if current_app.config.get("BACKUP_FOLDER"):
        try:
            key_in(current_app.config.get("BACKUP_KEY"))
        except NoKey as fault:
            faults.append(str(fault))
    if not opens_the_trail():
        faults.append("CLINIC_SECRET_KEY does not open what the trail keeps encrypted.")
    return faults


def opens_the_trail() -> bool:
    """Whether the newest encrypted value of the trail can be read; yes, where there is none."""
    for event in reading.newest_first(Search(), most=LOOKED_AT).events:
        for values in event.detail.values():
            for value in values if isinstance(values, list) else ():
                if isinstance(value, str) and value.startswith("enc:"):
                    return can_read(value)
    return True


def can_read(value: str) -> bool:
    """Whether an encrypted value of the trail can be read."""
    try:
        unmasked(value)
    except InvalidToken:
        return False
    return True

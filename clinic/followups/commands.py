"""This file is about the operator's door to what falls due by itself: `flask tick`."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from clinic.accounts.models import Clinic
from clinic.core import clock
from clinic.core.acting import Acting, act_as
from clinic.core.db import apart, job
from clinic.followups import actions
from clinic.messages.actions import deliver

Work = Callable[[Acting], str | None]


@click.command("tick")
@with_appcontext
def tick() -> None:
    """Put what is due in every clinic, and send it. Run it every minute; twice does no harm.

    Links that the protocol plans, reminders, whom to tell of an answer nobody responded to. Exits 1
    when a clinic could not be finished; the others are.
    """
    failed = False
    for code, somebody in clinics():
        try:
            click.echo(f"{code}: {run(somebody)}")
        except Exception:
            current_app.logger.exception("tick: %s could not be finished", code)
            click.echo(f"{code}: not finished, see the log", err=True)
            failed = True
    if failed:
        raise SystemExit(1)


def clinics() -> list[tuple[str, Acting]]:
    """(short name, the clinic at work by itself) for every clinic."""
    with apart(write=False) as session:
        found = session.execute(select(Clinic.code, Clinic.id, Clinic.timezone)).all()
    return [(code, Acting(key, key, ZoneInfo(zone))) for code, key, zone in sorted(found)]


def run(somebody: Acting) -> str:
    """One clinic: put what is due, then hand it over outside of any transaction.

    Whom to tell of an answer comes first and goes out first, whatever happens to the rest.
    """
    done = actions.Done()
    with act_as(somebody):
        for put in (actions.tell_people, actions.ask_her):
            with job():
                put(done, clock.now())
            done.sent += deliver(clock.now())
    more = [words for work in registered() if (words := work(somebody))]
    return ", ".join([done.words, *more])


def add_to_tick(app: Flask, name: str, work: Work) -> None:
    """Let a later room do what falls due in it for a clinic, after everything urgent.

    Nobody acts yet and no transaction is open. It says in words what it did; None: nothing.
    """
    app.extensions.setdefault("clinic.tick", {})[name] = work


def registered() -> list[Work]:
    """What later rooms do."""
    return list(current_app.extensions.get("clinic.tick", {}).values())

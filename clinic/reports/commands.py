"""This file is about the operator's doors to exports: `flask worker`, and its share of the tick."""

import os
import signal
import time
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from clinic.core import clock
from clinic.core.acting import Acting, act_as
from clinic.followups.commands import clinics
from clinic.reports import actions

PAUSE = 1.0  # seconds
A_MINUTE_AT_MOST = timedelta(seconds=45)


@click.command("worker")
@click.option("--once", is_flag=True, help="End when nothing waits.")
@click.option("--while-parent-lives", is_flag=True, help="End with the program that started it.")
@with_appcontext
def worker(*, once: bool, while_parent_lives: bool) -> None:
    """Make the files of exports that were ordered, one after the other.

    Several may run. One that is stopped, or killed, loses nothing: another, or the next one, takes
    its file up again.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    parent = os.getppid()
    while not while_parent_lives or os.getppid() == parent:
        if not work_off() and once:
            return
        time.sleep(PAUSE)


def stop(_number: int, _frame: Any) -> None:
    """Go home at once; what was begun goes back into the queue."""
    raise SystemExit(0)


def work_off() -> int:
    """One file of each clinic; how many were claimed."""
    claimed = 0
    for code, somebody in clinics():
        try:
            done = make_next(somebody)
        except Exception:
            current_app.logger.exception("worker: %s", code)
            continue
        if done is not None:
            claimed += 1
            click.echo(f"{code}: {'an export is ready' if done else 'an export was not made'}")
    return claimed


def make_next(somebody: Acting, until: datetime | None = None) -> bool | None:
    """Make the next file of a clinic, as the person who ordered it; None: nothing waits."""
    with act_as(somebody):
        claim = actions.claim_next()
    if claim is None:
        return None
    with act_as(replace(somebody, actor_id=claim.person_id)):
        return actions.make(claim, until)


def tick(somebody: Acting) -> str | None:
    """Delete what has expired; make what still waits although nobody took it up."""
    with act_as(somebody):
        deleted = actions.delete_expired(clock.now())
        actions.clear_what_is_left()
    until, made = clock.now() + A_MINUTE_AT_MOST, 0
    while clock.now() < until and (done := make_next(somebody, until)) is not None:
        made += done
    words = [counted(made, "export", "made"), counted(deleted, "file", "deleted")]
    return ", ".join(filter(None, words)) or None


def counted(number: int, thing: str, what: str) -> str:
    """`2 files deleted`; nothing of none."""
    return f"{number} {thing}{'s' * (number != 1)} {what}" if number else ""

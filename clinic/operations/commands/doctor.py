"""This file is about `flask doctor`: how the installation stands, said at the terminal."""

import sys
from collections.abc import Iterator
from smtplib import SMTPException
from urllib.parse import urlsplit

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from clinic.core.acting import act_as
from clinic.core.db import apart
from clinic.core.verify import Break, verify
from clinic.followups.commands import clinics
from clinic.messages.actions.carriers import connected
from clinic.operations.queries import health
from clinic.operations.rules.health import Line, State, good, worst

MARKS = {State.GOOD: "good", State.LOOK: "LOOK", State.BAD: "BAD "}


@click.command("doctor")
@click.option("--quick", is_flag=True, help="Do not walk the trail, try no mail server.")
@with_appcontext
def doctor(*, quick: bool) -> None:
    """Say how the installation stands, and what to do where it does not. Exits 1 when it does not.

    A line marked LOOK can wait for a day; one marked BAD cannot.
    """
    lines = []
    for line in examined(quick=quick):
        lines.append(line)
        click.echo(f"{MARKS[line.state]}  {line.name}: {line.says}")
        if line.do:
            click.echo(f"      {line.do}")
    sys.exit(1 if worst(lines) is State.BAD else 0)


def examined(*, quick: bool) -> Iterator[Line]:
    """Every line, each as soon as it is known."""
    try:
        there, newest = clinics(), None
        of_clinics = []
        for code, somebody in there:
            with act_as(somebody):
                found = health.newest_written()
                newest = max(filter(None, (newest, found)), default=None)
                of_clinics += [(code, line) for line in health.lines_of_clinic()]
        yield from health.lines_of_server(newest)
    except DBAPIError as fault:
        does = "Start the database; look at CLINIC_DATABASE_URI; was `flask db upgrade` run?"
        yield Line(
            "Database", State.BAD, f"It does not answer ({type(fault.orig).__name__}).", does
        )
        return
    for code, line in of_clinics:
        yield Line(f"{line.name} of {code}", line.state, line.says, line.do)
    if not quick:
        yield from (whole_trail(), mail_server())


def whole_trail() -> Line:
    """Every chain from its first event."""
    name = "Whole trail"
    with apart(write=False) as session:
        found = list(verify(session.connection()))
    breaks = [one for one in found if isinstance(one, Break)]
    if breaks:
        do = "Run `flask audit verify`, and follow the chapter on incidents."
        return Line(name, State.BAD, f"BROKEN in {len(breaks)} chain(s): {breaks[0].text}", do)
    return good(name, f"{len(found)} chain(s) hold from the first event to the last.")


def mail_server() -> Line:
    """Whether the mail server lets us in."""
    name, place = "Mail server", current_app.config["SMTP_URL"]
    if not place:
        return good(name, "None is set.")
    try:
        with connected(urlsplit(place)):
            return good(name, "It lets us in.")
    except (OSError, SMTPException) as fault:
        says = f"It does not let us in ({type(fault).__name__})."
        return Line(name, State.BAD, says, "Look at CLINIC_SMTP_URL, and ask who runs it.")

"""This file is about publishing protocols from the terminal."""

from zoneinfo import ZoneInfo

import click
from flask.cli import AppGroup

from clinic.accounts import queries as accounts
from clinic.core.acting import Acting, act_as
from clinic.core.db import db, job
from clinic.core.errors import DomainError
from clinic.protocols import actions
from clinic.protocols.library import library_protocols

protocols = AppGroup("protocols", help="Treatment protocols: what is shipped, what is in force.")


@protocols.command("library")
def list_library() -> None:
    """What the program ships: code, title, status."""
    for protocol in library_protocols().values():
        click.echo(f"{protocol.code:28} {protocol.title} ({protocol.status})")


@protocols.command("publish")
@click.argument("code")
@click.option("--clinic", "clinic_code", required=True, help="Short name of the clinic.")
@click.option("--by", "email", required=True, help="E-mail address of who publishes it.")
def publish(code: str, clinic_code: str, email: str) -> None:
    """Put the shipped protocol CODE in force in a clinic, as its next version."""
    try:
        with act_as(publisher(clinic_code, email)), job():
            version = actions.publish_from_library(code)
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{version.code} version {version.n} is in force, sha256 {version.digest}")


def publisher(clinic_code: str, email: str) -> Acting:
    """The person who answers for a version. Raises ClickException for somebody who is not there."""
    clinic = accounts.clinic_by_code(clinic_code)
    person = accounts.user_by_email(db.session(), email.strip().lower())
    if clinic is None:
        raise click.ClickException(f"There is no clinic {clinic_code!r}.")
    member = person and accounts.membership_of(person.id, clinic.id)
    if person is None or not member or not member.is_active or not person.active:
        raise click.ClickException(f"Nobody with the address {email!r} works in {clinic.name}.")
    return Acting(person.id, clinic.id, ZoneInfo(clinic.timezone))

"""This file is about `flask demo load`."""

import sys

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from clinic.accounts.models import Clinic, User
from clinic.core.db import apart
from clinic.demo.actions import load_demo, load_link
from clinic.demo.rules.cast import CLINICS, PASSWORD, PIN, STAFF
from clinic.demo.rules.past import MOST

USUAL = 40

demo = AppGroup("demo", help="Invented people and sessions, relative to this moment.")


@demo.command("load")
@click.option(
    "--courses",
    type=click.IntRange(0, MOST),
    default=USUAL,
    show_default=True,
    help="How many courses that are over.",
)
def load(courses: int) -> None:
    """Load the demonstration, or add fresh running sessions when the old ones are over.

    Its password is public: refused where a clinic of yours has its records.
    """
    refuse_beside_real_records()
    load_demo(courses, click.echo)
    click.echo("\nSign in with one of these; the password is always the same: " + PASSWORD)
    for role, email in sign_ins():
        click.echo(f"  {role:14} {email}")
    click.echo(
        f"On a shared tablet everybody's PIN is {PIN}; the administrator enrols it: Tablets."
    )
    if hers := load_link():
        click.echo(f"Her phone, a private link to {hers.mother} (born {hers.born_on}): {hers.url}")


def sign_ins() -> list[tuple[str, str]]:
    """One address for each role."""
    first: dict[str, str] = {}
    for person in STAFF:
        for _, role in person.places:
            first.setdefault(role, person.email)
    return list(first.items())


def refuse_beside_real_records() -> None:
    """Stop when the database holds a clinic that is not the demo's, or an older demo."""
    with apart(write=False) as session:
        clinics = set(session.scalars(select(Clinic.code)))
        people = set(session.scalars(select(User.email)))
    others = clinics - {clinic.code for clinic in CLINICS}
    if others and not current_app.config["DEMO"]:
        click.echo("This database holds a clinic's own records; the demo is not loaded here.")
        sys.exit(1)
    if clinics - others and not people.issuperset(person.email for person in STAFF):
        click.echo("This demo was loaded by an older version. Start it over with: make demo-reset")
        sys.exit(1)

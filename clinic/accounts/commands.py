"""This file is about the operator's door to accounts: `flask user ...`."""

import sys
import uuid
from collections.abc import Callable
from zoneinfo import ZoneInfo

import click
from click.core import ParameterSource
from flask import Flask, current_app
from flask.cli import AppGroup

from clinic.accounts import actions
from clinic.accounts.actions.links import MadeLink, address_of, make_link
from clinic.accounts.actions.staff import new_person
from clinic.accounts.models import Clinic
from clinic.accounts.queries import clinic_by_code, clinics_of, everybody, user_by_email
from clinic.accounts.rules import normalised_email
from clinic.accounts.rules.links import FROM_THE_CONSOLE, LinkKind, in_groups
from clinic.core.db import db, job
from clinic.core.errors import Unprocessable
from clinic.core.permissions import Role

user = AppGroup("user", help="The people who can sign in.")


def never_as_argument(
    context: click.Context, parameter: click.Parameter, value: str | None
) -> str | None:
    """A password among the arguments would be read by everybody on the machine."""
    if context.get_parameter_source(str(parameter.name)) is ParameterSource.COMMANDLINE:
        raise click.UsageError("Set CLINIC_PASSWORD, use --password-stdin, or type it when asked.")
    return value


WHO_AND_WHERE = (
    click.option("--email", required=True, help="Work email; the name to sign in with."),
    click.option("--name", "full_name", required=True, help="First and last name."),
    click.option("--title", help="Such as Dr."),
    click.option("--role", required=True, type=click.Choice([role.value for role in Role])),
    click.option("--clinic", "code", required=True, help="Short name of the clinic."),
    click.option("--clinic-name", help="Its full name, when the clinic is new."),
    click.option("--timezone", help="Its time zone, such as Europe/London, when it is new."),
)


def who_and_where(command: Callable[..., None]) -> Callable[..., None]:
    """Options of a command that makes somebody's account."""
    for option in reversed(WHO_AND_WHERE):
        command = option(command)
    return command


@user.command("create")
@who_and_where
@click.option("--password", envvar="CLINIC_PASSWORD", hidden=True, callback=never_as_argument)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def create(
    *,
    email: str,
    full_name: str,
    title: str | None,
    role: str,
    code: str,
    clinic_name: str | None,
    timezone: str | None,
    password: str | None,
    password_stdin: bool,
) -> None:
    """Make a person who can sign in, and their clinic when it is new.

    The password comes from CLINIC_PASSWORD, from standard input, or is asked for.
    """
    password = given_password(password, from_stdin=password_stdin)
    try:
        with job():
            clinic = clinic_by_code(code) or new_clinic(code, clinic_name, timezone)
            person = actions.create_user(
                email=email, full_name=full_name, title=title, password=password
            )
            actions.add_membership(person.id, clinic.id, Role(role))
    except Unprocessable as error:
        raise click.ClickException(in_one_line(error)) from None
    click.echo(f"{person.email} can sign in as {role} of {clinic.name}.")


@user.command("invite")
@who_and_where
def invite(
    *,
    email: str,
    full_name: str,
    title: str | None,
    role: str,
    code: str,
    clinic_name: str | None,
    timezone: str | None,
) -> None:
    """Make a person, who chooses the password with a code that works once, for a day.

    This is how the first administrator of a new installation comes in; everybody else is invited
    on the page Staff. Nobody but that person learns the password.
    """
    try:
        with job():
            clinic = clinic_by_code(code) or new_clinic(code, clinic_name, timezone)
            person = new_person(email=email, full_name=full_name, title=title)
            actions.add_membership(person.id, clinic.id, Role(role))
            made = make_link(person.id, clinic.id, LinkKind.INVITATION, works_for=FROM_THE_CONSOLE)
    except Unprocessable as error:
        raise click.ClickException(in_one_line(error)) from None
    say_code(person.email, made, clinic)


@user.command("link")
@click.option("--email", required=True)
def link(*, email: str) -> None:
    """A code for somebody who forgot the password. The second step stays as it is."""
    with job():
        user_id = somebody(email)
        clinics = clinics_of(db.session(), user_id)
        if not clinics:
            raise click.ClickException("This person works in no clinic.")
        made = make_link(user_id, clinics[0].id, LinkKind.NEW_PASSWORD)
    say_code(email, made, clinics[0])


def say_code(email: str, made: MadeLink, clinic: Clinic) -> None:
    """The code, this once: nothing keeps it."""
    until = made.expires_at.astimezone(ZoneInfo(clinic.timezone))
    click.echo(f"One-time code for {email}: {in_groups(made.token)}")
    where = address_of(made.token)
    click.echo(f"Open {where}, or" if where else "Open the sign-in page,")
    click.echo(f'choose "I have a one-time code". It works once, until {until:%d %B %H:%M %Z}.')


@user.command("forget-second-step")
@click.option("--email", required=True)
def forget_second_step(*, email: str) -> None:
    """For somebody who lost their phone and their recovery codes. They set it up anew."""
    with job():
        actions.forget_second_step(somebody(email))
    click.echo("The second step is forgotten.")


@user.command("deactivate")
@click.option("--email", required=True)
def deactivate(*, email: str) -> None:
    """Somebody no longer works here. They are signed out everywhere; what they wrote stays."""
    with job():
        actions.deactivate(somebody(email))
    click.echo("They can no longer sign in.")


@user.command("role")
@click.option("--email", required=True)
@click.option("--clinic", "code", required=True, help="Short name of the clinic.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
def set_role(*, email: str, code: str, role: str) -> None:
    """Change what somebody is in a clinic. They sign in again."""
    try:
        with job():
            actions.set_role(somebody(email), existing_clinic(code).id, Role(role))
    except Unprocessable as error:
        raise click.ClickException(in_one_line(error)) from None
    click.echo(f"They are {role} now.")


@user.command("second-step")
@click.option("--clinic", "code", required=True, help="Short name of the clinic.")
@click.option("--required/--not-required", required=True)
def second_step(*, code: str, required: bool) -> None:
    """Whether everybody in a clinic proves with a second step who they are. The demo may go
    without; where there are patients everybody does."""
    if not required and not current_app.config["DEMO"]:
        raise click.ClickException("Only the demo goes without a second step.")
    with job():
        actions.require_second_step(existing_clinic(code), required=required)
    click.echo(f"A second step is {'required' if required else 'not required'} in {code}.")


@user.command("list")
def show_all() -> None:
    """Everybody: email, name, clinic, role, and whether they can sign in."""
    for person, membership, clinic in everybody():
        works = person.active and membership.is_active
        about = (person.email, person.full_name, clinic.code, membership.role.value)
        click.echo("\t".join((*about, "active" if works else "inactive")))


def somebody(email: str) -> uuid.UUID:
    """The id of a person by email."""
    person = user_by_email(db.session(), normalised_email(email))
    if person is None:
        raise click.ClickException(f"Nobody has the email {email}.")
    return person.id


def existing_clinic(code: str) -> Clinic:
    """A clinic by its short name."""
    clinic = clinic_by_code(code)
    if clinic is None:
        raise click.ClickException(f"There is no clinic {code!r}.")
    return clinic


def given_password(password: str | None, *, from_stdin: bool) -> str:
    """The password, from where the operator put it."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if password:
        return password
    asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return asked


def new_clinic(code: str, name: str | None, timezone: str | None) -> Clinic:
    """A clinic that is not there yet."""
    if name is None or timezone is None:
        raise click.UsageError(
            f"There is no clinic {code!r}. To make it, add --clinic-name and --timezone."
        )
    return actions.create_clinic(code=code, name=name, timezone=timezone)


def in_one_line(error: Unprocessable) -> str:
    """What is wrong, field by field."""
    return " ".join(sentence for sentences in error.fields.values() for sentence in sentences)


def init_app(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(user)

"""This file is about the operator's door to accounts: `flask user ...`."""

import sys
import uuid

import click
from click.core import ParameterSource
from flask import Flask
from flask.cli import AppGroup

from clinic.accounts import actions
from clinic.accounts.models import Clinic
from clinic.accounts.queries import clinic_by_code, everybody, user_by_email
from clinic.accounts.rules import normalised_email
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


@user.command("create")
@click.option("--email", required=True, help="Work email; the name to sign in with.")
@click.option("--name", "full_name", required=True, help="First and last name.")
@click.option("--title", help="Such as Dr.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--clinic", "code", required=True, help="Short name of the clinic.")
@click.option("--clinic-name", help="Its full name, when the clinic is new.")
@click.option("--timezone", help="Its time zone, such as Europe/London, when the clinic is new.")
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


@user.command("password")
@click.option("--email", required=True)
@click.option("--password", envvar="CLINIC_PASSWORD", hidden=True, callback=never_as_argument)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def set_password(*, email: str, password: str | None, password_stdin: bool) -> None:
    """Give somebody a new password. They are signed out everywhere."""
    password = given_password(password, from_stdin=password_stdin)
    try:
        with job():
            actions.change_password(somebody(email), password)
    except Unprocessable as error:
        raise click.ClickException(in_one_line(error)) from None
    click.echo("The password is changed.")


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
    """Whether everybody in a clinic proves with a second step who they are."""
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

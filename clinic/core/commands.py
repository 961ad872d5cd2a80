"""This file is about the operator's doors: the list of routes, the trail's proof and anchors."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from clinic.core import audit as audit_trail
from clinic.core import clock, key_commands
from clinic.core.access import table
from clinic.core.db import apart, db, job
from clinic.core.db.commands import db_roles
from clinic.core.permissions import needed
from clinic.core.tenancy import NO_CLINIC
from clinic.core.verify import (
    Anchor,
    Checked,
    anchors_of,
    chains,
    examine,
    keep,
    read_anchors,
    unmoved,
)

audit = AppGroup("audit", help="The trail of who changed or read what.")


@audit.command("verify")
@click.option("--anchors", type=Path, help="A file of `flask audit anchor`, kept elsewhere.")
@click.option("--chain-only", is_flag=True, help="Do not compare the records with the trail.")
@click.option("--note", is_flag=True, help="Write into each trail how it was found.")
def verify_trail(*, anchors: Path | None, chain_only: bool, note: bool) -> None:
    """Walk every chain, compare every record with it, and every signature.

    Exits 1 and names every event, record and signature that is not as it was written.
    """
    if anchors is None and current_app.config.get("ANCHOR_FILE"):
        anchors = Path(current_app.config["ANCHOR_FILE"])
    kept = kept_anchors(anchors) if anchors else ()
    with apart(write=False) as session:
        connection = session.connection(execution_options=unmoved(session))
        checks = list(told(examine(connection, kept, records=not chain_only)))
    if note:
        with job():
            note_checks(checks)
    sys.exit(0 if all(one.whole for one in checks) else 1)


def kept_anchors(file: Path) -> tuple[Anchor, ...]:
    """The anchors of a file, or a sentence and the end."""
    try:
        return read_anchors(file)
    except (OSError, ValueError) as fault:
        raise click.ClickException(f"The anchors cannot be read: {fault}") from fault


def told(checks: Iterator[Checked]) -> Iterator[Checked]:
    """The same checks, each said as soon as it is through."""
    for one in checks:
        chain = f"chain {one.chain.chain_id}" if one.first else "people, places and tablets"
        if one.whole:
            walked = f"{one.chain.events} events, {one.chain.hash}" if one.first else "as told"
            compared = f"; {one.records} records" if one.records else ""
            click.echo(f"whole  {chain}: {walked}{compared}")
        for found in one.breaks:
            click.echo(f"BROKEN {chain} at {found.text} [{found.kind}]")
        yield one


def note_checks(checks: list[Checked]) -> None:
    """Write down how each clinic's chain was found, where its auditor reads it."""
    for one in checks:
        if one.first and one.chain.chain_id != NO_CLINIC:
            detail = one.detail() | {"complete": True}
            clinic_id = one.chain.chain_id
            audit_trail.note(
                db.session(), "verify-trail", "AuditEvent", clinic_id=clinic_id, **detail
            )


@audit.command("head")
def head() -> None:
    """The newest hash of each chain. Keep it somewhere else: it shows when the end was cut off."""
    with apart(write=False) as session:
        for chain in chains(session.connection()):
            click.echo(f"{chain.chain_id} {chain.events} {chain.hash}")


@audit.command("anchor")
@click.argument("file", type=Path, required=False)
def anchor(file: Path | None) -> None:
    """Add the end of each chain to FILE (else to CLINIC_ANCHOR_FILE), which is kept elsewhere.

    `flask audit verify --anchors FILE` then notices also what was built anew as a whole.
    """
    named = file or current_app.config.get("ANCHOR_FILE")
    if not named:
        raise click.ClickException("Name a file, or set CLINIC_ANCHOR_FILE.")
    with apart(write=False) as session:
        ends = anchors_of(chains(session.connection()), clock.now())
    try:
        keep(Path(named), ends)
    except OSError as fault:
        raise click.ClickException(f"Nothing was kept: {fault}") from fault
    click.echo(f"{len(ends)} ends of chains added to {named}")


@click.command("permissions")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--table", "as_table", is_flag=True, help="With each role, as docs/access.md.")
@with_appcontext
def permissions(*, as_json: bool, as_table: bool) -> None:
    """Every route with what it needs: a permission, or public."""
    if as_table:
        click.echo(table(current_app), nl=False)
        return
    rows = [
        {
            "rule": rule.rule,
            "methods": sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}),
            "endpoint": rule.endpoint,
            "permission": needed(current_app, rule.endpoint),
        }
        for rule in sorted(current_app.url_map.iter_rules(), key=lambda rule: rule.rule)
    ]
    if as_json:
        click.echo(json.dumps(rows, indent=1))
        return
    for row in rows:
        click.echo(f"{row['permission']:18} {','.join(row['methods']):10} {row['rule']}")


def init_app(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(audit)
    key_commands.init_app(app)
    app.cli.add_command(permissions)
    app.cli.add_command(db_roles)

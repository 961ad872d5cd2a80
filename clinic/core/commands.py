"""This file is about the operator's doors: the list of routes, the proof of the trail."""

import json
import sys

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from clinic.core.access import table
from clinic.core.db import apart
from clinic.core.permissions import needed
from clinic.core.verify import Break, chains, verify

audit = AppGroup("audit", help="The trail of who changed or read what.")


@audit.command("verify")
def verify_trail() -> None:
    """Walk every chain. Exits 1 and names the first broken event of each chain that is broken."""
    broken = False
    with apart(write=False) as session:
        for found in verify(session.connection()):
            if isinstance(found, Break):
                broken = True
                click.echo(f"BROKEN chain {found.chain_id} at event {found.seq}: {found.why}")
            else:
                click.echo(f"whole  chain {found.chain_id}: {found.events} events, {found.hash}")
    sys.exit(1 if broken else 0)


@audit.command("head")
def head() -> None:
    """The newest hash of each chain. Keep it somewhere else: it shows when the end was cut off."""
    with apart(write=False) as session:
        for chain in chains(session.connection()):
            click.echo(f"{chain.chain_id} {chain.events} {chain.hash}")


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
    app.cli.add_command(permissions)

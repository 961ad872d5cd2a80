"""This file is about the operator's doors to the ring of keys: make it, look at it, turn it."""

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from clinic.core import audit, rotation
from clinic.core.db import db, job
from clinic.core.db.keys import add_key, load_ring, ring

keys = AppGroup("keys", help="The keys that close sensitive columns.")


@keys.command("create")
@click.argument("file", type=Path)
def create(file: Path) -> None:
    """Make a ring with one key in a new FILE, for CLINIC_KEYS. Keep a copy apart from backups."""
    try:
        key = add_key(file, new=True)
    except OSError as fault:
        raise click.ClickException(f"No key was made: {fault}") from fault
    click.echo(f"Key {key.id} made. Set CLINIC_KEYS={file}, start again, then: flask keys rotate")


@keys.command("list")
def show() -> None:
    """The ids of the keys, the newest last. They open nothing."""
    for key in ring().keys:
        where = "from CLINIC_SECRET_KEY" if key is ring().keys[0] else "of the file"
        click.echo(f"{key.id} {where}{', closes' if key is ring().newest else ''}")


@keys.command("rotate")
@click.option("--same-key", is_flag=True, help="Make no key: only close what an older one closed.")
def rotate(*, same_key: bool) -> None:
    """Put a new key on the ring and close with it all that may change.

    Rows that are written once keep the key that closed them: never take a key off the ring.
    Programs that run meanwhile read the ring when they start: start them again afterwards, then
    `flask keys rotate --same-key` once more.
    """
    file = current_app.config.get("KEYS")
    if not file:
        raise click.ClickException("There is no ring: flask keys create FILE, then CLINIC_KEYS.")
    if not same_key:
        add_key(Path(file), new=False)
        load_ring(current_app)
    counted = rotation.rotate()
    with job():
        audit.note(db.session(), "rotate-keys", "Ring", key=ring().newest.id, rows=counted)
    rows = ", ".join(f"{name} {count}" for name, count in counted.items())
    click.echo(f"Key {ring().newest.id} closes. Closed anew: {rows}")


def init_app(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(keys)

"""This file is about what comes out of a backup: looked at piece by piece, believed at its end."""

import gzip
import json
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import current_app

from clinic.operations.actions.backups.creating import DATABASE, INVENTORY, digest
from clinic.operations.actions.backups.sealing import Opening
from clinic.operations.queries.backup_key import key_in
from clinic.operations.rules.backups import BadBackup, Inventory

PIECE = 1 << 20  # bytes
DAMAGED = (tarfile.TarError, gzip.BadGzipFile, EOFError, zlib.error)


def unpack(path: Path, folder: Path) -> Inventory:
    """Everything of a backup into an empty folder. Raises BadBackup and NoKey.

    The file is read to its end: what was cut off or changed anywhere is noticed.
    """
    key = key_in(current_app.config.get("BACKUP_KEY"))
    with path.open("rb") as file, opened(Opening(file, key)) as archive:
        said = Inventory.from_tree(inventory_in(archive))
        while entry := archive.next():
            put(archive, entry, folder, said)
    missing = [name for name in said.files if not (folder / name).is_file()]
    if missing:
        raise BadBackup(f"{missing[0]} is not in it.")
    return said


@contextmanager
def opened(sealed: Opening) -> Iterator[tarfile.TarFile]:
    """The archive in it."""
    try:
        with gzip.GzipFile(fileobj=sealed) as plain:
            with tarfile.open(fileobj=plain, mode="r|", bufsize=PIECE) as archive:
                yield archive
            while plain.read(PIECE):
                pass
    except DAMAGED as fault:
        raise BadBackup("It is not whole, or it was changed after it was made.") from fault


def inventory_in(archive: tarfile.TarFile) -> object:
    """What a backup says of itself; it stands first."""
    entry = archive.next()
    file = archive.extractfile(entry) if entry and entry.name == INVENTORY else None
    if file is None:
        raise BadBackup("It does not say what is in it.")
    try:
        return json.load(file)
    except ValueError as fault:
        raise BadBackup("It does not say what is in it.") from fault


def put(archive: tarfile.TarFile, entry: tarfile.TarInfo, folder: Path, said: Inventory) -> None:
    """One file of it, of those that it names alone, where it belongs and as it was."""
    target = (folder / entry.name).resolve()
    inside = target.is_relative_to(folder.resolve())
    if entry.name not in said.files or not entry.isfile() or not inside:
        raise BadBackup(f"{entry.name} does not belong into it.")
    target.parent.mkdir(parents=True, exist_ok=True)
    source = archive.extractfile(entry)
    with target.open("wb") as file:
        if source is not None:
            shutil.copyfileobj(source, file, PIECE)
    if digest(target) != said.files[entry.name]:
        raise BadBackup(f"{entry.name} is not as it was.")


def database_in(folder: Path) -> Path:
    """The database of what was unpacked."""
    return folder / DATABASE

"""This file is about making a backup: a copy of one moment, its list of contents, closed."""

import gzip
import hashlib
import io
import json
import os
import shutil
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import current_app

from clinic.core import clock
from clinic.operations.actions.backups import copying
from clinic.operations.actions.backups.sealing import Sealing
from clinic.operations.queries.backup_key import key_in
from clinic.operations.queries.backups import backups, note_of
from clinic.operations.queries.fingerprints import fingerprints
from clinic.operations.rules.backups import BEGINS, ENDS, Inventory, Kept, to_delete
from clinic.reports.actions.jobs import folder as export_folder

DATABASE, INVENTORY, EXPORTS = "database", "inventory.json", "exports"
PIECE = 1 << 20  # bytes
FAST = 1  # of gzip: a backup is made while people wait for the disk


def create(folder: Path) -> tuple[Path, Inventory]:
    """Make a backup in a folder, whole or not at all. Raises NoKey, ToolFailed, OSError."""
    key = key_in(current_app.config.get("BACKUP_KEY"))
    made_at = clock.now()
    path = folder / f"{BEGINS}{made_at:%Y%m%dT%H%M%S}{ENDS}"
    part = path.with_suffix(".part")
    with TemporaryDirectory(dir=folder, prefix="making-") as room:
        copy = Path(room) / DATABASE
        contents = copying.copy_into(copy)
        held = {DATABASE: copy} | dict(export_files(Path(room)))
        digests = {name: digest(file) for name, file in held.items()}
        made = Inventory(made_at.isoformat(), program(), contents, digests, fingerprints())
        try:
            with opened_anew(part) as file:
                sealed = Sealing(file, key, made.made_at)
                pack(sealed, made, held)
                sealed.finish()
                file.flush()
                os.fsync(file.fileno())
            part.rename(path)
        finally:
            part.unlink(missing_ok=True)
    return path, made


def opened_anew(path: Path) -> io.BufferedWriter:
    """A new file that only its owner reads."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def export_files(room: Path) -> Iterator[tuple[str, Path]]:
    """The files of exports, held in a room of ours: one may be deleted at any moment."""
    for file in sorted(export_folder().glob("*.file")):
        held = room / file.name
        with suppress(FileNotFoundError):
            try:
                os.link(file, held)
            except OSError:  # on another disk
                shutil.copyfile(file, held)
            yield f"{EXPORTS}/{file.name}", held


def digest(file: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def program() -> str:
    """The version of the program."""
    try:
        return version("clinic")
    except PackageNotFoundError:  # it runs from its folder
        return "0.1.0"


def pack(sealed: Sealing, made: Inventory, held: Mapping[str, Path]) -> None:
    """The list of contents first, then the files."""
    smaller = gzip.GzipFile(fileobj=sealed, mode="wb", compresslevel=FAST, mtime=0)
    with smaller, tarfile.open(fileobj=smaller, mode="w|", bufsize=PIECE) as archive:
        said = json.dumps(made.as_tree()).encode()
        head = tarfile.TarInfo(INVENTORY)
        head.size = len(said)
        archive.addfile(head, io.BytesIO(said))
        for name, path in held.items():
            archive.add(path, name, filter=nameless)


def nameless(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """A file without its owner on this machine."""
    entry.uname = entry.gname = ""
    entry.uid = entry.gid = 0
    return entry


def prune(keep: int) -> list[Kept]:
    """Delete the oldest backups, so that the newest `keep` are left. Returns what went."""
    gone = to_delete(backups(), keep)
    for one in gone:
        path = Path(one.path)
        note_of(path).unlink(missing_ok=True)
        path.unlink()
    return gone

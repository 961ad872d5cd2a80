"""This file is about the backups that there are: where they lie, how they were last found."""

import json
from datetime import datetime
from pathlib import Path

from flask import current_app

from clinic.operations.rules.backups import BEGINS, ENDS, Check, Kept

LONGEST_HEAD = 1000  # bytes


def backup_folder() -> Path | None:
    """Where backups lie. None: nobody said."""
    named = current_app.config.get("BACKUP_FOLDER")
    return Path(named) if named else None


def backups() -> list[Kept]:
    """All of them, newest first. What is not readable as one is not counted."""
    folder = backup_folder()
    found = folder.glob(f"{BEGINS}*{ENDS}") if folder and folder.is_dir() else ()
    kept = [one for path in found if (one := kept_at(path))]
    return sorted(kept, key=lambda one: one.made_at, reverse=True)


def kept_at(path: Path) -> Kept | None:
    """A backup by what it says in clear."""
    try:
        with path.open("rb") as file:
            said = json.loads(file.readline(LONGEST_HEAD))
        made_at = datetime.fromisoformat(said["made_at"])
        size = path.stat().st_size
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Kept(str(path), made_at, size, check_of(path, size))


def note_of(path: Path) -> Path:
    """Where it is written how a backup was found."""
    return path.with_suffix(".checked")


def check_of(path: Path, size: int) -> Check | None:
    """How it was last found; nothing that was noted of another file counts."""
    try:
        found = Check(**json.loads(note_of(path).read_text()))
    except (OSError, ValueError, TypeError):
        return None
    return found if found.size == size else None

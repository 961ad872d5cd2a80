"""This file is about the file of a whole clinic as it is read: looked at first, believed then."""

import hashlib
import json
from collections.abc import Iterator
from io import TextIOWrapper
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from clinic.operations.rules import Manifest, Schema, Unreadable, differences

PIECE = 1 << 20  # bytes
SHOWN = 5  # differences


class Archive:
    """An opened file. Raises Unreadable for one that is none of ours."""

    def __init__(self, file: BinaryIO) -> None:
        try:
            self.zip = ZipFile(file)
        except BadZipFile as fault:
            raise Unreadable("This is no ZIP file.") from fault
        self.manifest = Manifest.from_tree(self.tree("manifest.json"))

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_: object) -> None:
        self.zip.close()

    def tree(self, name: str) -> Any:
        """A JSON file of it."""
        try:
            return json.loads(self.zip.read(name))
        except (KeyError, ValueError, BadZipFile) as fault:
            raise Unreadable(f"There is no {name} in it that can be read.") from fault

    def refuse_another_schema(self, ours: Schema) -> None:
        """Raises Unreadable when its tables are not those of this version of the program."""
        found = list(differences(self.tree("schema.json"), ours))
        if found:
            more = f", and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
            raise Unreadable(
                "It was made by another version of the program. Install that version, load the "
                f"file there, then upgrade. What differs: {'; '.join(found[:SHOWN])}{more}."
            )

    def refuse_changed_files(self) -> None:
        """Raises Unreadable when a table is not as it was written."""
        for name, said in self.manifest.tables.items():
            if self.digest(name) != said["sha256"]:
                raise Unreadable(f"The rows of {name} are not as they were written.")

    def digest(self, table: str) -> str:
        """The SHA-256 of a table's lines, in hex."""
        found = hashlib.sha256()
        try:
            with self.zip.open(f"data/{table}.ndjson") as lines:
                while piece := lines.read(PIECE):
                    found.update(piece)
        except (KeyError, BadZipFile) as fault:
            raise Unreadable(f"There are no rows of {table} in it.") from fault
        return found.hexdigest()

    def lines(self, table: str) -> Iterator[str]:
        """The lines of a table."""
        with self.zip.open(f"data/{table}.ndjson") as raw:
            yield from TextIOWrapper(raw, encoding="utf-8", newline="\n")

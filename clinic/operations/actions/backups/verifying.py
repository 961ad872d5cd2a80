"""This file is about proving a backup: brought back somewhere else, walked through, counted."""

import json
import time
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection

from clinic.core import clock
from clinic.core.verify import examine
from clinic.operations.actions.backups import copying
from clinic.operations.actions.backups.unpacking import database_in, unpack
from clinic.operations.queries.backups import note_of
from clinic.operations.queries.contents import contents_of, newest_revision
from clinic.operations.rules.backups import BadBackup, Check, Contents, differences, first_few


def verify(path: Path) -> Check:
    """Bring a backup back into a scratch place and look at all of it. What was found is noted
    beside it. Raises NoKey and ToolFailed, which say nothing of the backup."""
    begun, why, found = time.monotonic(), "", None
    with TemporaryDirectory(dir=path.parent, prefix="looking-") as room:
        folder = Path(room)
        try:
            said = unpack(path, folder)
            with copying.scratch(folder) as place:
                copying.bring_back(database_in(folder), place)
                with copying.reading(place) as connection:
                    found = compared(connection, said.contents)
        except BadBackup as fault:
            why = str(fault)
    seconds = round(time.monotonic() - begun, 1)
    rows, events = (found.rows, found.events) if found else (0, 0)
    at, size = clock.now().isoformat(), path.stat().st_size
    check = Check(at, why, rows, events, seconds, size)
    note_of(path).write_text(json.dumps(asdict(check)) + "\n")
    return check


def compared(connection: Connection, said: Contents) -> Contents:
    """What came back, when it is what went in, its trail holds, and every record and signature is
    as the trail says. Raises BadBackup.

    Records in tables of another version are counted, and not read: this one does not know them.
    """
    found = contents_of(connection)
    faults = list(differences(said, found))
    known = found.revision in ("", newest_revision())
    for checked in examine(connection, records=known) if found.chains else ():
        faults += [one.text for one in checked.breaks]
    if faults:
        raise BadBackup(f"It came back, and not all is as it was: {first_few(faults)}.")
    return found

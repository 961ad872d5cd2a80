"""This file is about the folder for a day without power: a flowsheet of each running session.

A request that changed a session hands it over after its COMMIT and answers; one thread of the
process prints it. What fails there is said in the server's log, and delays nobody.
"""

import fcntl
import logging
import os
import re
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue

from flask import Flask, Response, current_app, request
from sqlalchemy import Select, select

from clinic.accounts.queries import own_clinic
from clinic.core import paper
from clinic.core.acting import Acting, act_as, maybe_acting
from clinic.core.db import SAFE_METHODS, db, reading
from clinic.core.errors import DomainError
from clinic.patients.models import Patient
from clinic.sessions.models import SessionStatus, TreatmentSession
from clinic.sessions.views.blueprint import bp
from clinic.sessions.views.printing import sheet_html

log = logging.getLogger("clinic")
PRINTER = "clinic.sessions.printer"
RUNNING = (SessionStatus.ARRIVED, SessionStatus.IN_PROGRESS)


class Printer:
    """What waits to be printed in this process, and the thread that prints it."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.waiting: dict[uuid.UUID, Acting] = {}
        self.guard = threading.Lock()
        self.work: Queue[uuid.UUID] = Queue()
        self.thread: threading.Thread | None = None

    def hand_over(self, session_id: uuid.UUID, somebody: Acting) -> None:
        """Print this session soon; what already waits is printed once."""
        with self.guard:
            known = session_id in self.waiting
            self.waiting[session_id] = somebody
            if self.thread is None:
                self.thread = threading.Thread(target=self.run, daemon=True)
                self.thread.start()
        if not known:
            self.work.put(session_id)

    def run(self) -> None:
        """Print what waits, one session after the other, as long as the process lives."""
        while True:
            session_id = self.work.get()
            with self.guard:
                somebody = self.waiting.pop(session_id)
            try:
                with self.app.app_context(), act_as(somebody):
                    refresh(session_id)
            except Exception as fault:
                log.error("%s", in_words(fault, self.app.config["DOWNTIME_FOLDER"]))
            finally:
                self.work.task_done()


@bp.after_app_request
def hand_over(response: Response) -> Response:
    """After the COMMIT of whatever changed a session."""
    session_id = (request.view_args or {}).get("session_id")
    changed = request.method not in SAFE_METHODS and response.status_code < 400
    somebody = maybe_acting()
    if current_app.config.get("DOWNTIME_FOLDER") and changed and session_id and somebody:
        try:
            printer().hand_over(session_id, somebody)
        except RuntimeError as fault:  # no thread to be had: what was saved is saved
            log.error("%s", in_words(fault, current_app.config["DOWNTIME_FOLDER"]))
    return response


def printer() -> Printer:
    """The printer of this process."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    found: Printer = app.extensions.setdefault(PRINTER, Printer(app))
    return found


def refresh(session_id: uuid.UUID | None) -> None:
    """Write the file of a session while it runs (None: of none); remove those of sessions that do
    not run."""
    with held(folder_of_clinic()) as folder:
        with reading():
            running = set(db.session.scalars(ids_of_running()))
            session = db.session.get(TreatmentSession, session_id) if session_id else None
            name = name_of(session) if session and session_id in running else None
            html = sheet_html(session) if session and name else ""
        if name:
            write(folder / name, paper.as_pdf(html))
        for file in folder.glob("*.pdf"):
            owner = id_in(file.name)
            if owner and (owner not in running or (owner == session_id and file.name != name)):
                file.unlink(missing_ok=True)


def ids_of_running() -> Select[uuid.UUID]:
    """Who is here now."""
    return select(TreatmentSession.id).where(
        TreatmentSession.status.in_(RUNNING), TreatmentSession.locked_at.is_(None)
    )


def folder_of_clinic() -> Path:
    """The clinic's part of the folder. Raises OSError when it cannot be made."""
    with reading():
        folder = Path(current_app.config["DOWNTIME_FOLDER"]) / own_clinic().code
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


@contextmanager
def held(folder: Path) -> Iterator[Path]:
    """One process at a time reads and writes, so that an older sheet never follows a newer one."""
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


def name_of(session: TreatmentSession) -> str:
    """Room and number first: that is what somebody with a torch looks for."""
    number = db.session.get_one(Patient, session.patient_id).number
    room, number = (re.sub(r"[^A-Za-z0-9]+", "-", words) for words in (session.room, number))
    return f"room-{room}-{number}-{session.id}.pdf"


def id_in(name: str) -> uuid.UUID | None:
    """The session whose file this is; None for a file that is none of ours."""
    try:
        return uuid.UUID(name.removesuffix(".pdf")[-36:])
    except ValueError:
        return None


def write(file: Path, content: bytes) -> None:
    """Whole or not at all, also when the power fails now."""
    half = file.with_suffix(".part")
    with half.open("wb") as part:
        os.fchmod(part.fileno(), 0o600)
        part.write(content)
        part.flush()
        os.fsync(part.fileno())
    half.replace(file)


def in_words(fault: Exception, folder: str) -> str:
    """What the operator reads."""
    if isinstance(fault, DomainError):
        return f"Downtime folder {folder}: {fault}"
    if isinstance(fault, OSError):
        return f"Downtime folder {folder}: {fault.strerror}. The sheets in it are old."
    return f"Downtime folder {folder}: {type(fault).__name__}. The sheets in it are old."

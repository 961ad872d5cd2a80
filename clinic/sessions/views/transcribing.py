"""This file is about writing what stands on paper into the log: through the forms, like a tablet.

Each part of a line is an entry of its own with an id made of its words, so that a sheet read once
more adds what is new and doubles nothing.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import DomainError, Unprocessable
from clinic.core.forms import from_json
from clinic.core.permissions import Role
from clinic.patients.models import Patient
from clinic.sessions import actions
from clinic.sessions.forms import FORMS
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import entry_by_id, facts_of, plan_of, state_of
from clinic.sessions.rules import paper
from clinic.sessions.rules.paper import Fault, Line, Naming, Said, Unresolved


@dataclass
class Report:
    """What became of a sheet. `known`: parts that were stored before."""

    stored: int = 0
    known: int = 0
    refused: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    """One thing that a line says, on its way into the log."""

    line: Line
    said: Said
    written_at: datetime | None
    entry_id: uuid.UUID


def import_sheet(session: TreatmentSession, content: bytes, role: Role, *, checked: bool) -> Report:
    """Read a flowsheet into a session. `checked`: unlikely values were compared with the paper.

    Raises Unprocessable (field `sheet`) when it is no flowsheet, or another woman's or day's.
    """
    try:
        sheet = paper.read_sheet(content, acting().timezone)
        refuse_stranger(session, sheet)
    except ValueError as fault:
        raise Unprocessable({"sheet": [f"{fault} Nothing was stored."]}) from fault
    lines = [Line(w.line, w.at, w.cells, sheet.on_air) for w in sheet.lines]
    report = transcribe(session, lines, role, checked=checked)
    report.refused = sorted([*sheet.faults, *report.refused], key=lambda fault: fault.line)
    return report


def refuse_stranger(session: TreatmentSession, sheet: paper.Sheet) -> None:
    """Raise ValueError for the sheet of another woman, or of another day (definitions D8.2)."""
    patient = db.session.get_one(Patient, session.patient_id)
    planned_on = session.planned_at.astimezone(acting().timezone).date()
    strange = paper.stranger(
        sheet, number=patient.number, born_on=patient.born_on, planned_on=planned_on
    )
    if strange:
        raise ValueError(strange)


def transcribe(
    session: TreatmentSession, lines: Iterable[Line], role: Role, *, checked: bool
) -> Report:
    """Add what each line says to the log, marked as transcribed; what is refused is named."""
    report, naming, plan = Report(), Naming(session.id), plan_of(session)
    breastfeeding = facts_of(session).breastfeeding
    for line in lines:
        try:
            said, written_at = paper.entries_of_line(
                line, plan, acting().timezone, breastfeeding=breastfeeding
            )
        except ValueError as fault:
            report.refused.append(Fault(line.number, str(fault)))
            continue
        for each in said:
            part = Part(line, each, written_at, naming.id_of(each, line.at))
            add(session, part, role, report, checked=checked)
    return report


def add(
    session: TreatmentSession, part: Part, role: Role, report: Report, *, checked: bool
) -> None:
    """One part into the log, or into the report of what was refused."""
    if entry_by_id(part.entry_id) is not None:
        report.known += 1
        return
    try:
        form = filled(session, part, checked=checked)
        actions.record_entry(session.id, part.entry_id, part.said.kind, form, role)
        report.stored += 1
    except Unprocessable as refusal:
        sentences = [sentence for found in refusal.fields.values() for sentence in found]
        report.refused.append(Fault(part.line.number, " ".join(sentences) or str(refusal)))
    except (DomainError, Unresolved) as refusal:
        report.refused.append(Fault(part.line.number, str(refusal)))


def filled(session: TreatmentSession, part: Part, *, checked: bool) -> Any:
    """The form of an entry, as a tablet would send it. Raises Unprocessable, Unresolved."""
    common = {
        "kind": part.said.kind,
        "effective_at": part.line.at.isoformat(),
        "device_at": part.written_at.isoformat() if part.written_at else None,
        "transcribed": True,
        "confirmed": checked,
    }
    fields = paper.fields_of(
        part.said, part.line.at, lambda: state_of(session, clock.now()), acting().timezone
    )
    flags = {name: True for name in ("closes",) if fields.get(name) == "true"}
    form = from_json(FORMS[part.said.kind], common | fields | flags, plan=plan_of(session))
    if not form.validate():
        raise Unprocessable(form.plain_errors)
    return form

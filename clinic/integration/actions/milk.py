"""This file is about the milk log of a dose: write a line, correct it, take it back."""

from dataclasses import asdict

from clinic.core import clock
from clinic.core.acting import acting
from clinic.integration import queries
from clinic.integration.actions.keeping import ChangedMeanwhile, kept, refuse
from clinic.integration.models import MilkEntry
from clinic.integration.rules import MilkFacts, faults_of_milk
from clinic.sessions.models import TreatmentSession


def log_milk(
    session: TreatmentSession,
    facts: MilkFacts,
    *,
    corrects: MilkEntry | None = None,
    reason: str | None = None,
    withdrawn: bool = False,
) -> MilkEntry:
    """Write a line of the log of one dose; with `corrects` in place of a line, or to take it back.

    Raises Unprocessable, and ChangedMeanwhile for a line that was corrected already.
    """
    standing = queries.milk_of([session.id]).get(session.id, [])
    if corrects is not None and corrects.id not in {line.id for line in standing}:
        raise ChangedMeanwhile
    faults = list(faults_of_milk(facts, queries.t0_of(session), clock.now()))
    if corrects is not None and not reason:
        faults.append(("reason", "Write why it is corrected."))
    refuse(faults)
    return kept(
        MilkEntry(
            **asdict(facts),
            patient_id=session.patient_id,
            session_id=session.id,
            corrects_id=corrects.id if corrects else None,
            reason=reason if corrects else None,
            withdrawn=withdrawn,
            author_id=acting().actor_id,
            recorded_at=clock.now(),
        )
    )

"""This file is about obligations in the demonstration: forms due, filled, sent; clocks that run.

The address is made up. No label that the form's copies do not show is made up: they stay marked.
"""

from datetime import datetime, timedelta

from clinic.core import clock
from clinic.core.permissions import Role
from clinic.demo.actions.stage import at_work
from clinic.demo.rules.cast import HARBOUR
from clinic.reports.actions import obligations as actions
from clinic.reports.library.obligations import library_clocks, library_forms
from clinic.reports.queries.due_forms import DueForm, due_form, waiting_sessions
from clinic.reports.queries.obligations import forms_in_use
from clinic.reports.rules.obligations import SentBy

FORM = "rems-patient-monitoring"
SWITCHED_ON = timedelta(days=10)
ADDRESS = {
    "setting-address-1": "1 Harbour Street (made up)",
    "setting-city": "Demo City",
    "setting-state": "ME",
    "setting-zip": "00000",
}
SAID = {
    "sex": "Female",
    "enrolled": "yes",
    "in-range-before": "yes",
    "in-range-end": "yes",
    "respiratory-depression": "no",
}
CONFIRMATION = b"%PDF-1.4\n% A made-up confirmation of the demonstration.\n"
NOT_TAKEN = "Not measured, and not made up afterwards"
SENT_AFTER = timedelta(days=2)
STILL_OPEN = 4  # the newest forms that nobody sent yet


def load_obligations(now: datetime) -> None:
    """Form and clocks, switched on days ago, and what was sent since; unless it is there."""
    with at_work(HARBOUR, Role.ADMINISTRATOR), clock.standing_at(now - SWITCHED_ON):
        if forms_in_use():
            return
        labels = dict.fromkeys(one.code for one in library_forms()[FORM].without_label)
        actions.switch_form(FORM, on=True, labels=labels, values=ADDRESS)
        shipped = library_clocks().clocks
        times = {one.code: one.days for one in shipped} | {"rems": 7}
        actions.set_clocks({one.code: one.applies for one in shipped}, times)
    with at_work(HARBOUR, Role.NURSE):
        for turn, session in enumerate(waiting_sessions()[:-STILL_OPEN]):
            due = due_form(session)
            if due is not None and session.locked_at is not None:
                send(due, now, proved=turn > 0)


def send(due: DueForm, now: datetime, *, proved: bool) -> None:
    """Answered, filled and sent two days after the session; the first without its proof."""
    session = due.session
    signed_at = session.locked_at or now
    at = min(signed_at + SENT_AFTER, now)
    with clock.standing_at(at):
        actions.keep_answers(session, SAID)
        actions.fill_form(session, gaps_because=NOT_TAKEN)
        actions.record_submission(
            session,
            by=SentBy.ONLINE,
            on=clock.today(),
            reference="Made up for the demonstration",
            proof=actions.Proof("confirmation.pdf", CONFIRMATION) if proved else None,
        )

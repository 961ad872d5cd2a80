"""This file is about what a session's page carries for the tablet: its fields, and whom to call."""

from typing import Any

from clinic.accounts.queries.duties import named_around, people_at_work
from clinic.accounts.rules.duties import DutyKind, held
from clinic.core import clock
from clinic.core.gate import standing
from clinic.sessions.forms import FORMS
from clinic.sessions.models import TreatmentSession
from clinic.sessions.views.blueprint import bp


@bp.app_template_global("for_the_tablet")
def for_the_tablet(session: TreatmentSession) -> dict[str, Any]:
    """What the tablet needs to keep entries by itself, as JSON."""
    return {
        "session": str(session.id),
        "zone": standing().acting.timezone.key,
        "fields": {kind: fields_of(kind) for kind in FORMS},
        "call": whom_to_call(),
    }


def fields_of(kind: str) -> dict[str, dict[str, Any]]:
    """Field -> what it is called, and whether it is a yes or no."""
    form = FORMS[kind](formdata=None)
    return {f.name: {"label": str(f.label.text), "flag": f.type == "Flag"} for f in form}


def whom_to_call() -> str:
    """The psychiatrist on call, else the prescriber on site, with the note of their duty."""
    now = clock.now()
    people, named = people_at_work(), named_around(now)
    for kind in (DutyKind.ON_CALL, DutyKind.ON_SITE):
        for duty in held(named, kind, now):
            if duty.user_id in people:
                return ": ".join(filter(None, (people[duty.user_id], duty.note)))
    return ""

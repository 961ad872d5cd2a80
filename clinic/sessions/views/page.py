"""This file is about the page of one session: what is due, what was found, forms to log it."""

import uuid
from datetime import timedelta
from typing import Any

from flask import Response, current_app, make_response, render_template, request

from clinic.accounts.queries import names_of
from clinic.core import clock, signatures
from clinic.core.acting import acting
from clinic.core.db import new_id
from clinic.core.gate import may
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.patients.models import Patient
from clinic.patients.queries import infants_of
from clinic.protocols.rules import SessionPlan
from clinic.sessions.charts import chart_table, finding, session_chart
from clinic.sessions.forms import FORMS, CheckInForm
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import BoardRow, board_tag, plan_of, reports_of, state_of, tabs_of
from clinic.sessions.queries.state import on_her_list
from clinic.sessions.queries.transcription import transcription_of
from clinic.sessions.rules import SessionState, rate_for
from clinic.sessions.rules.reporting import TOLD, to_report
from clinic.sessions.rules.results import LogLine, Phase
from clinic.sessions.views.afterwards import afterwards
from clinic.sessions.views.around import around_of, named_in, signed_below
from clinic.sessions.views.blueprint import bp
from clinic.sessions.views.entering import keypad_of, reading_due
from clinic.sessions.views.health import health_of
from clinic.sessions.views.hearing import heard_of

TABS = 3  # how many women one person watches at a time
UNDO = timedelta(seconds=8)
MAY_BE_UNDONE = ("observation", "adverse-event")


@bp.get("/sessions/<uuid:session_id>")
@requires(Permission.CHART_READ)
def show(session_id: uuid.UUID) -> str:
    """The session at this moment."""
    return render_template(
        "sessions/session.html", **shown(get_or_404(TreatmentSession, session_id))
    )


@bp.get("/sessions/<uuid:session_id>/live")
@requires(Permission.CHART_READ, polled=True)
def live(session_id: uuid.UUID) -> Response:
    """What moves by itself on the page: clock, slots, alerts. 304 while it does not."""
    content = shown(get_or_404(TreatmentSession, session_id))
    heard_of(row.session.id for row in content["tabs"])
    response = make_response()
    minutes = content["state"].clock.elapsed_minutes
    response.set_etag(f"{content['version']}-{minutes}-{content['tabs_version']}")
    response.make_conditional(request)
    if response.status_code != 304:
        response.set_data(render_template("sessions/_live.html", **content))
    return response


def shown(session: TreatmentSession, failed: Any = None) -> dict[str, Any]:
    """Everything the page shows. `failed` is a form that was refused: it keeps what was typed."""
    state = state_of(session, clock.now())
    plan = plan_of(session)
    patient = get_or_404(Patient, session.patient_id)
    room = beside(BoardRow(session, patient, plan, state, None, 0))
    after = afterwards(session, plan, state)
    room |= drawn(plan, state) | reported(session, state) | after | health_of(session, state)
    return room | {
        "session": session,
        "patient": patient,
        "infants": infants_of(session.patient_id),
        "plan": plan,
        "state": state,
        "names": names_of(people_in(session, state) | after["amenders"]),
        "open": takes_entries(session, state),
        "version": f"{version_of(session, state)}-{len(after['amendments'])}",
        "transcription": transcription_of(session.id),
        "words": words_of(plan, state),
        "around": around_of(session, state),
        "forms": {kind: form(formdata=None, plan=plan) for kind, form in FORMS.items()},
        "check_in": CheckInForm(formdata=None),
        "on_list": on_her_list(session),
        "rate": rate_for(plan, session.ordered_dose),
        "failed": failed,
        "new_id": new_id,
        "notices": notices,
        "discharge": signatures.latest("discharge", session.id),
    }


def notices(session_id: uuid.UUID) -> list[str]:
    """What later rooms say that a session still lacks; asked for where it is shown."""
    added = current_app.extensions.get("clinic.sessions.notices", {})
    found = (notice(session_id) for _, notice in sorted(added.items()))
    return [html for html in found if html]


def reported(session: TreatmentSession, state: SessionState) -> dict[str, Any]:
    """Serious events: what was reported of them, and what is still to be."""
    reports = reports_of([session.id]).get(session.id, [])
    unreported = to_report(state.side_effects, reports)
    return {"reports": reports, "unreported": unreported, "told": dict(TOLD)}


def drawn(plan: SessionPlan, state: SessionState) -> dict[str, Any]:
    """The chart, the table of its values, and what they show in a sentence."""
    return {
        "chart": session_chart(plan, state),
        "chart_rows": chart_table(state),
        "finding": finding(state),
    }


def beside(current: BoardRow) -> dict[str, Any]:
    """What the tablet room shows besides the session itself: tabs, keypad, undo."""
    tabs = tabs_with(current)
    others = [row for row in tabs if row.session is not current.session]
    return {
        "keypad": keypad_of(current.plan, current.state),
        "reading": reading_due(current.plan, current.state),
        "tabs": tabs,
        "tabs_version": board_tag(others, []),
        "just_saved": just_saved(current.state),
    }


def takes_entries(session: TreatmentSession, state: SessionState) -> bool:
    """Whether this person may still log here."""
    over = session.locked_at is not None or state.phase is Phase.CANCELLED
    return may(Permission.SESSION_LOG) and not over


def tabs_with(current: BoardRow) -> list[BoardRow]:
    """This session and up to two more that the same person watches, always in the same order."""
    mine = tabs_of(acting().actor_id, current.state.now)
    others = [row for row in mine if row.session.id != current.session.id][: TABS - 1]
    return sorted([current, *others], key=lambda row: row.session.planned_at)


def just_saved(state: SessionState) -> LogLine | None:
    """What this person wrote a moment ago and may still take back with one tap.

    Taking back is an entry too: the line stays readable, marked as entered in error.
    """
    lines = [line for line in state.log if line.original.author_id == acting().actor_id]
    last = max(lines, key=lambda line: line.original.log_seq, default=None)
    if last is None or last.kind not in MAY_BE_UNDONE or last.corrections:
        return None
    return last if clock.now() - last.original.recorded_at <= UNDO else None


def words_of(plan: SessionPlan, state: SessionState) -> dict[Any, str]:
    """Codes of terms and items, and ids of side effects, as people read them."""
    terms = {term.code: term.text for term in plan.side_effects.terms}
    items = {item.code: item.text for item in [*plan.pre_dose, *plan.discharge.items]}
    effects = {effect.onset_id: effect.text for effect in state.side_effects}
    names = named_in(state)
    return {**terms, **items, **effects, **names, **signed_below(state, names)}


def version_of(session: TreatmentSession, state: SessionState) -> str:
    """A word that changes whenever the page would differ by more than its clocks."""
    lines = [entry for line in state.log for entry in (line.original, *line.corrections)]
    last = max((entry.log_seq for entry in lines), default=0)
    changes_at = state.changes_at.isoformat() if state.changes_at else "never"
    signed = len(state.orders) - len(state.open_orders)
    return f"{session.version}-{last}-{signed}-{changes_at}"


def people_in(session: TreatmentSession, state: SessionState) -> set[uuid.UUID]:
    """Everybody whose name the page shows."""
    authors = {line.original.author_id for line in state.log}
    authors |= {correction.author_id for line in state.log for correction in line.corrections}
    answerers = {item.answered_by for item in (*state.pre_dose_items, *state.discharge_items)}
    known = authors | answerers | {session.ordered_by_id, session.responsible_id}
    return {person for person in known if person is not None}

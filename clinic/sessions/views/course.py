"""This file is about what a course's pages say of its sessions."""

from flask import render_template

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.formatting import at_moment, on_date
from clinic.courses.models import Course
from clinic.courses.queries import infants_of_course
from clinic.courses.rules import Progress, StageReport
from clinic.patients.rules import gives_milk
from clinic.sessions.models import SessionStatus, TreatmentSession
from clinic.sessions.queries import doses_of, of_course, reviews_of, unreported_of_course
from clinic.sessions.queries.board import RUNNING


def panel_of_course(course: Course) -> str:
    """Its sessions with what was given, whether they were reviewed, and the serious events that
    are still to report."""
    sessions = of_course(course.id)
    return render_template(
        "sessions/of_course.html",
        course=course,
        sessions=sessions,
        reviews=reviews_of(session.id for session in sessions),
        doses={dose.session_id: dose for dose in doses_of(course.id)},
        unreported=unreported_of_course(course.id),
    )


def stage(course: Course) -> StageReport:
    """How far the sessions are: done once some were given and none is planned or runs."""
    sessions, given = of_course(course.id), len(doses_of(course.id))
    if any(is_running(session) for session in sessions):
        return StageReport(Progress.RUNNING, f"{given} given, one runs now")
    planned = [s.planned_at for s in sessions if s.status is SessionStatus.PLANNED]
    if planned:
        next_on = on_date(min(planned).astimezone(acting().timezone).date())
        return StageReport(Progress.RUNNING, f"{given} given, next {next_on}")
    if given:
        return StageReport(Progress.DONE, f"{given} given, none planned")
    return StageReport(Progress.NOT_STARTED)


def is_running(session: TreatmentSession) -> bool:
    """Whether somebody has arrived and the session is not signed yet."""
    return session.status in RUNNING and session.locked_at is None


def agreed_pause(course: Course) -> tuple[str, str] | None:
    """When the agreed pause after the last dose ends, else the hours of the latest order.

    Of an order nothing, when no infant has her milk (definitions D5.3).
    """
    doses = doses_of(course.id)
    ends_at = doses[-1].agreed_pause_ends_at if doses else None
    if ends_at and ends_at > clock.now():
        local = ends_at.astimezone(acting().timezone)
        return f"Agreed pause ends {local:%H:%M}", on_date(local.date())
    if gives_milk(infant.feeding for infant in infants_of_course(course)) is False:
        return None
    for session in reversed(of_course(course.id)):
        if session.agreed_pause_hours is not None:
            hours = format(session.agreed_pause_hours.normalize(), "f")
            return (
                f"Agreed pause {hours} h",
                f"after the last dose, order of session {session.number}",
            )
    return None


def next_visit(course: Course) -> tuple[str, str, str] | None:
    """What her last page says of her next session: an icon, and when she comes."""
    now = clock.now()
    coming = [
        session.planned_at
        for session in of_course(course.id)
        if session.status is SessionStatus.PLANNED and session.planned_at > now
    ]
    return ("calendar-event", "Next visit", at_moment(min(coming))) if coming else None


def hindrance(course: Course) -> str | None:
    """A course does not end while a session runs."""
    running = [session for session in of_course(course.id) if is_running(session)]
    if running:
        return f"Session {running[0].number} is not signed yet. Sign it first."
    return None

"""This file is about CarePlan, its goals, and the medicines beside the drug."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from clinic.exchange.rules.dossier import Activity, CourseFile, Dossier, Medicine
from clinic.exchange.rules.fhir.values import (
    Json,
    absent,
    coded,
    period,
    reference,
    resource,
    said,
)
from clinic.exchange.rules.lens import Lens
from clinic.integration.rules import GoalFacts, TreatmentFacts

GOALS = {
    "not-started": "accepted",
    "started": "active",
    "on-track": "active",
    "planned": "planned",
    "met": "completed",
    "dropped": "cancelled",
}
VISITS = {
    "planned": "scheduled",
    "done": "completed",
    "missed": "cancelled",
    "not-wanted": "cancelled",
}
COURSES = {"active": "active", "planned": "draft", "finished": "completed", "cancelled": "revoked"}


def plan_resources(lens: Lens, dossier: Dossier, course: CourseFile) -> Iterator[Json]:
    """The plan with its goals; nothing where there is none."""
    if course.plan.is_empty:
        return
    yield care_plan(lens, dossier, course)
    for goal_id, goal in course.plan.goals:
        yield goal_resource(lens, dossier, goal_id, goal)


def care_plan(lens: Lens, dossier: Dossier, course: CourseFile) -> Json:
    """What helps her beside the drug, as it stands; until she agrees in writing it is a draft."""
    plan, export = course.plan, course.export
    activities = [activity(lens, one) for one in plan.activities]
    treatments = [treatment(lens, facts) for _, facts in plan.treatments]
    agreed = COURSES[export.status] if plan.signed else "draft"
    return resource(
        "CarePlan",
        lens.id(course.id, "care-plan"),
        status=agreed,
        intent="plan",
        title="Care plan",
        subject=reference("Patient", lens.id(dossier.person.id)),
        period=period(lens.day(export.record.opened_on), lens.day(export.record.ended_on)),
        created=lens.moment(plan.signed[-1].at) if plan.signed else None,
        goal=[reference("Goal", lens.id(goal_id)) for goal_id, _ in plan.goals],
        activity=[{"detail": detail} for detail in (*treatments, *activities)],
    )


def goal_resource(lens: Lens, dossier: Dossier, goal_id: UUID, goal: GoalFacts) -> Json:
    """A goal in her words; where the file is de-identified they stay out."""
    words = lens.mask.text(goal.goal)
    due = lens.day(goal.due_on)
    return resource(
        "Goal",
        lens.id(goal_id),
        lifecycleStatus=GOALS[goal.state.value],
        description={"text": words} if words else {"extension": absent("masked")},
        subject=reference("Patient", lens.id(dossier.person.id)),
        target=[{"dueDate": due}] if due else [],
    )


def activity(lens: Lens, visit: Activity) -> Json:
    """One visit."""
    ends = visit.starts_at + timedelta(minutes=visit.minutes) if visit.minutes else None
    reason = lens.mask.text(visit.reason)
    return said(
        kind="Appointment",
        code=coded(lens.book, f"visit:{visit.kind}", visit.kind.replace("-", " ")),
        status=VISITS[visit.status],
        statusReason={"text": reason} if reason else None,
        scheduledPeriod=period(lens.moment(visit.starts_at), lens.moment(ends)),
    )


def treatment(lens: Lens, facts: TreatmentFacts) -> Json:
    """A treatment that lasts; over once it has a last day."""
    kind = facts.kind.value
    return said(
        kind="ServiceRequest",
        code=coded(lens.book, f"treatment:{kind}", lens.mask.text(facts.title) or kind),
        status="completed" if facts.stopped_on else "in-progress",
        scheduledPeriod=period(lens.day(facts.started_on), lens.day(facts.stopped_on)),
    )


def medicine_resources(lens: Lens, dossier: Dossier, course: CourseFile) -> Iterator[Json]:
    """One statement for each medicine beside the drug."""
    for medicine in course.medicines:
        yield statement(lens, dossier, course, medicine)


def statement(lens: Lens, dossier: Dossier, course: CourseFile, one: Medicine) -> Json:
    """A medicine by its name as typed, else by its class. An unknown start has no start."""
    dose = lens.mask.text(one.dose)
    return resource(
        "MedicationStatement",
        lens.id(one.id),
        status=statement_status(one.stopped_on, unclear=one.stop_unclear),
        medicationCodeableConcept=coded(
            lens.book,
            f"medicine-class:{one.drug_class}",
            lens.mask.text(one.drug) or one.drug_class,
        ),
        subject=reference("Patient", lens.id(dossier.person.id)),
        context=reference("EpisodeOfCare", lens.id(course.id)),
        effectivePeriod=period(lens.day(one.started_on), lens.day(one.stopped_on)),
        dateAsserted=lens.moment(one.recorded_at),
        dosage=[{"text": dose}] if dose else [],
    )


def statement_status(stopped_on: date | None, *, unclear: bool) -> str:
    """Whether she takes it; while that is to be asked, nobody knows."""
    if unclear:
        return "unknown"
    return "completed" if stopped_on else "active"

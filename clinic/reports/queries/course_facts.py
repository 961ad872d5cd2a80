"""This file is about what courses add to figures: worked out once, and anew once anything changed.

What a course adds depends on what was written of her, and on time. Whatever is written of her is an
event of her trail, so the number of her newest event says whether somebody wrote; when time alone
turns something is known beforehand. Nothing is ever out of date here.
"""

import uuid
from collections.abc import Hashable, Iterator, Sequence
from datetime import timedelta

from flask import current_app

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.audit.reading import newest_of
from clinic.courses.models import Course
from clinic.followups.queries import told_in
from clinic.followups.queries.of_course import of_courses
from clinic.instruments.queries import own_scales
from clinic.protocols.queries import by_ids as versions_by_ids
from clinic.reports.queries.due_forms import forms_sent
from clinic.reports.queries.obligations import newest_versions
from clinic.reports.rules.outcomes import CourseFacts, Followed, Scope, facts_of
from clinic.review.queries import record_of
from clinic.review.queries.decisions import decided_last

MANY = 1000
JUST_NOW = timedelta(minutes=1)
Kept = dict[Hashable, tuple[int, CourseFacts]]


def facts_of_courses(courses: Sequence[Course], scope: Scope) -> list[CourseFacts]:
    """What each of some courses adds, in their order. Of a day gone by nothing is kept: an entry
    that was not dated yet then would be missing."""
    if scope.now < clock.now() - JUST_NOW:
        return [facts_of(one, scope) for one in followed(courses, scope)]
    events, common = newest_of(course.patient_id for course in courses), common_key(scope)
    kept: Kept = current_app.extensions.setdefault("clinic.course_facts", {})
    found: dict[uuid.UUID, CourseFacts] = {}
    for course in courses:
        seq, facts = kept.get((common, course.id), (None, None))
        if facts and seq == events.get(course.patient_id) and facts.holds_at(scope.now):
            found[course.id] = facts
    others = [course for course in courses if course.id not in found]
    for one in followed(others, scope):
        found[one.id] = facts_of(one, scope)
        if one.patient_id in events:
            keep(kept, (common, one.id), (events[one.patient_id], found[one.id]))
    return [found[course.id] for course in courses]


def common_key(scope: Scope) -> Hashable:
    """What else the figures of a course depend on: clinic, zone, scale, rules, forms, scales."""
    forms = frozenset((one.code, one.n, one.in_use) for one in newest_versions())
    scales = frozenset(scale.digest for scale in own_scales().values())
    house = acting().clinic_id, scope.zone.key
    return (*house, scope.cohort.scale, scope.rules.digest, forms, scales)


def keep(kept: Kept, key: Hashable, value: tuple[int, CourseFacts]) -> None:
    """Remember it, in the place of everything when there is too much."""
    if len(kept) >= MANY:
        kept.clear()
    kept[key] = value


def followed(courses: Sequence[Course], scope: Scope) -> Iterator[Followed]:
    """Some courses with their records, as they stand at the scope's moment."""
    if not courses:
        return
    held = versions_by_ids({course.protocol_version_id for course in courses})  # else read anew
    ids = [course.id for course in courses]
    dues, last, told = of_courses(courses, scope.now), decided_last(ids), told_in(ids, scope.now)
    for course in courses:
        decision = last.get(course.id)
        stops = decision is not None and decision.is_discontinuation
        record = record_of(course, scope.now, told.get(course.id, ()))
        yield Followed(
            id=course.id,
            patient_id=course.patient_id,
            status=course.status,
            end_reason=course.end_reason,
            record=record,
            follow_ups=tuple(dues[course.id]),
            stopped_because=decision.stopped_because if decision and stops else None,
            forms=forms_sent(record),
        )
    held.clear()

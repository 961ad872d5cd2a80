"""This file is about the staff's side: what was sent, sending, handing the tablet over."""

import uuid
from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from clinic.accounts.rules import is_own_address
from clinic.accounts.sign_in import hand_over
from clinic.core import clock, records
from clinic.core.db import db, end_reading
from clinic.core.errors import Unprocessable
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.courses.models import Course
from clinic.links import actions
from clinic.links.forms import SendForm
from clinic.links.models import PrivateLink
from clinic.links.queries.choosing import choices_for, titles_of
from clinic.links.queries.links import links_of, states_of
from clinic.links.queries.sending import clinic_faults, phone_faults
from clinic.links.rules import LinkWay, Subject, subject_of
from clinic.links.views.blueprints import staff
from clinic.patients.models import Patient

TWO_HOURS = timedelta(hours=2)  # a form in her hands, not a link that waits


@staff.get("/courses/<uuid:course_id>/links")
@requires(Permission.SCALE_RECORD)
def show(course_id: uuid.UUID) -> str:
    """Her private links in this course, and a form for another one."""
    return links_page(course_id, SendForm(formdata=None, way=LinkWay.PHONE))


@staff.post("/courses/<uuid:course_id>/links")
@requires(Permission.SCALE_RECORD)
def send(course_id: uuid.UUID) -> Any:
    """Send her a private link, or hand her this tablet."""
    course, form = get_or_404(Course, course_id), SendForm()
    if form.validate():
        try:
            return sent(course, form)
        except Unprocessable as refusal:
            end_reading()
            form.form_errors.extend(refusal.fields.get("parts", [str(refusal)]))
    return links_page(course_id, form), 422


def sent(course: Course, form: SendForm) -> Any:
    """Send or hand over what was chosen. Raises Unprocessable with the reason why not."""
    way = LinkWay(form.way.data)
    if why := form.why_not_consent(way):
        raise Unprocessable({"parts": [why]}, why)
    subject = checked_subject(course, form.subject.data or asked_now())
    until = clock.now() + TWO_HOURS if way is LinkWay.TABLET else None
    link = actions.send_link(course, parts=form.parts(), subject=subject, way=way, expires_at=until)
    if way is LinkWay.TABLET:
        beginning = url_for("phone.start", token=actions.token_of(link.id))
        hand_over(beginning)
        return redirect(beginning, 303)
    flash("Sent. It goes out outside her quiet hours.")
    target = form.next.data
    back = target if target and is_own_address(target) else url_for(".show", course_id=course.id)
    return redirect(back, 303)


def asked_now() -> str:
    """What a link is for that nothing planned; pressed twice in a second it is the same one."""
    return f"asked/{clock.now():%Y%m%d-%H%M%S}"


def checked_subject(course: Course, key: str) -> Subject:
    """What a link is for; a session that it names is hers. Raises Unprocessable."""
    subject = subject_of(key)
    for word in subject:
        try:
            session_id = uuid.UUID(word or "")
        except ValueError:
            continue
        if records.patient_of(db.session(), "session_id", session_id) != course.patient_id:
            raise Unprocessable({"parts": ["This session belongs to another patient."]})
    return subject


@staff.post("/links/<uuid:link_id>/withdraw")
@requires(Permission.SCALE_RECORD)
def withdraw(link_id: uuid.UUID) -> Any:
    """Take a link back: it opens nothing any more."""
    link = actions.withdraw_link(get_or_404(PrivateLink, link_id).id)
    flash("Withdrawn. The link opens nothing any more.")
    return redirect(url_for(".show", course_id=link.course_id), 303)


def links_page(course_id: uuid.UUID, form: SendForm) -> str:
    """The page with a form, empty or refused."""
    course = get_or_404(Course, course_id)
    links = links_of(course_id)
    return render_template(
        "links/of_course.html",
        course=course,
        patient=db.session.get_one(Patient, course.patient_id),
        links=links,
        states=states_of(links),
        titles=titles_of(links),
        choices=choices_for(course),
        form=form,
        clinic_faults=list(clinic_faults()),
        phone_faults=list(phone_faults(course)),
        next=request.full_path,
    )

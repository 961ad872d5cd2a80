"""This file is about the pages of one patient: her chart's front page, her data, her infants."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import current_app, flash, redirect, render_template, url_for

from clinic.core.db import end_reading
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.patients import actions, queries
from clinic.patients.forms import FEEDING_WORDS, InfantForm, PatientForm
from clinic.patients.models import Infant, Patient
from clinic.patients.views.blueprint import bp


@bp.get("/patients/new")
@requires(Permission.PATIENT_EDIT)
def new() -> str:
    """An empty form."""
    return render_template("patients/new.html", form=PatientForm(formdata=None), same=())


@bp.post("/patients/new")
@requires(Permission.PATIENT_EDIT)
def register() -> Any:
    """Register her, after those who look the same were shown."""
    form = PatientForm()
    if not form.validate():
        return render_template("patients/new.html", form=form, same=()), 422
    try:
        patient = actions.register_patient(form.particulars(), form.seen_ids())
    except actions.MaybeTheSame as found:
        return render_template("patients/new.html", form=form, same=found.patients), 409
    except actions.NumberTaken:
        look_again(form)
        return render_template("patients/new.html", form=form, same=()), 422
    flash(f"{patient.name} is registered.")
    return redirect(url_for(".show", patient_id=patient.id), 303)


@bp.get("/patients/<uuid:patient_id>")
@requires(Permission.CHART_READ)
def show(patient_id: uuid.UUID) -> str:
    """The front page of her chart; later rooms add their panels."""
    patient = get_or_404(Patient, patient_id)
    return render_template(
        "patients/show.html",
        patient=patient,
        infants=queries.infants_of(patient_id),
        feeding_words=dict(FEEDING_WORDS),
        panels=[panel(patient) for panel in panels()],
    )


@bp.route("/patients/<uuid:patient_id>/edit", methods=["GET", "POST"])
@requires(Permission.PATIENT_EDIT)
def edit(patient_id: uuid.UUID) -> Any:
    """Correct what is written down of her."""
    patient = get_or_404(Patient, patient_id)
    form = PatientForm(obj=patient)

    def save() -> None:
        actions.correct_patient(patient, form.particulars(), form.version.data)

    return saved_or_shown("patients/edit.html", form, save, Patient, patient)


@bp.route("/patients/<uuid:patient_id>/infants/new", methods=["GET", "POST"])
@requires(Permission.PATIENT_EDIT)
def new_infant(patient_id: uuid.UUID) -> Any:
    """Write down an infant."""
    patient = get_or_404(Patient, patient_id)
    form = infant_form(patient)
    if form.validate_on_submit():
        actions.add_infant(patient_id, form.particulars())
        return redirect(url_for(".show", patient_id=patient_id), 303)
    page = render_template("patients/infant.html", form=form, patient=patient, infant=None)
    return page, 422 if form.errors else 200


@bp.route("/patients/<uuid:patient_id>/infants/<uuid:infant_id>/edit", methods=["GET", "POST"])
@requires(Permission.PATIENT_EDIT)
def edit_infant(patient_id: uuid.UUID, infant_id: uuid.UUID) -> Any:
    """Correct what is written down of an infant."""
    patient = get_or_404(Patient, patient_id)
    infant = get_or_404(Infant, infant_id, patient_id=patient_id)
    form = infant_form(patient, infant)

    def save() -> None:
        actions.correct_infant(infant, form.particulars(), form.version.data)

    return saved_or_shown("patients/infant.html", form, save, Infant, infant, patient=patient)


def infant_form(patient: Patient, infant: Infant | None = None) -> InfantForm:
    """A form that knows the mother's dates."""
    return InfantForm(
        obj=infant, mother_born_on=patient.born_on, gave_birth_on=patient.gave_birth_on
    )


def saved_or_shown(
    template: str,
    form: PatientForm | InfantForm,
    save: Callable[[], None],
    model: type[Patient] | type[Infant],
    record: Patient | Infant,
    **more: Any,
) -> Any:
    """Save a register and go to the chart, or show the form: with its errors, or beside what
    somebody else saved meanwhile."""
    name, record_id = model.__name__.lower(), record.id
    if not form.is_submitted() or not form.validate():
        page = render_template(template, form=form, meanwhile=(), **{name: record}, **more)
        return page, 422 if form.errors else 200
    try:
        save()
    except actions.NumberTaken:
        look_again(form)
        return render_template(template, form=form, meanwhile=(), **{name: record}, **more), 422
    except actions.ChangedMeanwhile:
        end_reading()
        record = get_or_404(model, record_id)
        rows = differences(form, record)
        return render_template(template, form=form, meanwhile=rows, **{name: record}, **more), 409
    patient_id = record.id if isinstance(record, Patient) else record.patient_id
    return redirect(url_for(".show", patient_id=patient_id), 303)


def look_again(form: PatientForm | InfantForm) -> None:
    """After a number was taken at the same moment: what is stored now says by whom."""
    end_reading()
    form.validate()


def differences(form: Any, record: Patient | Infant) -> list[tuple[str, str, str]]:
    """(label, what is stored now, what was typed) of every field that would be overwritten."""
    stored = type(form)(formdata=None, obj=record, **form_needs(form))
    return [
        (field.label.text, shown(stored[field.name]), shown(field))
        for field in form
        if hasattr(record, field.name)
        and field.name != "version"
        and field.data != stored[field.name].data
    ]


def form_needs(form: Any) -> dict[str, Any]:
    """What a second form of the same kind must be told."""
    if not isinstance(form, InfantForm):
        return {}
    return {"mother_born_on": form.mother_born_on, "gave_birth_on": form.gave_birth_on}


def shown(field: Any) -> str:
    """A field's value in words."""
    if choices := getattr(field, "choices", None):
        return str(dict(choices).get(field.data, "Not asked yet"))
    return (
        str(field.show(field.data)) if hasattr(field, "show") and field.data else field.data or ""
    )


def panels() -> list[Callable[[Patient], str]]:
    """What other rooms show on the chart's front page, in their order."""
    added = current_app.extensions.get("clinic.patients.panels", {})
    return [panel for _, panel in sorted(added.values(), key=lambda pair: pair[0])]

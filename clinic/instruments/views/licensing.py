"""This file is about the three steps to a wording: evidence, the wording, a second person."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for

from clinic.accounts.queries import names_of
from clinic.core import files
from clinic.core.acting import acting
from clinic.core.errors import Conflict, Unprocessable
from clinic.core.forms import BaseForm
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.instruments import actions, queries
from clinic.instruments.actions import EvidenceFile
from clinic.instruments.forms import (
    AskedForm,
    EvidenceForm,
    OwnScaleForm,
    RetireForm,
    WithdrawalForm,
    WordingFileForm,
    WordingForm,
    as_typed,
    comparison_form,
    wording_form,
)
from clinic.instruments.models import LicenceEvidence, ScaleWording
from clinic.instruments.queries import Registered
from clinic.instruments.rules.licences import LANGUAGES, EvidenceKind
from clinic.instruments.rules.wording import empty_file
from clinic.instruments.views.blueprints import library
from clinic.instruments.views.scales import line_or_404, page

LINE = "/settings/scales/<code>/<language>"
AROUND_A_FILE = 100_000  # the other fields of a form that carries one


@library.url_value_preprocessor
def allow_a_letter(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """The one address that takes a large file; the gate reads the form before any view."""
    if endpoint == "scales.put_on_file":
        request.max_content_length = actions.LARGEST_FILE + AROUND_A_FILE


@library.post(LINE + "/evidence")
@requires(Permission.CLINIC_CONFIGURE)
def put_on_file(code: str, language: str) -> Any:
    """Step 1: the letter or contract of the owner, and what it covers."""
    row, form = line_or_404(code, language), EvidenceForm()

    def save() -> None:
        sent = form.file.data
        file = EvidenceFile(sent.filename or "letter", sent.read()) if sent else None
        actions.put_on_file(
            code,
            language,
            kind=EvidenceKind.ON_FILE,
            reference=form.reference.data,
            ends_on=form.ends_on.data,
            covers=form.covers(),
            translation=form.translation.data,
            file=file,
        )

    return saved(row, form, save, "The evidence is on file.", "evidence_form")


@library.post(LINE + "/asked")
@requires(Permission.CLINIC_CONFIGURE)
def asked(code: str, language: str) -> Any:
    """That the owner was asked."""
    row, form = line_or_404(code, language), AskedForm(prefix="asked-")
    kind = {"kind": EvidenceKind.ASKED, "reference": form.reference.data}

    def save() -> None:
        actions.put_on_file(code, language, **kind)

    return saved(row, form, save, "It is noted that the owner was asked.", "asked_form")


@library.post(LINE + "/withdrawal")
@requires(Permission.CLINIC_CONFIGURE)
def withdraw_evidence(code: str, language: str) -> Any:
    """That evidence counts no more: the scale is a skeleton from now on."""
    row, form = line_or_404(code, language), WithdrawalForm(prefix="withdrawal-")
    kind = {"kind": EvidenceKind.WITHDRAWN, "reference": form.reference.data}

    def save() -> None:
        actions.put_on_file(code, language, **kind)

    return saved(row, form, save, "The evidence counts no more.", "withdrawal_form")


@library.post(LINE + "/retire")
@requires(Permission.CLINIC_CONFIGURE)
def retire(code: str, language: str) -> Any:
    """Hide a scale from new protocols, or show it there again."""
    row, form = line_or_404(code, language), RetireForm(prefix="retire-")
    wanted = not row.registration.retired

    def save() -> None:
        actions.retire_scale(code, retired=wanted, reason=form.reason.data)

    words = "is in no new protocol" if wanted else "may be planned again"
    return saved(row, form, save, f"{row.scale.name} {words}.", "retire_form")


def saved(row: Registered, form: BaseForm, save: Callable[[], None], words: str, name: str) -> Any:
    """Save and go back to the line, or show it with what was typed and what is wrong."""
    if form.validate():
        try:
            save()
        except Unprocessable as refusal:
            form.take_errors(refusal)
        else:
            flash(words)
            return back_to(row)
    return page(row, 422, **{name: form})


def back_to(row: Registered) -> Any:
    """The page of a line."""
    language = row.registration.language
    return redirect(url_for("scales.chosen", code=row.scale.code, language=language), 303)


@library.route("/settings/scales/new", methods=["GET", "POST"])
@requires(Permission.CLINIC_CONFIGURE)
def add() -> Any:
    """A scale of the clinic's own making, or its next version."""
    form = OwnScaleForm()
    if form.validate_on_submit():
        try:
            row = actions.add_own_scale(form.facts())
        except Unprocessable as refusal:
            form.take_errors(refusal)
        except Conflict as clash:
            form.form_errors.append(str(clash))
        else:
            flash("The scale is added. It says that it is not validated wherever its value stands.")
            return redirect(url_for("scales.chosen", code=row.code, language="en"), 303)
    sent = request.method == "POST"
    return render_template("instruments/own_scale.html", form=form), 422 if sent else 200


@library.get("/settings/scales/evidence/<uuid:evidence_id>")
@requires(Permission.CLINIC_CONFIGURE)
def evidence_file(evidence_id: uuid.UUID) -> Response:
    """The letter or contract, byte for byte, to be saved and never shown in the browser."""
    row = get_or_404(LicenceEvidence, evidence_id)
    return files.stored(row.content, row.file_type, row.file_name)


@library.get(LINE + "/empty.yaml")
@requires(Permission.PROTOCOL_READ)
def empty(code: str, language: str) -> Response:
    """The file to fill in: numbers and scores, no word."""
    row = line_or_404(code, language)
    answer = Response(empty_file(row.scale, language), mimetype="text/plain")
    name = f"{code}-{row.scale.version}-{language}.yaml"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@library.post(LINE + "/wording")
@requires(Permission.CLINIC_CONFIGURE)
def load_file(code: str, language: str) -> Any:
    """Step 2: a wording file."""
    row, form = line_or_404(code, language), WordingFileForm()
    if form.validate():
        try:
            wording = actions.wording_in(form.wording.data.read())
            actions.load_wording(code, language, wording)
        except Unprocessable as refusal:
            return page(row, 422, problems=refusal.fields.get("wording", [str(refusal)]))
        flash("The wording is loaded. A second person compares it now.")
        return back_to(row)
    return page(row, 422, problems=form.wording.errors)


@library.route(LINE + "/wording/new", methods=["GET", "POST"])
@requires(Permission.CLINIC_CONFIGURE)
def type_wording(code: str, language: str) -> Any:
    """Step 2 typed in, beginning with the newest version."""
    row = line_or_404(code, language)
    newest = queries.newest_wording(code, row.scale.version, language)
    form = wording_form(row.scale, **(as_typed(queries.content_of(newest)) if newest else {}))
    if form.validate_on_submit() and loaded(row, form):
        flash("The wording is loaded. A second person compares it now.")
        return back_to(row)
    sent = request.method == "POST"
    about = {"row": row, "form": form, "languages": LANGUAGES}
    return render_template("instruments/wording_new.html", **about), 422 if sent else 200


def loaded(row: Registered, form: WordingForm) -> bool:
    """Whether a typed wording was loaded; if not, the form says why."""
    language = row.registration.language
    try:
        actions.load_wording(row.scale.code, language, form.wording(language))
    except Unprocessable as refusal:
        form.form_errors.extend(refusal.fields.get("wording", [str(refusal)]))
        return False
    except Conflict as clash:
        form.form_errors.append(str(clash))
        return False
    return True


@library.route("/settings/scales/wordings/<uuid:wording_id>", methods=["GET", "POST"])
@requires(Permission.WORDING_COMPARE)
def compare(wording_id: uuid.UUID) -> Any:
    """Step 3: every line beside a box, for a second person with the owner's form in hand."""
    stored = get_or_404(ScaleWording, wording_id)
    row = line_or_404(stored.code, stored.language)
    wording = queries.content_of(stored)
    form = comparison_form(wording)
    if form.validate_on_submit():
        same, said = form.verdict.data == "same", form.difference.data
        try:
            actions.compare_wording(wording_id, same=same, difference=said)
        except Unprocessable as refusal:
            form.take_errors(refusal)
        else:
            flash("The wording is compared." if same else "What differs is written down.")
            return back_to(row)
    return render_template(
        "instruments/compare.html",
        row=row,
        stored=stored,
        lines=list(zip(form.flags(), wording.lines(), strict=True)),
        form=form,
        own=stored.loaded_by_id == acting().actor_id,
        people=names_of([stored.loaded_by_id]),
        languages=LANGUAGES,
    ), 422 if request.method == "POST" else 200

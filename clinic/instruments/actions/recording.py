"""This file is about writing down the answers of one use of a scale."""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from clinic.core import clock, records
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Unprocessable
from clinic.instruments.models import AnsweredBy, InstrumentText, QuestionnaireResponse, Way
from clinic.instruments.queries import current, registered, shown, why_not_yet
from clinic.instruments.queries.texts import text_of
from clinic.instruments.rules import (
    Answers,
    AskedBy,
    Instrument,
    Method,
    MomentCode,
    RecallKind,
    answer_problems,
    safety_findings,
    why_not_at,
)
from clinic.instruments.rules.licences import Medium
from clinic.instruments.rules.parts import Form

Faults = Iterator[tuple[str, str]]  # the field, and a sentence
BY_HERSELF = (AskedBy.PATIENT, AskedBy.PATIENT_WITH_CLINICIAN)
IN_HER_HANDS = (Way.LINK, Way.TABLET)


def record_response(
    course_id: uuid.UUID,
    code: str,
    answers: Answers,
    *,
    moment: MomentCode,
    answered_at: datetime,
    way: Way = Way.VISIT,
    answered_by: AnsweredBy | None = None,
    form_code: str | None = None,
    session_id: uuid.UUID | None = None,
    language: str | None = None,
) -> QuestionnaireResponse:
    """Write down one use of a scale in a course. Skipped items are allowed: there is no total then.

    `answered_by` follows from the scale; `form_code` None: its first form; `language` None: that
    of the scale. Raises Unprocessable: fields `item_<number>`, `answered_at`, `moment`, `way`,
    `answered_by`, `form_code`, `language`, `code`.
    """
    instrument = scale_in_use(code)
    form = form_in_use(instrument, form_code)
    row = QuestionnaireResponse(
        patient_id=records.patient_of(db.session(), "course_id", course_id),
        course_id=course_id,
        session_id=session_id,
        form_code=form.code,
        moment=moment,
        answered_at=answered_at,
        answered_by=answered_by or whose_answers(instrument),
        way=way,
        language=language if language != instrument.language else None,
    )
    row.wording_digest = digest_on_screen(row, instrument)
    refuse(faults_of_new(row, instrument, answers))
    keep_text(instrument)
    return added(row, instrument, answers)


def faults_of_new(row: QuestionnaireResponse, instrument: Instrument, answers: Answers) -> Faults:
    """What keeps a first version from being written."""
    yield from faults_of(row, instrument, answers)
    yield from session_faults(row)
    yield from licence_faults(row, instrument.code)


def faults_of(
    row: QuestionnaireResponse,
    instrument: Instrument,
    answers: Answers,
    besides: Iterable[uuid.UUID] = (),
) -> Faults:
    """What keeps a row from being written; `besides`: rows that it corrects."""
    form = instrument.form(row.form_code)
    yield from answer_faults(instrument, answers)
    yield from manner_faults(instrument, form, row)
    yield from time_faults(row, instrument, form, besides)


def added(
    row: QuestionnaireResponse, instrument: Instrument, answers: Answers
) -> QuestionnaireResponse:
    """Write a row down as the acting person, now, with the answers and the scale they belong to."""
    order = [item.number for item in instrument.items if item.number in answers]
    row.instrument_code, row.instrument_version = instrument.code, instrument.version
    row.instrument_digest = instrument.digest
    row.answers = json.dumps({number: answers[number] for number in order})
    row.has_findings = not row.withdrawn and bool(safety_findings(instrument, answers))
    row.author_id, row.recorded_at = acting().actor_id, clock.now()
    db.session.add(row)
    db.session.flush()
    return row


def keep_text(instrument: Instrument) -> None:
    """Keep the scale as it is today, so that these answers keep their meaning."""
    if text_of(instrument.digest) is None:
        names = {"code": instrument.code, "version": instrument.version}
        text = InstrumentText(digest=instrument.digest, body=instrument.to_json(), **names)
        db.session.add(text)


def scale_in_use(code: str) -> Instrument:
    """A scale that is answered item by item. Raises Unprocessable (field `code`)."""
    instrument = current(code)
    if instrument is None:
        raise Unprocessable({"code": [f"There is no scale {code}."]})
    if instrument.method is Method.TRIAL_LIST:
        raise Unprocessable({"code": [f"{instrument.name} is a list of medicines, no scale."]})
    return instrument


def form_in_use(instrument: Instrument, form_code: str | None) -> Form:
    """A printed form of a scale, its first when none is named. Raises Unprocessable."""
    if form_code is None:
        return instrument.forms[0]
    try:
        return instrument.form(form_code)
    except KeyError:
        sentence = f"{instrument.name} has no form {form_code}."
        raise Unprocessable({"form_code": [sentence]}) from None


def whose_answers(instrument: Instrument) -> AnsweredBy:
    """Hers where the scale is asked of her, else those of who rates it."""
    hers = instrument.administered.by in BY_HERSELF
    return AnsweredBy.PATIENT if hers else AnsweredBy.CLINICIAN


def refuse(faults: Iterable[tuple[str, str]]) -> None:
    """Raise Unprocessable when there is any fault."""
    fields: dict[str, list[str]] = defaultdict(list)
    for name, sentence in faults:
        fields[name].append(sentence)
    if fields:
        raise Unprocessable(dict(fields))


def answer_faults(instrument: Instrument, answers: Answers) -> Faults:
    """Answers that cannot be, and no answer at all."""
    for number, sentence in answer_problems(instrument, answers).items():
        yield f"item_{number}", sentence
    if not answers:
        asked = [item.number for item in instrument.items]
        yield f"item_{asked[0]}", "Answer at least one item."


def manner_faults(instrument: Instrument, form: Form, row: QuestionnaireResponse) -> Faults:
    """Who answers, how and when, against what the scale is made for."""
    name = instrument.name
    if row.way in IN_HER_HANDS and instrument.administered.needs_staff:
        yield "way", f"{name} is asked by staff, in a call or a visit, never by link."
    if row.answered_by is not whose_answers(instrument):
        whose = (
            "the rating of staff" if row.answered_by is AnsweredBy.PATIENT else "her own answers"
        )
        yield "answered_by", f"{name} holds {whose}."
    if form.recall.kind is RecallKind.SINCE_BASELINE and row.moment is MomentCode.BASELINE:
        yield "moment", f"{name} compares with the baseline, so it has none itself."
    if words := why_not_at(instrument, form, row.moment):
        yield "moment", words


def time_faults(
    row: QuestionnaireResponse, instrument: Instrument, form: Form, besides: Iterable[uuid.UUID]
) -> Faults:
    """A time to come, or one too near to another use (definitions D7.3). Nobody overrides it."""
    at = row.answered_at
    if at > clock.now():
        yield "answered_at", "Enter a time that is not in the future."
    elif words := why_not_yet(row.patient_id, instrument, form, at, besides=besides):
        yield "answered_at", words


def licence_faults(row: QuestionnaireResponse, code: str) -> Faults:
    """A phone that no licence opened, and a language in which it is another scale."""
    found = registered(code, row.language)
    if found is None or found.scale.administered.needs_staff:
        return
    if row.way in IN_HER_HANDS and (words := found.registration.why_not(Medium.PHONE)):
        yield "way", words
    elif not found.registration.scored:
        yield "language", str(found.registration.why_not(Medium.PAPER))


def digest_on_screen(row: QuestionnaireResponse, instrument: Instrument) -> str | None:
    """Of the loaded wording that was read; None: paper, a skeleton, or what comes with us."""
    if row.way is Way.PAPER:
        return None
    medium = Medium.PHONE if row.way in IN_HER_HANDS else Medium.SCREEN
    words = shown(instrument.code, language=row.language, medium=medium)
    return words.wording_digest if words else None


def session_faults(row: QuestionnaireResponse) -> Faults:
    """A session of somebody else."""
    if row.session_id is not None:
        whose = records.patient_of(db.session(), "session_id", row.session_id)
        if whose != row.patient_id:
            yield "session_id", "This session belongs to another patient."

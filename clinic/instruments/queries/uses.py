"""This file is about the uses of a scale: each with its corrections, scored by its own scale."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from clinic.core.db import db
from clinic.core.formatting import at_moment
from clinic.instruments.models import QuestionnaireResponse, SafetyReview
from clinic.instruments.queries.licences import words_read
from clinic.instruments.queries.texts import instrument_of
from clinic.instruments.rules import (
    Instrument,
    Method,
    OpenAnswer,
    Result,
    Score,
    Triage,
    Version,
    may_be_collected,
    open_answers,
    safety_findings,
    score,
    triage,
    word_of,
)
from clinic.instruments.rules.parts import Form
from clinic.instruments.rules.wording import Wording, worded


@dataclass(frozen=True)
class Answered:
    """One use of a scale as it stands.

    `response` is the version in force, `versions` all of them, oldest first. `triage` is None for a
    scale that has none. `open` are safety answers of any version that nobody has reviewed. `shown`
    is the scale in the words that were read, where they may stand on the screen today.
    """

    response: QuestionnaireResponse
    versions: tuple[QuestionnaireResponse, ...]
    instrument: Instrument
    shown: Instrument
    score: Score
    triage: Triage | None
    open: tuple[OpenAnswer, ...]
    reviews: tuple[SafetyReview, ...]

    @property
    def withdrawn(self) -> bool:
        """Entered in error; it counts nowhere."""
        return self.response.withdrawn

    @property
    def word(self) -> str | None:
        """The one word for its total."""
        return word_of(self.instrument, self.score)

    @property
    def form(self) -> Form:
        """The printed form that was used."""
        return self.instrument.form(self.response.form_code)

    @property
    def open_since(self) -> datetime | None:
        """When the oldest of the open safety answers was recorded."""
        return min((self.versions[o.version].recorded_at for o in self.open), default=None)


def responses_of(course_id: uuid.UUID) -> list[Answered]:
    """The uses of a course that count, by the time they were answered."""
    return [use for use in histories_of(course_id) if not use.withdrawn]


def histories_of(course_id: uuid.UUID) -> list[Answered]:
    """Every use of a course, those entered in error too, by the time they were answered."""
    rows = select(QuestionnaireResponse).where(QuestionnaireResponse.course_id == course_id)
    return uses_from(db.session.scalars(rows).all())


def latest(course_id: uuid.UUID, code: str, form_code: str | None = None) -> Answered | None:
    """The last use of a scale in a course, of one of its forms when given; None: never used."""
    fitting = [
        use
        for use in responses_of(course_id)
        if use.response.instrument_code == code and form_code in (None, use.response.form_code)
    ]
    return fitting[-1] if fitting else None


def count_of(code: str) -> int:
    """How often a scale was answered in this clinic, those entered in error too."""
    rows = select(func.count(QuestionnaireResponse.id)).where(
        QuestionnaireResponse.instrument_code == code, QuestionnaireResponse.corrects_id.is_(None)
    )
    return db.session.scalar(rows) or 0


def use_of(response: QuestionnaireResponse) -> Answered:
    """The use that a row belongs to, in whichever version."""
    uses = histories_of(response.course_id)
    return next(use for use in uses if response.id in {row.id for row in use.versions})


def response_or_raise(response_id: uuid.UUID) -> QuestionnaireResponse:
    """A row of answers that must be there."""
    found = select(QuestionnaireResponse).where(QuestionnaireResponse.id == response_id)
    return db.session.scalars(found).one()


def result_of(use: Answered) -> Result:
    """What a use came to, as baseline, response and remission are computed from it."""
    row = use.response
    return Result(
        scale=row.instrument_code,
        version=row.instrument_version,
        form=row.form_code,
        taken_at=row.answered_at,
        total=use.score.total,
        maximum=use.score.maximum,
    )


def why_not_yet(
    patient_id: uuid.UUID,
    instrument: Instrument,
    form: Form,
    at: datetime,
    *,
    besides: Iterable[uuid.UUID] = (),
) -> str | None:
    """Why a form may not be answered at a moment (definitions D7.3), as a sentence, or None.

    `besides`: rows that do not count, because they are being corrected.
    """
    times = times_of(patient_id, instrument.code, form.code, set(besides))
    before = max((time for time in times if time <= at), default=None)
    after = min((time for time in times if time > at), default=None)
    hours = timedelta(hours=form.recall.hours or 0)
    looks = f"{instrument.name} looks back {form.recall.words}, and it was answered"
    if before is not None and not may_be_collected(form.recall, last_at=before, at=at):
        return f"{looks} {at_moment(before)}. The next time is from {at_moment(before + hours)} on."
    if after is not None and not may_be_collected(form.recall, last_at=at, at=after):
        return f"{looks} {at_moment(after)}, too soon after this."
    return None


def times_of(
    patient_id: uuid.UUID, code: str, form_code: str, besides: set[uuid.UUID]
) -> list[datetime]:
    """When a form of a scale was answered, in any course of a patient."""
    rows = select(QuestionnaireResponse).where(
        QuestionnaireResponse.patient_id == patient_id,
        QuestionnaireResponse.instrument_code == code,
        QuestionnaireResponse.form_code == form_code,
    )
    chains = chains_of(db.session.scalars(rows).all())
    return [
        chain[-1].answered_at
        for chain in chains
        if not chain[-1].withdrawn and not besides & {row.id for row in chain}
    ]


def uses_from(rows: Sequence[QuestionnaireResponse]) -> list[Answered]:
    """The uses that rows make up, each whole, by the time they were answered."""
    reviews = reviews_by_response([row.id for row in rows])
    words = words_read(rows)
    uses = [as_use(chain, reviews, words) for chain in chains_of(rows)]
    return sorted(uses, key=lambda use: (use.response.answered_at, use.response.id))


def chains_of(rows: Iterable[QuestionnaireResponse]) -> list[list[QuestionnaireResponse]]:
    """Rows by use, oldest version first."""
    corrections = {row.corrects_id: row for row in rows if row.corrects_id}
    chains = [[row] for row in rows if row.corrects_id is None]
    for chain in chains:
        while following := corrections.get(chain[-1].id):
            chain.append(following)
    return chains


def reviews_by_response(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[SafetyReview]]:
    """Reviews by the row of answers they name, oldest first."""
    by_response: dict[uuid.UUID, list[SafetyReview]] = defaultdict(list)
    found = select(SafetyReview).where(SafetyReview.response_id.in_(ids))
    for review in db.session.scalars(found.order_by(SafetyReview.reviewed_at, SafetyReview.id)):
        by_response[review.response_id].append(review)
    return by_response


def as_use(
    chain: Sequence[QuestionnaireResponse],
    reviews: dict[uuid.UUID, list[SafetyReview]],
    words: Mapping[str, Wording],
) -> Answered:
    """A use with its score and what is open."""
    response = chain[-1]
    instrument = instrument_of(response)
    read = words.get(response.wording_digest or "")
    versions = [as_version(row, instrument, reviewed=row.id in reviews) for row in chain]
    screens = instrument.method is Method.TRIAGE
    return Answered(
        response=response,
        versions=tuple(chain),
        instrument=instrument,
        shown=worded(instrument, read) if read else instrument,
        score=score(instrument, response.said()),
        triage=triage(instrument, response.said()) if screens else None,
        open=open_answers(versions),
        reviews=tuple(review for row in chain for review in reviews.get(row.id, ())),
    )


def as_version(row: QuestionnaireResponse, instrument: Instrument, *, reviewed: bool) -> Version:
    """A row as the rules of reviewing see it."""
    if row.withdrawn:
        everything = frozenset(item.number for item in instrument.items)
        return Version((), everything, reviewed)
    said = row.said()
    return Version(safety_findings(instrument, said), frozenset(said), reviewed)

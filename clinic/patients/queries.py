"""This file is about what may be asked of patients: who is meant, who looks the same."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from clinic.core.db import db, ring
from clinic.patients.models import Infant, InfantMeasure, Patient
from clinic.patients.rules import (
    folded,
    gives_milk,
    name_key,
    nearest,
    possible_dates,
    searchable,
)
from clinic.patients.rules.reaching import plain_email, plain_phone

PAGE_SIZE = 50
NEAREST_AMONG = 20_000  # a search with a slip looks through the newest so many patients
MOST_DOUBLES = 20

ORDERS: dict[str, tuple[ColumnElement[Any], ...]] = {
    "urgency": (Patient.name_key.asc(),),
    "name": (Patient.name_key.asc(),),
    "number": (Patient.number.asc(),),
    "age": (Patient.born_on.desc(),),
    "delivery": (Patient.gave_birth_on.is_(None), Patient.gave_birth_on.desc()),
}
FIRST_ORDER = "urgency"
Ranks = Mapping[uuid.UUID, Any]


@dataclass(frozen=True)
class Found:
    """One page of a search. `nearly`: nobody fits exactly, these are the nearest names."""

    sought: str
    patients: Sequence[Patient]
    total: int
    page: int
    order: str
    nearly: bool

    @property
    def first(self) -> int:
        """The position of the first one shown, from 1."""
        return (self.page - 1) * PAGE_SIZE + 1

    @property
    def last(self) -> int:
        """The position of the last one shown."""
        return self.first + len(self.patients) - 1

    @property
    def only(self) -> Patient | None:
        """The one patient who fits exactly, when there is just one."""
        return self.patients[0] if self.total == 1 and not self.nearly else None


@dataclass(frozen=True)
class Wanted:
    """How a page is asked for. `among`: only these, None for all; `ranks`: for order of urgency."""

    order: str
    page: int
    among: Collection[uuid.UUID] | None = None
    ranks: Ranks | None = None


def find(
    typed: str = "",
    *,
    order: str = FIRST_ORDER,
    page: int = 1,
    among: Collection[uuid.UUID] | None = None,
    ranks: Ranks | None = None,
) -> Found:
    """Patients by name, date of birth, number, phone or address; all of them for an empty search.

    order: a key of ORDERS, anything else is the first of them. page: from 1, kept inside the list.
    """
    wanted = Wanted(order if order in ORDERS else FIRST_ORDER, page, among, ranks)
    if not (sought := searchable(typed)):
        return page_of(sought, [], wanted)
    for condition in (Patient.number == sought.upper(), fits(sought)):
        found = page_of(sought, [condition], wanted)
        if found.total:
            return found
    near = Patient.id.in_(nearest_ids(sought))
    return page_of(sought, [near], wanted, nearly=True)


def page_of(
    sought: str, conditions: list[ColumnElement[bool]], wanted: Wanted, *, nearly: bool = False
) -> Found:
    """One page of the patients who fulfil the conditions."""
    ordered = select(Patient.id).where(*conditions).order_by(*ORDERS[wanted.order], Patient.id)
    ids = [one for one in db.session.scalars(ordered) if is_among(one, wanted.among)]
    if wanted.order == FIRST_ORDER:
        ids.sort(key=partial(rank_of, wanted.ranks or {}))
    page = min(max(wanted.page, 1), max(1, -(-len(ids) // PAGE_SIZE)))
    shown = ids[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    known = by_ids(shown)
    rows = [known[one] for one in shown]
    return Found(sought, rows, len(ids), page, wanted.order, nearly)


def is_among(patient_id: uuid.UUID, among: Collection[uuid.UUID] | None) -> bool:
    """Whether a patient is one of those asked for."""
    return among is None or patient_id in among


def rank_of(ranks: Ranks, patient_id: uuid.UUID) -> tuple[bool, Any]:
    """Those with a rank first, smaller before larger."""
    rank = ranks.get(patient_id)
    return rank is None, () if rank is None else rank


def all_ids() -> set[uuid.UUID]:
    """Every patient of the clinic."""
    return set(db.session.scalars(select(Patient.id)))


def fits(sought: str) -> ColumnElement[bool]:
    """Who is meant: every word in her name, or the number, or the date of birth."""
    number = sought.upper()
    ways = [Patient.number.contains(number, autoescape=True)]
    if bare := number.replace("-", "").replace(" ", ""):
        ways.append(func.replace(Patient.number, "-", "").contains(bare, autoescape=True))
    if days := possible_dates(sought):
        ways.append(Patient.born_on.in_(days))
    ways += reached_by(sought)
    if words := folded(sought).split():
        ways.append(and_(*(Patient.name_key.contains(word, autoescape=True) for word in words)))
    return or_(*ways)


def reached_by(sought: str) -> Iterator[ColumnElement[bool]]:
    """Who has this phone or this e-mail address: as a whole, since both lie closed in the table."""
    if phone := plain_phone(sought):
        yield Patient.phone_mark.in_(ring().marks(phone, "patient.phone"))
    if email := plain_email(sought):
        yield Patient.email_mark.in_(ring().marks(email, "patient.email"))


def nearest_ids(sought: str) -> list[uuid.UUID]:
    """Whose names are the searched words but for a few slips, at most one page of them."""
    statement = select(Patient.id, Patient.name_key).order_by(Patient.id.desc())
    names = [
        (patient_id, set(key.split()))
        for patient_id, key in db.session.execute(statement.limit(NEAREST_AMONG))
    ]
    vocabulary = set().union(*(words for _, words in names))
    wanted = [nearest(word, vocabulary) for word in folded(sought).split()]
    found = [key for key, words in names if wanted and all(words & near for near in wanted)]
    return found[:PAGE_SIZE]


def doubles(
    given_name: str, family_name: str, born_on: date, *, but: uuid.UUID | None = None
) -> Sequence[Patient]:
    """Who may be the same woman: the same name in either order, or the same date of birth."""
    keys = {name_key(given_name, family_name), name_key(family_name, given_name)}
    statement = select(Patient).where(or_(Patient.name_key.in_(keys), Patient.born_on == born_on))
    if but is not None:
        statement = statement.where(Patient.id != but)
    same_name_first = Patient.name_key.in_(keys).desc()
    statement = statement.order_by(same_name_first, Patient.id).limit(MOST_DOUBLES)
    return db.session.scalars(statement).all()


def by_ids(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Patient]:
    """Patients by their ids; an id of nobody here is left out."""
    statement = select(Patient).where(Patient.id.in_(set(ids)))
    return {patient.id: patient for patient in db.session.scalars(statement)}


def by_number(number: str) -> Patient | None:
    """The patient who has this number."""
    return db.session.scalar(select(Patient).where(Patient.number == number))


def infants_of(patient_id: uuid.UUID) -> Sequence[Infant]:
    """Her infants, oldest first."""
    return infants_by_patient([patient_id]).get(patient_id, [])


def infants_by_patient(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Infant]]:
    """The infants of several patients, oldest first."""
    statement = (
        select(Infant).where(Infant.patient_id.in_(set(ids))).order_by(Infant.born_on, Infant.id)
    )
    found: dict[uuid.UUID, list[Infant]] = defaultdict(list)
    for infant in db.session.scalars(statement):
        found[infant.patient_id].append(infant)
    return dict(found)


def measures_of(infant_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[InfantMeasure]]:
    """Infant -> weights and feeding that count, oldest first, as corrected last."""
    wanted = select(InfantMeasure).where(InfantMeasure.infant_id.in_(set(infant_ids)))
    rows = db.session.scalars(wanted.order_by(InfantMeasure.measured_at, InfantMeasure.id)).all()
    corrected = {row.corrects_id for row in rows}
    found: dict[uuid.UUID, list[InfantMeasure]] = defaultdict(list)
    for row in rows:
        if row.id not in corrected and not row.withdrawn:
            found[row.infant_id].append(row)
    return dict(found)


def breastfeeding(patient_id: uuid.UUID) -> bool | None:
    """Whether one of her infants has her milk; None: not asked."""
    return gives_milk(infant.feeding for infant in infants_of(patient_id))

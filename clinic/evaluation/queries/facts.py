"""This file is about the facts that the record already holds: filled in, never typed twice."""

from collections.abc import Iterable, Iterator, Sequence

from clinic.core import clock
from clinic.core.formatting import on_date, postpartum
from clinic.courses.models import Course
from clinic.courses.queries import (
    consent_of,
    delivery_on,
    infants_of_course,
    medications_of,
    protocol_of,
    talks_of,
)
from clinic.courses.rules import DrugClass, Held
from clinic.evaluation.rules import Fact
from clinic.patients.models import Infant
from clinic.patients.queries import by_ids
from clinic.patients.rules import gives_milk

CHART, COURSE, CONSENT, PROTOCOL = "Chart", "Course", "Consent", "Protocol"
NOT_ASKED = "not asked yet"
NOT_ON_RECORD = "not on record"
YES_NO = {True: "yes", False: "no", None: None}
WARNED_OF = (
    DrugClass.BENZODIAZEPINE,
    DrugClass.HYPNOTIC,
    DrugClass.OPIOID,
    DrugClass.PSYCHOSTIMULANT,
    DrugClass.MAOI,
    DrugClass.DECONGESTANT,
    DrugClass.ANTIHYPERTENSIVE,
)


def facts_of(course: Course) -> dict[str, Fact]:
    """Everything the record says that the checklist may use, by code."""
    found = [
        *birth_facts(course),
        *course_facts(course),
        allergies_fact(course),
        *infant_facts(infants_of_course(course)),
        pause_fact(course),
        *medicine_facts(course),
        *consent_facts(course),
    ]
    return {fact.code: fact for fact in found}


def birth_facts(course: Course) -> Iterator[Fact]:
    """The birth this course belongs to, and how long ago it was on the clinic's day."""
    born_on = delivery_on(course)
    days = (clock.today() - born_on).days if born_on else None
    yield Fact("delivery", text_of(born_on), on_date(born_on) or NOT_ON_RECORD, CHART)
    since = f"{days} days, {postpartum(born_on)}" if days is not None else NOT_ON_RECORD
    yield Fact("postpartum_days", text_of(days), since, CHART)
    parts = [
        f"{course.birth_mode}" if course.birth_mode else "",
        f"{course.gestation_weeks} weeks" if course.gestation_weeks else "",
        course.birth_complications or "",
    ]
    said = ", ".join(part for part in parts if part)
    yield Fact("birth", said or None, said or NOT_ON_RECORD, COURSE)


def course_facts(course: Course) -> Iterator[Fact]:
    """Diagnosis and onset."""
    said = " ".join(part for part in (course.diagnosis_code, course.diagnosis_text) if part)
    yield Fact("diagnosis", said or None, said or NOT_ON_RECORD, COURSE)
    onset = f"{course.onset}".replace("-", " ") if course.onset else None
    week = f", week {course.onset_week}" if onset and course.onset_week is not None else ""
    yield Fact("onset", text_of(course.onset), f"{onset}{week}" if onset else NOT_ASKED, COURSE)


def allergies_fact(course: Course) -> Fact:
    """What was answered when allergies were asked for."""
    patient = by_ids([course.patient_id])[course.patient_id]
    said = patient.allergies or ("none known" if patient.allergy_answer else NOT_ASKED)
    return Fact("allergies", text_of(patient.allergy_answer), said, CHART)


def infant_facts(infants: Sequence[Infant]) -> Iterator[Fact]:
    """The infants of this birth, and whether one of them has her milk."""
    names = ", ".join(
        f"{infant.given_name or 'not named yet'}, born {on_date(infant.born_on)}"
        for infant in infants
    )
    yield Fact("infants", names or None, names or NOT_ON_RECORD, CHART)
    milk = YES_NO[gives_milk(infant.feeding for infant in infants)]
    fed = ", ".join(f"{infant.feeding or NOT_ASKED}" for infant in infants)
    yield Fact("her_milk", milk, f"{milk.capitalize()} ({fed})" if milk else NOT_ASKED, CHART)


def pause_fact(course: Course) -> Fact:
    """What her protocol suggests to talk about: hours after the last dose, and its source."""
    pause = protocol_of(course.id).agreed_pause
    if pause.suggested_hours is None:
        return Fact("pause_suggested", None, f"not set by this clinic ({pause.source})", PROTOCOL)
    words = f"{pause.suggested_hours} h after the last dose. {pause.source}"
    return Fact("pause_suggested", str(pause.suggested_hours), words, PROTOCOL)


def medicine_facts(course: Course) -> Iterator[Fact]:
    """What she takes today. A class that is not in the list is not known, never "no"."""
    taken = medications_of(course.id, clock.today())
    names = ", ".join(f"{m.drug} {m.dose or ''}".strip() for m in taken)
    yield Fact("medicines", names or None, names or "none on the list", COURSE)
    for drug_class in WARNED_OF:
        of_class = ", ".join(m.drug for m in taken if m.drug_class is drug_class)
        value = "yes" if of_class else None
        yield Fact(str(drug_class), value, of_class or NOT_ON_RECORD, COURSE)


def consent_facts(course: Course) -> Iterator[Fact]:
    """Her consent as it stands, and the talks before it."""
    consent = consent_of(course.id)
    if consent is None:
        yield Fact("consent", "none", "Not signed yet", CONSENT)
        yield talks_fact(talks_of(course.id).values())
        return
    value = "valid" if consent.valid else "withdrawn" if consent.withdrawn else "not-valid"
    signed = f"Signed by {consent.mother_name}, {on_date(consent.given_at)}"
    yield Fact("consent", value, consent.why_not or signed, CONSENT)
    yield talks_fact(consent.talks)


def talks_fact(held: Iterable[Held]) -> Fact:
    """Each talk with its day and with whom."""
    talks = "; ".join(
        f"{talk.talk}: {on_date(talk.held_on)} with {talk.with_name}".replace("-", " ")
        for talk in held
    )
    return Fact("talks", talks or None, talks or NOT_ON_RECORD, CONSENT)


def text_of(value: object) -> str | None:
    """A value as a rule compares it; None stays None."""
    return None if value is None else str(value)

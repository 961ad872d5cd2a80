"""This file is about who she is: DM and SC."""

from collections.abc import Iterator
from datetime import date

from clinic.exchange.rules.dossier import CourseFile
from clinic.exchange.rules.sdtm.domain import Row
from clinic.exchange.rules.sdtm.subject import Subject


def demographics(subject: Subject) -> Iterator[Row]:
    """DM: one record. The arm is the protocol of her first course."""
    dossier, first = subject.dossier, subject.dossier.courses[0]
    dosed = dossier.first_dose_at is not None
    begin = subject.lens.moment(dossier.first_dose_at)
    end = subject.lens.moment(dossier.last_dose_at)
    arm = {"ARMCD": first.export.protocol_code, "ARM": first.drug}
    yield {
        "SUBJID": subject.number,
        "RFSTDTC": begin,
        "RFENDTC": end,
        "RFXSTDTC": begin,
        "RFXENDTC": end,
        "RFPENDTC": subject.lens.day(ended_on(subject)),
        "SITEID": subject.study,
        "BRTHDTC": dossier.person.born_on.isoformat() if subject.lens.is_plain else None,
        "AGE": age(subject),
        "AGEU": "YEARS",
        "SEX": "F",
        **arm,
        "ARMNRS": None if dosed else "ASSIGNED, NOT TREATED",
        **({f"ACT{name}": value for name, value in arm.items()} if dosed else {}),
        **subject.dated("DM", first.export.record.opened_on),
    }


def ended_on(subject: Subject) -> date | None:
    """The last day of her last course; None while one goes on."""
    days = [course.export.record.ended_on for course in subject.dossier.courses]
    ended = [day for day in days if day is not None]
    return max(ended) if ended and len(ended) == len(days) else None


def age(subject: Subject) -> int | None:
    """Whole years at the first dose, before one on the day the course was opened."""
    dossier = subject.dossier
    first = dossier.first_dose_at
    on = first.astimezone(dossier.zone).date() if first else opened_on(subject)
    born_on = dossier.person.born_on
    birthday_to_come = (on.month, on.day) < (born_on.month, born_on.day)
    return subject.lens.mask.years(on.year - born_on.year - birthday_to_come)


def opened_on(subject: Subject) -> date:
    """The day on which her first course was opened."""
    return subject.dossier.courses[0].export.record.opened_on


def characteristics(subject: Subject) -> Iterator[Row]:
    """SC: what is on record of the birth and the depression, course by course."""
    for course in subject.dossier.courses:
        for code, test, value, unit in of_course(subject, course):
            if value is not None:
                yield {
                    "SCGRPID": subject.lens.id(course.id),
                    "SCTESTCD": code,
                    "SCTEST": test,
                    "SCORRES": value,
                    "SCORRESU": unit,
                    "SCSTRESC": value,
                    "SCSTRESN": value if isinstance(value, int) else None,
                    "SCSTRESU": unit,
                    **subject.dated("SC", course.export.record.opened_on),
                }


def of_course(
    subject: Subject, course: CourseFile
) -> Iterator[tuple[str, str, str | int | None, str | None]]:
    """Code, name, value and unit of each; a value of None was not asked."""
    hers, record = course.export.particulars, course.export.record
    first, birth_on = course.first_dose_at, course.export.owner.birth_on
    after = (first.astimezone(record.zone).date() - birth_on).days if first and birth_on else None
    onset = hers.onset.value.upper() if hers.onset else None
    mode = hers.birth_mode.value.upper() if hers.birth_mode else None
    yield "DIAGCODE", "Diagnosis, ICD-10", hers.diagnosis_code, None
    yield "DEPONSET", "Onset of Depression", onset, None
    yield "ONSETWK", "Week of Onset", hers.onset_week, "wk"
    yield "GESTWK", "Weeks of Pregnancy at Birth", hers.gestation_weeks, "wk"
    yield "BIRTHMOD", "Mode of Birth", mode, None
    yield "PPDAY", "Days from Birth to First Dose", after, "d"
    if course.n == 1:
        yield "NINFANT", "Number of Infants", len(subject.dossier.infants), None

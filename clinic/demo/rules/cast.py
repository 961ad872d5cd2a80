"""This file is about the invented people of the demonstration: clinics, staff, mothers, infants."""

from dataclasses import dataclass
from datetime import date

PASSWORD = "quiet-lantern-harbour-tide"  # noqa: S105 - public on purpose; refused outside the demo
PIN = "4817"  # on a shared tablet, the same for everybody


@dataclass(frozen=True)
class DemoClinic:
    """A clinic: its short name is also the prefix of its patients' numbers."""

    code: str
    name: str
    timezone: str
    phone: str


@dataclass(frozen=True)
class DemoPerson:
    """Somebody who works there. `places`: (clinic code, role)."""

    email: str
    name: str
    title: str | None
    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DemoMother:
    """A patient. `birth_days_ago` counts from the day the demo is loaded."""

    clinic: str
    number: str
    given_name: str
    family_name: str
    born_on: date
    birth_days_ago: int
    gravida: int
    para: int
    allergies: str | None
    infant: str
    feeding: str


CLINICS = (
    DemoClinic("HPC", "Harbour Perinatal Clinic", "Europe/London", "555 0142"),
    DemoClinic("LWC", "Lakeside Women's Clinic", "America/New_York", "555 0177"),
)
HARBOUR, LAKESIDE = "HPC", "LWC"


def person(name: str, role: str, *codes: str, title: str | None = None) -> DemoPerson:
    """Somebody with the same role in one clinic or several; the address is made from the name."""
    email = f"{name.lower().replace(' ', '.')}@{'harbour' if HARBOUR in codes else 'lakeside'}"
    return DemoPerson(f"{email}.example", name, title, tuple((code, role) for code in codes))


STAFF = (
    person("Aiko Kimura", "nurse", HARBOUR),
    person("Tom Becker", "nurse", HARBOUR),
    person("Nadia Rahman", "nurse", HARBOUR, LAKESIDE),
    person("Chidi Okafor", "psychiatrist", HARBOUR, LAKESIDE, title="Dr"),
    person("Elena Vasquez", "psychiatrist", HARBOUR, title="Dr"),
    person("Lea Fontaine", "therapist", HARBOUR),
    person("Marta Lindqvist", "administrator", HARBOUR),
    person("Paul Adeyemi", "auditor", HARBOUR),
)


def mother(line: str) -> DemoMother:
    """A patient from one line: number, name, born on, days since birth, gravida/para, ..."""
    number, name, born, days, births, infant, feeding, *allergies = line.split(", ")
    given, family = name.split(" ", 1)
    gravida, para = map(int, births.split("/"))
    return DemoMother(
        clinic=number[:3],
        number=number,
        given_name=given,
        family_name=family,
        born_on=date.fromisoformat(born),
        birth_days_ago=int(days),
        gravida=gravida,
        para=para,
        allergies=allergies[0] if allergies else None,
        infant=infant,
        feeding=feeding,
    )


MOTHERS = {
    one.number: one
    for one in map(
        mother,
        (
            "HPC-0412, Maya Torres, 1994-06-04, 49, 1/1, Leo, mixed, penicillin",
            "HPC-0420, Priya Nair, 1996-11-21, 77, 1/1, Anjali, breast",
            "HPC-0398, Chloe Martin, 1987-09-19, 140, 2/2, Hugo, formula",
            "HPC-0415, Hannah Schultz, 1991-02-08, 105, 1/1, Mats, expressed",
            "HPC-0418, Aisha Bello, 1999-07-30, 63, 3/2, Zainab, formula, latex",
            "HPC-0405, Ruth Levy, 1992-12-01, 112, 1/1, Noa, formula",
            "HPC-0401, Emma Clarke, 1995-05-17, 91, 2/1, Alfie, mixed",
            "HPC-0416, Inês Duarte, 1998-08-25, 38, 1/1, Tomás, breast",
            "HPC-0423, Clara Novak, 1994-02-19, 26, 1/1, Emil, breast",
            "LWC-0071, Lena Fischer, 1993-10-10, 98, 1/1, Ida, formula",
            "LWC-0074, Grace Obi, 1997-03-03, 36, 1/1, Daniel, breast",
            "LWC-0068, Sofia Ricci, 1989-09-09, 70, 2/2, Luca, mixed",
            "LWC-0052, Yara Haddad, 1990-01-28, 230, 3/3, Sami, not-feeding",
        ),
    )
}

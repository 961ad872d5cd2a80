"""This file is about the courses that are over: what each came to, the same at every load."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from clinic.demo.rules.cases import (
    INFUSION,
    LESS,
    MORE,
    NASAL,
    Asked,
    Case,
    Ending,
    Medicine,
    Signed,
    Visit,
    afterwards,
    before_treatment,
)
from clinic.demo.rules.cast import HARBOUR, LAKESIDE, DemoMother
from clinic.demo.rules.curves import Curve
from clinic.demo.rules.scores import DAY, Use
from clinic.demo.rules.story import Sitting, Turn

MOST = 80  # a course for which there is a name
GIVEN = (
    *("Adele", "Bianca", "Carmen", "Dalia", "Edith"),
    *("Freya", "Gemma", "Helga", "Irena", "Jolanta"),
    *("Katya", "Leonie", "Mirjam", "Nora", "Olga"),
    *("Petra", "Rosa", "Selma", "Thea", "Ulrike"),
)
FAMILY = (
    *("Albrecht", "Bonnet", "Castillo", "Dahl", "Eriksen"),
    *("Farrow", "Garside", "Haugen", "Iversen", "Jansen"),
    *("Keller", "Lindholm", "Moreau", "Novak", "Ortega"),
    *("Pascoe", "Quill", "Rasmussen", "Sandoval", "Tennant"),
)
INFANTS = (
    *("Ada", "Ben", "Cleo", "Dan", "Eva"),
    *("Finn", "Gus", "Hana", "Ivo", "Juna"),
)
FEEDING = ("breast", "formula", "mixed", "expressed", "formula")
DOSE_DAYS = (0, 2, 7, 9, 14, 16)
TIMES = ("09:15", "10:40", "12:05", "13:30")
ROOMS = {HARBOUR: "12345", LAKESIDE: "AB"}


@dataclass(frozen=True)
class Path:
    """What a treatment came to: MADRS at each moment in per cent of the baseline, and its end.

    `day`: of the end, counted from the first dose.
    """

    shares: Mapping[str, int]
    doses: int | None
    day: int
    reason: str = "completed"
    text: str | None = None
    turn: Turn | None = None
    lost: str | None = None  # why the last follow-ups were given up


DAYS = ("24-hours", "day-7", "day-14", "day-28", "day-42", "month-3")


def path(line: str, doses: int | None, day: int, *rest: object, **more: object) -> Path:
    """A path from its shares in the order of `DAYS`."""
    shares = {code: int(share) for code, share in zip(DAYS, line.split(), strict=False)}
    return Path(shares, doses, day, *rest, **more)  # type: ignore[arg-type]


RESPONDS = path("62 50 40 30 25", None, 45)
REMITS = path("55 42 30 22 18 16", 6, 98)
PARTLY = path("82 74 68 62 60", None, 45)
NOT = path("97 94 92 95", 4, 32, "no-effect", "No change after four doses; referred for ECT")
STAYED_AWAY = path(
    "88 85",
    2,
    16,
    "patient-choice",
    "She did not want further doses",
    lost="Three calls, no answer",
)
TAKEN_ILL = path(
    "80 76", 2, 12, "side-effects", "Fainted after the second dose", turn=Turn.TRANSFERRED
)
RELAPSES = path("54 44 34 28 30 88", 6, 98, turn=Turn.PARTIAL)
# Ten courses in a row; then the same ends again, with other women and other figures.
PATHS = (
    RESPONDS,
    PARTLY,
    RESPONDS,
    NOT,
    REMITS,
    STAYED_AWAY,
    RESPONDS,
    RELAPSES,
    PARTLY,
    TAKEN_ILL,
)


def past_cases(count: int) -> Iterator[Case]:
    """The first `count` courses that are over, at most `MOST`, from the latest to the earliest."""
    return map(past_case, range(min(count, MOST)))


def past_case(n: int) -> Case:
    """The course with a number, from 0."""
    way, clinic = PATHS[n % len(PATHS)], LAKESIDE if n % 4 == 3 else HARBOUR
    first = way.day + 12 + 8 * n  # days before today of the first dose
    madrs, harm = 27 + (n * 5) % 13, (n % 3 == 0) + (n % 6 == 0)
    opened = first + 4 + n % 5
    infused = n % 5 == 2
    doses = way.doses or 4 + n % 3
    return Case(
        mother=mother_of(n, clinic, opened),
        opened=opened,
        decided=opened,
        asked=(Asked(opened, before_treatment(madrs, harm)),),
        sittings=tuple(sittings(n, way, clinic, first, doses, infused=infused)),
        scores=scores(way, madrs, harm, doses),
        protocol=INFUSION if infused else NASAL,
        weight=Decimal(56 + (n * 7) % 31),
        missed={"day-7": way.lost, f"24-hours-{doses}": way.lost} if way.lost else {},
        medicines=(Medicine("Sertraline", "antidepressant", "100 mg", opened + 60),),
        visits=tuple(talks(n, first, doses)),
        decisions=tuple(decisions(way, first, doses, infused=infused)),
        ended=Ending(first - way.day, way.reason, way.text),
    )


def mother_of(n: int, clinic: str, opened: int) -> DemoMother:
    """A woman of the past: no two have the same name or date of birth."""
    birth = opened + 30 + (n * 23) % 200
    return DemoMother(
        clinic=clinic,
        number=f"{clinic}-{1000 + n}",
        given_name=GIVEN[n % len(GIVEN)],
        family_name=FAMILY[(n * 3 + n // len(GIVEN)) % len(FAMILY)],
        born_on=date(1984, 1, 5) + timedelta(days=(n * 2711) % 5849),
        birth_days_ago=birth,
        gravida=1 + n % 3,
        para=1 + n % 2 if n % 3 else 1,
        allergies=None,
        infant=INFANTS[(n * 7) % len(INFANTS)],
        feeding=FEEDING[n % len(FEEDING)],
    )


def sittings(
    n: int, way: Path, clinic: str, first: int, doses: int, *, infused: bool
) -> Iterator[Sitting]:
    """The sessions: a lower dose twice, then the higher one; by weight where it is infused."""
    rise = 14 + (n * 11) % 22
    for number, day in enumerate(DOSE_DAYS[:doses]):
        last = number == doses - 1
        curve = Curve(
            systolic=108 + (n * 7) % 17,
            diastolic=68 + (n * 5) % 11,
            rise=rise - number if number < 2 else min(38, rise + 6 - number),
            pulse=66 + (n * 3) % 15,
            dissociation=2 + (n + number) % 2,
            drowsy=n % 3 == 1,
        )
        yield Sitting(
            ago=first - day,
            mg=None if infused else LESS if number < 2 else MORE,
            curve=curve,
            at=TIMES[n % len(TIMES)],
            room=ROOMS[clinic][n % len(ROOMS[clinic])],
            turn=way.turn if last else None,
            leaves=95 if last and way.turn is Turn.TRANSFERRED else None,
        )


def scores(way: Path, madrs: int, harm: int, doses: int) -> dict[str, tuple[Use, ...]]:
    """Totals at each moment. Thoughts of harm fade below three quarters of the baseline."""
    found = {}
    for code, share in way.shares.items():
        left = min(harm, 1) if share >= 75 else 0
        if code == DAY:
            for number in range(1, doses + 1):
                total = (madrs - 1) * (share - 6 * (number - 1) * (share < 90)) // 100
                found[f"{code}-{number}"] = afterwards(total, code, left if number == 1 else 0)
        else:
            found[code] = afterwards(madrs * share // 100, code, left)
    return found


def talks(n: int, first: int, doses: int) -> Iterator[Visit]:
    """The talk after each dose; every fourth was missed, one in seven not wanted."""
    for number, day in enumerate(DOSE_DAYS[:doses], 1):
        about = {"ago": first - day - 1, "kind": "integration", "at": "16:30", "after_dose": number}
        if (n + number) % 4 == 0:
            yield Visit(status="missed", reason="She did not come", **about)  # type: ignore[arg-type]
        elif (n + number) % 7 == 0:
            yield Visit(status="not-wanted", reason="She wanted to rest", **about)  # type: ignore[arg-type]
        else:
            yield Visit(status="done", **about)  # type: ignore[arg-type]


def decisions(way: Path, first: int, doses: int, *, infused: bool) -> Iterator[Signed]:
    """On the morning of the third and of the fifth dose, and at the end."""
    if doses > 2:
        change = Signed(
            first - DOSE_DAYS[2], "change", "Tolerated twice; 84 mg from session 3 on", dose=MORE
        )
        yield Signed(change.ago, "continue") if infused else change
    if doses > 4:
        yield Signed(first - DOSE_DAYS[4], "continue", "As planned")
    last = way.text or "The planned sessions were given; follow-ups go on with her own doctor"
    yield Signed(first - way.day, "stop", last, at="17:00", because=way.reason)

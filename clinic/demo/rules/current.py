"""This file is about the other courses that run, each at another point of its way."""

from decimal import Decimal

from clinic.demo.rules.cases import (
    INFUSION,
    LESS,
    MORE,
    NASAL,
    Asked,
    Case,
    Medicine,
    Signed,
    Visit,
    afterwards,
    before_treatment,
)
from clinic.demo.rules.cast import MOTHERS
from clinic.demo.rules.curves import CALM, HIGH, USUAL, Curve
from clinic.demo.rules.maya import MAYA
from clinic.demo.rules.scores import Use
from clinic.demo.rules.story import Sitting

SERTRALINE = (Medicine("Sertraline", "antidepressant", "100 mg in the morning", 80),)
MORNING, NOON, AFTERNOON = "09:45", "11:20", "13:40"


def totals(line: str, harm: str = "") -> dict[str, tuple[Use, ...]]:
    """Scores from one line: `24-hours-1 20, day-7 15`. `harm`: a moment with a safety answer."""
    pairs = (pair.split() for pair in line.split(", ") if pair)
    return {code: afterwards(int(total), code, int(code == harm)) for code, total in pairs}


def talk(ago: int, after_dose: int) -> Visit:
    """An integration talk that was held."""
    return Visit(ago, "integration", "done", "16:10", after_dose=after_dose)


def sprays(curve: Curve, at: str, room: str, *agos: int) -> tuple[Sitting, ...]:
    """Sessions of the spray: the lower dose twice, then the higher one."""
    return tuple(
        Sitting(ago, LESS if number < 2 else MORE, curve, at, room)
        for number, ago in enumerate(agos)
    )


def infusions(curve: Curve, at: str, room: str, *agos: int) -> tuple[Sitting, ...]:
    """Sessions of the infusion, by weight."""
    return tuple(Sitting(ago, None, curve, at, room) for ago in agos)


def running(
    number: str,
    opened: int,
    madrs: int,
    sittings: tuple[Sitting, ...] = (),
    scores: str = "",
    *,
    harm: str = "",
    protocol: str = NASAL,
    weight: int = 68,
    left: frozenset[str] = frozenset(),
    visits: tuple[Visit, ...] = (),
    decisions: tuple[Signed, ...] = (),
) -> Case:
    """A course that runs, decided on the day it was opened. `harm`: moment, unread."""
    return Case(
        mother=MOTHERS[number],
        opened=opened,
        decided=opened,
        asked=(Asked(opened, before_treatment(madrs)),),
        sittings=sittings,
        scores=totals(scores, harm),
        protocol=protocol,
        weight=Decimal(weight),
        open=left,
        unread=frozenset({harm} if harm else ()),
        medicines=SERTRALINE,
        visits=visits,
        decisions=decisions,
    )


CURRENT = (
    MAYA,
    running(
        "HPC-0420",
        11,
        31,
        sprays(CALM, MORNING, "1", 7, 4),
        "24-hours-1 24, 24-hours-2 20, day-7 22",
        visits=(talk(5, 1), talk(2, 2)),
    ),
    running(
        "HPC-0398",
        108,
        36,
        sprays(USUAL, NOON, "3", 101, 98, 94, 91, 87, 84),
        "24-hours-1 27, 24-hours-2 24, 24-hours-3 20, 24-hours-4 17, 24-hours-5 15, 24-hours-6 12, "
        "day-7 22, day-14 16, day-28 11, day-42 9",
        left=frozenset({"month-3"}),
        visits=tuple(talk(ago, n) for n, ago in enumerate((99, 96, 92, 89, 85, 82), 1)),
    ),
    running(
        "HPC-0415",
        13,
        33,
        infusions(USUAL, MORNING, "5", 8, 5),
        "24-hours-1 22, 24-hours-2 19, day-7 20",
        protocol=INFUSION,
        weight=72,
        visits=(talk(6, 1),),
    ),
    running("HPC-0418", 4, 29),
    running(
        "HPC-0405",
        39,
        34,
        sprays(USUAL, NOON, "3", 33, 30, 26, 23),
        "24-hours-1 30, 24-hours-2 27, 24-hours-3 26, 24-hours-4 25, day-7 28, day-14 25",
        left=frozenset({"day-28"}),
        decisions=(Signed(22, "continue", "Little change after four doses", again_in=20),),
    ),
    running(
        "HPC-0401",
        15,
        32,
        sprays(HIGH, AFTERNOON, "4", 9, 7, 2),
        "24-hours-1 23, 24-hours-2 21, day-7 19",
        harm="day-7",
        left=frozenset({"24-hours-3"}),
    ),
    running("HPC-0416", 9, 30, sprays(CALM, NOON, "3", 3), "24-hours-1 24"),
    running(
        "LWC-0071",
        12,
        28,
        sprays(USUAL, MORNING, "A", 6, 3),
        "24-hours-1 21, 24-hours-2 18",
    ),
    Case(MOTHERS["LWC-0074"], 2, None, (Asked(2, before_treatment(30)),)),
    Case(MOTHERS["HPC-0423"], 7, None, (Asked(7, before_treatment(35, 2)),), medicines=SERTRALINE),
    running("LWC-0068", 8, 35, sprays(CALM, NOON, "B", 2), "24-hours-1 27"),
    running(
        "LWC-0052",
        180,
        37,
        infusions(USUAL, AFTERNOON, "B", 172, 169, 165, 162),
        "24-hours-1 25, 24-hours-2 22, 24-hours-3 18, 24-hours-4 15, "
        "day-7 21, day-14 15, day-28 12, day-42 10, month-3 9",
        protocol=INFUSION,
        weight=61,
    ),
)

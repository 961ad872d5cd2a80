"""This file is about what stands beside the drug for Maya Torres, in days before today."""

from dataclasses import dataclass

WHO = "HPC-0412"


@dataclass(frozen=True)
class Lasting:
    """A treatment that lasts: first and last day, None: it goes on."""

    kind: str
    title: str
    by: str
    since: int
    until: int | None = None
    visits: int | None = None


@dataclass(frozen=True)
class Outside:
    """Somebody outside the clinic."""

    role: str
    name: str
    note: str
    phone: str | None = None


LASTING = (
    Lasting("psychotherapy", "CBT, once a week", "Lea Fontaine", 22, visits=8),
    Lasting("lactation", "Weighing and feeding talk", "Lactation support", 28),
    Lasting("peer-group", "Harbour Mothers, Mondays", "Harbour Mothers", 10),
    Lasting("day-unit", "Day place, twice a week", "Mother-baby day unit", 24, 6),
)
OUTSIDE = (
    Outside("lactation", "Sunita Iyer", "weighing and feeding", "555 0154"),
    Outside("peer-group", "Harbour Mothers", "Mondays 10:00, drop in"),
    Outside("gp", "Dr Miriam Hale", "Quay Street Practice", "555 0160"),
    Outside("obstetrics", "Dr Kenji Sato", "Harbour Hospital", "555 0163"),
    Outside("paediatrics", "Harbour Paediatrics", "for Leo", "555 0166"),
)
# To whom she agreed, in days before today; nobody has asked her about the health visitor.
AGREED = (("gp", 14), ("obstetrics", 14), ("paediatrics", 14))
# Goal, owner, days until it is due (negative: over), state, the last word.
GOALS = (
    (
        "One stretch of 5 h sleep, 4 nights a week",
        "Maya, Daniel",
        8,
        "on-track",
        "3 nights last week",
    ),
    ("Walk with Leo, 5 days a week", "Maya", 1, "met", "6 days last week"),
    ("BP at home, twice a day, 2 weeks", "Nadia Rahman", 14, "started", "since the last session"),
    ("Safety plan read with Daniel", "Dr Okafor", -2, "started", "written at the evaluation"),
    ("Leo’s weight and feeding", "Lactation support", 11, "planned", "4900 g at the last visit"),
    (
        "Hand over to the GP with a relapse plan",
        "Dr Okafor",
        28,
        "not-started",
        "after the weekly doses",
    ),
)
TASK = ("Write the relapse plan for her GP", 12)
# Days before today, grams.
WEIGHTS = ((47, 3450), (28, 4150), (14, 4560), (3, 4900))
# Session -> minutes before the dose of the last feed, and hours after it: expressed, first feed.
MILK = {1: (55, 4, 13), 2: (40, 5, 13), 3: (50, 4, 14), 4: (45, 4, 13), 5: (35, 5, 13)}
EXPRESSED_ML = 80

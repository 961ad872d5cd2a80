"""This file is about Maya Torres, whose course is told whole.

Each scale is answered only when it may be (definitions D7.3): 24 hours after a dose the 24-hour
form of MADRS, compared with itself; EPDS a week apart, PHQ-9 two weeks.
"""

from clinic.demo.rules.cases import LESS, MORE, Asked, Case, Medicine, Signed, Visit
from clinic.demo.rules.cast import MOTHERS
from clinic.demo.rules.curves import told
from clinic.demo.rules.scores import DAY, EPDS, MADRS, PHQ, STANDARD, Use
from clinic.demo.rules.story import Sitting, Turn

SESSIONS = (
    (
        16,
        LESS,
        126,
        told("116/74 0 5, 124/78 1 5, 134/84 2 5, 138/86 2 5, 130/82 1 5, 122/78 0 5, 118/76 0 5"),
    ),
    (
        14,
        LESS,
        124,
        told("114/72 0 5, 122/76 1 5, 130/82 2 5, 134/84 1 5, 128/80 0 5, 118/76 0 5, 116/74 0 5"),
    ),
    (
        9,
        MORE,
        135,
        told("118/76 0 5, 130/82 2 5, 146/90 3 4, 152/92 3 4, 144/88 1 5, 130/82 0 5, 124/80 0 5"),
    ),
    (
        7,
        MORE,
        128,
        told("116/74 0 5, 128/80 2 5, 142/88 3 4, 146/90 2 5, 138/86 1 5, 126/80 0 5, 120/76 0 5"),
    ),
    (
        2,
        MORE,
        125,
        told("114/72 0 5, 124/78 1 5, 136/84 2 4, 142/88 2 4, 136/84 1 5, 124/78 0 5, 118/74 0 5"),
    ),
)
LATE = {7: Turn.LATE}  # days before today
AMENDED = {9: ("The cuff was on the right arm", "The left arm was noted before the dose")}
TODAY = told("118/76 0 5, 126/80 1 5, 138/86 3 4, 148/92 3 4, 164/102 1 5, 138/86 0 5, 126/82 0 5")
CBT, COGNITIVE = "psychotherapy", "cognitive behavioural"
VISITS = (
    *(Visit(ago, CBT, "done", "11:00", modality=COGNITIVE) for ago in (22, 15, 8, 1)),
    *(Visit(-days, CBT, "planned", "11:00", modality=COGNITIVE) for days in (6, 13, 20, 27)),
    *(
        Visit(ago, "integration", "done", after_dose=number)
        for number, ago in ((1, 15), (2, 12), (4, 5), (5, 1))
    ),
    Visit(7, "integration", "missed", "09:00", after_dose=3, reason="Leo was ill"),
    *(Visit(ago, "lactation", "done", "10:00", by="Lactation support") for ago in (28, 14, 3)),
    *(Visit(ago, "peer-group", "done", "16:00", by="Peer group") for ago in (10, 3)),
    *(Visit(ago, "day-unit", "done", "13:00", by="Day unit") for ago in (24, 17, 10, 6)),
)
MEDICINES = (
    Medicine("Sertraline", "antidepressant", "100 mg in the morning", 122, 38),
    Medicine("Sertraline", "antidepressant", "150 mg in the morning", 37),
    Medicine("Lorazepam", "benzodiazepine", "0.5 mg as needed", 43, 31),
    Medicine("Xylometazoline", "decongestant", "nasal spray at night", 8, 4),
)
DECISIONS = (
    Signed(9, "change", "Tolerated twice; 84 mg from session 3 on", dose=MORE, again_in=14),
    Signed(1, "continue", "Response; goes on as planned", at="12:00", again_in=13),
)
MAYA = Case(
    mother=MOTHERS["HPC-0412"],
    opened=30,
    decided=23,
    asked=(
        Asked(
            30,
            (
                Use(MADRS, STANDARD, 35, 2),
                Use(EPDS, STANDARD, 24, 2),
                Use(PHQ, STANDARD, 21, 1),
            ),
        ),
        Asked(23, (Use(EPDS, STANDARD, 24, 2), Use(MADRS, DAY, 34, 2)), "09:10"),
        Asked(
            16,
            (
                Use(MADRS, STANDARD, 34, 1),
                Use(MADRS, DAY, 33, 1),
                Use(EPDS, STANDARD, 23, 1),
                Use(PHQ, STANDARD, 20, 1),
            ),
            "09:15",
        ),
    ),
    sittings=tuple(
        Sitting(ago, mg, curve, leaves=leaves, turn=LATE.get(ago), amended=AMENDED.get(ago))
        for ago, mg, leaves, curve in SESSIONS
    ),
    scores={
        "24-hours-1": (Use(MADRS, DAY, 21, 1),),
        "24-hours-2": (Use(MADRS, DAY, 19),),
        "24-hours-3": (Use(MADRS, DAY, 15),),
        "24-hours-4": (Use(MADRS, DAY, 14),),
        "24-hours-5": (Use(MADRS, DAY, 11),),
        "day-7": (Use(MADRS, STANDARD, 16, 1), Use(EPDS, STANDARD, 16, 1)),
        "day-14": (Use(MADRS, STANDARD, 12), Use(EPDS, STANDARD, 12), Use(PHQ, STANDARD, 9)),
    },
    medicines=MEDICINES,
    visits=VISITS,
    decisions=DECISIONS,
)

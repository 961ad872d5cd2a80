"""This file is about the sessions that run at this moment, each at another point of its way."""

from dataclasses import dataclass
from decimal import Decimal

from clinic.demo.rules.cases import LESS, MORE
from clinic.demo.rules.curves import CALM, USUAL, Curve
from clinic.demo.rules.maya import TODAY
from clinic.demo.rules.story import ARRIVES, BASELINE, Sitting


@dataclass(frozen=True)
class Running:
    """A session of today: whose, and how many minutes ago its dose was given; below 0: to come.

    `last`: the last minute from the dose that was written, where somebody stopped before now.
    `silent`: nothing is heard of the tablet beside her either.
    """

    number: str
    dose_ago: int
    mg: Decimal | None
    room: str
    curve: Curve
    last: int | None = None
    silent: bool = False

    @property
    def sitting(self) -> Sitting:
        """The same as a session of a story; it has not come to its end."""
        return Sitting(0, self.mg, self.curve, room=self.room)

    def knows(self, minute: int) -> bool:
        """Whether what belongs to a minute from the dose was written until now."""
        return minute <= (self.dose_ago if self.last is None else self.last)


RAISED = Curve(142, 88, 20, 82, 2)
NOW = (
    Running("HPC-0418", -18, LESS, "4", CALM, last=ARRIVES),  # everything is still to be asked
    Running("HPC-0416", 5, LESS, "3", RAISED, last=BASELINE, silent=True),  # held, recheck overdue
    Running("HPC-0415", 22, None, "5", USUAL),  # half of the infusion
    Running("HPC-0412", 63, MORE, "2", TODAY),  # an alert that nobody has taken on
    Running("HPC-0420", 124, MORE, "1", CALM),  # may be ready to leave
)
# Minutes from now at which sessions are planned: whose, which dose, where.
PLANNED = (("HPC-0401", 150, MORE, "4"), ("LWC-0068", 95, LESS, "B"))


@dataclass(frozen=True)
class Begun:
    """A private link of a follow-up on which she answered the first questions of a scale."""

    number: str
    code: str
    scale: str
    answered: int


HAS_BEGUN = Begun("HPC-0405", "day-28", "PHQ9", 6)
BABY_FEEDS_LESS = "HPC-0416"

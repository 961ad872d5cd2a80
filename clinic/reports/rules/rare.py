"""This file is about women who could be told from others although no name stands in a file."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from clinic.reports.rules.figures import SMALL
from clinic.reports.rules.masks import Mask

BANDS = Mask.plain().of(None)


@dataclass(frozen=True)
class Profile:
    """What somebody who knows her may know too, on the day her course was opened.

    `weeks`: whole weeks from the birth; None: no birth before it is on record.
    """

    clinic: str
    weeks: int | None
    band: str


@dataclass(frozen=True)
class Rare:
    """A combination that fewer than five women of an export share."""

    profile: Profile
    women: int

    @property
    def words(self) -> str:
        """`7 weeks after the birth, aged 30-34`."""
        weeks = self.profile.weeks
        when = "no birth on record" if weeks is None else f"{weeks} weeks after the birth"
        return f"{when}, aged {self.profile.band}"


@dataclass(frozen=True)
class Rarity:
    """How many of the women of an export stand in a rare combination, and which those are."""

    women: int
    rare: tuple[Rare, ...]

    @property
    def in_rare(self) -> int:
        """How many women that concerns."""
        return sum(one.women for one in self.rare)

    @property
    def warning(self) -> str | None:
        """The sentence for whoever orders the file; None: there is nothing to warn of."""
        if not self.rare:
            return None
        return (
            f"{self.in_rare} of {self.women} women share weeks after the birth, clinic and age in "
            f"five years with fewer than {SMALL - 1} others. Whoever knows one of them may find "
            "her in the file, though no name is in it."
        )


def profile(clinic: str, born_on: date, opened_on: date, birth_on: date | None) -> Profile:
    """The profile of one woman."""
    weeks = None if birth_on is None else (opened_on - birth_on).days // 7
    return Profile(clinic, weeks, BANDS.band(age(born_on, opened_on)))


def age(born_on: date, on: date) -> int:
    """Whole years on a day; a birthday on 29 February is kept on 1 March."""
    before_birthday = (on.month, on.day) < (born_on.month, born_on.day)
    return on.year - born_on.year - before_birthday


def rarity(women: Iterable[Profile]) -> Rarity:
    """The combinations that fewer than five women share, the rarest first."""
    counted = Counter(women)
    return Rarity(counted.total(), tuple(sorted(below_the_limit(counted), key=order)))


def below_the_limit(counted: Counter[Profile]) -> Iterator[Rare]:
    """Those with too few women."""
    for one, women in counted.items():
        if women < SMALL:
            yield Rare(one, women)


def order(one: Rare) -> tuple[int, int, str]:
    """By number of women, then by weeks and age."""
    weeks = one.profile.weeks
    return one.women, -1 if weeks is None else weeks, one.profile.band

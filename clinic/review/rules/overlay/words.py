"""This file is about numbers of several sessions in words: ranges, signs, which sessions."""

from collections.abc import Sequence

from clinic.review.rules.overlay.figures import Back, Extreme, Figures, Return

IN_A_ROW = 3  # sessions from which "1 to 3" is shorter than their numbers


def minutes(extreme: Extreme, over: Return) -> str:
    """`at 31 to 41 min, over by 90 min`, `at every reading`."""
    if over.how is Back.NEVER_AWAY and extreme.score_is_only:
        return "at every reading"
    when = f"at {range_words((extreme.first, extreme.last))} min"
    if over.minute is not None:
        return f"{when}, over by {over.minute} min"
    return f"{when}, not over yet" if over.how is Back.NOT_YET else when


def range_words(values: Sequence[int], *, sign: bool = False) -> str:
    """`134 to 152`, `40`, `+28 to +34`."""
    low, high = (signed(one, plus=sign) for one in (min(values), max(values)))
    return low if low == high else f"{low} to {high}"


def signed(number: int, *, plus: bool = False) -> str:
    """A number with a true minus."""
    return f"+{number}" if plus and number > 0 else str(number).replace("-", "−")


def said(number: int | None) -> str:
    """A number, or a question mark."""
    return "?" if number is None else str(number)


def numbers(figures: Sequence[Figures]) -> str:
    """`Sessions 3 to 5`, `Sessions 1, 2 and 4`."""
    found = [one.line.number for one in figures]
    if len(found) >= IN_A_ROW and found == list(range(found[0], found[0] + len(found))):
        return f"Sessions {found[0]} to {found[-1]}"
    return f"Sessions {', '.join(map(str, found[:-1]))} and {found[-1]}"

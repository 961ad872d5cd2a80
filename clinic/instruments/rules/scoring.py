"""This file is about the total of a scale, its parts, and why there is sometimes none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from clinic.instruments.rules.answers import (
    Answers,
    NoScore,
    not_asked,
    refuse_unusable,
    waiting,
)
from clinic.instruments.rules.bounds import Unit, bounds, units
from clinic.instruments.rules.codes import AnswersAre, NotApplicableEffect, Operator
from clinic.instruments.rules.instrument import Instrument
from clinic.instruments.rules.parts import BandSet, CutOff, Scoring, Subscore, Term
from clinic.instruments.rules.safety import SafetyFinding, safety_findings


class WhyNoTotal(StrEnum):
    SCALE_HAS_NONE = "scale-has-none"
    ITEMS_MISSING = "items-missing"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True)
class SubscoreResult:
    """`value` is None when one of its items is missing."""

    code: str
    title: str
    value: int | None
    cut_offs: tuple[CutOff, ...]


@dataclass(frozen=True)
class Score:
    """What the answers amount to. Either `total` or `why_no_total` is None.

    `maximum` is the highest total these answers could have had: lower when an item does not apply.
    `band` and `cut_offs` (those reached) were published for the whole scale and only for it.
    `missing` holds skipped items and those marked as not assessed.
    """

    total: int | None
    why_no_total: WhyNoTotal | None
    maximum: int | None
    band: str | None
    cut_offs: tuple[CutOff, ...]
    subscores: tuple[SubscoreResult, ...]
    missing: tuple[str, ...]
    not_applicable: tuple[str, ...]
    not_asked: tuple[str, ...]
    findings: tuple[SafetyFinding, ...]


Points = dict[str, int]
BELOW_CUT_OFFS = "below the cut-offs"


def score(instrument: Instrument, answers: Answers, *, band_set: str | None = None) -> Score:
    """The score of one use; `band_set` is the course's choice where several were published.

    Raises UnusableAnswers for answers that this scale cannot have.
    """
    refuse_unusable(instrument, answers)
    points = {item: answer for item, answer in answers.items() if isinstance(answer, int)}
    points.update({rule.item: rule.score for rule in instrument.fixed})
    aside = tuple(item for item, answer in answers.items() if answer is NoScore.NOT_APPLICABLE)
    missing = missing_items(instrument, answers)
    why = _why_no_total(instrument, missing, aside)
    total = None if why or instrument.scoring is None else _total(instrument.scoring, points)
    whole = total if not aside else None
    return Score(
        total=total,
        why_no_total=why,
        maximum=_maximum(instrument, aside),
        band=band_of(instrument, whole, band_set),
        cut_offs=_reached(instrument.cut_offs, whole),
        subscores=tuple(_subscore(part, points) for part in instrument.subscores),
        missing=missing,
        not_applicable=_in_order(instrument, aside),
        not_asked=not_asked(instrument, answers),
        findings=safety_findings(instrument, answers),
    )


def missing_items(instrument: Instrument, answers: Answers) -> tuple[str, ...]:
    """The items without which there is no total or level, in the order of the scale."""
    done = {item for item, answer in answers.items() if answer is not NoScore.NOT_ASSESSED}
    done |= {*not_asked(instrument, answers), *waiting(instrument, answers)}
    open_units = [unit for unit in _needed(instrument) if not done & set(unit)]
    return _in_order(instrument, {item for unit in open_units for item in unit})


def band_of(instrument: Instrument, total: int | None, band_set: str | None = None) -> str | None:
    """The word for a total in the chosen bands (the first ones unless named), or None."""
    bands = _band_set(instrument, band_set)
    if total is None or bands is None:
        return None
    return [band for band in bands.bands if band.lower <= total][-1].word


def drawn_cut_offs(instrument: Instrument) -> list[CutOff]:
    """The cut-offs by which a scale is read instead of bands (definitions D7.5), lowest first."""
    return sorted((c for c in instrument.cut_offs if c.drawn), key=lambda cut: cut.at_least)


def word_of(instrument: Instrument, found: Score) -> str | None:
    """The one word for a total, on every page and in every file: by cut-offs, else by bands."""
    if found.total is None or found.not_applicable or not drawn_cut_offs(instrument):
        return found.band
    reached = [cut.words for cut in drawn_cut_offs(instrument) if cut.at_least <= found.total]
    return reached[-1] if reached else BELOW_CUT_OFFS


def _band_set(instrument: Instrument, code: str | None) -> BandSet | None:
    if code is None:
        return instrument.band_sets[0] if instrument.band_sets else None
    for bands in instrument.band_sets:
        if bands.code == code:
            return bands
    raise KeyError(code)


def _needed(instrument: Instrument) -> list[Unit]:
    if instrument.scoring is None:
        return [(item.number,) for item in instrument.items]
    terms = instrument.scoring.terms
    return [unit for term in terms for unit in units(term.items, instrument.scoring.either)]


def _why_no_total(
    instrument: Instrument, missing: tuple[str, ...], aside: tuple[str, ...]
) -> WhyNoTotal | None:
    if instrument.scoring is None:
        return WhyNoTotal.SCALE_HAS_NONE
    if missing:
        return WhyNoTotal.ITEMS_MISSING
    effects = {rule.item: rule.effect for rule in instrument.not_applicable}
    if any(effects[item] is NotApplicableEffect.NO_TOTAL for item in aside):
        return WhyNoTotal.NOT_APPLICABLE
    return None


def _total(scoring: Scoring, points: Points) -> int:
    return sum(_term(term, points) for term in scoring.terms)


def _term(term: Term, points: Points) -> int:
    values = [points[item] for item in term.items if item in points]
    return sum(values) if term.operator is Operator.EACH else max(values)


def _maximum(instrument: Instrument, aside: tuple[str, ...]) -> int | None:
    if instrument.scoring is None:
        return None
    scores = {item.number: instrument.scores_of(item.number) for item in instrument.items}
    return bounds(instrument.scoring, scores, aside)[1]


def _subscore(part: Subscore, points: Points) -> SubscoreResult:
    whole = all(item in points for item in part.items)
    value = sum(points[item] for item in part.items) if whole else None
    return SubscoreResult(part.code, part.title, value, _reached(part.cut_offs, value))


def _reached(cut_offs: Iterable[CutOff], total: int | None) -> tuple[CutOff, ...]:
    return tuple(cut for cut in cut_offs if total is not None and total >= cut.at_least)


def _in_order(instrument: Instrument, numbers: Iterable[str]) -> tuple[str, ...]:
    wanted = set(numbers)
    return tuple(item.number for item in instrument.items if item.number in wanted)


def answer_text(instrument: Instrument, item: str, answer: int | NoScore) -> str:
    """The answer in words where the wording may be shown, else its score."""
    options: Mapping[int | None, str | None] = {
        option.score: option.label for option in instrument.options_of(item)
    }
    if isinstance(answer, NoScore):
        return (options.get(None) if answer is NoScore.NOT_ASSESSED else None) or str(answer)
    if instrument.answers_are is AnswersAre.YES_NO and not options.get(answer):
        return "Yes" if answer else "No"
    return options.get(answer) or str(answer)

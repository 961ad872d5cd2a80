"""This file is about antidepressant trials: adequate, failed, and resistance; never a score."""

from collections.abc import Iterable
from dataclasses import dataclass

from clinic.instruments.rules.instrument import Instrument
from clinic.instruments.rules.parts import TrialList


@dataclass(frozen=True)
class Trial:
    """One antidepressant; None is not known. `improvement` is a code of the scale's list."""

    drug: str
    dose_adequate: bool | None
    weeks: int | None
    improvement: str | None
    in_current_episode: bool | None


@dataclass(frozen=True)
class Resistance:
    """Trials of the current episode that `failed`, and those of which that is `unknown`.

    `resistant` is None while the unknown ones could decide it.
    """

    failed: int
    unknown: int
    resistant: bool | None


def adequate(instrument: Instrument, trial: Trial) -> bool | None:
    """Whether dose and duration were enough; None when it cannot be said."""
    rules = _rules(instrument)
    long_enough = None if trial.weeks is None else trial.weeks >= rules.adequate_weeks_from
    return _both(trial.dose_adequate, long_enough)


def failed(instrument: Instrument, trial: Trial) -> bool | None:
    """Whether it was adequate and helped less than half; None when it cannot be said."""
    outcomes = {answer.code: answer.failed for answer in _rules(instrument).improvements}
    helped_little = None if trial.improvement is None else outcomes[trial.improvement]
    return _both(adequate(instrument, trial), helped_little)


def resistance(instrument: Instrument, trials: Iterable[Trial]) -> Resistance:
    """Failed adequate trials of the current episode against the scale's number of them."""
    judged = [_both(trial.in_current_episode, failed(instrument, trial)) for trial in trials]
    sure, unsure = judged.count(True), judged.count(None)
    enough = _rules(instrument).resistant_from
    possible = sure + unsure >= enough
    return Resistance(sure, unsure, True if sure >= enough else None if possible else False)


def _rules(instrument: Instrument) -> TrialList:
    if instrument.trial_list is None:
        raise ValueError(f"{instrument.code} is not a list of trials.")
    return instrument.trial_list


def _both(first: bool | None, second: bool | None) -> bool | None:
    if first is False or second is False:
        return False
    return None if first is None or second is None else True

"""Whatever is answered: totals stay in range, order never matters, nothing is guessed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.instruments.rules import (
    Instrument,
    Method,
    TriageLevel,
    answer_problems,
    score,
    triage,
)
from tests.instruments.cases import LIBRARY, by_method

SUMS = st.sampled_from(sorted(by_method(Method.SUM)))
SCREENERS = st.sampled_from(sorted(by_method(Method.TRIAGE)))
FEW = settings(max_examples=150, deadline=None, derandomize=True)


@st.composite
def uses(draw, codes=SUMS, *, complete: bool = True):
    """A scale and answers of it, in any order."""
    scale = LIBRARY[draw(codes)]
    answers = {n: draw(st.sampled_from(scale.scores_of(n))) for n in answered(draw, scale)}
    if not complete:
        answers = {n: answer for n, answer in answers.items() if draw(st.booleans())}
    return scale, answers


def answered(draw, scale: Instrument) -> list[str]:
    pairs = scale.scoring.either if scale.scoring else ()
    left_out = {n for pair in pairs for n in set(pair) - {draw(st.sampled_from(pair))}}
    left_out |= {rule.item for rule in scale.fixed}
    return draw(st.permutations([i.number for i in scale.items if i.number not in left_out]))


@FEW
@given(uses())
def test_a_complete_use_has_a_total_within_the_range(use):
    scale, answers = use

    result = score(scale, answers)

    assert scale.scoring.range.lowest <= result.total <= result.maximum
    assert result.maximum == scale.scoring.range.highest
    assert (result.band is None) == (not scale.band_sets)


@FEW
@given(uses(complete=False), st.randoms(use_true_random=False))
def test_the_order_of_the_answers_never_matters(use, chance):
    scale, answers = use
    shuffled = list(answers.items())
    chance.shuffle(shuffled)

    assert score(scale, dict(shuffled)) == score(scale, answers)


@FEW
@given(uses(complete=False))
def test_a_total_is_never_made_from_missing_items(use):
    scale, answers = use

    result = score(scale, answers)

    assert (result.total is None) == bool(result.missing)
    assert not set(result.missing) & set(answers)


@FEW
@given(uses(), st.data())
def test_a_worse_answer_never_lowers_a_total(use, data):
    scale, answers = use
    item = data.draw(st.sampled_from(sorted(answers)))
    worse = data.draw(st.sampled_from([s for s in scale.scores_of(item) if s >= answers[item]]))

    assert score(scale, {**answers, item: worse}).total >= score(scale, answers).total


@FEW
@given(uses(SCREENERS, complete=False))
def test_what_a_screener_already_shows_is_never_taken_back_by_a_no(use):
    scale, answers = use
    usable = {n: a for n, a in answers.items() if n not in answer_problems(scale, answers)}
    now = triage(scale, usable)
    noes = {n: 0 for n in now.missing if not answer_problems(scale, {**usable, n: 0})}

    later = triage(scale, {**usable, **noes})

    assert later.at_least == now.at_least
    assert (now.level is None) == bool(now.missing)
    assert (now.at_least is TriageLevel.NEGATIVE) == (not any(usable.values()))

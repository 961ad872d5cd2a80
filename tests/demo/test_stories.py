"""The stories of the demonstration are plausible, invented, and keep to the rules of the scales."""

from collections import Counter

import pytest

from clinic.demo.rules.cases import Case
from clinic.demo.rules.cast import CLINICS, MOTHERS, STAFF
from clinic.demo.rules.current import CURRENT
from clinic.demo.rules.maya import MAYA
from clinic.demo.rules.past import MOST, past_cases
from clinic.demo.rules.running import NOW
from clinic.demo.rules.scores import CGI, DAY, EPDS, MADRS, PHQ, STANDARD, Use, items_of
from clinic.instruments.library import library_instruments
from clinic.instruments.rules import answer_problems, score

PAST = list(past_cases(40))


def uses(case: Case) -> list[Use]:
    """Every use of a scale that a course tells of."""
    before = [use for asked in case.asked for use in asked.uses]
    return before + [use for told in case.scores.values() for use in told]


def totals(case: Case, scale: str, form: str = STANDARD) -> list[int]:
    """The totals of a scale in the order in which they are told."""
    return [use.total for use in uses(case) if (use.scale, use.form) == (scale, form)]


@pytest.mark.parametrize("case", [*CURRENT, *past_cases(MOST)], ids=lambda c: c.mother.number)
def test_the_items_of_each_scale_can_be_answered_so_and_add_up_to_its_total(case: Case):
    scales = library_instruments()

    for use in uses(case):
        answers = items_of(use)

        assert answer_problems(scales[use.scale], answers) == {}
        assert score(scales[use.scale], answers).total == use.total


@pytest.mark.parametrize("case", [*CURRENT, *PAST], ids=lambda c: c.mother.number)
def test_a_day_after_a_dose_only_the_24_hour_form_is_asked_as_it_was_before_the_first_d7_3(
    case: Case,
):
    after = {
        (use.scale, use.form)
        for code, told in case.scores.items()
        if code.startswith(DAY)
        for use in told
    }

    assert after <= {(MADRS, DAY)}
    assert not after or (MADRS, DAY) in {(u.scale, u.form) for a in case.asked for u in a.uses}


def test_maya_torres_scores_as_her_story_says_but_where_the_recall_of_a_scale_forbids_it():
    assert totals(MAYA, MADRS) == [35, 34, 16, 12]
    assert totals(MAYA, MADRS, DAY)[-5:] == [21, 19, 15, 14, 11]
    assert totals(MAYA, EPDS) == [24, 24, 23, 16, 12]
    assert totals(MAYA, PHQ) == [21, 20, 9]
    assert [use.harm for use in MAYA.scores["day-14"]] == [0, 0, 0]


def test_maya_torres_had_five_sessions_and_is_in_the_sixth():
    assert [sitting.ago for sitting in MAYA.sittings] == [16, 14, 9, 7, 2]
    assert [sitting.mg for sitting in MAYA.sittings] == [56, 56, 84, 84, 84]
    assert max(s.curve.table[40][:2] for s in MAYA.sittings) == (152, 92)
    assert [r.curve.table[60][:2] for r in NOW if r.number == "HPC-0412"] == [(164, 102)]


def test_five_sessions_run_and_one_of_the_women_is_within_42_days_of_the_birth():
    days = [MOTHERS[running.number].birth_days_ago for running in NOW]

    assert len(set(days)) == 5
    assert [running.number for running, day in zip(NOW, days, strict=True) if day <= 42] == [
        "HPC-0416"
    ]


def test_the_courses_that_are_over_came_to_different_ends():
    ends = Counter(case.ended.reason for case in PAST if case.ended)

    assert len(PAST) == sum(ends.values()) == 40
    assert ends == {"completed": 28, "no-effect": 4, "patient-choice": 4, "side-effects": 4}


def test_among_the_courses_that_are_over_some_responded_some_not_and_some_fell_ill_again():
    def share(case: Case, code: str) -> float:
        return case.scores[code][0].total / case.baseline if code in case.scores else 1

    responded = [case for case in PAST if share(case, "day-28") <= 0.5]
    relapsed = [c for c in responded if "month-3" in c.scores and share(c, "month-3") >= 0.75]

    assert (len(responded), len(relapsed)) == (20, 4)
    assert Counter(len(case.sittings) for case in PAST).keys() == {2, 4, 5, 6}


def test_each_course_that_is_over_was_decided_in_order_and_stopped_before_it_ended():
    for case in PAST:
        told, ending = case.decisions, case.ended
        doses = [sitting.ago for sitting in case.sittings]

        assert ending is not None
        assert [d.ago for d in told] == sorted((d.ago for d in told), reverse=True)
        assert (told[-1].decision, told[-1].ago) == ("stop", ending.ago)
        assert all(d.ago in doses for d in told[:-1])
        assert all(d.reason for d in told if d.decision != "continue")


def test_two_loads_tell_the_same():
    assert list(past_cases(MOST)) == list(past_cases(MOST))
    assert list(past_cases(3)) == PAST[:3]


def test_no_two_women_have_a_number_a_name_or_a_date_of_birth_in_common():
    women = [*MOTHERS.values(), *(case.mother for case in past_cases(MOST))]

    for part in ("number", "born_on"):
        assert len({getattr(woman, part) for woman in women}) == len(women), part
    assert len({(woman.given_name, woman.family_name) for woman in women}) == len(women)
    assert all(woman.number.startswith(f"{woman.clinic}-") for woman in women)


def test_nothing_looks_like_somebody_real():
    assert all(person.email.endswith(".example") for person in STAFF)
    assert all(clinic.phone.startswith("555 01") for clinic in CLINICS)


def test_the_scale_of_change_is_never_asked_before_the_first_dose():
    before = [asked for case in [*CURRENT, *PAST] for asked in case.asked]

    assert CGI not in {use.scale for asked in before for use in asked.uses}

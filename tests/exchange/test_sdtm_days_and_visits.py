"""Days and visits of SDTM: no day 0, and a number for each visit that does not change."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from clinic.exchange.rules.sdtm import Subject, study_day
from clinic.exchange.rules.sdtm.subject import of_moment
from tests.exchange.made import T0, dossier, lens, used


@pytest.mark.parametrize(
    ("on", "day"),
    [
        (date(2026, 3, 11), -1),
        (date(2026, 3, 12), 1),
        (date(2026, 3, 13), 2),
        (date(2026, 2, 28), -12),
    ],
)
def test_there_is_no_study_day_0(on, day):
    assert study_day(on, date(2026, 3, 12)) == day


def test_a_study_day_counts_days_of_the_clinic_s_wall():
    auckland = replace(lens(), zone=ZoneInfo("Pacific/Auckland"))
    late = Subject(auckland, replace(dossier(), doses=(T0 - timedelta(hours=10),)))

    assert late.day_of(T0 - timedelta(hours=11)) == 1  # the same day there, midnight in UTC between
    assert late.day_of(T0 + timedelta(hours=1)) == 2


def test_what_is_asked_after_every_dose_has_a_visit_after_its_session():
    hers = dossier()
    asked = used("MADRS", 9, {}, moment="24-hours", answered_at=T0 + timedelta(hours=24))
    first = replace(hers.courses[0], scores=(asked,))

    visit = Subject(lens(), hers).visit_of(first, asked)

    assert (str(visit.number), visit.name, visit.epoch) == (
        "1.05",
        "SESSION 1 24-HOURS",
        "FOLLOW-UP",
    )


def test_a_moment_of_a_clinic_s_own_has_always_the_same_visit_after_its_session():
    first = dossier().courses[0]
    visits = [
        of_moment(first, code, 2).number for code in ("welfare", "home-visit", "home-visit", "lab")
    ]

    assert visits[0] == Decimal("2.16")
    assert visits[1] == visits[2]
    assert len(set(visits)) == 3
    assert all(2 < number < 3 for number in visits)

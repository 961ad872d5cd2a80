"""This file is about the masks of a de-identified export: what is kept, moved, capped, or gone."""

import uuid
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from clinic.reports.rules.masks import Mask, Privacy

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
HER, ANOTHER = uuid.UUID(int=1), uuid.UUID(int=2)
DUBLIN = ZoneInfo("Europe/Dublin")
AT = datetime(2026, 3, 12, 10, 0, tzinfo=UTC)
MASK = Mask.keyed(KEY)


def test_a_plain_mask_changes_nothing():
    hers = Mask.plain().of(HER)

    assert (hers.moment(AT), hers.day(date(2026, 3, 12))) == (AT, date(2026, 3, 12))
    assert (hers.text("as typed"), hers.person("Aiko Kimura")) == ("as typed", "Aiko Kimura")
    assert (hers.id(HER), hers.number("P-1001"), hers.age(93)) == (str(HER), "P-1001", "93")


def test_all_moments_and_days_of_one_woman_move_by_the_same_whole_days_into_the_past():
    hers = MASK.of(HER)

    moved_by = AT - hers.moment(AT)

    assert moved_by == hers.earlier
    assert timedelta(days=1) <= moved_by <= timedelta(days=365)
    assert date(2026, 1, 22) - hers.day(date(2026, 1, 22)) == moved_by
    assert MASK.of(HER).earlier == moved_by


def test_intervals_stay_exact_across_a_change_of_the_clock():
    hers, before = MASK.of(HER), datetime(2026, 3, 28, 23, 30, tzinfo=DUBLIN)
    after = (before.astimezone(UTC) + timedelta(hours=4)).astimezone(DUBLIN)

    moved = [hers.moment(at).astimezone(UTC) for at in (before, after)]

    assert moved[1] - moved[0] == timedelta(hours=4)
    assert hers.moment(before).tzinfo is DUBLIN


def test_two_women_and_two_clinics_move_by_days_of_their_own():
    shifts = {MASK.of(uuid.UUID(int=n)).earlier for n in range(1, 40)}

    assert len(shifts) > 20
    assert Mask.keyed(OTHER_KEY).of(HER).earlier != MASK.of(HER).earlier


def test_a_day_of_nobody_cannot_be_moved_and_is_dropped():
    nobody = MASK.of(None)

    assert (nobody.moment(AT), nobody.day(date(2026, 3, 12))) == (None, None)


def test_a_pseudonym_is_the_same_in_every_file_of_a_clinic_and_tells_nothing():
    found = MASK.of(HER).id(HER)

    assert found == MASK.of(ANOTHER).id(str(HER)) == MASK.of(None).number(str(HER))
    assert len(found) == 20
    assert found.startswith("p")
    assert str(HER)[:8] not in found
    assert found != MASK.of(HER).id(ANOTHER)
    assert found != Mask.keyed(OTHER_KEY).of(HER).id(HER)


@pytest.mark.parametrize(("years", "band"), [(30, "30-34"), (34, "30-34"), (90, "90 or older")])
def test_a_band_of_ages_is_five_years_and_open_at_the_top(years, band):
    assert MASK.of(HER).band(years) == band


@pytest.mark.parametrize(("years", "shown"), [(34, "34"), (89, "89"), (90, "90"), (97, "90")])
def test_an_age_is_capped_at_90(years, shown):
    assert MASK.of(HER).age(years) == shown


def test_words_and_names_do_not_leave_and_absent_stays_absent():
    hers = MASK.of(HER)

    assert hers.text("lives beside the lighthouse") is None
    assert hers.person(None) is None
    assert "Aiko" not in hers.person("Aiko Kimura")
    assert [hers.value(privacy, None) for privacy in Privacy] == [None] * len(Privacy)


def test_a_value_that_cannot_be_masked_as_asked_is_an_error_and_no_leak():
    with pytest.raises(TypeError):
        MASK.of(HER).value(Privacy.SHIFT, "12 March 2026")
    with pytest.raises(TypeError):
        MASK.of(HER).value(Privacy.CAP, "93")


def test_a_short_key_is_refused():
    with pytest.raises(ValueError, match="at least 16 bytes"):
        Mask.keyed(b"short")

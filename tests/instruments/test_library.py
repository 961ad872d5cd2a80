"""The twenty-five scales: what each is, printed order, licences, codes, who asks and when."""

import dataclasses
import hashlib
import json
from decimal import Decimal

import pytest

from clinic.instruments.library import library_files
from clinic.instruments.rules import (
    AnswersAre,
    AskedBy,
    Direction,
    Instrument,
    LicenceStatus,
    Method,
    MomentCode,
    RecallKind,
)
from tests.instruments.cases import LIBRARY

ALL = pytest.mark.parametrize("scale", LIBRARY.values(), ids=LIBRARY)


def test_there_are_twenty_five_and_files_are_named_by_code():
    assert [path.stem for path in library_files()] == sorted(LIBRARY)
    assert len(LIBRARY) == 25


@ALL
def test_the_round_trip_through_canonical_json_changes_nothing(scale):
    text = scale.to_json()

    again = Instrument.from_json(text)

    assert again == scale
    assert again.to_json() == text
    assert scale.digest == hashlib.sha256(text.encode()).hexdigest()


@ALL
def test_canonical_json_has_sorted_keys_no_spaces_and_numbers_as_strings(scale):
    tree = json.loads(scale.to_json())

    assert scale.to_json() == json.dumps(
        tree, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    assert ":0" not in scale.to_json().replace('":"0', "")


def test_d7_7_another_version_has_another_digest():
    """Definitions D7.7: outcome definitions are pinned per course."""
    scale = LIBRARY["EPDS"]

    changed = dataclasses.replace(scale, version="2")

    assert changed.digest != scale.digest


@ALL
def test_a_scale_says_that_no_clinician_approved_it_and_where_it_comes_from(scale):
    assert scale.status == "Demonstration, not approved by a clinician"
    assert scale.citation
    assert scale.licence.note
    assert scale.licence.checked


@ALL
def test_every_value_that_means_something_stands_beside_its_source(scale):
    """A field without a source is null."""
    groups = [*scale.band_sets, *scale.cut_offs, *scale.safety, *scale.triage, *scale.response]
    groups += [*scale.remission, *scale.forms, *scale.skip, *scale.fixed, *scale.subscores]
    single = (scale.severity_for_remission, scale.smallest_change, scale.trial_list, scale.scoring)
    groups += [part for part in single if part is not None]

    assert all(part.source.strip() for part in groups)


@pytest.mark.parametrize(
    ("code", "from_the_top"),
    [
        ("EPDS", "3 5 6 7 8 9 10"),
        ("MIBS", "2 3 5 7 8"),
        ("PBQ", "2 3 5 6 7 10 12 13 14 15 17 18 19 20 21 23 24"),
        ("PHQ9", ""),
        ("GAD7", ""),
        ("MADRS", ""),
        ("QIDSSR16", ""),
        ("WSAS", ""),
    ],
)
def test_options_stand_in_printed_order_with_final_scores(code, from_the_top):
    """Items that print the highest score first; nothing is ever reversed a second time."""
    scale = LIBRARY[code]

    falling = [
        item.number
        for item in scale.items
        if scale.scores_of(item.number)[0] > scale.scores_of(item.number)[-1]
    ]

    assert " ".join(falling) == from_the_top


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [("MOAAS", 5, 0), ("RASS", 4, -5), ("CGIS", 1, 7), ("ALDRETE", 2, 0), ("BPRSP", 0, 6)],
)
def test_the_first_and_the_last_printed_level(code, first, last):
    scores = LIBRARY[code].scores_of("1")

    assert (scores[0], scores[-1]) == (first, last)


def test_directions():
    better = {c for c, s in LIBRARY.items() if s.direction is Direction.HIGHER_BETTER}

    assert better == {"MOAAS", "ALDRETE", "PADSS"}
    assert LIBRARY["RASS"].direction is Direction.ZERO_BEST
    assert LIBRARY["MGHATRQ"].direction is Direction.NONE


def test_d7_8_sedation_is_a_moaas_of_4_or_less():
    """Definitions D7.8: REMS sedation = any MOAA/S <= 4."""
    bands = {band.lower: band.word for band in LIBRARY["MOAAS"].band_sets[0].bands}

    assert bands == {0: "loss of consciousness", 1: "sedated", 5: "alert"}


def test_scales_without_a_total():
    assert {c for c, s in LIBRARY.items() if s.method is Method.TRIAGE} == {
        "CSSRS_SCREEN_RECENT",
        "CSSRS_SCREEN_SLC",
    }
    assert [c for c, s in LIBRARY.items() if s.method is Method.TRIAL_LIST] == ["MGHATRQ"]
    assert {c for c, s in LIBRARY.items() if not s.has_total} == {
        "CSSRS_SCREEN_RECENT",
        "CSSRS_SCREEN_SLC",
        "MGHATRQ",
    }


def test_psqi_takes_seven_component_scores_and_no_items():
    scale = LIBRARY["PSQI"]

    assert (scale.answers_are, len(scale.items)) == (AnswersAre.COMPONENTS, 7)


def test_the_short_form_of_the_cadss_keeps_the_numbers_of_the_long_one():
    assert [item.number for item in LIBRARY["CADSS6"].items] == ["1", "2", "6", "7", "15", "22"]


def test_d7_5_moments_that_need_staff_are_never_links():
    """Definitions D7.5: MADRS, HAM-D, C-SSRS are calls or visits, never links."""
    staff = {code for code, scale in LIBRARY.items() if scale.administered.needs_staff}

    assert {"MADRS", "HAMD17", "CSSRS_SCREEN_RECENT", "CSSRS_SCREEN_SLC"} <= staff
    assert not any(LIBRARY[code].may_go_by_link for code in staff)


def test_only_a_scale_whose_wording_may_be_shown_can_go_to_a_phone():
    assert {c for c, s in LIBRARY.items() if s.may_go_by_link} == {"PHQ9", "GAD7", "PBQ"}
    assert LIBRARY["EPDS"].administered.by is AskedBy.PATIENT


def test_d7_5_cgi_i_has_no_baseline_moment():
    """Definitions D7.5: CGI-I has no baseline moment."""
    (form,) = LIBRARY["CGII"].forms

    assert form.recall.kind is RecallKind.SINCE_BASELINE
    assert MomentCode.BASELINE not in form.moments


def test_d7_5_epds_is_drawn_with_its_cut_offs_10_and_13():
    """Definitions D7.5: EPDS is drawn with its cut-offs 10 and 13."""
    cut_offs = LIBRARY["EPDS"].cut_offs

    assert [cut.at_least for cut in cut_offs if cut.drawn] == [10, 13]
    assert (cut_offs[2].sensitivity, cut_offs[2].specificity) == (Decimal("0.66"), Decimal("0.95"))


def test_d7_4_the_screener_is_asked_before_each_session():
    """Definitions D7.4: before each session the full C-SSRS since-last-contact is asked."""
    (form,) = LIBRARY["CSSRS_SCREEN_SLC"].forms

    assert MomentCode.BEFORE_EACH_SESSION in form.moments
    assert MomentCode.DAY_1 in form.moments


@ALL
def test_d7_3_only_a_24_hour_version_is_proposed_at_24_hours(scale):
    """Definitions D7.3: at 24 h only a 24-hour version counts."""
    forms = [form for form in scale.forms if MomentCode.DAY_1 in form.moments]

    assert all(form.recall.hours in (None, 24) for form in forms)


@pytest.mark.parametrize(
    ("code", "form", "hours"),
    [
        ("EPDS", "standard", 7 * 24),
        ("PHQ9", "standard", 14 * 24),
        ("GAD7", "standard", 14 * 24),
        ("MADRS", "standard", 7 * 24),
        ("MADRS", "24-hours", 24),
        ("HAMD17", "standard", 7 * 24),
        ("WHODAS12", "standard", 30 * 24),
        ("CSSRS_SCREEN_SLC", "standard", None),
        ("WSAS", "standard", None),
    ],
)
def test_recall_windows(code, form, hours):
    assert LIBRARY[code].form(form).recall.hours == hours


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("PHQ9", LicenceStatus.FREE),
        ("PBQ", LicenceStatus.FREE),
        ("HAMD17", LicenceStatus.PUBLIC_DOMAIN),
        ("CGIS", LicenceStatus.PUBLIC_DOMAIN),
        ("EPDS", LicenceStatus.PERMISSION_NEEDED),
        ("MADRS", LicenceStatus.PERMISSION_NEEDED),
        ("WHODAS12", LicenceStatus.PERMISSION_NEEDED),
        ("CSSRS_SCREEN_SLC", LicenceStatus.FREE_WITH_CONDITIONS),
        ("MIBS", LicenceStatus.NOT_VERIFIED),
    ],
)
def test_licences(code, status):
    assert LIBRARY[code].licence.status is status


def test_loinc_stands_only_where_it_was_verified():
    epds, phq, cssrs = LIBRARY["EPDS"], LIBRARY["PHQ9"], LIBRARY["CSSRS_SCREEN_RECENT"]

    assert (epds.loinc.panel, epds.loinc.total) == ("71354-5", "99046-5")
    assert {item.loinc for item in epds.items} == {None}
    assert (phq.item("9").loinc, phq.options_of("9")[3].loinc) == ("44260-8", "LA6571-9")
    assert [option.loinc for option in cssrs.options_of("1")] == ["LA33-6", "LA32-8"]
    assert LIBRARY["MADRS"].loinc.total is None


def test_an_unknown_item_or_form_is_a_key_error():
    with pytest.raises(KeyError):
        LIBRARY["EPDS"].item("11")
    with pytest.raises(KeyError):
        LIBRARY["EPDS"].form("24-hours")

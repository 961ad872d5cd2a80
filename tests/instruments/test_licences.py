"""Wording stands only where a licence lets it, today: pure rules of evidence, wording, medium."""

from datetime import date, timedelta

import pytest

from clinic.instruments.rules.licences import (
    Evidence,
    EvidenceState,
    Medium,
    WordingState,
)
from tests.instruments.cases import LIBRARY
from tests.instruments.licensed import EVERYWHERE, TODAY, registration

EPDS = LIBRARY["EPDS"]


PAPER_ONLY = Evidence(None, EVERYWHERE - {Medium.PHONE}, None)


def ends_in(days: int) -> Evidence:
    return Evidence(TODAY + timedelta(days=days), EVERYWHERE, None)


def test_a_scale_with_everything_on_file_may_stand_anywhere():
    found = registration(EPDS)

    assert [found.why_not(medium) for medium in Medium] == [None] * 4
    assert found.wording_state is WordingState.LOADED


@pytest.mark.parametrize(
    ("days", "state", "wording"),
    [
        (31, EvidenceState.ON_FILE, WordingState.LOADED),
        (30, EvidenceState.ENDS_SOON, WordingState.LOADED),
        (0, EvidenceState.ENDS_SOON, WordingState.LOADED),
        (-1, EvidenceState.ENDED, WordingState.SKELETON),
    ],
)
def test_evidence_is_amber_30_days_before_and_a_skeleton_from_the_day_after_it(
    days, state, wording
):
    found = registration(EPDS, evidence=ends_in(days))

    assert (found.evidence_state, found.wording_state) == (state, wording)


def test_evidence_without_an_end_stays():
    found = registration(EPDS, evidence=Evidence(None, EVERYWHERE, None))

    assert found.evidence_state is EvidenceState.ON_FILE


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"evidence": None}, "No licence evidence of EPDS in English is on file."),
        (
            {"evidence": None, "asked_on": date(2026, 3, 2)},
            "EPDS in English: its owner was asked on 2 Mar 2026; no evidence is on file yet.",
        ),
        (
            {"evidence": ends_in(-1)},
            "The licence evidence of EPDS in English ended on 11 Mar 2026.",
        ),
        (
            {"evidence": PAPER_ONLY},
            "The licence evidence of EPDS in English does not cover a phone.",
        ),
        ({"compared": False}, "The wording of EPDS in English is not loaded."),
        (
            {"compared": False, "waiting": True},
            "The wording of EPDS in English waits for a second person to compare it.",
        ),
        (
            {"language": "es"},
            "No validated translation of EPDS in Spanish is on file, so it is never scored.",
        ),
    ],
)
def test_each_missing_step_keeps_it_from_her_phone_with_the_reason(given, sentence):
    assert registration(EPDS, **given).why_not(Medium.PHONE) == sentence


def test_a_validated_translation_opens_another_language():
    evidence = Evidence(None, EVERYWHERE, "Validated by an invented study")

    found = registration(EPDS, language="es", evidence=evidence)

    assert found.why_not(Medium.PHONE) is None


@pytest.mark.parametrize("code", ["MADRS", "CSSRS_SCREEN_SLC", "HAMD17", "MOAAS"])
def test_d7_5_no_licence_opens_a_scale_that_staff_ask_to_phones(code):
    """Definitions D7.5: moments that need staff are calls or visits, never links."""
    scale = LIBRARY[code]

    found = registration(scale)

    assert f"{scale.name} is asked by staff" in found.why_not(Medium.PHONE)
    assert found.why_not(Medium.SCREEN) is None


@pytest.mark.parametrize("code", ["PHQ9", "GAD7", "PBQ"])
def test_a_shipped_wording_needs_no_evidence_in_its_own_language_only(code):
    own = registration(LIBRARY[code], evidence=None, compared=False)
    other = registration(LIBRARY[code], evidence=None, compared=False, language="es")

    assert own.evidence_state is EvidenceState.NOT_NEEDED
    assert own.why_not(Medium.PHONE) is None
    assert other.wording_state is WordingState.SKELETON
    assert other.why_not(Medium.PHONE) is not None


def test_a_new_version_that_waits_leaves_the_one_in_force():
    found = registration(EPDS, compared=True, waiting=True)

    assert found.wording_state is WordingState.LOADED

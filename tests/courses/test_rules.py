"""This file is about the rules of a course, without a database: stages, birth, words, consent."""

from datetime import UTC, date, datetime

import pytest

from clinic.courses.library import ConsentTextError, read_shipped, shipped_wordings
from clinic.courses.rules import (
    BirthMode,
    Consent,
    DrugClass,
    EndReason,
    Onset,
    Particulars,
    Progress,
    Stage,
    StageReport,
    Wording,
    current_stage,
    delivery_of,
    digest_of,
    fault_of_weeks,
    faults_of_body,
    is_her_name,
    narrative,
    rendered,
)

OPENED = date(2026, 3, 2)
FIRST = Wording("esketamine", 1, "Consent", "a" * 64)
SECOND = Wording("esketamine", 2, "Consent", "b" * 64)
DONE, RUNNING = StageReport(Progress.DONE), StageReport(Progress.RUNNING)


@pytest.mark.parametrize(
    ("reports", "stage"),
    [
        ({}, Stage.EVALUATION),
        ({Stage.EVALUATION: RUNNING}, Stage.EVALUATION),
        ({Stage.EVALUATION: DONE}, Stage.SESSIONS),
        ({Stage.EVALUATION: DONE, Stage.FOLLOW_UPS: RUNNING}, Stage.SESSIONS),
        ({Stage.EVALUATION: DONE, Stage.SESSIONS: DONE}, Stage.FOLLOW_UPS),
        (dict.fromkeys(Stage, DONE), Stage.FOLLOW_UPS),
        ({Stage.INTEGRATION: RUNNING}, Stage.EVALUATION),
    ],
)
def test_a_course_is_in_the_first_stage_that_is_not_done(reports, stage):
    assert current_stage(reports) is stage


@pytest.mark.parametrize(
    ("gave_birth_on", "infants", "found"),
    [
        (date(2026, 1, 22), [date(2026, 1, 22)], date(2026, 1, 22)),
        (OPENED, [], OPENED),
        (date(2028, 5, 1), [date(2026, 1, 22), date(2028, 5, 1)], date(2026, 1, 22)),
        (date(2028, 5, 1), [date(2023, 1, 1), date(2026, 1, 22)], date(2026, 1, 22)),
        (date(2026, 3, 3), [], None),
        (None, [date(2026, 1, 22)], date(2026, 1, 22)),
        (None, [], None),
    ],
)
def test_a_course_belongs_to_the_birth_before_it_opened(gave_birth_on, infants, found):
    assert delivery_of(OPENED, gave_birth_on, infants) == found


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        (Particulars(), ""),
        (
            Particulars(
                "F53.0",
                "Depression with peripartum onset",
                Onset.PREGNANCY,
                16,
                39,
                BirthMode.CAESAREAN,
                "Mild gestational hypertension, resolved.",
            ),
            (
                "Depression with peripartum onset (F53.0), from week 16 of pregnancy."
                " Caesarean birth at 39 weeks. Mild gestational hypertension, resolved."
            ),
        ),
        (Particulars(onset=Onset.AFTER_BIRTH), "Began after the birth."),
        (Particulars("F53.0", onset=Onset.UNKNOWN), "F53.0, onset not known."),
        (Particulars(gestation_weeks=38, birth_mode=BirthMode.UNKNOWN), "Birth at 38 weeks."),
        (Particulars(birth_mode=BirthMode.ASSISTED), "Assisted birth."),
    ],
)
def test_the_narrative_leaves_out_what_was_not_asked(facts, line):
    assert narrative(facts) == line


@pytest.mark.parametrize(
    ("onset", "week", "is_fine"),
    [
        (Onset.PREGNANCY, 45, True),
        (Onset.PREGNANCY, 46, False),
        (Onset.AFTER_BIRTH, 46, True),
        (Onset.UNKNOWN, 3, False),
        (None, 3, False),
        (None, None, True),
    ],
)
def test_a_week_of_onset_needs_a_beginning_and_fits_it(onset, week, is_fine):
    assert (fault_of_weeks(onset, week) is None) == is_fine


def test_d8_7_five_classes_and_the_decongestant_are_asked_before_the_dose():
    """D8.7: benzodiazepine, non-benzodiazepine hypnotic, psychostimulant, MAOI, opioid; and
    decongestant or nasal steroid."""
    asked = {code.value for code in DrugClass if code.is_asked_before_the_dose}

    assert asked == {
        "benzodiazepine",
        "hypnotic",
        "psychostimulant",
        "maoi",
        "opioid",
        "decongestant",
    }


def test_a_treatment_that_was_never_meant_to_begin_is_cancelled_all_others_are_finished():
    cancelled = {reason.value for reason in EndReason if reason.status == "cancelled"}

    assert cancelled == {"not-eligible", "opened-in-error"}


def consent(**given) -> Consent:
    values = {
        "wording": FIRST,
        "text": "Consent\n\nI agree.",
        "mother_name": "Maya Osei",
        "talks": (),
        "given_at": datetime(2026, 3, 3, 10, 0, tzinfo=UTC),
        "witness_name": "Aiko Kimura",
        "in_force": FIRST,
        "unchanged": True,
    }
    return Consent(**values | given)


def test_a_consent_to_the_wording_in_force_is_valid():
    assert consent().valid
    assert consent().why_not is None


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"in_force": SECOND}, "She agreed to version 1 of the wording, which is not in force."),
        ({"in_force": None}, "She agreed to version 1 of the wording, which is not in force."),
        ({"withdrawn_on": date(2026, 3, 5)}, "Consent was withdrawn on 05 Mar 2026."),
        ({"unchanged": False}, "The stored consent is not the one that was signed."),
        (
            {"unchanged": False, "withdrawn_on": date(2026, 3, 5)},
            "The stored consent is not the one that was signed.",
        ),
    ],
)
def test_a_consent_that_does_not_hold_says_why(given, why):
    assert not consent(**given).valid
    assert consent(**given).why_not.startswith(why)


def test_the_border_between_title_and_body_is_part_of_the_digest():
    assert digest_of("ab", "c") != digest_of("a", "bc")
    assert digest_of("a\nb", "c") != digest_of("a", "b\nc")


def test_names_are_put_into_the_text_and_a_sign_may_be_written():
    names = {"mother": "Maya $clinic", "clinic": "Harbour", "protocol": "Nasal"}

    text = rendered("Consent", "I, $mother, at $clinic: ${protocol}, $$5.", names)

    assert text == "Consent\n\nI, Maya $clinic, at Harbour: Nasal, $5."


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ("I, $mother.", []),
        ("It costs 5 $.", ["A $ stands alone. Write $$ for the sign itself."]),
        ("I, $name.", ["$name is not known. Use only $mother, $clinic, $protocol."]),
    ],
)
def test_a_body_that_cannot_be_rendered_says_why(body, faults):
    assert list(faults_of_body(body)) == faults


@pytest.mark.parametrize(
    ("typed", "is_hers"),
    [
        ("Maya Osei", True),
        ("  maya   OSEI ", True),
        ("Maya Abena Osei", True),
        ("Osei, Maya", True),
        ("Máya Osei", True),
        ("Maya", False),
        ("Mayra Osei", False),
        ("", False),
    ],
)
def test_her_name_is_every_word_of_it(typed, is_hers):
    assert is_her_name(typed, "Maya Osei") == is_hers


def test_the_shipped_wording_says_that_the_use_is_not_approved_and_names_its_sources():
    """Facts H 20: consent including off-label, not indicated in postpartum depression."""
    wordings = shipped_wordings()

    assert set(wordings) == {"esketamine", "racemic"}
    for _, body in wordings.values():
        assert "This use is not approved." in body
        assert "not indicated for depression after birth" in body
        assert "off-label" in body
        assert "LactMed" in body
    assert "J&J Medical Connect" in wordings["esketamine"][1]
    assert "The label advises against breastfeeding during treatment" in wordings["esketamine"][1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version: 1", "consent.yaml, line 1: texts: is missing."),
        ("version: one\ntexts: []", "consent.yaml, line 1: version:"),
        (
            "version: 1\ntexts:\n- {code: a, title: T, paragraphs: ['$who'], sources: []}",
            "consent.yaml, line 3: texts.1.paragraphs: $who is not known.",
        ),
        (
            (
                "version: 1\ntexts:\n"
                "- {code: a, title: T, paragraphs: [x], sources: []}\n"
                "- {code: a, title: T, paragraphs: [x], sources: []}"
            ),
            "consent.yaml, line 4: texts.2.code: a is there twice.",
        ),
        ("a: *b", "consent.yaml"),
    ],
)
def test_a_faulty_file_of_wordings_names_its_line(text, said):
    with pytest.raises(ConsentTextError) as refused:
        read_shipped(text)

    assert refused.value.problems[0].startswith(said)

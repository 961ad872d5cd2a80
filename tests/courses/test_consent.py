"""This file is about her consent: what she reads, who signs, which wording it covers, its end."""

import re
import uuid
from datetime import date

import pytest
from sqlalchemy.exc import DBAPIError

from clinic.core.db import db
from clinic.core.errors import Conflict, Unprocessable
from clinic.core.permissions import Role
from clinic.core.signatures import Proof
from clinic.courses import queries
from clinic.courses.actions import (
    WordingChanged,
    end_course,
    give_consent,
    publish_shipped_wording,
    publish_wording,
    withdraw_consent,
)
from clinic.courses.models import ConsentText
from clinic.courses.rules import EndReason, Held, Talk
from tests.courses.conftest import DOCTOR_ID
from tests.courses.signed import sign_consent
from tests.desk import NURSE_ID

sqlite_only = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
DIGEST = re.compile(r'name="read_digest" value="([0-9a-f]{64})"')
TALKS = [Held(talk, date(2026, 3, 10), "Dr Chidi Okafor") for talk in Talk]
WITNESS = Proof(NURSE_ID, "Aiko Kimura")
FAULTY_SIGNATURES = [
    ({"mother_name": ""}, "She types her name."),
    ({"mother_name": "Daniel Osei"}, "Her name here is Maya Osei."),
    ({"password": ""}, "Enter your password to sign as witness."),
    ({"password": "wrong"}, "Enter your own password to sign."),
    ({"treatment_on": ""}, "Enter the day of this talk."),
    ({"treatment_on": "2026-03-13"}, "Enter a day that is not after today."),
    ({"session_days_on": "yesterday"}, "as year-month-day"),
    ({"breastfeeding_with": ""}, "Choose who talked with her."),
    ({"breastfeeding_with": str(uuid.UUID(int=7))}, "Choose talk with from the list."),
    ({"read_digest": ""}, "Open this page once more."),
]
FAULTY_WITHDRAWALS = [
    ({"withdrawn_on": "2026-03-13"}, "Enter a day from 12 Mar 2026, when she signed, to today"),
    ({"withdrawn_on": "2026-03-11"}, "Enter a day from 12 Mar 2026, when she signed, to today"),
    ({"reason": " "}, "Write what she said"),
    ({"password": "wrong"}, "Enter your own password to sign."),
]


@pytest.fixture
def wording(work, somebody, course_id) -> uuid.UUID:
    with work(somebody):
        return publish_shipped_wording("esketamine").id


@pytest.fixture
def consent(work, somebody, course_id):
    def read():
        with work(somebody):
            return queries.consent_of(course_id)

    return read


def typed(desk, course_id, **changes: str) -> dict[str, str]:
    """What is on the form when everything is filled in."""
    page = desk.get(f"/courses/{course_id}/consent/sign").text
    fields = {"mother_name": "Maya Osei", "password": "right"}
    fields["read_digest"] = DIGEST.search(page).group(1)
    for talk in ("treatment", "breastfeeding", "session_days"):
        fields |= {f"{talk}_on": "2026-03-10", f"{talk}_with": str(DOCTOR_ID)}
    return fields | changes


def sign(desk, course_id, **changes: str):
    return desk.post(f"/courses/{course_id}/consent/sign", **typed(desk, course_id, **changes))


def test_what_is_signed_is_every_word_she_read_her_name_and_the_witness(
    desk, course_id, wording, consent
):
    read = desk.get(f"/courses/{course_id}/consent/sign").text
    answer = sign(desk, course_id, mother_name=" maya  Osei ")

    signed = consent()
    assert (answer.status_code, answer.location) == (303, f"/courses/{course_id}/consent")
    assert (signed.valid, signed.mother_name, signed.witness_name) == (
        True,
        "maya Osei",
        "Aiko Kimura",
    )
    assert "I, Maya Osei, have talked with the team of Harbour Clinic" in signed.text
    assert "This use is not approved." in read
    assert "This use is not approved." in signed.text
    assert [(t.talk, t.held_on, t.with_name) for t in signed.talks] == [
        (talk, date(2026, 3, 10), "Dr Chidi Okafor") for talk in Talk
    ]


@sqlite_only
def test_her_consent_is_read_word_for_word_with_its_hash(desk, course_id, wording, consent):
    sign(desk, course_id)

    page = desk.get(f"/courses/{course_id}/consent").text

    assert "Her consent holds." in page
    assert "I could ask questions and had time to think." in page
    assert consent().wording.digest in page
    assert "No valid consent." not in page


@sqlite_only
def test_a_signature_with_something_missing_says_so_and_keeps_the_rest(
    desk, course_id, wording, consent
):
    fields = typed(desk, course_id)

    for changes, sentence in FAULTY_SIGNATURES:
        answer = desk.post(f"/courses/{course_id}/consent/sign", **fields | changes)
        assert (changes, answer.status_code) == (changes, 422)
        assert sentence in answer.text
        assert 'value="2026-03-10"' in answer.text
    assert consent() is None


def test_an_old_consent_never_covers_a_new_wording(desk, work, course_id, wording, consent):
    sign(desk, course_id)
    before = consent()
    with work(desk.somebody):
        publish_wording("esketamine", "Consent", "I, $mother, agree to something else.")

    after = consent()
    page = desk.get(f"/courses/{course_id}").text
    assert (before.valid, after.valid) == (True, False)
    assert after.text == before.text
    assert "She agreed to version 1 of the wording, which is not in force." in page
    assert "something else" not in desk.get(f"/courses/{course_id}/consent").text

    assert sign(desk, course_id).status_code == 303
    assert consent().valid
    assert (consent().wording.n, "something else" in consent().text) == (2, True)


@sqlite_only
def test_a_wording_of_the_other_form_changes_nothing(desk, work, course_id, wording, consent):
    sign(desk, course_id)

    with work(desk.somebody):
        publish_shipped_wording("racemic")

    assert consent().valid


@sqlite_only
def test_a_wording_published_while_she_reads_is_read_first(desk, work, course_id, wording, consent):
    fields = typed(desk, course_id)
    with work(desk.somebody):
        publish_wording("esketamine", "Consent", "I, $mother, agree to something else.")

    answer = desk.post(f"/courses/{course_id}/consent/sign", **fields)

    assert answer.status_code == 409
    assert "Another text is in force by now." in answer.text
    assert "agree to something else" in answer.text
    assert 'value="Maya Osei"' in answer.text
    assert consent() is None


@sqlite_only
def test_a_name_corrected_while_she_reads_makes_another_text(work, somebody, course_id, wording):
    with work(somebody):
        read = queries.consent_to_read(course_id).digest
        queries.head_of(queries.course_or_raise(course_id)).patient.family_name = "Okoye"

    with pytest.raises(WordingChanged), work(somebody):
        give_consent(
            course_id, read_digest=read, mother_name="Maya Okoye", talks=TALKS, proof=WITNESS
        )


def test_taking_it_back_locks_the_course_and_shows_everywhere(
    desk, work, course_id, wording, consent
):
    sign(desk, course_id)

    answer = desk.post(
        f"/courses/{course_id}/consent/withdrawal",
        withdrawn_on="2026-03-12",
        reason="I do not want this.",
        password="right",
    )

    taken_back = consent()
    with work(desk.somebody):
        patient_id = queries.course_or_raise(course_id).patient_id
        why = queries.consent_fault(course_id)
    assert answer.status_code == 303
    assert (taken_back.valid, taken_back.withdrawn) == (False, True)
    assert taken_back.withdrawal_reason == "I do not want this."
    assert why == "Consent was withdrawn on 12 Mar 2026."
    assert "Consent was withdrawn on 12 Mar 2026." in desk.get(f"/courses/{course_id}").text
    assert "No valid consent" in desk.get(f"/patients/{patient_id}").text
    assert "This use is not approved." in desk.get(f"/courses/{course_id}/consent").text


@sqlite_only
def test_after_taking_it_back_she_may_agree_once_more(desk, work, course_id, wording, consent):
    sign(desk, course_id)
    with work(desk.somebody):
        withdraw_consent(course_id, withdrawn_on=date(2026, 3, 12), reason="No.", proof=WITNESS)

    sign(desk, course_id)

    with work(desk.somebody):
        acts = [document.content()["act"] for document in queries.consents_signed(course_id)]
    assert consent().valid
    assert acts == ["given", "withdrawn", "given"]


@sqlite_only
def test_taking_it_back_with_something_wrong_says_so(desk, course_id, wording, consent):
    sign(desk, course_id)
    fields = {"withdrawn_on": "2026-03-12", "reason": "No more.", "password": "right"}

    for changes, sentence in FAULTY_WITHDRAWALS:
        answer = desk.post(f"/courses/{course_id}/consent/withdrawal", **fields | changes)
        assert (changes, answer.status_code) == (changes, 422)
        assert sentence in answer.text
    assert consent().valid


@sqlite_only
def test_nothing_is_given_twice_or_taken_back_twice(work, somebody, course_id):
    with work(somebody):
        sign_consent(course_id)
    with pytest.raises(Conflict, match="already"), work(somebody):
        sign_consent(course_id)
    with work(somebody):
        withdraw_consent(course_id, withdrawn_on=date(2026, 3, 12), reason="No.", proof=WITNESS)
    with pytest.raises(Conflict, match="no consent that could be taken back"), work(somebody):
        withdraw_consent(course_id, withdrawn_on=date(2026, 3, 12), reason="No.", proof=WITNESS)


@sqlite_only
def test_in_a_course_that_has_ended_nobody_signs(work, somebody, course_id, wording):
    with work(somebody):
        end_course(course_id, reason=EndReason.COMPLETED, text=None, ended_on=date(2026, 3, 12))

    with pytest.raises(Conflict, match="This course ended on 12 Mar 2026"), work(somebody):
        sign_consent(course_id)


@sqlite_only
def test_without_a_talk_nothing_is_signed(work, somebody, course_id, wording):
    with pytest.raises(Unprocessable) as refused, work(somebody):
        give_consent(
            course_id,
            read_digest=queries.consent_to_read(course_id).digest,
            mother_name="Maya Osei",
            talks=TALKS[:2],
            proof=WITNESS,
        )
    assert refused.value.fields == {"session_days_on": ["Enter the day of this talk."]}


@sqlite_only
def test_without_a_published_wording_nobody_can_sign(desk, course_id, consent):
    page = desk.get(f"/courses/{course_id}/consent/sign").text

    assert "No wording of consent is published in this clinic." in page
    assert "She has not signed a consent yet." in desk.get(f"/courses/{course_id}").text
    assert consent() is None


def test_the_database_refuses_to_change_a_wording(work, somebody, wording):
    with pytest.raises(DBAPIError), work(somebody):
        db.session.get_one(ConsentText, wording).body = "I agree to anything."


@sqlite_only
def test_who_may_read_a_consent_and_who_may_witness_it(desk, course_id, wording):
    fields = typed(desk, course_id)
    answers = {}

    for role in (Role.AUDITOR, Role.ADMINISTRATOR, Role.THERAPIST, Role.PSYCHIATRIST):
        desk.role = role
        read = desk.get(f"/courses/{course_id}/consent").status_code
        answers[role] = (
            read,
            desk.post(f"/courses/{course_id}/consent/sign", **fields).status_code,
        )

    assert answers == {
        Role.AUDITOR: (403, 403),
        Role.ADMINISTRATOR: (403, 403),
        Role.THERAPIST: (200, 403),
        Role.PSYCHIATRIST: (200, 303),
    }


@sqlite_only
def test_a_consent_of_another_clinic_is_not_there(desk, course_id, stranger):
    desk.somebody = stranger

    for page in ("consent", "consent/sign", "consent/withdrawal"):
        assert desk.get(f"/courses/{course_id}/{page}").status_code == 404

"""This file is about letters: what may stand in them, who agreed, what is signed and sent."""

import re

import pytest

from clinic.core import clock
from clinic.core.permissions import Role
from clinic.core.signatures import reauthenticate_with
from clinic.instruments.actions import record_response
from clinic.instruments.models import Way
from clinic.instruments.rules import MomentCode
from clinic.integration import queries
from clinic.integration.library import shipped_text
from clinic.integration.rules import (
    Part,
    Recipient,
    allowed,
    faults_of_sentences,
    faults_of_text,
    filled,
    seen_of,
    whole,
)
from tests.desk import NURSE_ID
from tests.factories import make_user

SQLITE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
VALUES = {"clinic": "Harbour Clinic", "patient_name": "Maya {number} Osei", "number": "P-1001"}
SEEN = re.compile(r'name="seen" value="([0-9a-f]{64})"')


@pytest.mark.parametrize("recipient", Recipient)
def test_the_texts_that_come_with_the_program_can_be_published(recipient):
    assert list(faults_of_text(recipient, shipped_text(recipient))) == []


def test_a_text_is_gone_through_once_so_that_a_value_brings_no_name_of_its_own():
    parts = filled("{clinic}: {patient_name}", VALUES, None)

    assert whole(parts) == "Harbour Clinic: Maya {number} Osei"


def test_a_text_is_never_run():
    (part,) = filled("{{7*7}} {%set x=1%}", {}, None)[-1:]

    assert "49" not in part.text
    assert list(faults_of_text(Recipient.GP, "{{7*7}}"))


def test_what_is_not_on_record_says_so():
    assert whole(filled("{doses}", {"doses": ""}, None)) == "not on record"


def test_of_a_pause_that_does_not_concern_her_nothing_is_said():
    assert whole(filled("Call us.\n{agreed_pause}\n\nBye", {}, None)) == "Call us.\n\nBye"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("{clinic} {added} Yours", "Harbour Clinic Check BP. Yours"),
        ("{clinic}", "Harbour Clinic\n\nCheck BP."),
    ],
)
def test_sentences_added_by_hand_are_marked_and_the_mark_is_not_sent(body, text):
    parts = filled(body, VALUES, "Check BP.")

    assert Part("Check BP.", by_hand=True) in parts
    assert whole(parts) == text


@pytest.mark.parametrize(
    ("recipient", "body", "says"),
    [
        (Recipient.GP, "{madrs_10}", "{madrs_10} stands for nothing."),
        (Recipient.GP, "{shared_note}", "{shared_note} stands for nothing."),
        (Recipient.PAEDIATRICS, "{patient_name}", "is about the mother"),
        (Recipient.PAEDIATRICS, "{agreed_pause}", "is about the mother"),
        (Recipient.GP, "{clinic", "A brace is open or alone."),
        (Recipient.GP, "She can feed again.", "Of feeding say only"),
    ],
)
def test_a_text_holds_only_what_a_letter_may_hold(recipient, body, says):
    assert any(says in fault for fault in faults_of_text(recipient, body))


@pytest.mark.parametrize("recipient", Recipient)
def test_no_name_stands_for_answers_therapy_notes_or_the_partner(recipient):
    words = " ".join([*allowed(recipient), *allowed(recipient).values()])

    assert not re.search(r"\b(item|answer|note|partner|shared|goal|reason)", words)


@pytest.mark.parametrize(
    ("sentence", "refused"),
    [
        ("Agreed pause ends 21:40.", False),
        ("Milk: agreed pause ends 21:40.", False),
        ("Please check BP on 16 Mar.", False),
        ("She may breastfeed from 21:40.", True),
        ("It is safe to breastfeed.", True),
        ("She can resume feeding tomorrow.", True),
    ],
)
def test_d5_3_no_letter_says_when_feeding_is_all_right(sentence, refused):
    assert bool(list(faults_of_sentences(sentence))) is refused


def test_a_preview_is_told_by_the_values_that_stand_in_it_and_no_others():
    seen = seen_of("{clinic}", VALUES)

    assert seen == seen_of("{clinic}", VALUES | {"number": "P-2"})
    assert seen != seen_of("{clinic}", VALUES | {"clinic": "Hill Clinic"})


@pytest.fixture
def doctor(app, desk, work, somebody, course_id):
    """A psychiatrist; the text for GPs is published, and Dr Hale is her GP."""
    reauthenticate_with(app, lambda password: password == "right")
    with work(somebody):
        make_user(id=NURSE_ID, role=Role.PSYCHIATRIST)
    desk.role = Role.ADMINISTRATOR
    desk.post("/letter-texts/gp", body=shipped_text(Recipient.GP))
    desk.role = Role.PSYCHIATRIST
    helper = {"role": "gp", "name": "Dr M. Hale", "place": "Quay Street Practice"}
    desk.post(f"/courses/{course_id}/integration/helpers/new", **helper)
    return desk


@pytest.fixture
def address(doctor, course_id):
    """The letter to her GP, to which she agreed."""
    where = f"/courses/{course_id}/letters/gp"
    doctor.post(f"{where}/consent", answer="agreed", said_on="2026-03-11")
    return where


def signed(desk, address, **more):
    seen = SEEN.search(desk.get(address).text)
    assert seen
    typed = {"do": "sign", "seen": seen.group(1), "password": "right"}
    return desk.post(address, **typed | more)


@SQLITE
def test_without_her_consent_the_letter_is_locked_and_is_not_signed(doctor, course_id):
    where = f"/courses/{course_id}/letters/gp"
    shown = doctor.get(where).text
    answer = doctor.post(where, do="sign", seen="0" * 64, password="right")

    assert "Maya has not agreed to letters to her GP." in shown
    assert "Depression" not in shown or "c-letter" not in shown
    assert answer.status_code == 409
    assert "Maya has not agreed to letters to her GP." in answer.text


@SQLITE
def test_consent_that_was_taken_back_locks_it(doctor, address):
    doctor.post(f"{address}/consent", answer="not-agreed", said_on="2026-03-12")

    assert "has not agreed" in doctor.get(address).text


@SQLITE
def test_a_letter_is_filled_from_the_record_signed_and_kept_word_for_word(
    doctor, address, work, somebody, course_id
):
    preview = doctor.get(address).text
    answer = signed(doctor, address, added="Please check BP on 16 Mar.")

    assert "Maya Osei, born 02 May 1994, P-1001" in preview
    assert "sertraline 150 mg" in preview
    assert "Agreed pause ended 21:35, 10 Mar 2026" in preview
    assert answer.status_code == 303
    with work(somebody):
        (sent,) = queries.letters_of(course_id)
        assert sent.letter.recipient_name == "Dr M. Hale"
        assert "Please check BP on 16 Mar." in sent.text
        assert "<mark>" not in sent.text
        assert sent.document.is_unchanged()
    assert "Signed, not sent yet" in doctor.get(answer.location).text


@SQLITE
def test_a_letter_calls_a_scale_by_its_name(doctor, address, work, somebody, course_id):
    with work(somebody):
        record_response(
            course_id,
            "PHQ9",
            {str(n): 1 for n in range(1, 10)},
            form_code="standard",
            moment=MomentCode.OTHER,
            answered_at=clock.now(),
            way=Way.VISIT,
        )

    assert "PHQ-9 9" in doctor.get(address).text


def test_a_value_that_changed_after_the_preview_wants_it_renewed(doctor, address, course_id):
    seen = SEEN.search(doctor.get(address).text).group(1)
    iron = {"drug": "Iron", "drug_class": "other", "dose": "200 mg", "started_on": "2026-01-24"}
    doctor.post(f"/courses/{course_id}/medications/new", **iron)

    answer = doctor.post(address, do="sign", seen=seen, password="right", added="See you.")

    assert answer.status_code == 409
    assert "A value in this letter changed after you opened it." in answer.text
    assert "Renew" in answer.text
    assert "See you." in answer.text
    assert signed(doctor, address).status_code == 303


@SQLITE
def test_the_wrong_password_signs_nothing_and_keeps_what_was_typed(doctor, address):
    answer = signed(doctor, address, password="wrong", added="Please check BP.")

    assert answer.status_code == 422
    assert "Enter your own password to sign." in answer.text
    assert "<mark>Please check BP.</mark>" in answer.text


@SQLITE
def test_what_was_added_is_a_draft_of_its_author_until_it_is_signed(doctor, address):
    doctor.post(address, do="preview", added="Please check BP.")
    kept = doctor.get(address).text
    signed(doctor, address, added="Please check BP.")

    assert "<mark>Please check BP.</mark>" in kept
    assert "<mark>" not in doctor.get(address).text


@SQLITE
def test_each_step_on_its_way_stands_and_a_corrected_letter_is_a_new_one(doctor, address):
    first = signed(doctor, address).location
    step = {"way": "post", "state": "sent", "happened_at": "2026-03-12T09:00"}
    sent = doctor.post(f"{first}/delivery", **step)
    early = doctor.post(f"{first}/delivery", **step | {"happened_at": "2026-03-11T09:00"})
    second = signed(doctor, address, corrects_id=first.rsplit("/", 1)[1])
    third = signed(doctor, address, corrects_id=first.rsplit("/", 1)[1])

    assert (sent.status_code, early.status_code) == (303, 422)
    assert "Enter a time between the signature and now." in early.text
    assert "Corrected by a new letter" in doctor.get(first).text
    assert "an earlier letter" in doctor.get(second.location).text
    assert (third.status_code, "corrected already" in third.text) == (409, True)


@SQLITE
def test_a_letter_on_paper_is_a_pdf(doctor, address):
    pdf = doctor.get(f"{signed(doctor, address).location}/letter.pdf")

    assert (pdf.status_code, pdf.data[:5]) == (200, b"%PDF-")


@SQLITE
@pytest.mark.parametrize("role", [Role.NURSE, Role.THERAPIST])
def test_only_a_psychiatrist_signs(doctor, address, role):
    doctor.role = role

    assert doctor.get(address).status_code == 200
    assert doctor.post(address, do="sign", password="right").status_code == 403


@SQLITE
def test_a_text_that_names_nothing_is_shown_with_its_fault_and_published_by_nobody_else(doctor):
    doctor.role = Role.ADMINISTRATOR
    answer = doctor.post("/letter-texts/gp", body="Dear {recipient}, {partner}")
    doctor.role = Role.PSYCHIATRIST

    assert answer.status_code == 422
    assert "{partner} stands for nothing." in answer.text
    assert doctor.get("/letter-texts").status_code == 403


@SQLITE
def test_a_letter_to_paediatrics_holds_infant_facts_and_nothing_of_the_mother(
    doctor, course_id, work, somebody
):
    where = f"/courses/{course_id}/letters/paediatrics"
    doctor.role = Role.ADMINISTRATOR
    doctor.post("/letter-texts/paediatrics", body=shipped_text(Recipient.PAEDIATRICS))
    doctor.role = Role.PSYCHIATRIST
    helper = {"role": "paediatrics", "name": "Harbour Paediatrics"}
    doctor.post(f"/courses/{course_id}/integration/helpers/new", **helper)
    doctor.post(f"{where}/consent", answer="agreed", said_on="2026-03-11")
    signed(doctor, where)

    with work(somebody):
        (sent,) = queries.letters_of(course_id)
    assert "Kofi, born 22 Jan 2026" in sent.text
    for word in ("Maya", "Osei", "sertraline", "ketamine", "Depression", "mg"):
        assert word not in sent.text

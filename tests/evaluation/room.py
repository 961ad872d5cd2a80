"""This file is about a course in evaluation, and the answers by which it is complete."""

import re
import uuid
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from clinic.core import clock
from clinic.core.acting import Acting, act_as
from clinic.core.db import db, job
from clinic.core.signatures import Proof, sign
from clinic.courses.actions import open_course
from clinic.courses.models import ConsentText
from clinic.courses.queries import course_or_raise, protocol_of
from clinic.evaluation import actions
from clinic.evaluation.library import checklist
from clinic.instruments.actions import record_response
from clinic.instruments.library import library_instruments
from clinic.instruments.rules import MomentCode
from clinic.protocols.actions import publish_from_library
from tests.factories import make_infant, make_patient

NASAL = "esketamine-nasal-56-84"
NEVER = (
    *("aneurysm", "brain_bleed", "drug_allergy", "heart_disease", "pressure_in_pregnancy"),
    *("raised_pressure_inside", "psychosis", "bipolar", "substances", "alcohol"),
    *("vasoconstrictor", "seizures", "thyroid", "porphyria"),
    *("pressure_today", "pregnant_now"),
)
NOTHING_AGAINST = {
    "history": {
        "episode": "first",
        "other_conditions": "none",
        "bladder_symptoms": "no",
        "sleep_apnoea": "no",
        "signs_voices": "no",
        "signs_beliefs": "no",
        "signs_confused": "no",
        "signs_sleep": "no",
        "family_bipolar": "no",
    },
    "health": {
        "systolic": "118",
        "diastolic": "74",
        "heart_rate": "72",
        "spo_two": "98",
        "pressure_symptoms": "no",
        "weight": "68",
        "pregnancy_test": "negative",
        "pregnancy_test_on": "2026-02-08",
        "liver_tests": "normal",
        "urine_screen": "negative",
        "medicines_asked": "yes",
        "sedating_others": "no",
    },
    "severity": {"harm_infant": "no", "suicidal_now": "no"},
    "infant": {
        "infant_weight": "4.2",
        "infant_early": "no",
        "infant_ill": "no",
        "statement_shown": "yes",
        "other_guidance_told": "yes",
        "written_given": "yes",
        "milk_watch_told": "yes",
        "milk_choice": "pause",
        "pause_hours": "12",
        "pause_agreed_on": "2026-02-08",
        "pause_agreed_with": "Dr Okafor",
        "carer": "yes",
        "carer_name": "Rosa",
        "escort": "yes",
        "escort_name": "Daniel",
        "driver": "yes",
    },
    "trials": {
        "trials_taken": "yes",
        "medicine_1": "Sertraline",
        "highest_dose_1": "150",
        "weeks_1": "14",
        "improvement_1": "under-25",
        "counts_as_1": "counts",
        "counts_reason_1": "Full dose, seen in the letter",
        "medicine_2": "Venlafaxine",
        "highest_dose_2": "150",
        "weeks_2": "6",
        "improvement_2": "25-49",
        "counts_as_2": "counts",
        "counts_reason_2": "Full dose, seen in the letter",
    },
    "contraindications": {
        "liver_disease": "none",
        **dict.fromkeys(NEVER, "no"),
    },
}


def course_to_evaluate(
    app: Flask, somebody: Acting, *, feeding: str | None = "mixed", **patient: Any
) -> uuid.UUID:
    """A course of a woman whose allergies were asked for, with a son born on the day of birth."""
    with app.app_context(), act_as(somebody), job():
        woman = make_patient(**{"allergy_answer": "none-known"} | patient)
        make_infant(woman, feeding=feeding)
        return open_course(woman.id, publish_from_library(NASAL).id).id


def hand_in_all(
    app: Flask, somebody: Acting, course_id: uuid.UUID, **changes: dict[str, str]
) -> None:
    """Hand in every section, with nothing against the treatment but what `changes` say."""
    with app.app_context(), act_as(somebody), job():
        for code, answers in NOTHING_AGAINST.items():
            section = checklist().section(code)
            said = answers | changes.get(code, {})
            actions.hand_in(course_id, section, said, based_on=0)
        answer_scales(course_id)


def answer_scales(course_id: uuid.UUID) -> None:
    """Every scale of the baseline, without any thought of harm."""
    for use in protocol_of(course_id).scales:
        if "baseline" in use.moments:
            harmless = {rule.item: 0 for rule in library_instruments()[use.scale].safety}
            items = [item.number for item in library_instruments()[use.scale].items]
            record_response(
                course_id,
                use.scale,
                dict.fromkeys(items, 2) | harmless,
                moment=MomentCode.BASELINE,
                answered_at=clock.now(),
                form_code=use.form,
            )


def consent_signed(app: Flask, somebody: Acting, course_id: uuid.UUID) -> None:
    """Her consent to a wording in force, signed by hand."""
    with app.app_context(), act_as(somebody), job():
        course = course_or_raise(course_id)
        text = ConsentText(
            code=str(protocol_of(course_id).form),
            n=1,
            title="Consent",
            body="I agree.",
            digest="d" * 64,
            published_by_id=somebody.actor_id,
            published_at=clock.now(),
        )
        db.session.add(text)
        wording = {key: getattr(text, key) for key in ("code", "n", "title", "digest")}
        talk = {"talk": "treatment", "held_on": "2026-03-10", "with_name": "Dr Okafor"}
        says = {"act": "given", "wording": wording, "text": "I agree.", "talks": [talk]}
        sign(
            "consent",
            course_id,
            says | {"mother_name": "Maya Osei"},
            patient_id=course.patient_id,
            meaning="She agreed",
            proof=Proof(somebody.actor_id, "Aiko Kimura"),
        )


def address(course_id: uuid.UUID, *rest: str) -> str:
    """The page of an evaluation, or what stands below it."""
    return "/".join([f"/courses/{course_id}/evaluation", *rest])


def words(page: TestResponse) -> str:
    """What a page says, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())

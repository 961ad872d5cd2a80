"""This file is about the decision: a psychiatrist's, signed, never computed, refused when it must.

It is tried through the page, with every section handed in and her consent signed.
"""

import re
import uuid

import pytest

from clinic import ROOMS
from clinic.core.db import db
from clinic.core.permissions import Role
from clinic.core.signatures import latest
from clinic.courses.queries import stage_of
from clinic.evaluation import queries
from clinic.evaluation.queries import OpenFinding, ScaleLine
from clinic.evaluation.queries.severity import SAFETY, SCALES
from clinic.evaluation.rules import Decision
from tests.evaluation.room import NOTHING_AGAINST, consent_signed, hand_in_all
from tests.evaluation.signed import sign_eligible

sqlite_only = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
PASSWORD = "correct horse battery staple"


@pytest.fixture
def psychiatrist(app, desk):
    """The desk of a psychiatrist whose password is known."""
    app.extensions["clinic.reauthenticate"] = lambda password: password == PASSWORD
    desk.role = Role.PSYCHIATRIST
    return desk


@pytest.fixture
def ready(app, somebody, course_id):
    """Everything is handed in and nothing stands against it."""
    hand_in_all(app, somebody, course_id)
    consent_signed(app, somebody, course_id)
    return course_id


@pytest.fixture
def decision(work, somebody, course_id):
    def read():
        with work(somebody):
            return queries.eligibility_of(course_id)

    return read


def decide(desk, course_id, decision="eligible", reason="Two trials failed.", password=PASSWORD):
    return desk.post(
        f"/courses/{course_id}/evaluation/decision",
        decision=decision,
        reason=reason,
        password=password,
    )


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def test_a_psychiatrist_signs_that_she_is_eligible(psychiatrist, ready, decision, work, clock):
    answer = decide(psychiatrist, ready)

    found = decision()
    assert answer.status_code == 303
    assert found.is_eligible
    assert (found.reason, found.signed_by) == ("Two trials failed.", "Aiko Kimura")
    assert found.signed_at == clock.now
    with work(psychiatrist.somebody):
        assert stage_of(ready) == "sessions"


def test_the_signature_covers_answers_facts_flags_and_digests(psychiatrist, ready, work):
    decide(psychiatrist, ready)

    with work(psychiatrist.somebody):
        document = latest("evaluation", ready)
        content = document.content()
        assert document.is_unchanged()
    assert content["answers"]["infant"]["pause_hours"] == "12"
    assert content["facts"]["her_milk"] == "Yes (mixed)"
    assert [flag[0] for flag in content["flags"]] == ["gives_milk"]
    assert content["flags"][0][4] == [["fact.her_milk", "Gives her milk", "Yes (mixed)"]]
    assert all(len(content[digest]) == 64 for digest in ("protocol", "checklist"))
    assert set(content["handed_in"]) == set(content["answers"])


@pytest.mark.parametrize("chosen", ["not-eligible", "later"])
@sqlite_only
def test_the_other_decisions_need_no_complete_evaluation(psychiatrist, course_id, decision, chosen):
    answer = decide(psychiatrist, course_id, chosen, "She wants to think about it.")

    assert answer.status_code == 303
    assert not decision().is_eligible


@sqlite_only
def test_a_nurse_cannot_decide_and_is_offered_nothing(desk, ready, decision):
    page = desk.get(f"/courses/{ready}/evaluation?section=decision").text

    assert decide(desk, ready).status_code == 403
    assert "Sign the decision" not in page
    assert decision() is None


@pytest.mark.parametrize(
    "case",
    [
        ("contraindications", {"aneurysm": "yes"}, "Contraindicated: aneurysm"),
        ("contraindications", {"psychosis": "yes"}, "Stop: psychosis."),
        ("contraindications", {"bipolar": "yes"}, "Stop: mania or bipolar disorder."),
        ("health", {"pregnancy_test": "positive"}, "Stop: she is pregnant."),
        ("infant", {"escort_name": ""}, "Not answered yet: Who takes her home?"),
    ],
)
@sqlite_only
def test_eligible_is_neither_offered_nor_taken(app, psychiatrist, course_id, decision, case):
    section, changed, sentence = case
    answers = {code: said for code, said in changed.items() if said}
    hand_in_all(app, psychiatrist.somebody, course_id, **{section: answers})
    consent_signed(app, psychiatrist.somebody, course_id)
    if not answers:
        without(psychiatrist, course_id)

    page = psychiatrist.get(f"/courses/{course_id}/evaluation?section=decision").text
    answer = decide(psychiatrist, course_id)

    assert "Eligible, plan the course" not in page
    assert answer.status_code == 422
    assert sentence in answer.text
    assert decision() is None


def without(desk, course_id):
    """Hand the section on the infant in once more, with one answer less."""
    said = NOTHING_AGAINST["infant"] | {"escort_name": "", "based_on": "1"}
    assert desk.post(f"/courses/{course_id}/evaluation/infant", **said).status_code == 303


@sqlite_only
def test_without_her_consent_nobody_is_eligible(app, psychiatrist, somebody, course_id, decision):
    hand_in_all(app, somebody, course_id)

    answer = decide(psychiatrist, course_id)

    assert answer.status_code == 422
    assert "Her consent is not signed" in answer.text
    assert decision() is None


@pytest.mark.parametrize("chosen", list(Decision))
@sqlite_only
def test_a_safety_answer_that_nobody_reviewed_forbids_every_decision(
    app, psychiatrist, ready, decision, chosen
):
    app.extensions[SAFETY] = lambda _course: [OpenFinding(uuid.UUID(int=1), "EPDS item 10: 2")]

    page = psychiatrist.get(f"/courses/{ready}/evaluation?section=decision").text
    answer = decide(psychiatrist, ready, chosen)

    assert "Sign the decision" not in page
    assert "Nobody decides before these are reviewed: EPDS item 10: 2." in page
    assert answer.status_code == 422
    assert decision() is None


@pytest.mark.parametrize("chosen", ["not-eligible", "later"])
@sqlite_only
def test_thoughts_of_harm_are_followed_up_in_the_same_visit_before_anything_is_signed(
    app, psychiatrist, course_id, decision, chosen
):
    hand_in_all(app, psychiatrist.somebody, course_id, severity={"harm_infant": "yes"})

    refused = decide(psychiatrist, course_id, chosen)
    said = NOTHING_AGAINST["severity"] | {"harm_infant": "yes", "harm_done": "Seen with partner"}
    psychiatrist.post(f"/courses/{course_id}/evaluation/severity", **said, based_on="1")
    taken = decide(psychiatrist, course_id, chosen)

    assert refused.status_code == 422
    assert "nobody has written what was done today" in refused.text
    assert taken.status_code == 303


@pytest.mark.parametrize(("score", "status"), [(None, 422), ("35 / 60", 303)])
@sqlite_only
def test_a_scale_that_is_due_keeps_eligible_closed_until_it_is_answered(
    app, psychiatrist, ready, score, status
):
    app.extensions[SCALES] = lambda _course, use: ScaleLine(use.scale, due=True, score=score)

    answer = decide(psychiatrist, ready)

    assert answer.status_code == status
    assert ("MADRS is not answered." in answer.text) == (score is None)


@sqlite_only
def test_scales_and_safety_answers_are_read_as_soon_as_their_room_is_open(app):
    open_here = "instruments" in ROOMS

    assert (SCALES in app.extensions, SAFETY in app.extensions) == (open_here, open_here)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"password": "wrong"}, "Enter your own password to sign."),
        ({"password": ""}, "Enter your password to sign."),
        ({"reason": "   "}, "Enter the reason."),
        ({"decision": ""}, "Choose a decision."),
        ({"decision": "computed"}, "Choose decision from the list."),
    ],
)
@sqlite_only
def test_a_decision_without_proof_reason_or_choice_is_refused(
    psychiatrist, ready, decision, sent, sentence
):
    answer = decide(psychiatrist, ready, **sent)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert decision() is None


def test_a_later_decision_is_a_new_version_and_the_first_stays(psychiatrist, ready, decision, work):
    decide(psychiatrist, ready, "later", "Waiting for the ECG.")
    decide(psychiatrist, ready, "eligible", "ECG normal.")

    assert (decision().decision, decision().n) == (Decision.ELIGIBLE, 2)
    with work(psychiatrist.somebody):
        document = latest("evaluation", ready)
        first = db.session.get_one(type(document), document.supersedes_id)
        assert first.content()["reason"] == "Waiting for the ECG."


@sqlite_only
def test_answers_after_the_decision_are_pointed_out(psychiatrist, ready, clock):
    decide(psychiatrist, ready)
    clock.advance(minutes=5)
    psychiatrist.post(f"/courses/{ready}/evaluation/severity", based_on="1", harm_infant="no")

    page = words(psychiatrist.get(f"/courses/{ready}/evaluation"))

    assert "Answers were handed in after this decision." in page
    assert "A psychiatrist decides anew: Severity scales." in page


@sqlite_only
def test_the_factory_signs_past_every_check(work, somebody, course_id, decision):
    with work(somebody):
        sign_eligible(course_id)

    assert decision().is_eligible


@sqlite_only
def test_nothing_signed_is_no_decision(decision):
    assert decision() is None

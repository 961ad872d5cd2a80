"""A signed decision to stop: nothing is planned or given until another one is signed."""

from datetime import timedelta

import pytest

from clinic.courses.queries import course_or_raise
from clinic.review import queries
from clinic.sessions.queries import obstacles_at, obstacles_of
from tests.review.test_page import sign

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
SENTENCE = "The last decision is to stop treatment, signed by"


def said(course_id) -> list[str]:
    """What the review has against a session of this course."""
    found = obstacles_of(course_or_raise(course_id))
    return [one.sentence for one in found if one.endpoint == "review.show"]


def test_after_a_stop_no_session_is_planned_until_a_later_decision(
    work, somebody, psychiatrist, course_id
) -> None:
    sign(psychiatrist, course_id, "stop", "Rise of 46/26")
    with work(somebody):
        [sentence] = said(course_id)
    page = psychiatrist.get(f"/courses/{course_id}/sessions/new")
    refused = psychiatrist.post(f"/courses/{course_id}/sessions/new", data={})

    assert sentence.startswith(SENTENCE)
    assert SENTENCE in page.text
    assert "Go to her review" in page.text
    assert (refused.status_code, SENTENCE in refused.text) == (409, True)

    sign(psychiatrist, course_id, "continue", "She slept well; the rise was her cuff")
    with work(somebody):
        assert said(course_id) == []


def test_a_dose_of_a_planned_session_is_refused_too_but_not_one_before_the_signature(
    work, somebody, psychiatrist, course_id
) -> None:
    sign(psychiatrist, course_id, "stop", "Rise of 46/26")

    with work(somebody):
        [decision] = queries.decided(course_id)
        at = decision.signed_at
        before, after, begun = (
            [one for one in obstacles_at(course_id, moment, begun=b) if one.startswith(SENTENCE)]
            for moment, b in (
                (at - timedelta(minutes=1), False),
                (at + timedelta(minutes=1), False),
                (at + timedelta(minutes=1), True),
            )
        )

    assert (before, len(after), begun) == ([], 1, [])

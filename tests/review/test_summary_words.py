"""Plain text of a decision: what was typed ends before who signed begins."""

import pytest

from clinic.review.rules.summary import sentence


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Response; goes on as planned", "Response; goes on as planned."),
        ("Rise of 46/26. ", "Rise of 46/26."),
        ("Why not?", "Why not?"),
        ("On and on …", "On and on …"),
    ],
)
def test_a_reason_without_a_full_stop_gets_one(typed, said):
    assert sentence(typed) == said

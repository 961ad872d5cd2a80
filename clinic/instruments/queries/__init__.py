"""This package is about what may be asked of rating scales: answers, scores, what is unreviewed."""

from clinic.instruments.queries.licences import (
    Phone,
    Shown,
    languages_of,
    may_go_to_phone,
    scales_on_screen,
    shown,
)
from clinic.instruments.queries.registry import (
    Registered,
    content_of,
    newest_wording,
    register,
    registered,
    registrations,
    wording_or_raise,
)
from clinic.instruments.queries.safety import Unreviewed, open_safety, reviews_of
from clinic.instruments.queries.texts import (
    all_scales,
    current,
    instrument_of,
    newest_own,
    own_scales,
    scales_named,
)
from clinic.instruments.queries.uses import (
    Answered,
    count_of,
    histories_of,
    latest,
    response_or_raise,
    responses_of,
    result_of,
    use_of,
    why_not_yet,
)

__all__ = [
    "Answered",
    "Phone",
    "Registered",
    "Shown",
    "Unreviewed",
    "all_scales",
    "content_of",
    "count_of",
    "current",
    "histories_of",
    "instrument_of",
    "languages_of",
    "latest",
    "may_go_to_phone",
    "newest_own",
    "newest_wording",
    "open_safety",
    "own_scales",
    "register",
    "registered",
    "registrations",
    "response_or_raise",
    "responses_of",
    "result_of",
    "reviews_of",
    "scales_named",
    "scales_on_screen",
    "shown",
    "use_of",
    "why_not_yet",
    "wording_or_raise",
]

"""This file is about a review of a signed session as it is sent, with the password."""

from clinic.core.forms import WholeNumber, required
from clinic.sessions.forms.session import Signature


class ReviewForm(Signature):
    """`seen`: how many rows stood beside the signature on the page that was read."""

    seen = WholeNumber(
        "What was read",
        [required("Open this page once more, and read it again.")],
        low=0,
        high=1_000_000,
    )

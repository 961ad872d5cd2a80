"""This file is about whether a signed session was reviewed, as its record stands now."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

NOT_SIGNED = "This session is not signed yet. It is reviewed once it is."
CHANGED = "The record of this session changed while you read it. Read it as it is now."


@dataclass(frozen=True)
class Reviewed:
    """One review. `added`: how many rows stood beside the signature then."""

    by_id: UUID
    at: datetime
    added: int


@dataclass(frozen=True)
class Review:
    """Where a signed session stands. `added`: rows beside its signature now; `last`: its latest
    review, None: nobody ever reviewed it."""

    added: int
    last: Reviewed | None = None

    @property
    def is_done(self) -> bool:
        """Whether it was reviewed with all that stands beside it now."""
        return self.last is not None and self.last.added == self.added

    @property
    def is_again(self) -> bool:
        """Whether something was added after it was reviewed."""
        return self.last is not None and self.last.added != self.added


def reviewing_refused(review: Review | None, seen: int) -> str | None:
    """Why it cannot be reviewed now, as a sentence. `review` None: the session is not signed;
    `seen`: how many rows stood beside the signature on the page that was read."""
    if review is None:
        return NOT_SIGNED
    return None if review.added == seen else CHANGED

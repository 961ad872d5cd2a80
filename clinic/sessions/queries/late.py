"""This file is about entries that were typed together afterwards, as a reviewer reads of them."""

from collections.abc import Callable

from clinic.accounts.queries import names_of
from clinic.core.acting import acting
from clinic.protocols.rules import SessionPlan
from clinic.sessions.rules import SessionState
from clinic.sessions.rules.late_blocks import in_words, late_blocks


def written_late(
    plan: SessionPlan,
    state: SessionState,
    spelled: Callable[[str], str] = str,
    *,
    days: bool = True,
) -> tuple[str, ...]:
    """Each block of them as a sentence, with its author's name (definitions D1.3).

    `spelled`: how a name is shown; `days`: as in the rule.
    """
    blocks = late_blocks(state.log, plan.schedule.late_entry_minutes)
    names = names_of({block.author_id for block in blocks})
    return tuple(
        in_words(one, spelled(names.get(one.author_id, "")), acting().timezone, days=days)
        for one in blocks
    )

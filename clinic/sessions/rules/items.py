"""This file is about the lists before the dose and before leaving: the latest answer counts."""

from datetime import datetime

from clinic.protocols.rules import Item
from clinic.sessions.rules.basis import Basis
from clinic.sessions.rules.log import Answer, Check
from clinic.sessions.rules.results import ItemState


def pre_dose_items(basis: Basis) -> tuple[ItemState, ...]:
    """The items before the dose. Answers up to T0 count, and later ones too: a late word is a
    word, and its time stands beside it."""
    return _states(basis, basis.plan.pre_dose, _answers(basis, after_dose=False))


def discharge_items(basis: Basis) -> tuple[ItemState, ...]:
    """The items before leaving; only what was asked after the dose began counts for them."""
    return _states(basis, basis.plan.discharge.items, _answers(basis, after_dose=True))


def latest_check(basis: Basis, code: str, until: datetime) -> Check | None:
    """The last answer after T0 to an item, given by `until`."""
    said = [
        check
        for check in basis.log.of(Check)
        if check.item == code and basis.after_t0(check.effective_at) and check.effective_at <= until
    ]
    return said[-1] if said else None


def _answers(basis: Basis, *, after_dose: bool) -> dict[str, Check]:
    """The two lists share codes (suicide risk is asked twice): T0 divides them."""
    answers: dict[str, Check] = {}
    for check in basis.log.of(Check):
        after = basis.after_t0(check.effective_at)
        asked_once = check.item not in _shared(basis)
        if after == after_dose or (asked_once and not after_dose):
            answers[check.item] = check
    return answers


def _shared(basis: Basis) -> set[str]:
    before = {item.code for item in basis.plan.pre_dose}
    return before & {item.code for item in basis.plan.discharge.items}


def _states(
    basis: Basis, items: tuple[Item, ...], answers: dict[str, Check]
) -> tuple[ItemState, ...]:
    asked = [i for i in items if not i.if_breastfeeding or basis.facts.breastfeeding is not False]
    listed = basis.facts.on_her_list
    return tuple(_state(item, answers.get(item.code), item.code in listed) for item in asked)


def _state(item: Item, check: Check | None, listed: bool) -> ItemState:
    """`listed`: a medicine of this class is on her list, and then a No to it is no answer yet."""
    expected = check is not None and check.answer.value == item.expected.value
    return ItemState(
        code=item.code,
        text=item.text,
        answer=check.answer if check else None,
        answer_text=check.text if check else "",
        answered_at=check.effective_at if check else None,
        answered_by=check.author_id if check else None,
        met=check is not None and (expected or not item.must) and not (expected and listed),
        tell=item.tell if check is not None and not expected else None,
        holds=item.must or item.tell is not None,
    )


def is_expected(item: Item, answer: Answer) -> bool:
    """Whether nobody needs to hear about this answer."""
    return answer.value == item.expected.value

"""This file is about links: by their door, of a course, and how far each is."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic.core import clock
from clinic.core.db import db
from clinic.links.models import LinkAnswer, LinkDoor, PrivateLink
from clinic.links.queries.asked import questions_of
from clinic.links.rules import Facts, LinkState, link_state, parts_from_json
from clinic.messages.models import Message
from clinic.messages.rules import State

MESSAGE = "link:{}"  # how the keys of a link's messages begin


def link_by_token_hash(session: Session, token_hash: str) -> LinkDoor | None:
    """Which link a token opens, and whose clinic it is. Before anybody acts."""
    return session.scalar(select(LinkDoor).where(LinkDoor.token_hash == token_hash))


def links_of(course_id: uuid.UUID) -> Sequence[PrivateLink]:
    """The links of a course, newest first."""
    found = select(PrivateLink).where(PrivateLink.course_id == course_id)
    return db.session.scalars(found.order_by(PrivateLink.sent_at.desc(), PrivateLink.id)).all()


def newest_of(course_id: uuid.UUID, subject: str) -> PrivateLink | None:
    """The newest link for a subject of a course."""
    found = select(PrivateLink).where(
        PrivateLink.course_id == course_id, PrivateLink.subject == subject
    )
    return db.session.scalar(found.order_by(PrivateLink.n.desc()).limit(1))


def links_for(course_ids: Collection[uuid.UUID]) -> dict[tuple[uuid.UUID, str], LinkState]:
    """(course, `subject_key`) -> how far the newest link of that subject is."""
    found = select(PrivateLink).where(PrivateLink.course_id.in_(set(course_ids)))
    newest = {
        (link.course_id, link.subject): link
        for link in db.session.scalars(found.order_by(PrivateLink.n))
    }
    states = states_of(newest.values())
    return {place: states[link.id] for place, link in newest.items()}


def states_of(links: Iterable[PrivateLink]) -> dict[uuid.UUID, LinkState]:
    """Link id -> how far it is now."""
    links = list(links)
    given = answers_of([link.id for link in links])
    failed = undelivered(links)
    now = clock.now()
    return {
        link.id: link_state(facts_of(link, given[link.id], link.id in failed), now)
        for link in links
    }


def facts_of(link: PrivateLink, answers: Sequence[LinkAnswer], undelivered: bool) -> Facts:
    """What is known of a link."""
    return Facts(
        sent_at=link.sent_at,
        opened_at=link.opened_at,
        finished_at=link.finished_at,
        withdrawn_at=link.withdrawn_at,
        locked_at=link.locked_at,
        expires_at=link.expires_at,
        done=len({(answer.part, answer.question) for answer in answers}),
        total=len(questions_of(link)),
        undelivered=undelivered,
        kinds=frozenset(part.kind for part in parts_from_json(link.parts)),
    )


def answers_of(link_ids: Collection[uuid.UUID]) -> defaultdict[uuid.UUID, list[LinkAnswer]]:
    """Link id -> every answer given on it, oldest first."""
    found = select(LinkAnswer).where(LinkAnswer.link_id.in_(set(link_ids)))
    given: defaultdict[uuid.UUID, list[LinkAnswer]] = defaultdict(list)
    for answer in db.session.scalars(found.order_by(LinkAnswer.seq)):
        given[answer.link_id].append(answer)
    return given


def undelivered(links: Iterable[PrivateLink]) -> set[uuid.UUID]:
    """The ids of links whose message nobody took."""
    by_key = {MESSAGE.format(link.id): link.id for link in links}
    failed = select(Message.key).where(Message.key.in_(by_key), Message.state == State.FAILED)
    return {by_key[key] for key in db.session.scalars(failed)}

"""This file is about the staff of a clinic: invited, given another role, sent home, helped."""

import secrets
import uuid

from clinic.accounts.actions import people
from clinic.accounts.actions.devices import forget_everywhere
from clinic.accounts.actions.links import MadeLink, make_link, warn, withdraw_links
from clinic.accounts.actions.sittings import end_sittings
from clinic.accounts.models import User
from clinic.accounts.queries.colleagues import Colleague, works_elsewhere
from clinic.accounts.rules.links import LinkKind
from clinic.core import audit
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Conflict, Refused, Unprocessable
from clinic.core.permissions import Role

OWN = "Another administrator changes your own place in the clinic."
ELSEWHERE = (
    "This person works in another clinic of this server too. "
    "The operator of the server helps them with password and second step."
)
STEP_IS_OFF = (
    "Your second step for signing in at work was taken off. You set up another one at the next "
    "sign-in. If you did not ask for this, tell the person who looks after accounts at once."
)
TAKEN = (
    "Somebody has this email address already. "
    "Whoever works in another clinic of this server is added by its operator."
)


def invite(*, email: str, full_name: str, title: str | None, role: Role) -> tuple[User, MadeLink]:
    """A new person in the acting clinic, who chooses a password by a link that works once.

    Raises Unprocessable by field. Until the link is used nobody can sign in under the name.
    """
    person = new_person(email=email, full_name=full_name, title=title)
    people.add_membership(person.id, acting().clinic_id, role)
    return person, link_from_here(person.id, LinkKind.INVITATION)


def new_person(*, email: str, full_name: str, title: str | None) -> User:
    """A person with a password that nobody knows. Raises Unprocessable by field."""
    unknown = secrets.token_urlsafe(32)
    try:
        return people.create_user(email=email, full_name=full_name, title=title, password=unknown)
    except Unprocessable as refusal:
        if people.IN_USE in refusal.fields.get("email", []):
            refusal.fields["email"] = [TAKEN]
        raise


def renew_link(one: Colleague) -> tuple[LinkKind, MadeLink]:
    """Another link for a person: to come at all, or to choose a new password.

    The second step stays as it is, so that whoever holds the link alone is not in.
    """
    refuse_elsewhere(one)
    kind = LinkKind.NEW_PASSWORD if has_come(one) else LinkKind.INVITATION
    audit.note(db.session(), "make-link", "User", one.user.id, kind=kind.value)
    return kind, link_from_here(one.user.id, kind)


def link_from_here(user_id: uuid.UUID, kind: LinkKind) -> MadeLink:
    """A link made by whoever acts."""
    return make_link(user_id, acting().clinic_id, kind, made_by_id=acting().actor_id)


def has_come(one: Colleague) -> bool:
    """Whether a person once chose a password of their own."""
    return one.place not in ("invited", "not-come")


def change_role(one: Colleague, role: Role, version: int | None) -> None:
    """Change what a person is here; they sign in again."""
    refuse_own(one)
    refuse_old(one, version)
    people.set_role(one.user.id, acting().clinic_id, role)


def send_home(one: Colleague, version: int | None) -> None:
    """A person works here no more. What they wrote and signed stays under their name."""
    refuse_own(one)
    refuse_old(one, version)
    people.deactivate(one.user.id, acting().clinic_id)
    if not works_elsewhere(one.user.id):
        withdraw_links(one.user.id)


def take_back(one: Colleague, role: Role, version: int | None) -> None:
    """A person who left works here again."""
    refuse_own(one)
    refuse_old(one, version)
    one.user.active = True
    people.set_role(one.user.id, acting().clinic_id, role)


def take_second_step_off(one: Colleague) -> None:
    """For somebody who lost phone, passkey and recovery codes: they set it up anew."""
    refuse_own(one)
    refuse_elsewhere(one)
    people.forget_second_step(one.user.id)
    audit.note(db.session(), "forget-second-step", "User", one.user.id)
    warn(one.user.id, STEP_IS_OFF)


def end_all_sittings(one: Colleague) -> int:
    """Sign a person out everywhere in this clinic, shared tablets too. Says how many browsers."""
    ended = end_sittings(one.user.id, clinic_id=acting().clinic_id)
    forget_everywhere(one.user.id)
    audit.note(db.session(), "end-sittings", "User", one.user.id, browsers=ended)
    return ended


def refuse_own(one: Colleague) -> None:
    """Nobody changes their own place: at least one administrator stays, whoever presses what."""
    if one.user.id == acting().actor_id:
        raise Refused(OWN)


def refuse_elsewhere(one: Colleague) -> None:
    """What opens every clinic of a person is not handed out by one of them."""
    if works_elsewhere(one.user.id):
        raise Refused(ELSEWHERE)


def refuse_old(one: Colleague, version: int | None) -> None:
    """A place that somebody else changed meanwhile is looked at again."""
    if one.membership.version != version:
        raise Conflict("Somebody else changed this meanwhile. Open the page again.")


def is_me(user_id: uuid.UUID) -> bool:
    """Whether this is the person at work."""
    return user_id == acting().actor_id

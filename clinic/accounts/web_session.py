"""This file is about Flask's session: kept on the server, known by a random id alone.

Read before the main transaction begins and written after it ended, each time apart from it.
"""

from datetime import datetime, timedelta
from typing import Any, cast

from flask import Flask, Request, Response, current_app, request
from flask.json.tag import TaggedJSONSerializer
from flask.sessions import SessionInterface, SessionMixin

from clinic.accounts.actions import sittings
from clinic.accounts.actions.sittings import Person
from clinic.accounts.models import Device, UserSession
from clinic.accounts.queries import Sitting, browser_by_token
from clinic.accounts.queries.devices import device_by_token
from clinic.accounts.rules import is_over, worth_noting
from clinic.core import clock
from clinic.core.db import apart, end_reading
from clinic.core.permissions import is_on_wall, is_polled

SIGNED_IN = "_user_id"  # Flask-Login's key: the person's `fs_uniquifier`
HANDED = "handed"  # a patient holds this browser: where her form begins, and nothing else opens
WALL = "wall"  # this browser hangs on the wall: it shows the board and nothing else
HALF_SIGNED_IN = "tf_user_id"  # Flask-Security's: password right, code still to come
# Of Flask-Login and Flask-Security: who signed in, and when they last gave their password.
PROVED = "proved_at"  # when they last gave password or passkey, by our clock
PROOF = frozenset({SIGNED_IN, PROVED, "_fresh", "_id", "fs_cc", "fs_paa"})
json = TaggedJSONSerializer()


class ServerSession(dict[str, Any], SessionMixin):
    """What a browser is remembered by. `sitting` is None until somebody signed in.

    `device`: the shared tablet that it runs on, None on any other machine.
    """

    def __init__(self, row: UserSession | None = None, sitting: Sitting | None = None) -> None:
        super().__init__(json.loads(row.data) if row else {})
        if sitting is None:
            self.pop(SIGNED_IN, None)  # Flask-Login believes what stands here
        self.row = row
        self.sitting = sitting
        self.begins: Person | None = None
        self.began_at: datetime | None = None
        self.device: Device | None = None
        self.ends = False
        self.hands = False
        self.is_kept = True

    def begin(self, person: Person) -> None:
        """Somebody proved who they are: a new id, and a new token for forms."""
        self.begins, self.ends = person, False
        self.pop("csrf_token", None)
        self.pop(HANDED, None)

    def move(self, person: Person) -> None:
        """The person goes on in another clinic: a new id for what is left of the same sitting.

        Nothing goes along but who they proved to be.
        """
        for key in self.keys() - PROOF:
            del self[key]
        self.begin(person)
        self.began_at = self.row.created_at if self.row else None

    def switch(self, person: Person, began_at: datetime) -> None:
        """Somebody else is at the tablet: a new id; nothing of the one before goes along.

        began_at: when they signed in there with all their proofs; the sitting is as old as that.
        """
        self.clear()
        self.begin(person)
        self.began_at = began_at

    def hand_over(self, beginning: str) -> None:
        """A patient takes this browser: nobody is signed in, and only her form opens.

        The sitting of whoever handed it over ends; a person of the staff signs in to get it back.
        """
        self.clear()
        self[HANDED] = beginning
        self.begins, self.ends, self.hands = None, False, True

    def end(self) -> None:
        """Somebody signed out, or left the tablet."""
        self.begins, self.ends = None, True


class DatabaseSessions(SessionInterface):
    """Opens and saves `ServerSession`."""

    session_class = ServerSession

    def open_session(self, app: Flask, request: Request) -> ServerSession:
        """The session of a cookie, or an empty one. Files of ours need none."""
        session = ServerSession()
        token = request.cookies.get(self.get_cookie_name(app))
        tablet = request.cookies.get(app.config["DEVICE_COOKIE"])
        if request.path.startswith(f"{app.static_url_path}/"):
            session.is_kept = False
        elif token or tablet:
            with apart(write=False) as reading:
                found = browser_by_token(reading, sittings.hash_of(token)) if token else None
                device = device_by_token(reading, sittings.hash_of(tablet)) if tablet else None
            session = opened(*found) if found is not None else session
            session.device = device
        return session

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write what changed. What was begun is dropped when the request was refused."""
        session = cast(ServerSession, session)
        if not session.is_kept:
            return
        response.vary.add("Cookie")
        end_reading()
        if session.ends:
            self.forget(app, session, response)
        elif session.begins or session.hands:
            if response.status_code < 400:
                self.renew(app, session, response, session.begins)
        elif session.row is not None:
            keep(session, session.row)
        elif session:
            self.renew(app, session, response, None)

    def renew(
        self, app: Flask, session: ServerSession, response: Response, person: Person | None
    ) -> None:
        """A new id from now on; the one the browser came with opens nothing any more."""
        with apart() as writing:
            if session.row is not None:
                sittings.end_browser(writing, session.row.id)
            token = sittings.begin_browser(
                writing,
                json.dumps(dict(session)),
                person,
                forget_after=absolute_limit(),
                began_at=session.began_at,
            )
        response.set_cookie(self.get_cookie_name(app), token, **self.flags(app))

    def forget(self, app: Flask, session: ServerSession, response: Response) -> None:
        """End it here and there."""
        if session.row is not None:
            with apart() as writing:
                sittings.end_browser(writing, session.row.id)
        response.delete_cookie(self.get_cookie_name(app), **self.flags(app))

    def flags(self, app: Flask) -> dict[str, Any]:
        """What keeps the cookie here: this host, this path, no script, no other site."""
        return {
            "path": "/",
            "httponly": True,
            "secure": self.get_cookie_secure(app),
            "samesite": "Lax",
        }


def opened(row: UserSession, sitting: Sitting | None) -> ServerSession:
    """The session of a row, or an empty one when it is over; what is over is ended here as well."""
    if has_ended(row, sitting):
        with apart() as writing:
            sittings.end_browser(writing, row.id)
        return ServerSession()
    return ServerSession(row, sitting)


def has_ended(row: UserSession, sitting: Sitting | None) -> bool:
    """Whether a row opens nothing any more: too old, unused for too long, or the person may not."""
    if row.user_id is not None and (sitting is None or not may_work(sitting)):
        return True
    waits = row.user_id is None and HALF_SIGNED_IN not in json.loads(row.data)
    return is_over(
        clock.now(),
        created_at=row.created_at,
        seen_at=row.seen_at,
        idle=None if waits else idle_limit(sitting),
        absolute=absolute_limit(sitting),
    )


def may_work(sitting: Sitting) -> bool:
    """Whether the person of a sitting still works here, by the proofs they signed in with."""
    user, clinic = sitting.user, sitting.clinic
    same = json.loads(sitting.row.data).get(SIGNED_IN) == user.fs_uniquifier
    proved = user.has_second_step or not clinic.second_factor_required
    return same and proved and user.active and sitting.membership.is_active


def idle_limit(sitting: Sitting | None) -> timedelta:
    """The clinic's idle limit, or that of the settings."""
    own = sitting.clinic.idle_minutes if sitting else None
    return timedelta(minutes=own or current_app.config["IDLE_MINUTES"])


def absolute_limit(sitting: Sitting | None = None) -> timedelta:
    """How long a sitting lasts at most: the clinic's hours, or those of the settings."""
    return longest_sitting(sitting.clinic.absolute_hours if sitting else None)


def longest_sitting(hours: int | None) -> timedelta:
    """What a clinic set, or the settings."""
    return timedelta(hours=hours or current_app.config["ABSOLUTE_HOURS"])


def keep(session: ServerSession, row: UserSession) -> None:
    """Write what changed in an open session; a view that the browser calls by itself is no use."""
    data = json.dumps(dict(session))
    changed = data if data != row.data else None
    seen_at = now_used(session, row)
    if changed is not None or seen_at is not None:
        with apart() as writing:
            sittings.keep_browser(writing, row.id, data=changed, seen_at=seen_at)


def now_used(session: ServerSession, row: UserSession) -> datetime | None:
    """The moment to note as last used, or None when there is nothing to note."""
    now = clock.now()
    hangs = WALL in session and is_on_wall(current_app, request.endpoint)
    if is_polled(current_app, request.endpoint) and not hangs:
        return None
    return now if worth_noting(now, row.seen_at, idle_limit(session.sitting)) else None


def init_app(app: Flask) -> None:
    """Replace Flask's signed cookie."""
    app.config["SESSION_COOKIE_SECURE"] = app.config["SECURE_COOKIES"]
    app.config["SESSION_COOKIE_NAME"] = (
        "__Host-session" if app.config["SECURE_COOKIES"] else "session"
    )
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
    app.config["DEVICE_COOKIE"] = "__Host-device" if app.config["SECURE_COOKIES"] else "device"
    app.session_interface = DatabaseSessions()

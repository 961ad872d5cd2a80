"""This file is about the transaction: one per request, and the only other one there may be."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, Response, g, request
from sqlalchemy.orm import Session

from clinic.core.db.engine import ClinicSession, db

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class TransactionalFlask(Flask):
    """Answering commits, a refusal or an exception rolls back.

    The commit happens here and not in `after_request`: from there a commit that fails would never
    reach the error handler, and the browser would read "saved".
    """

    def dispatch_request(self) -> Any:
        """Run the view inside one transaction and answer only after COMMIT returned."""
        end_reading()
        g.writing = request.method not in SAFE_METHODS
        try:
            response: Response = self.make_response(super().dispatch_request())
            finish(response)
        except BaseException:
            db.session.rollback()
            raise
        return response


def finish(response: Response) -> None:
    """Commit what an accepted request wrote; drop what a refused one tried."""
    if response.status_code < 400:
        db.session.commit()
    else:
        db.session.rollback()
    g.writing = False  # an answer that is still being sent out only reads


def end_reading() -> None:
    """End what the gate read, so that the transaction of the view begins afresh."""
    db.session.rollback()


@contextmanager
def job() -> Iterator[None]:
    """The one transaction of a command: committed at the end, or nothing of it happened."""
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


@contextmanager
def reading() -> Iterator[None]:
    """The transaction of a job that only reads: no save waits for it."""
    db.session.connection(execution_options={"begin": "DEFERRED"})
    try:
        yield
    finally:
        db.session.rollback()


@contextmanager
def only_reading() -> Iterator[None]:
    """A long job that reads in many transactions: no save waits for any of them.

    What it writes beside that, it writes apart().
    """
    g.only_reading = True
    try:
        yield
    finally:
        db.session.rollback()
        g.pop("only_reading")


@contextmanager
def before_writing() -> Iterator[None]:
    """What a request that writes works out first, in many transactions: no save waits for them."""
    writing = g.get("writing", False)
    g.writing = False
    try:
        yield
    finally:
        db.session.rollback()
        g.writing = writing


@contextmanager
def apart(*, write: bool = True) -> Iterator[Session]:
    """A transaction of its own, before the main one begins or after it ended, never inside.

    For what must stay although the request is refused: openings, refusals, sign-in counters,
    and the signed-in session itself.
    """
    if db.session.registry.has() and db.session().in_transaction():
        raise RuntimeError("apart() inside the main transaction would wait for it, or lie about it")
    engine = db.engine.execution_options(begin="IMMEDIATE" if write else "DEFERRED")
    with ClinicSession(db, bind=engine, expire_on_commit=False) as session, session.begin():
        yield session

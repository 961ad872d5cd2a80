"""This file is about publishing a wording of consent as its next version."""

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Conflict, Unprocessable
from clinic.courses import queries
from clinic.courses.library import shipped_wordings
from clinic.courses.models import ConsentText
from clinic.courses.rules import digest_of, faults_of_body


def publish_shipped_wording(code: str) -> ConsentText:
    """Publish what comes with the program for a drug form; raises like publish_wording."""
    shipped = shipped_wordings()
    if code not in shipped:
        known = f"There is no wording {code!r}. Choose one of: {', '.join(shipped)}."
        raise Unprocessable({"code": [known]}, known)
    return publish_wording(code, *shipped[code])


def publish_wording(code: str, title: str, body: str) -> ConsentText:
    """Make a wording the one in force, as its next version.

    Raises Unprocessable for a body with unknown names, Conflict when it is in force already.
    """
    if faults := list(faults_of_body(body)):
        raise Unprocessable({"body": faults})
    newest = next(iter(queries.all_wordings(code)), None)
    digest = digest_of(title, body)
    if newest is not None and newest.digest == digest:
        raise Conflict(f"Version {newest.n} of this wording says the same already.")
    text = ConsentText(
        code=code,
        n=newest.n + 1 if newest else 1,
        title=title,
        body=body,
        digest=digest,
        published_by_id=acting().actor_id,
        published_at=clock.now(),
    )
    db.session.add(text)
    db.session.flush()
    return text

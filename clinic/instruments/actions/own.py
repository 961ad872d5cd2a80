"""This file is about adding a scale that the clinic made itself."""

from clinic.accounts.queries import own_clinic
from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Conflict, Unprocessable
from clinic.instruments.models import OwnScale
from clinic.instruments.queries import newest_own
from clinic.instruments.rules import InstrumentError
from clinic.instruments.rules.own import OwnFacts, own_code, own_scale


def add_own_scale(facts: OwnFacts) -> OwnScale:
    """Add a scale, or its next version. It says "Not validated" wherever its value stands.

    Raises Unprocessable (field `items`) for one that makes no sense, Conflict when the newest
    version says the same.
    """
    code = own_code(facts.name)
    newest = newest_own(code)
    clinic = own_clinic().name
    try:
        scale = own_scale(facts, clinic, newest.n + 1 if newest else 1)
        if newest and own_scale(facts, clinic, newest.n).digest == newest.digest:
            raise Conflict(f"Version {newest.n} of {facts.name} says the same already.")
    except InstrumentError as error:
        raise Unprocessable({"items": error.problems}) from error
    row = OwnScale(
        code=code,
        n=newest.n + 1 if newest else 1,
        digest=scale.digest,
        body=scale.to_json(),
        added_by_id=acting().actor_id,
        added_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    return row

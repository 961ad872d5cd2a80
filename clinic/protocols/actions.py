"""This file is about what may be done with protocols: publish a version."""

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Conflict, Unprocessable
from clinic.instruments.queries import registrations
from clinic.protocols import queries
from clinic.protocols.library import library_protocols
from clinic.protocols.models import ProtocolVersion
from clinic.protocols.rules import DEMONSTRATION, Protocol, scale_problems
from clinic.protocols.rules.parsing import ProtocolError


def publish_from_library(code: str) -> ProtocolVersion:
    """Publish what the library says under a code.

    Raises Unprocessable when the library has no such protocol or a faulty one, Conflict when the
    version in force says the same already.
    """
    try:
        shipped = library_protocols()
    except ProtocolError as error:
        raise Unprocessable({"code": error.problems}, str(error)) from error
    if code not in shipped:
        known = f"There is no protocol {code!r}. Choose one of: {', '.join(shipped)}."
        raise Unprocessable({"code": [known]}, known)
    return publish(shipped[code])


def publish(protocol: Protocol) -> ProtocolVersion:
    """Make a protocol the one in force, as the next version.

    Raises Conflict when it is already, Unprocessable (field `scales`) when it plans a scale that
    cannot be used so, or not in this clinic.
    """
    problems = scale_problems(protocol, registrations())
    if problems:
        raise Unprocessable({"scales": problems}, " ".join(problems))
    newest = queries.in_force(protocol.code)
    if newest is not None and newest.digest == protocol.digest:
        raise Conflict(f"Version {newest.n} of {protocol.title} says the same already.")
    version = ProtocolVersion(
        code=protocol.code,
        n=newest.n + 1 if newest else 1,
        title=protocol.title,
        body=protocol.to_json(),
        digest=protocol.digest,
        demonstration=protocol.status if protocol.status == DEMONSTRATION else None,
        published_by_id=acting().actor_id,
        published_at=clock.now(),
    )
    db.session.add(version)
    db.session.flush()
    return version

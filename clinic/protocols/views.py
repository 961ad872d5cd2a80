"""This file is about the pages on which a published protocol is read."""

import uuid

from flask import Blueprint, render_template

from clinic.accounts.queries import names_of
from clinic.core.permissions import Permission, requires
from clinic.core.records import get_or_404
from clinic.protocols import queries
from clinic.protocols.models import ProtocolVersion
from clinic.protocols.rules import SIGNS

bp = Blueprint("protocols", __name__)


@bp.get("/protocols")
@requires(Permission.PROTOCOL_READ)
def show_all() -> str:
    """The protocols in force."""
    versions = queries.all_in_force()
    people = names_of([version.published_by_id for version in versions])
    return render_template("protocols/list.html", versions=versions, people=people)


@bp.get("/protocols/<uuid:version_id>")
@requires(Permission.PROTOCOL_READ)
def show(version_id: uuid.UUID) -> str:
    """One version, every number with its unit and source."""
    version = get_or_404(ProtocolVersion, version_id)
    return render_template(
        "protocols/show.html",
        version=version,
        versions=queries.versions_of(version.code),
        people=names_of([version.published_by_id]),
        protocol=queries.content_of(version),
        signs=SIGNS,
    )

"""This file is about what a tablet needs to work without a connection: key, files, help."""

import json
import uuid
from hashlib import sha256
from pathlib import Path

from flask import (
    Response,
    abort,
    current_app,
    g,
    jsonify,
    make_response,
    render_template,
    request,
    url_for,
)
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import MultiDict

from clinic.core import strict_json
from clinic.core.errors import Unprocessable
from clinic.core.forms import from_json
from clinic.core.gate import answer_forgery, standing
from clinic.core.openapi import takes_json
from clinic.core.permissions import Permission, public, requires
from clinic.core.records import get_or_404
from clinic.core.tablet_keys import outbox_key, owner_mark
from clinic.sessions import actions
from clinic.sessions.forms import DiscardForm, TabletForm
from clinic.sessions.models import TreatmentSession
from clinic.sessions.views.blueprint import bp

OWNER = "Clinic-Owner"  # the header by which pages and tablet tell people apart
# What a page of a session is made of; the rest of `static` belongs to other pages.
KEPT = ("js/**/*.js", "css/*.css", "img/*", "vendor/**/*.*")


@bp.get("/outbox-key")
@requires(Permission.SESSION_LOG, polled=True)
def key() -> Response:
    """The key of this person on this tablet, and a fresh token to send with. Never kept."""
    form = TabletForm(formdata=MultiDict(request.args.items(multi=True)))
    if not form.validate():
        raise Unprocessable(form.plain_errors)
    somebody = standing().acting
    return jsonify(
        owner=owner_mark(somebody),
        key=outbox_key(somebody, form.tablet.data),
        csrf=generate_csrf(),
    )


@bp.put("/sessions/<uuid:session_id>/entries/<uuid:entry_id>/discarded")
@requires(Permission.SESSION_LOG)
@takes_json(DiscardForm)
def discard(session_id: uuid.UUID, entry_id: uuid.UUID) -> Response:
    """A kept entry that a person decided not to save: the trail remembers it, with the reason."""
    if not request.is_json:
        abort(415)
    refuse_another_owner()
    session = get_or_404(TreatmentSession, session_id)
    form = from_json(DiscardForm, strict_json.loads(request.get_data()))
    if not form.validate():
        raise Unprocessable(form.plain_errors)
    actions.note_discarded(
        session,
        entry_id,
        kind=form.kind.data,
        reason=form.reason.data,
        content=form.content.data or "",
    )
    return jsonify(id=str(entry_id), discarded=True)


def refuse_another_owner() -> None:
    """An entry is saved under the name of whoever wrote it, or waits for them."""
    said = request.headers.get(OWNER)
    if said is not None and said != owner_mark(standing().acting):
        abort(answer_forgery())


@bp.get("/help/offline")
@public
def help_offline() -> str:
    """What works without a connection, and what does not."""
    return render_template("sessions/help_offline.html")


@bp.get("/sw.js")
@public
def service_worker() -> Response:
    """The program that keeps pages on the tablet, with the list of files it keeps."""
    files = kept_files()
    version = sha256(json.dumps(files).encode()).hexdigest()[:12]
    about = json.dumps({"version": version, "files": files, "help": url_for(".help_offline")})
    program = (static_folder() / "js" / "sw.js").read_text()
    response = make_response(f"self.CLINIC = {about};\n{program}")
    response.headers["Content-Type"] = "text/javascript; charset=utf-8"
    return response


def kept_files() -> list[str]:
    """The addresses of our files, each with the word of its content."""
    top = static_folder()
    found = {path for pattern in KEPT for path in top.glob(pattern) if path.is_file()}
    names = sorted(path.relative_to(top).as_posix() for path in found)
    return [url_for("static", filename=name) for name in names if name != "js/sw.js"]


def static_folder() -> Path:
    """Where our files are."""
    return Path(str(current_app.static_folder))


@bp.after_app_request
def name_the_owner(response: Response) -> Response:
    """Say whose page this is, so that a tablet shows a kept page to nobody else."""
    if "standing" in g and response.mimetype == "text/html":
        response.headers[OWNER] = owner_mark(standing().acting)
    return response


@bp.app_template_global("page_owner")
def page_owner() -> str:
    """The mark of whoever the page is for; empty when nobody is signed in."""
    return owner_mark(standing().acting) if "standing" in g else ""

"""This file is about the sign of life that a page of a session gives by asking and by saving."""

import uuid
from collections.abc import Iterable

from flask import Response, after_this_request

from clinic.core.gate import may
from clinic.core.permissions import Permission
from clinic.sessions import actions


def heard_of(session_ids: Iterable[uuid.UUID]) -> None:
    """Note, once this request's own transaction has ended, that a tablet shows these sessions.

    Only of somebody who may log there: whoever just looks on is at nobody's side.
    """
    if not may(Permission.SESSION_LOG):
        return
    shown = tuple(session_ids)

    @after_this_request
    def note(response: Response) -> Response:
        if response.status_code < 400:
            for session_id in shown:
                actions.hear(session_id)
        return response

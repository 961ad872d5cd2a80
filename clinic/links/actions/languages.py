"""This file is about the language she chooses to read a form in, before she begins."""

import uuid

from clinic.core.db import db
from clinic.links.actions.sending import is_running, locked
from clinic.links.queries.languages import languages_to_choose
from clinic.links.rules import parts_from_json, parts_to_json


def choose_language(link_id: uuid.UUID, language: str) -> bool:
    """Ask the scales of a link in another language from now on.

    False: she has begun, and it keeps the one it has; or the language may not go to a phone.
    """
    link = locked(link_id)
    if not is_running(link) or language not in languages_to_choose(link):
        return False
    link.parts = parts_to_json(part.read_in(language) for part in parts_from_json(link.parts))
    db.session.flush()
    return True

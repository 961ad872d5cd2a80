"""This file is about all that a server loads before it serves: importing this loads it."""

import gunicorn.app.wsgiapp
import gunicorn.workers.sync

from clinic import create_app
from config import settings
from tests.durability.server import ENVIRONMENT

__all__ = ["gunicorn"]

# Nothing of this application but the modules it loads is left to the servers: it opens no database.
create_app(settings(ENVIRONMENT | {"CLINIC_DATABASE_URI": "sqlite:////nowhere/at-all.db"}))

"""This file is about whether the server may work as whom it is connected to the database."""

from flask import Flask
from sqlalchemy.exc import OperationalError

from clinic.core.db.engine import db
from clinic.core.db.roles import faults
from clinic.core.db.types import Base


def why_not_to_serve(app: Flask) -> list[str]:
    """What the role that is connected could get past, a sentence each. Empty: it may serve.

    A database that is away is no reason: whoever asks for a page is told. Nor is it in the demo.
    """
    with app.app_context():
        if app.config["DEMO"] or db.engine.dialect.name == "sqlite":
            return []
        try:
            with db.engine.connect() as connection:
                return faults(connection, Base.metadata)
        except OperationalError:
            return []

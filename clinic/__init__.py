"""This package is about courses of ketamine or esketamine for postpartum depression: start here."""

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import Migrate

from clinic.core import (
    clock,
    commands,
    db,
    errors,
    files,
    formatting,
    gate,
    headers,
    logs,
    measures,
    permissions,
    proxies,
    signatures,
)
from clinic.core import views as core_views
from config import settings

TOP = Path(__file__).resolve().parent.parent
# A room is added when its door opens, in the order of `pyproject.toml`.
ROOMS = (
    "accounts",
    "patients",
    "emergency",
    "messages",
    "instruments",
    "protocols",
    "courses",
    "links",
    "evaluation",
    "sessions",
    "followups",
    "integration",
    "review",
    "reports",
    "exchange",
    "demo",
    "bench",
    "operations",
    "disclosure",
)
migrate = Migrate(render_as_batch=True, compare_type=True)


def create_app(
    config: Mapping[str, Any] | None = None, *, clock: clock.Clock = clock.system_clock
) -> Flask:
    """The application, complete or not at all.

    `config` replaces what the environment says, for tests; `clock` is the only source of time.
    Raises config.BadSetting for an unsafe setting, UndeclaredViews for a view nobody thought about.
    """
    app = db.TransactionalFlask(
        __name__, template_folder=str(TOP / "templates"), static_folder=str(TOP / "clinic/static")
    )
    app.config.update(settings() if config is None else config)
    init_core(app, clock)
    init_rooms(app)
    permissions.refuse_undeclared_views(app)
    return app


def init_core(app: Flask, system: clock.Clock) -> None:
    """The promises, in the order in which a request meets them."""
    proxies.init_app(app)
    clock.init_app(app, system)
    db.init_app(app)
    migrate.init_app(app, db.db, directory=str(TOP / "migrations"))
    errors.init_app(app)
    logs.init_app(app)
    measures.init_app(app)
    headers.init_app(app)
    files.init_app(app)
    gate.init_app(app)
    formatting.init_app(app)
    signatures.init_app(app)
    app.register_blueprint(core_views.bp)
    commands.init_app(app)


def init_rooms(app: Flask) -> None:
    """The rooms, each after those it knows. One that only keeps records has no `init_app`."""
    for name in ROOMS:
        room = import_module(f"clinic.{name}")
        if find_spec(f"clinic.{name}.models"):
            import_module(f"clinic.{name}.models")
        if hasattr(room, "init_app"):
            room.init_app(app)

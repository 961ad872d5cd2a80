"""This file is about orders that are kept by name."""

from sqlalchemy import select

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.reports.models import ExportDefinition
from clinic.reports.rules.ordering import Order


def save_definition(name: str, order: Order, purpose: str) -> ExportDefinition:
    """Keep what an order asks for, but its period and whose it is; the same name is replaced."""
    same = select(ExportDefinition).where(ExportDefinition.name == name)
    kept = db.session.scalar(same) or ExportDefinition(name=name)
    kept.what, kept.format, kept.purpose = " ".join(order.what), order.format, purpose
    kept.protocols, kept.routes = " ".join(order.protocols), " ".join(order.routes)
    kept.saved_by_id, kept.saved_at = acting().actor_id, clock.now()
    db.session.add(kept)
    return kept


def delete_definition(kept: ExportDefinition) -> None:
    """Forget an order; exports that were made by it stay as they are."""
    db.session.delete(kept)

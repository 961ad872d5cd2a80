"""This package is about the patients of a clinic and their infants."""

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from flask import Flask

from clinic.core import records
from clinic.patients.models import Infant, Patient
from clinic.patients.rules import Cell

Ids = Sequence[uuid.UUID]
COLUMNS, FILTERS = "clinic.patients.columns", "clinic.patients.filters"
EXCLUSION, URGENCY = "clinic.patients.exclusion", "clinic.patients.urgency"
ADDRESSES = "clinic.patients.addresses"

records.register("patient_id", Patient, "id", number="number")
records.register("infant_id", Infant, "patient_id")


def add_panel(app: Flask, name: str, order: int, panel: Callable[[Patient], str]) -> None:
    """Let a later room show something on the front page of a patient's chart.

    panel: gives the HTML of a rendered template, or "" when there is nothing to show or the person
    may not see it. order: smaller stands higher.
    """
    app.extensions.setdefault("clinic.patients.panels", {})[name] = (order, panel)


def add_column(
    app: Flask, code: str, order: int, title: str, cells: Callable[[Ids], Mapping[uuid.UUID, Cell]]
) -> None:
    """Let a later room fill a column of the list.

    cells: patient -> cell for the whole page at once; whoever has none is left out. It is called
    once for a page, so that the number of queries does not grow with its rows.
    """
    app.extensions.setdefault(COLUMNS, {})[code] = (order, title, cells)


def add_filter(
    app: Flask, code: str, order: int, title: str, who: Callable[[], Collection[uuid.UUID]]
) -> None:
    """Let a later room narrow the list to some patients; how many they are stands beside it."""
    app.extensions.setdefault(FILTERS, {})[code] = (order, title, who)


def add_exclusion(app: Flask, who: Callable[[], Collection[uuid.UUID]]) -> None:
    """Let a later room say who is not active any more; everybody else is."""
    app.extensions[EXCLUSION] = who


def order_by_urgency(app: Flask, ranks: Callable[[], Mapping[uuid.UUID, Any]]) -> None:
    """Let a later room say whose row stands higher: smaller ranks first, then those without one."""
    app.extensions[URGENCY] = ranks


def open_rows_with(app: Flask, addresses: Callable[[Ids], Mapping[uuid.UUID, str]]) -> None:
    """Let a later room say where a row of the list leads; else to the chart."""
    app.extensions[ADDRESSES] = addresses


def init_app(app: Flask) -> None:
    """Register the pages."""
    from clinic.patients import views

    app.register_blueprint(views.bp)

"""This file is about exports in the demonstration: one that a worker makes, kept choices."""

from datetime import timedelta

from clinic.core import clock
from clinic.core.permissions import Role
from clinic.demo.actions.stage import at_work
from clinic.demo.rules.cast import HARBOUR
from clinic.reports.actions import order_export, save_definition
from clinic.reports.queries import how_many
from clinic.reports.rules import Period
from clinic.reports.rules.ordering import Order

PURPOSE = "Quality report of the last four weeks"
WHAT = ("sessions", "observations", "side-effects")


def load_exports() -> None:
    """An order that the worker of the demonstration finds in its queue, unless there is any."""
    with at_work(HARBOUR, Role.ADMINISTRATOR):
        if how_many():
            return
        today = clock.today()
        order = Order(WHAT, Period(today - timedelta(days=28), today), format="xlsx")
        save_definition("Quality report", order, PURPOSE)
        order_export(order, PURPOSE)

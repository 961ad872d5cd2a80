"""This file is about how soon a clinic responded to the answers of a period."""

from datetime import datetime

from clinic.core.acting import acting
from clinic.followups.queries import Subject, responded_in
from clinic.reports.rules import Period
from clinic.reports.rules.responding import ResponseFigures, response_figures

TITLES = {Subject.SCALE: "Risk answers of a scale", Subject.CONTACT: "Concerns of a contact"}


def responding(period: Period, now: datetime) -> list[ResponseFigures]:
    """Scales and contacts, each by itself."""
    found = responded_in(*period.moments(acting().timezone), now)
    return [
        response_figures(title, [one for one in found if one.subject is subject], now)
        for subject, title in TITLES.items()
    ]

"""This file is about doses in tests of rules: written down, not logged."""

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from clinic.protocols.rules import DrugForm, Route
from clinic.sessions.rules import Dose

LATER = timedelta(minutes=10)


def dose(t0: datetime, number: int = 1, left_early_at: datetime | None = None) -> Dose:
    """56 mg of esketamine in two devices."""
    return Dose(
        session_id=UUID(int=number),
        course_id=UUID(int=100),
        patient_id=UUID(int=200),
        number=number,
        t0=t0,
        last_drug_at=t0 + LATER,
        known_mg=Decimal(56),
        text="56 mg",
        drug="esketamine",
        form=DrugForm.ESKETAMINE,
        route=Route.NASAL,
        agreed_pause_ends_at=None,
        left_early_at=left_early_at,
    )

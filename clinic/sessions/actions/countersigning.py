"""This file is about countersigning an order by phone, before or after the session is signed."""

import uuid

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Conflict
from clinic.core.signatures import Proof
from clinic.sessions.actions.log import locked
from clinic.sessions.models import Countersignature
from clinic.sessions.queries import state_of
from clinic.sessions.rules.phone_orders import countersigning_refused


def countersign(session_id: uuid.UUID, order_id: uuid.UUID, *, proof: Proof) -> None:
    """Write down that who gave the proof countersigned an order. Twice by the same person is once.

    `order_id`: the entry that she read (`PhoneOrder.version_id`). Raises Conflict when the order is
    not there, was corrected since, is her own, or was countersigned by somebody else.
    """
    session, me = locked(session_id), acting().actor_id
    if proof.person_id != me:
        raise Conflict("The signature is not yours.")
    orders = {order.version_id: order for order in state_of(session, clock.now()).orders}
    order = orders.get(order_id)
    if order is not None and order.countersigned_by == me:
        return
    refused = countersigning_refused(order, me)
    if refused:
        raise Conflict(refused)
    db.session.add(
        Countersignature(
            session_id=session.id,
            patient_id=session.patient_id,
            order_id=order_id,
            author_id=me,
            recorded_at=clock.now(),
        )
    )
    db.session.flush()

"""This file is about publishing the clinic's own table of antidepressant trials."""

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Conflict
from clinic.evaluation import queries
from clinic.evaluation.models import AntidepressantTable
from clinic.evaluation.rules import TrialTable


def publish_table(table: TrialTable, reason: str) -> AntidepressantTable:
    """Make a table the one in force, as the clinic's next version.

    Raises Conflict when the one in force says the same.
    """
    in_force = queries.table_in_force()
    if in_force.table.digest == table.digest:
        raise Conflict("This table says the same as the one in force.")
    row = AntidepressantTable(
        n=in_force.version.n + 1 if in_force.version else 1,
        body=table.to_json(),
        digest=table.digest,
        reason=reason,
        published_by_id=acting().actor_id,
        published_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    return row

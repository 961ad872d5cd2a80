"""This package is about the database: engine, column types, keys, triggers, the one transaction."""

from clinic.core.db.encrypted import Encrypted
from clinic.core.db.engine import ClinicSession, db, init_app
from clinic.core.db.keys import Unreadable, ring
from clinic.core.db.policies import belongs_by, drop_policies, lift_policies
from clinic.core.db.protection import (
    append_only,
    lockable,
    locked_with,
    protect,
    recreate_triggers,
)
from clinic.core.db.transaction import (
    SAFE_METHODS,
    TransactionalFlask,
    apart,
    before_writing,
    end_reading,
    job,
    only_reading,
    reading,
)
from clinic.core.db.types import Base, ExactDecimal, UtcDateTime, new_id

__all__ = [
    "SAFE_METHODS",
    "Base",
    "ClinicSession",
    "Encrypted",
    "ExactDecimal",
    "TransactionalFlask",
    "Unreadable",
    "UtcDateTime",
    "apart",
    "append_only",
    "before_writing",
    "belongs_by",
    "db",
    "drop_policies",
    "end_reading",
    "init_app",
    "job",
    "lift_policies",
    "lockable",
    "locked_with",
    "new_id",
    "only_reading",
    "protect",
    "reading",
    "recreate_triggers",
    "ring",
]

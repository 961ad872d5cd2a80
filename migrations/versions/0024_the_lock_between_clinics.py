"""This revision is about the lock between clinics on PostgreSQL: on from here, off before.

It changes no table: the lock and the rights of each role are put back at the end of every
migration (`migrations/env.py`), for all the tables that there are then. A program from before this
revision names no clinic and would find nothing behind the lock.
"""

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The end of the migration puts the lock on."""


def downgrade() -> None:
    """The end of the migration takes it off."""

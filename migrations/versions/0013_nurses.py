"""This revision is about how many running sessions one nurse answers for, and left hands."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    with op.batch_alter_table("clinic", schema=None) as batch_op:
        batch_op.add_column(sa.Column("most_sessions_per_nurse", sa.Integer(), nullable=True))
    with op.batch_alter_table("user", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("left_handed", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("user", schema=None) as batch_op:
        batch_op.alter_column("left_handed", existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    """Change them back."""
    with op.batch_alter_table("user", schema=None) as batch_op:
        batch_op.drop_column("left_handed")
    with op.batch_alter_table("clinic", schema=None) as batch_op:
        batch_op.drop_column("most_sessions_per_nurse")

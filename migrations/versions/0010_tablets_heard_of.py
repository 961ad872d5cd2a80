"""This revision is about when a tablet of a running session was last heard of."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "tablet_heard",
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "id"],
            ["treatment_session.clinic_id", "treatment_session.id"],
            name=op.f("fk_tablet_heard_clinic_id_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_tablet_heard_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tablet_heard")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_tablet_heard_clinic_id_id")),
    )


def downgrade() -> None:
    """Change them back."""
    op.drop_table("tablet_heard")

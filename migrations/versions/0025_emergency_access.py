"""This revision is about emergency access: who read whose record beyond their role, and why."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "emergency_access",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("opened_by_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by_id", sa.Uuid(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("opened_at < ends_at", name=op.f("ck_emergency_access_hours")),
        sa.CheckConstraint(
            "(seen_by_id IS NULL) = (seen_at IS NULL)", name=op.f("ck_emergency_access_seen")
        ),
        sa.CheckConstraint(
            "seen_by_id IS NULL OR seen_by_id <> opened_by_id",
            name=op.f("ck_emergency_access_by_somebody_else"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_emergency_access_clinic_id")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_emergency_access_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["user.id"], name=op.f("fk_emergency_access_opened_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["seen_by_id"], ["user.id"], name=op.f("fk_emergency_access_seen_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_access")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_emergency_access_clinic_id_id")),
        info={"clinic_owned": True},
    )
    for column in ("opened_at", "patient_id"):
        op.create_index(
            op.f(f"ix_emergency_access_clinic_id_{column}"),
            "emergency_access",
            ["clinic_id", column],
            unique=False,
        )


def downgrade() -> None:
    """Change them back."""
    for column in ("opened_at", "patient_id"):
        op.drop_index(op.f(f"ix_emergency_access_clinic_id_{column}"), "emergency_access")
    op.drop_table("emergency_access")

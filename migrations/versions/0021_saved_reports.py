"""This revision is about reports that are kept: figures, and the rules by which they were made."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "saved_report",
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("protocol", sa.String(length=80), nullable=False),
        sa.Column("route", sa.String(length=40), nullable=False),
        sa.Column("medicine", sa.String(length=40), nullable=False),
        sa.Column("scale", sa.String(length=40), nullable=False),
        sa.Column("as_of_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("definitions_version", sa.Integer(), nullable=False),
        sa.Column("definitions_digest", sa.String(length=64), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_saved_report_period")),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_saved_report_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_report")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_saved_report_clinic_id_id")),
        info={"append_only": True, "clinic_owned": True},
    )
    op.create_index(
        op.f("ix_saved_report_clinic_id_created_at"),
        "saved_report",
        ["clinic_id", "created_at"],
        unique=False,
    )


def downgrade() -> None:
    """Change them back."""
    op.drop_index(op.f("ix_saved_report_clinic_id_created_at"), table_name="saved_report")
    op.drop_table("saved_report")

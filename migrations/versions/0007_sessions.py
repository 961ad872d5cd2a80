"""This revision is about the weight an order was worked out from, and reports of events."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "event_report",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("onset_id", sa.Uuid(), nullable=False),
        sa.Column(
            "reported_to",
            sa.Enum(
                "rems",
                "medwatch",
                "sponsor",
                "none",
                name="reportedto",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("takes_back_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "takes_back_id IS NULL OR reason IS NOT NULL",
            name=op.f("ck_event_report_taking_back_has_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "onset_id"],
            ["entry.clinic_id", "entry.id"],
            name=op.f("fk_event_report_clinic_id_onset_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "session_id"],
            ["treatment_session.clinic_id", "treatment_session.id"],
            name=op.f("fk_event_report_clinic_id_session_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "takes_back_id"],
            ["event_report.clinic_id", "event_report.id"],
            name=op.f("fk_event_report_clinic_id_takes_back_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_event_report_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_report")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_event_report_clinic_id_id")),
    )
    with op.batch_alter_table("event_report", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_event_report_clinic_id_session_id"),
            ["clinic_id", "session_id"],
            unique=False,
        )

    with op.batch_alter_table("treatment_session", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "weight_kg", sa.Numeric().with_variant(sa.String(40), "sqlite"), nullable=True
            )
        )
        batch_op.add_column(sa.Column("weighed_on", sa.Date(), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_treatment_session_weight_has_its_day"),
            sa.text("(weight_kg IS NULL) = (weighed_on IS NULL)"),
        )


def downgrade() -> None:
    """Change them back."""
    with op.batch_alter_table("treatment_session", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("ck_treatment_session_weight_has_its_day"), type_="check"
        )
        batch_op.drop_column("weighed_on")
        batch_op.drop_column("weight_kg")

    with op.batch_alter_table("event_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_report_clinic_id_session_id"))

    op.drop_table("event_report")

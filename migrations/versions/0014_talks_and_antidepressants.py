"""This revision is about talks before a consent, and the table of antidepressant trials."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TALKS = ("treatment", "breastfeeding", "session-days")


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "consent_talk",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column(
            "talk",
            sa.Enum(*TALKS, name="talk", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("with_id", sa.Uuid(), nullable=False),
        sa.Column("with_name", sa.String(length=200), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "course_id"],
            ["course.clinic_id", "course.id"],
            name=op.f("fk_consent_talk_clinic_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_consent_talk_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_consent_talk_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_talk")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_consent_talk_clinic_id_id")),
    )
    with op.batch_alter_table("consent_talk", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consent_talk_clinic_id_course_id"),
            ["clinic_id", "course_id"],
            unique=False,
        )
    op.create_table(
        "antidepressant_table",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("published_by_id", sa.Uuid(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_antidepressant_table_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_antidepressant_table")),
        sa.UniqueConstraint("clinic_id", "n", name=op.f("uq_antidepressant_table_clinic_id_n")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_antidepressant_table_clinic_id_id")),
    )


def downgrade() -> None:
    """Change them back."""
    op.drop_table("antidepressant_table")
    with op.batch_alter_table("consent_talk", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consent_talk_clinic_id_course_id"))
    op.drop_table("consent_talk")

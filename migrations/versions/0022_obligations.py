"""This revision is about obligations: forms for a registry, their answers, submissions, proofs."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "obligation_version",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("published_by_id", sa.Uuid(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_obligation_version_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation_version")),
        sa.UniqueConstraint(
            "clinic_id", "code", "n", name=op.f("uq_obligation_version_clinic_id_code_n")
        ),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_obligation_version_clinic_id_id")),
    )
    op.create_table(
        "filled_form",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("treated_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("gaps_because", sa.Text(), nullable=True),
        sa.Column("filled_by_id", sa.Uuid(), nullable=False),
        sa.Column("filled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "session_id"],
            ["treatment_session.clinic_id", "treatment_session.id"],
            name=op.f("fk_filled_form_clinic_id_session_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "version_id"],
            ["obligation_version.clinic_id", "obligation_version.id"],
            name=op.f("fk_filled_form_clinic_id_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_filled_form_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filled_form")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_filled_form_clinic_id_id")),
        sa.UniqueConstraint(
            "clinic_id", "session_id", "n", name=op.f("uq_filled_form_clinic_id_session_id_n")
        ),
    )
    op.create_table(
        "form_answers",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "session_id"],
            ["treatment_session.clinic_id", "treatment_session.id"],
            name=op.f("fk_form_answers_clinic_id_session_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_form_answers_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_answers")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_form_answers_clinic_id_id")),
    )
    with op.batch_alter_table("form_answers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_form_answers_clinic_id_session_id"),
            ["clinic_id", "session_id"],
            unique=False,
        )

    op.create_table(
        "form_submission",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("form_id", sa.Uuid(), nullable=False),
        sa.Column(
            "sent_by",
            sa.Enum(
                "online",
                "fax",
                "phone",
                "post",
                name="sentby",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=300), nullable=False),
        sa.Column("takes_back_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=True),
        sa.Column("file_type", sa.String(length=60), nullable=True),
        sa.Column("file_size", sa.Integer(), nullable=True),
        sa.Column("file_digest", sa.String(length=64), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(content IS NULL) = (file_digest IS NULL)",
            name=op.f("ck_form_submission_file_with_digest"),
        ),
        sa.CheckConstraint(
            "takes_back_id IS NULL OR reason IS NOT NULL",
            name=op.f("ck_form_submission_taking_back_has_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "form_id"],
            ["filled_form.clinic_id", "filled_form.id"],
            name=op.f("fk_form_submission_clinic_id_form_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "session_id"],
            ["treatment_session.clinic_id", "treatment_session.id"],
            name=op.f("fk_form_submission_clinic_id_session_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "takes_back_id"],
            ["form_submission.clinic_id", "form_submission.id"],
            name=op.f("fk_form_submission_clinic_id_takes_back_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_form_submission_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_submission")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_form_submission_clinic_id_id")),
    )
    with op.batch_alter_table("form_submission", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_form_submission_clinic_id_session_id"),
            ["clinic_id", "session_id"],
            unique=False,
        )


def downgrade() -> None:
    """Change them back."""
    with op.batch_alter_table("form_submission", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_form_submission_clinic_id_session_id"))

    op.drop_table("form_submission")
    with op.batch_alter_table("form_answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_form_answers_clinic_id_session_id"))

    op.drop_table("form_answers")
    op.drop_table("filled_form")
    op.drop_table("obligation_version")

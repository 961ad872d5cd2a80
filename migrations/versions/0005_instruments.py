"""This revision is about instruments."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "instrument_text",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_instrument_text_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instrument_text")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_instrument_text_clinic_id_id")),
    )
    with op.batch_alter_table("instrument_text", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_instrument_text_clinic_id_digest"), ["clinic_id", "digest"], unique=False
        )

    op.create_table(
        "questionnaire_response",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("instrument_code", sa.String(length=40), nullable=False),
        sa.Column("instrument_version", sa.String(length=40), nullable=False),
        sa.Column("instrument_digest", sa.String(length=64), nullable=False),
        sa.Column("form_code", sa.String(length=40), nullable=False),
        sa.Column(
            "moment",
            sa.Enum(
                "baseline",
                "before-each-session",
                "in-session",
                "each-reading",
                "before-discharge",
                "24-hours",
                "weekly",
                "day-7",
                "day-14",
                "day-28",
                "day-42",
                "month-3",
                "month-6",
                "each-follow-up",
                "optional",
                "other",
                name="momentcode",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column(
            "answered_by",
            sa.Enum(
                "patient",
                "clinician",
                name="answeredby",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "way",
            sa.Enum(
                "visit",
                "call",
                "paper",
                "link",
                name="way",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("has_findings", sa.Boolean(), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "NOT withdrawn OR corrects_id IS NOT NULL",
            name=op.f("ck_questionnaire_response_withdraws_another"),
        ),
        sa.CheckConstraint(
            "corrects_id IS NULL OR reason IS NOT NULL",
            name=op.f("ck_questionnaire_response_correction_has_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "corrects_id"],
            ["questionnaire_response.clinic_id", "questionnaire_response.id"],
            name=op.f("fk_questionnaire_response_clinic_id_corrects_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "course_id"],
            ["course.clinic_id", "course.id"],
            name=op.f("fk_questionnaire_response_clinic_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_questionnaire_response_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "session_id"],
            ["treatment_session.clinic_id", "treatment_session.id"],
            name=op.f("fk_questionnaire_response_clinic_id_session_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_questionnaire_response_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_response")),
        sa.UniqueConstraint(
            "clinic_id", "corrects_id", name=op.f("uq_questionnaire_response_clinic_id_corrects_id")
        ),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_questionnaire_response_clinic_id_id")),
    )
    with op.batch_alter_table("questionnaire_response", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_questionnaire_response_clinic_id_course_id"),
            ["clinic_id", "course_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_questionnaire_response_clinic_id_has_findings"),
            ["clinic_id", "has_findings"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_questionnaire_response_clinic_id_patient_id_instrument_code"),
            ["clinic_id", "patient_id", "instrument_code"],
            unique=False,
        )

    op.create_table(
        "safety_review",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "assessed",
                "safety-plan",
                "psychiatrist-told",
                "emergency",
                "infant-protected",
                "asked-now",
                "entered-in-error",
                name="safetystep",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_safety_review_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "response_id"],
            ["questionnaire_response.clinic_id", "questionnaire_response.id"],
            name=op.f("fk_safety_review_clinic_id_response_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_safety_review_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_review")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_safety_review_clinic_id_id")),
    )
    with op.batch_alter_table("safety_review", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_safety_review_clinic_id_patient_id"),
            ["clinic_id", "patient_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_safety_review_clinic_id_response_id"),
            ["clinic_id", "response_id"],
            unique=False,
        )


def downgrade() -> None:
    """Change them back."""
    with op.batch_alter_table("safety_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_safety_review_clinic_id_response_id"))
        batch_op.drop_index(batch_op.f("ix_safety_review_clinic_id_patient_id"))

    op.drop_table("safety_review")
    with op.batch_alter_table("questionnaire_response", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_questionnaire_response_clinic_id_patient_id_instrument_code")
        )
        batch_op.drop_index(batch_op.f("ix_questionnaire_response_clinic_id_has_findings"))
        batch_op.drop_index(batch_op.f("ix_questionnaire_response_clinic_id_course_id"))

    op.drop_table("questionnaire_response")
    with op.batch_alter_table("instrument_text", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_instrument_text_clinic_id_digest"))

    op.drop_table("instrument_text")

"""This revision is about follow-ups: what became of each, contacts, responses."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "follow_up",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "done",
                "missed",
                "moved",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("moved_to_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(status = 'moved') = (moved_to_at IS NOT NULL)", name=op.f("ck_follow_up_moved_to")
        ),
        sa.CheckConstraint(
            "status = 'done' OR reason IS NOT NULL", name=op.f("ck_follow_up_reason")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "course_id"],
            ["course.clinic_id", "course.id"],
            name=op.f("fk_follow_up_clinic_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_follow_up_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "session_id"],
            ["treatment_session.clinic_id", "treatment_session.id"],
            name=op.f("fk_follow_up_clinic_id_session_id"),
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name=op.f("fk_follow_up_clinic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_follow_up_clinic_id_id")),
        sa.UniqueConstraint(
            "clinic_id", "session_id", "code", name=op.f("uq_follow_up_clinic_id_session_id_code")
        ),
    )
    op.create_index(
        op.f("ix_follow_up_clinic_id_course_id"),
        "follow_up",
        ["clinic_id", "course_id"],
        unique=False,
    )
    op.create_index(
        "uq_follow_up_of_course",
        "follow_up",
        ["clinic_id", "course_id", "code"],
        unique=True,
        sqlite_where=sa.text("session_id IS NULL"),
        postgresql_where=sa.text("session_id IS NULL"),
    )
    op.create_table(
        "contact",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("contacted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "how",
            sa.Enum(
                "call", "visit", name="how", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "reached",
            sa.Enum(
                "yes",
                "no-answer",
                "somebody-else",
                name="reached",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("answers", sa.Text(), nullable=True),
        sa.Column(
            "next_step",
            sa.Enum(
                "as-planned",
                "call-again",
                "psychiatrist-today",
                "emergency",
                name="nextstep",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("concerned", sa.Boolean(), nullable=False),
        sa.Column("answer_by_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(reached = 'yes') = (answers IS NOT NULL)", name=op.f("ck_contact_answers")
        ),
        sa.CheckConstraint(
            "(reached = 'yes') = (next_step IS NOT NULL)", name=op.f("ck_contact_next_step")
        ),
        sa.CheckConstraint(
            "concerned = (answer_by_at IS NOT NULL)", name=op.f("ck_contact_answer_by")
        ),
        sa.CheckConstraint(
            "corrects_id IS NULL OR reason IS NOT NULL",
            name=op.f("ck_contact_correction_has_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "corrects_id"],
            ["contact.clinic_id", "contact.id"],
            name=op.f("fk_contact_clinic_id_corrects_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "course_id"],
            ["course.clinic_id", "course.id"],
            name=op.f("fk_contact_clinic_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_contact_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "session_id"],
            ["treatment_session.clinic_id", "treatment_session.id"],
            name=op.f("fk_contact_clinic_id_session_id"),
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name=op.f("fk_contact_clinic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint(
            "clinic_id", "corrects_id", name=op.f("uq_contact_clinic_id_corrects_id")
        ),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_contact_clinic_id_id")),
    )
    op.create_index(
        op.f("ix_contact_clinic_id_concerned"), "contact", ["clinic_id", "concerned"], unique=False
    )
    op.create_index(
        op.f("ix_contact_clinic_id_course_id"), "contact", ["clinic_id", "course_id"], unique=False
    )
    op.create_table(
        "contact_response",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("responded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "contact_id"],
            ["contact.clinic_id", "contact.id"],
            name=op.f("fk_contact_response_clinic_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_contact_response_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_contact_response_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_response")),
        sa.UniqueConstraint(
            "clinic_id", "contact_id", name=op.f("uq_contact_response_clinic_id_contact_id")
        ),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_contact_response_clinic_id_id")),
    )


def downgrade() -> None:
    """Change them back."""
    op.drop_table("contact_response")
    op.drop_table("contact")
    op.drop_table("follow_up")

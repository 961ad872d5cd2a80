"""This revision is about courses."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


# Codes that a course may hold, by column.
CODES = {
    "end_reason": (
        "completed",
        "side-effects",
        "no-effect",
        "patient-choice",
        "consent-withdrawn",
        "logistics",
        "lost-to-follow-up",
        "not-eligible",
        "other",
        "opened-in-error",
    ),
    "onset": ("pregnancy", "after-birth", "unknown"),
    "birth_mode": ("vaginal", "assisted", "caesarean", "unknown"),
}
PLAIN = {
    "ended_by_id": sa.Uuid(),
    "end_text": sa.Text(),
    "diagnosis_code": sa.String(length=10),
    "diagnosis_text": sa.String(length=300),
    "onset_week": sa.Integer(),
    "gestation_weeks": sa.Integer(),
    "birth_complications": sa.Text(),
}
NAMES = {"end_reason": "endreason", "onset": "onset", "birth_mode": "birthmode"}
ENDED = "(ended_on IS NULL) = (end_reason IS NULL)"


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "consent_text",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("published_by_id", sa.Uuid(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_consent_text_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_text")),
        sa.UniqueConstraint(
            "clinic_id", "code", "n", name=op.f("uq_consent_text_clinic_id_code_n")
        ),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_consent_text_clinic_id_id")),
    )
    op.create_table(
        "medication",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("drug", sa.String(length=120), nullable=False),
        sa.Column(
            "drug_class",
            sa.Enum(
                "benzodiazepine",
                "hypnotic",
                "psychostimulant",
                "maoi",
                "opioid",
                "decongestant",
                "antidepressant",
                "antihypertensive",
                "other",
                name="drugclass",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("dose", sa.String(length=120), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "course_id"],
            ["course.clinic_id", "course.id"],
            name=op.f("fk_medication_clinic_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_medication_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name=op.f("fk_medication_clinic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_medication")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_medication_clinic_id_id")),
    )
    with op.batch_alter_table("medication", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_medication_clinic_id_course_id"),
            ["clinic_id", "course_id"],
            unique=False,
        )

    with op.batch_alter_table("course", schema=None) as batch_op:
        for name, type_ in PLAIN.items():
            batch_op.add_column(sa.Column(name, type_, nullable=True))
        for name, codes in CODES.items():
            batch_op.add_column(sa.Column(name, sa.String(length=40), nullable=True))
            allowed = sa.column(name).in_(codes)
            batch_op.create_check_constraint(batch_op.f(f"ck_course_{NAMES[name]}"), allowed)
        batch_op.create_check_constraint(batch_op.f("ck_course_ended"), sa.text(ENDED))


def downgrade() -> None:
    """Change them back."""
    with op.batch_alter_table("course", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_course_ended"), type_="check")
        for name in CODES:
            batch_op.drop_constraint(batch_op.f(f"ck_course_{NAMES[name]}"), type_="check")
        for name in [*CODES, *PLAIN]:
            batch_op.drop_column(name)

    with op.batch_alter_table("medication", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_medication_clinic_id_course_id"))

    op.drop_table("medication")
    op.drop_table("consent_text")

"""This revision is about other treatment: what lasts, groups, tasks, letters, milk, weights."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

STATES = ("not-started", "started", "on-track", "planned", "met", "dropped")
STATES_BEFORE = ("not-started", "started", "on-track", "met", "dropped")
ONE_OF_A_GROUP = "fk_care_activity_clinic_id_group_session_id"
ONCE_IN_A_GROUP = "uq_care_activity_clinic_id_group_session_id_course_id"


def let_goals_stand(allowed: tuple[str, ...]) -> None:
    """How a goal of the care plan may stand."""
    listed = ", ".join(f"'{state}'" for state in allowed)
    with op.batch_alter_table("care_goal") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_care_goal_goalstate"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_care_goal_goalstate"), sa.text(f"state IN ({listed})")
        )


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "group_session",
        sa.Column(
            "kind",
            sa.Enum(
                "psychotherapy",
                "integration",
                "lactation",
                "peer-group",
                "day-unit",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("therapist_id", sa.Uuid(), nullable=True),
        sa.Column("therapist_name", sa.String(length=120), nullable=True),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("minutes IS NULL OR minutes > 0", name=op.f("ck_group_session_minutes")),
        sa.CheckConstraint(
            "therapist_id IS NULL OR therapist_name IS NULL",
            name=op.f("ck_group_session_therapist"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_group_session_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_session")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_group_session_clinic_id_id")),
        info={"clinic_owned": True},
    )
    op.create_index(
        op.f("ix_group_session_clinic_id_starts_at"),
        "group_session",
        ["clinic_id", "starts_at"],
        unique=False,
    )
    op.create_table(
        "letter_template",
        sa.Column(
            "recipient",
            sa.Enum(
                "gp",
                "obstetrics",
                "health-visitor",
                "paediatrics",
                name="recipient",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("published_by_id", sa.Uuid(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_letter_template_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_template")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_letter_template_clinic_id_id")),
        sa.UniqueConstraint(
            "clinic_id", "recipient", "n", name=op.f("uq_letter_template_clinic_id_recipient_n")
        ),
        info={"append_only": True, "clinic_owned": True},
    )
    op.create_table(
        "care_helper",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "gp",
                "obstetrics",
                "health-visitor",
                "paediatrics",
                "psychotherapy",
                "lactation",
                "peer-group",
                "day-unit",
                "other",
                name="helperrole",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_care_helper_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_care_helper_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_helper")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_care_helper_clinic_id_id")),
        info={"clinic_owned": True},
    )
    op.create_index(
        op.f("ix_care_helper_clinic_id_patient_id"),
        "care_helper",
        ["clinic_id", "patient_id"],
        unique=False,
    )
    op.create_table(
        "letter_consent",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column(
            "recipient",
            sa.Enum(
                "gp",
                "obstetrics",
                "health-visitor",
                "paediatrics",
                name="recipient",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_letter_consent_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_letter_consent_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_consent")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_letter_consent_clinic_id_id")),
        info={"append_only": True, "clinic_owned": True},
    )
    op.create_index(
        op.f("ix_letter_consent_clinic_id_patient_id"),
        "letter_consent",
        ["clinic_id", "patient_id"],
        unique=False,
    )
    op.create_table(
        "care_treatment",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "psychotherapy",
                "integration",
                "lactation",
                "peer-group",
                "day-unit",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("given_by", sa.String(length=120), nullable=True),
        sa.Column("visits_planned", sa.Integer(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "stopped_on IS NULL OR stopped_on >= started_on", name=op.f("ck_care_treatment_days")
        ),
        sa.CheckConstraint(
            "visits_planned IS NULL OR visits_planned > 0",
            name=op.f("ck_care_treatment_visits_planned"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "course_id"],
            ["course.clinic_id", "course.id"],
            name=op.f("fk_care_treatment_clinic_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_care_treatment_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_care_treatment_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_treatment")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_care_treatment_clinic_id_id")),
        info={"clinic_owned": True},
    )
    op.create_index(
        op.f("ix_care_treatment_clinic_id_course_id"),
        "care_treatment",
        ["clinic_id", "course_id"],
        unique=False,
    )
    op.create_table(
        "infant_measure",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("infant_id", sa.Uuid(), nullable=False),
        sa.Column("measured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("weight_g", sa.Integer(), nullable=True),
        sa.Column(
            "feeding",
            sa.Enum(
                "breast",
                "mixed",
                "expressed",
                "formula",
                "not-feeding",
                name="feeding",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("note", sa.String(length=300), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(corrects_id IS NULL) = (reason IS NULL)", name=op.f("ck_infant_measure_reason")
        ),
        sa.CheckConstraint(
            "NOT withdrawn OR corrects_id IS NOT NULL", name=op.f("ck_infant_measure_withdrawn")
        ),
        sa.CheckConstraint(
            "weight_g IS NOT NULL OR feeding IS NOT NULL", name=op.f("ck_infant_measure_something")
        ),
        sa.CheckConstraint(
            "weight_g IS NULL OR weight_g > 0", name=op.f("ck_infant_measure_weight_g")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "corrects_id"],
            ["infant_measure.clinic_id", "infant_measure.id"],
            name=op.f("fk_infant_measure_clinic_id_corrects_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "infant_id"],
            ["infant.clinic_id", "infant.id"],
            name=op.f("fk_infant_measure_clinic_id_infant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_infant_measure_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_infant_measure_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_infant_measure")),
        sa.UniqueConstraint(
            "clinic_id", "corrects_id", name=op.f("uq_infant_measure_clinic_id_corrects_id")
        ),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_infant_measure_clinic_id_id")),
        info={"append_only": True, "clinic_owned": True},
    )
    op.create_index(
        op.f("ix_infant_measure_clinic_id_infant_id"),
        "infant_measure",
        ["clinic_id", "infant_id"],
        unique=False,
    )
    op.create_table(
        "letter",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column(
            "recipient",
            sa.Enum(
                "gp",
                "obstetrics",
                "health-visitor",
                "paediatrics",
                name="recipient",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("recipient_name", sa.String(length=200), nullable=False),
        sa.Column("template_id", sa.Uuid(), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "corrects_id"],
            ["letter.clinic_id", "letter.id"],
            name=op.f("fk_letter_clinic_id_corrects_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "course_id"],
            ["course.clinic_id", "course.id"],
            name=op.f("fk_letter_clinic_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_letter_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "template_id"],
            ["letter_template.clinic_id", "letter_template.id"],
            name=op.f("fk_letter_clinic_id_template_id"),
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name=op.f("fk_letter_clinic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint(
            "clinic_id", "corrects_id", name=op.f("uq_letter_clinic_id_corrects_id")
        ),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_letter_clinic_id_id")),
        info={"append_only": True, "clinic_owned": True},
    )
    op.create_index(
        op.f("ix_letter_clinic_id_course_id"), "letter", ["clinic_id", "course_id"], unique=False
    )
    op.create_table(
        "care_task",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=True),
        sa.Column("task", sa.String(length=300), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(done_on IS NULL) = (done_by_id IS NULL)", name=op.f("ck_care_task_done")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "course_id"],
            ["course.clinic_id", "course.id"],
            name=op.f("fk_care_task_clinic_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "goal_id"],
            ["care_goal.clinic_id", "care_goal.id"],
            name=op.f("fk_care_task_clinic_id_goal_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_care_task_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name=op.f("fk_care_task_clinic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_task")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_care_task_clinic_id_id")),
        info={"clinic_owned": True},
    )
    op.create_index(
        op.f("ix_care_task_clinic_id_course_id"),
        "care_task",
        ["clinic_id", "course_id"],
        unique=False,
    )
    op.create_table(
        "letter_delivery",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "secure-mail",
                "post",
                "fax",
                "handed-over",
                name="way",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "sent",
                "received",
                "failed",
                name="deliverystate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "letter_id"],
            ["letter.clinic_id", "letter.id"],
            name=op.f("fk_letter_delivery_clinic_id_letter_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_letter_delivery_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_letter_delivery_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_delivery")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_letter_delivery_clinic_id_id")),
        info={"append_only": True, "clinic_owned": True},
    )
    op.create_index(
        op.f("ix_letter_delivery_clinic_id_letter_id"),
        "letter_delivery",
        ["clinic_id", "letter_id"],
        unique=False,
    )
    op.create_table(
        "milk_entry",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column(
            "event",
            sa.Enum(
                "last-feed",
                "expressed",
                "first-feed",
                name="milkevent",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ml", sa.Integer(), nullable=True),
        sa.Column("discarded", sa.Boolean(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(event = 'expressed') = (discarded IS NOT NULL)", name=op.f("ck_milk_entry_discarded")
        ),
        sa.CheckConstraint(
            "ml IS NULL OR (ml > 0 AND event = 'expressed')", name=op.f("ck_milk_entry_ml")
        ),
        sa.CheckConstraint(
            "(corrects_id IS NULL) = (reason IS NULL)", name=op.f("ck_milk_entry_reason")
        ),
        sa.CheckConstraint(
            "NOT withdrawn OR corrects_id IS NOT NULL", name=op.f("ck_milk_entry_withdrawn")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "corrects_id"],
            ["milk_entry.clinic_id", "milk_entry.id"],
            name=op.f("fk_milk_entry_clinic_id_corrects_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_milk_entry_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "session_id"],
            ["treatment_session.clinic_id", "treatment_session.id"],
            name=op.f("fk_milk_entry_clinic_id_session_id"),
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name=op.f("fk_milk_entry_clinic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milk_entry")),
        sa.UniqueConstraint(
            "clinic_id", "corrects_id", name=op.f("uq_milk_entry_clinic_id_corrects_id")
        ),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_milk_entry_clinic_id_id")),
        info={"append_only": True, "clinic_owned": True},
    )
    op.create_index(
        op.f("ix_milk_entry_clinic_id_session_id"),
        "milk_entry",
        ["clinic_id", "session_id"],
        unique=False,
    )
    op.create_table(
        "care_note",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "activity_id"],
            ["care_activity.clinic_id", "care_activity.id"],
            name=op.f("fk_care_note_clinic_id_activity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_care_note_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name=op.f("fk_care_note_clinic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_note")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_care_note_clinic_id_id")),
        info={"append_only": True, "clinic_owned": True},
    )
    op.create_index(
        op.f("ix_care_note_clinic_id_activity_id"),
        "care_note",
        ["clinic_id", "activity_id"],
        unique=False,
    )
    let_goals_stand(STATES)
    with op.batch_alter_table("care_activity") as batch_op:
        batch_op.add_column(sa.Column("group_session_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f(ONE_OF_A_GROUP),
            "group_session",
            ["clinic_id", "group_session_id"],
            ["clinic_id", "id"],
        )
        batch_op.create_unique_constraint(
            batch_op.f(ONCE_IN_A_GROUP), ["clinic_id", "group_session_id", "course_id"]
        )
    with op.batch_alter_table("medication") as batch_op:
        batch_op.add_column(
            sa.Column("stop_unclear", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_medication_stop_unclear"),
            sa.text("stopped_on IS NULL OR NOT stop_unclear"),
        )
    with op.batch_alter_table("medication") as batch_op:
        batch_op.alter_column("stop_unclear", server_default=None)


def downgrade() -> None:
    """Change them back."""
    with op.batch_alter_table("medication") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_medication_stop_unclear"), type_="check")
        batch_op.drop_column("stop_unclear")
    with op.batch_alter_table("care_activity") as batch_op:
        batch_op.drop_constraint(batch_op.f(ONCE_IN_A_GROUP), type_="unique")
        batch_op.drop_constraint(batch_op.f(ONE_OF_A_GROUP), type_="foreignkey")
        batch_op.drop_column("group_session_id")
    op.execute("UPDATE care_goal SET state = 'not-started' WHERE state = 'planned'")
    let_goals_stand(STATES_BEFORE)
    for table in (
        "care_note",
        "milk_entry",
        "letter_delivery",
        "care_task",
        "letter",
        "infant_measure",
        "care_treatment",
        "letter_consent",
        "care_helper",
        "letter_template",
        "group_session",
    ):
        op.drop_table(table)

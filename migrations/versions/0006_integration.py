"""This revision is about other treatment beside the drug: visits, and goals of the care plan."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KINDS = ("psychotherapy", "integration", "lactation", "peer-group", "day-unit", "other")
STATUSES = ("planned", "done", "missed", "not-wanted", "entered-in-error")
GOAL_STATES = ("not-started", "started", "on-track", "met", "dropped")


def codes(name: str, allowed: tuple[str, ...]) -> sa.Enum:
    """A column of codes, held by a check."""
    return sa.Enum(*allowed, name=name, native_enum=False, create_constraint=True, length=40)


def belonging(table: str, *parents: tuple[str, str]) -> list[sa.Constraint]:
    """Keys of a table of one clinic, whose parents are of the same clinic."""
    return [
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name=op.f(f"fk_{table}_clinic_id")),
        *[
            sa.ForeignKeyConstraint(
                ["clinic_id", key],
                [f"{parent}.clinic_id", f"{parent}.id"],
                name=op.f(f"fk_{table}_clinic_id_{key}"),
            )
            for parent, key in parents
        ],
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f(f"uq_{table}_clinic_id_id")),
    ]


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "care_activity",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("kind", codes("kind", KINDS), nullable=False),
        sa.Column("modality", sa.String(length=120), nullable=True),
        sa.Column("therapist_id", sa.Uuid(), nullable=True),
        sa.Column("therapist_name", sa.String(length=120), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("status", codes("status", STATUSES), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("shared_note", sa.Text(), nullable=True),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("minutes IS NULL OR minutes > 0", name=op.f("ck_care_activity_minutes")),
        sa.CheckConstraint(
            "therapist_id IS NULL OR therapist_name IS NULL",
            name=op.f("ck_care_activity_therapist"),
        ),
        *belonging(
            "care_activity",
            ("patient", "patient_id"),
            ("course", "course_id"),
            ("treatment_session", "session_id"),
        ),
    )
    op.create_table(
        "care_goal",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", codes("goalstate", GOAL_STATES), nullable=False),
        sa.Column("last_word", sa.Text(), nullable=True),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *belonging("care_goal", ("patient", "patient_id"), ("course", "course_id")),
    )
    for table, column in (
        ("care_activity", "course_id"),
        ("care_activity", "starts_at"),
        ("care_goal", "course_id"),
    ):
        name = op.f(f"ix_{table}_clinic_id_{column}")
        op.create_index(name, table, ["clinic_id", column], unique=False)


def downgrade() -> None:
    """Change them back."""
    op.drop_table("care_goal")
    op.drop_table("care_activity")

"""This revision is about responses: who took them on, what was done when, and what she told."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

STEPS = (
    *("assessed", "safety-plan", "psychiatrist-told", "emergency"),
    *("infant-protected", "asked-now", "entered-in-error"),
)


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "taken",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=True),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(response_id IS NULL) <> (contact_id IS NULL)", name=op.f("ck_taken_one")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "contact_id"],
            ["contact.clinic_id", "contact.id"],
            name=op.f("fk_taken_clinic_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_taken_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "response_id"],
            ["questionnaire_response.clinic_id", "questionnaire_response.id"],
            name=op.f("fk_taken_clinic_id_response_id"),
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name=op.f("fk_taken_clinic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taken")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_taken_clinic_id_id")),
    )
    for name in ("contact_id", "response_id"):
        op.create_index(op.f(f"ix_taken_clinic_id_{name}"), "taken", ["clinic_id", name])
    with op.batch_alter_table("contact_response", schema=None) as batch_op:
        batch_op.add_column(sa.Column("step", enum("safetystep", STEPS), nullable=True))
        batch_op.add_column(sa.Column("done_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("safety_review", schema=None) as batch_op:
        batch_op.add_column(sa.Column("done_at", sa.DateTime(timezone=True), nullable=True))
    ways_of_contact("call", "visit", "link")


def downgrade() -> None:
    """Change them back. What she told by herself counts as told in a call."""
    ways_of_contact("call", "visit", but="call")
    with op.batch_alter_table("safety_review", schema=None) as batch_op:
        batch_op.drop_column("done_at")
    with op.batch_alter_table("contact_response", schema=None) as batch_op:
        batch_op.drop_column("done_at")
        batch_op.drop_constraint(op.f("ck_contact_response_safetystep"), type_="check")
        batch_op.drop_column("step")
    op.drop_table("taken")


def enum(name: str, values: tuple[str, ...]) -> sa.Enum:
    """A column of codes, with the constraint that its table keeps."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def ways_of_contact(*ways: str, but: str | None = None) -> None:
    """Keep a contact to these ways; `but`: every other way becomes this one first."""
    words = ", ".join(f"'{way}'" for way in ways)
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_contact_how"), type_="check")
    if but is not None:
        # The trigger that keeps contacts as they are is made again once the revision is through.
        sqlite = op.get_bind().dialect.name == "sqlite"
        name = "contact_no_update" if sqlite else "contact_append_only ON contact"
        op.execute(f"DROP TRIGGER IF EXISTS {name}")
        op.execute(f"UPDATE contact SET how = '{but}' WHERE how NOT IN ({words})")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_check_constraint(op.f("ck_contact_how"), f"how IN ({words})")

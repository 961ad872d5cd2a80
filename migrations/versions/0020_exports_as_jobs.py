"""This revision is about exports that a worker makes: their orders, jobs and saved definitions."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

STATES = ("queued", "running", "ready", "failed", "cancelled", "deleted")
OF_ONE_COURSE = "fk_export_clinic_id_course_id"


def upgrade() -> None:
    """Change the tables."""
    with op.batch_alter_table("export") as batch_op:
        batch_op.alter_column(
            "table_code",
            new_column_name="what",
            type_=sa.Text(),
            existing_type=sa.String(length=40),
            existing_nullable=False,
        )
        batch_op.add_column(sa.Column("protocols", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("routes", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("course_id", sa.Uuid(), nullable=True))
        # What was exported until now was one table, as recorded.
        batch_op.add_column(
            sa.Column("identified", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        batch_op.add_column(
            sa.Column("format", sa.String(length=40), nullable=False, server_default="csv")
        )
        batch_op.create_foreign_key(
            batch_op.f(OF_ONE_COURSE), "course", ["clinic_id", "course_id"], ["clinic_id", "id"]
        )
    with op.batch_alter_table("export") as batch_op:
        for column in ("protocols", "routes", "identified", "format"):
            batch_op.alter_column(column, server_default=None)
    op.create_table(
        "export_job",
        sa.Column("export_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="jobstate", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("claim_id", sa.Uuid(), nullable=True),
        sa.Column("lease_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=True),
        sa.Column("fault", sa.String(length=300), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'running') = (claim_id IS NOT NULL)", name=op.f("ck_export_job_claimed")
        ),
        sa.CheckConstraint(
            "state <> 'ready' OR sha256 IS NOT NULL", name=op.f("ck_export_job_whole")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "export_id"],
            ["export.clinic_id", "export.id"],
            name=op.f("fk_export_job_clinic_id_export_id"),
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name=op.f("fk_export_job_clinic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_job")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_export_job_clinic_id_id")),
        sa.UniqueConstraint(
            "clinic_id", "export_id", name=op.f("uq_export_job_clinic_id_export_id")
        ),
        info={"clinic_owned": True},
    )
    op.create_index(
        op.f("ix_export_job_clinic_id_state"), "export_job", ["clinic_id", "state"], unique=False
    )
    op.create_table(
        "export_definition",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("protocols", sa.Text(), nullable=False),
        sa.Column("routes", sa.Text(), nullable=False),
        sa.Column("format", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("saved_by_id", sa.Uuid(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_export_definition_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_definition")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_export_definition_clinic_id_id")),
        sa.UniqueConstraint("clinic_id", "name", name=op.f("uq_export_definition_clinic_id_name")),
        info={"clinic_owned": True},
    )


def downgrade() -> None:
    """Change them back."""
    op.drop_table("export_definition")
    op.drop_table("export_job")
    with op.batch_alter_table("export") as batch_op:
        batch_op.drop_constraint(batch_op.f(OF_ONE_COURSE), type_="foreignkey")
        for column in ("format", "identified", "course_id", "routes", "protocols"):
            batch_op.drop_column(column)
        batch_op.alter_column(
            "what",
            new_column_name="table_code",
            type_=sa.String(length=40),
            existing_type=sa.Text(),
            postgresql_using="left(what, 40)",
            existing_nullable=False,
        )

"""This revision is about whom a clinic's own sign-in service means by a subject."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "open_id_subject",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_open_id_subject_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_id_subject")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_open_id_subject_issuer_subject")),
        sa.UniqueConstraint("user_id", "issuer", name=op.f("uq_open_id_subject_user_id_issuer")),
    )
    op.create_index(op.f("ix_open_id_subject_user_id"), "open_id_subject", ["user_id"])


def downgrade() -> None:
    """Change them back."""
    op.drop_index(op.f("ix_open_id_subject_user_id"), table_name="open_id_subject")
    op.drop_table("open_id_subject")

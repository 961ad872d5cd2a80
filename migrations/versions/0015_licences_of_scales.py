"""This revision is about licences of scales: evidence, loaded wording, comparisons."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.add_column("questionnaire_response", sa.Column("language", sa.String(8), nullable=True))
    op.add_column(
        "questionnaire_response", sa.Column("wording_digest", sa.String(64), nullable=True)
    )
    op.create_table(
        "licence_evidence",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "asked",
                "on-file",
                "withdrawn",
                name="evidencekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reference", sa.String(length=300), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("covers", sa.String(length=60), nullable=False),
        sa.Column("translation", sa.String(length=300), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=True),
        sa.Column("file_type", sa.String(length=60), nullable=True),
        sa.Column("file_size", sa.Integer(), nullable=True),
        sa.Column("file_digest", sa.String(length=64), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind <> 'on-file' OR file_digest IS NOT NULL",
            name=op.f("ck_licence_evidence_has_file"),
        ),
        sa.CheckConstraint(
            "(content IS NULL) = (file_digest IS NULL)",
            name=op.f("ck_licence_evidence_file_with_digest"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_licence_evidence_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence_evidence")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_licence_evidence_clinic_id_id")),
    )
    op.create_index(
        op.f("ix_licence_evidence_clinic_id_code"), "licence_evidence", ["clinic_id", "code"]
    )
    op.create_table(
        "scale_wording",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=False),
        sa.Column("loaded_by_id", sa.Uuid(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "evidence_id"],
            ["licence_evidence.clinic_id", "licence_evidence.id"],
            name=op.f("fk_scale_wording_clinic_id_evidence_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_scale_wording_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scale_wording")),
        sa.UniqueConstraint(
            "clinic_id",
            "code",
            "version",
            "language",
            "n",
            name=op.f("uq_scale_wording_clinic_id_code_version_language_n"),
        ),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_scale_wording_clinic_id_id")),
    )
    op.create_index(
        op.f("ix_scale_wording_clinic_id_digest"), "scale_wording", ["clinic_id", "digest"]
    )
    op.create_table(
        "wording_comparison",
        sa.Column("wording_id", sa.Uuid(), nullable=False),
        sa.Column("loaded_by_id", sa.Uuid(), nullable=False),
        sa.Column("compared_by_id", sa.Uuid(), nullable=False),
        sa.Column("compared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("same", sa.Boolean(), nullable=False),
        sa.Column("difference", sa.Text(), nullable=True),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "compared_by_id <> loaded_by_id", name=op.f("ck_wording_comparison_by_second_person")
        ),
        sa.CheckConstraint(
            "same OR difference IS NOT NULL", name=op.f("ck_wording_comparison_difference_is_said")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "wording_id"],
            ["scale_wording.clinic_id", "scale_wording.id"],
            name=op.f("fk_wording_comparison_clinic_id_wording_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_wording_comparison_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording_comparison")),
        sa.UniqueConstraint(
            "clinic_id", "wording_id", name=op.f("uq_wording_comparison_clinic_id_wording_id")
        ),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_wording_comparison_clinic_id_id")),
    )
    op.create_table(
        "scale_retirement",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_scale_retirement_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scale_retirement")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_scale_retirement_clinic_id_id")),
    )
    op.create_index(
        op.f("ix_scale_retirement_clinic_id_code"), "scale_retirement", ["clinic_id", "code"]
    )
    op.create_table(
        "own_scale",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name=op.f("fk_own_scale_clinic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_scale")),
        sa.UniqueConstraint("clinic_id", "code", "n", name=op.f("uq_own_scale_clinic_id_code_n")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_own_scale_clinic_id_id")),
    )


def downgrade() -> None:
    """Change them back."""
    op.drop_table("own_scale")
    op.drop_table("scale_retirement")
    op.drop_table("wording_comparison")
    op.drop_table("scale_wording")
    op.drop_table("licence_evidence")
    with op.batch_alter_table("questionnaire_response", schema=None) as batch_op:
        batch_op.drop_column("wording_digest")
        batch_op.drop_column("language")

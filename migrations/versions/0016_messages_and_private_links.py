"""This revision is about messages, private links, and how a woman agreed to be written to."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "message_settings",
        sa.Column("sender", sa.String(length=60), nullable=True),
        sa.Column("quiet_from", sa.String(length=5), nullable=True),
        sa.Column("quiet_until", sa.String(length=5), nullable=True),
        sa.Column("reminder_count", sa.Integer(), nullable=True),
        sa.Column("reminder_hours", sa.Integer(), nullable=True),
        sa.Column("link_hours", sa.Integer(), nullable=True),
        sa.Column("clinic_line", sa.String(length=40), nullable=True),
        sa.Column("clinic_hours", sa.String(length=60), nullable=True),
        sa.Column("crisis_line", sa.String(length=40), nullable=True),
        sa.Column("crisis_note", sa.String(length=60), nullable=True),
        sa.Column("emergency", sa.String(length=40), nullable=True),
        sa.Column("answers_read", sa.String(length=100), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_message_settings_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_settings")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_message_settings_clinic_id_id")),
        sa.UniqueConstraint("clinic_id", name=op.f("uq_message_settings_clinic_id")),
    )
    op.create_table(
        "known_phone",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_known_phone_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_known_phone_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_phone")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_known_phone_clinic_id_id")),
        sa.UniqueConstraint(
            "clinic_id", "token_hash", name=op.f("uq_known_phone_clinic_id_token_hash")
        ),
    )
    with op.batch_alter_table("known_phone", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_known_phone_clinic_id_patient_id"),
            ["clinic_id", "patient_id"],
            unique=False,
        )

    op.create_table(
        "message",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=True),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column(
            "channel",
            sa.Enum(
                "email", "sms", name="channel", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("purpose", sa.String(length=60), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("put_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "sending",
                "sent",
                "failed",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fault", sa.String(length=300), nullable=True),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_message_sent")
        ),
        sa.CheckConstraint(
            "(patient_id IS NULL) <> (user_id IS NULL)", name=op.f("ck_message_one_receiver")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_message_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name=op.f("fk_message_clinic_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_message_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_message_clinic_id_id")),
        sa.UniqueConstraint("clinic_id", "key", name=op.f("uq_message_clinic_id_key")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_message_clinic_id_patient_id"), ["clinic_id", "patient_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_message_clinic_id_state_not_before_at"),
            ["clinic_id", "state", "not_before_at"],
            unique=False,
        )

    op.create_table(
        "private_link",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "phone",
                "tablet",
                name="linkway",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("sent_by_id", sa.Uuid(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wrong_births", sa.Integer(), nullable=False),
        sa.Column("renews_id", sa.Uuid(), nullable=True),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "course_id"],
            ["course.clinic_id", "course.id"],
            name=op.f("fk_private_link_clinic_id_course_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_private_link_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "renews_id"],
            ["private_link.clinic_id", "private_link.id"],
            name=op.f("fk_private_link_clinic_id_renews_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_private_link_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_link")),
        sa.UniqueConstraint(
            "clinic_id",
            "course_id",
            "subject",
            "n",
            name=op.f("uq_private_link_clinic_id_course_id_subject_n"),
        ),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_private_link_clinic_id_id")),
        sa.UniqueConstraint(
            "clinic_id", "renews_id", name=op.f("uq_private_link_clinic_id_renews_id")
        ),
    )
    with op.batch_alter_table("private_link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_private_link_clinic_id_expires_at"),
            ["clinic_id", "expires_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_private_link_clinic_id_patient_id"),
            ["clinic_id", "patient_id"],
            unique=False,
        )

    op.create_table(
        "link_answer",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column(
            "support",
            sa.Enum(
                "talk",
                "emergency",
                name="support",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "link_id"],
            ["private_link.clinic_id", "private_link.id"],
            name=op.f("fk_link_answer_clinic_id_link_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_link_answer_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_link_answer_clinic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_answer")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_link_answer_clinic_id_id")),
        sa.UniqueConstraint(
            "clinic_id", "link_id", "seq", name=op.f("uq_link_answer_clinic_id_link_id_seq")
        ),
    )
    op.create_table(
        "link_door",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "link_id"],
            ["private_link.clinic_id", "private_link.id"],
            name=op.f("fk_link_door_clinic_id_link_id"),
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name=op.f("fk_link_door_clinic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_door")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_link_door_clinic_id_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_link_door_token_hash")),
    )
    op.create_table(
        "link_use",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "link_id"],
            ["private_link.clinic_id", "private_link.id"],
            name=op.f("fk_link_use_clinic_id_link_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_link_use_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "response_id"],
            ["questionnaire_response.clinic_id", "questionnaire_response.id"],
            name=op.f("fk_link_use_clinic_id_response_id"),
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name=op.f("fk_link_use_clinic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_use")),
        sa.UniqueConstraint("clinic_id", "id", name=op.f("uq_link_use_clinic_id_id")),
        sa.UniqueConstraint(
            "clinic_id", "link_id", "part", name=op.f("uq_link_use_clinic_id_link_id_part")
        ),
    )
    with op.batch_alter_table("patient", schema=None) as batch_op:
        batch_op.add_column(sa.Column("email", sa.String(length=254), nullable=True))
        batch_op.add_column(
            sa.Column(
                "contact_by",
                sa.Enum(
                    "sms",
                    "email",
                    "not-at-all",
                    name="contactby",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("timezone", sa.String(length=60), nullable=True))
    ways_of_answers("visit", "call", "paper", "link", "tablet")


def downgrade() -> None:
    """Change them back. What she answered on the clinic's tablet counts as answered in a visit."""
    ways_of_answers("visit", "call", "paper", "link", but="visit")
    with op.batch_alter_table("patient", schema=None) as batch_op:
        batch_op.drop_column("timezone")
        batch_op.drop_constraint(op.f("ck_patient_contactby"), type_="check")
        batch_op.drop_column("contact_by")
        batch_op.drop_column("email")

    op.drop_table("link_use")
    op.drop_table("link_door")
    op.drop_table("link_answer")
    with op.batch_alter_table("private_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_private_link_clinic_id_patient_id"))
        batch_op.drop_index(batch_op.f("ix_private_link_clinic_id_expires_at"))

    op.drop_table("private_link")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_clinic_id_state_not_before_at"))
        batch_op.drop_index(batch_op.f("ix_message_clinic_id_patient_id"))

    op.drop_table("message")
    with op.batch_alter_table("known_phone", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_known_phone_clinic_id_patient_id"))

    op.drop_table("known_phone")
    op.drop_table("message_settings")


def ways_of_answers(*ways: str, but: str | None = None) -> None:
    """Keep answers to these ways; `but`: every other way becomes this one first."""
    words = ", ".join(f"'{way}'" for way in ways)
    table = "questionnaire_response"
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{table}_way"), type_="check")
    if but is not None:
        # The trigger that keeps answers as they are is made again once the revision is through.
        sqlite = op.get_bind().dialect.name == "sqlite"
        name = f"{table}_no_update" if sqlite else f"{table}_append_only ON {table}"
        op.execute(f"DROP TRIGGER IF EXISTS {name}")
        op.execute(f"UPDATE {table} SET way = '{but}' WHERE way NOT IN ({words})")
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_check_constraint(op.f(f"ck_{table}_way"), f"way IN ({words})")

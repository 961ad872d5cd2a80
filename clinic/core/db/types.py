"""This file is about what a column holds: moments in UTC, exact decimals, codes, clients' keys."""

import enum
import uuid
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import DateTime, Dialect, Enum, MetaData, Numeric, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeEngine
from uuid6 import uuid7


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database.

    A naive datetime is refused, because nobody can say afterwards which clock it was read from.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Hand the driver UTC; SQLite keeps no zone, so it gets none."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Always aware, always UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal that comes back as it was written: SQLite would make a float of it."""

    impl = String(40)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite, NUMERIC elsewhere."""
        return dialect.type_descriptor(String(40) if dialect.name == "sqlite" else Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """Refuse NaN and infinity: they are not quantities."""
        if value is None:
            return None
        if not value.is_finite():
            raise ValueError(f"not a quantity: {value}")
        return format(value, "f") if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Back to Decimal, digits unchanged."""
        return None if value is None else Decimal(value)


def codes(members: type[enum.Enum]) -> list[str]:
    """What is stored for an enum: its code, not the Python name of the member."""
    return [str(member.value) for member in members]


def new_id() -> uuid.UUID:
    """A UUIDv7: made by whoever creates the record, ordered by time."""
    return uuid.UUID(int=uuid7().int)


class Base(DeclarativeBase):
    """The one base class of every table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        datetime: UtcDateTime,
        Decimal: ExactDecimal,
        enum.Enum: Enum(
            enum.Enum, values_callable=codes, native_enum=False, create_constraint=True, length=40
        ),
    }

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)

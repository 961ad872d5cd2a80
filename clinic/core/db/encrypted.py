"""This file is about columns that are closed with a key which is not in the database."""

from typing import Any

from sqlalchemy import Dialect, Text, TypeDecorator
from sqlalchemy.sql import operators
from sqlalchemy.sql.type_api import TypeEngine

from clinic.core.db.keys import ring

MAY = (operators.is_, operators.is_not)


class Encrypted(TypeDecorator[str]):
    """A text that lies in the table closed. It may be compared with nothing but NULL.

    place: table and column, so that a value put into another column does not open.
    """

    impl = Text
    cache_ok = True

    class Comparator(TypeDecorator.Comparator[str]):
        """Refuses what would look at ciphertext and find nothing."""

        def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
            """Only whether there is a value."""
            if op not in MAY:
                raise TypeError("an encrypted column is not compared, searched or sorted")
            return super().operate(op, *other, **kwargs)

    @property
    def comparator_factory(self) -> Any:  # type: ignore[override]
        """Asked by SQLAlchemy for each column."""
        return self.Comparator

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Close."""
        return None if value is None else ring().close(value, self.place)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """Open. Raises Unreadable."""
        return None if value is None else ring().open(value, self.place)

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        """NULL stays NULL."""
        return self

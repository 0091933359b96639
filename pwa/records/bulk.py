"""Many rows written at once: what SQLAlchemy finds out anew for each row of any statement is found out once here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from flask import current_app
from sqlalchemy import Dialect, Table, insert

from pwa.records.base import db


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    #: the columns in order
    names: Sequence[str]
    #: by place, how a value becomes what the driver takes, of those that are not taken as they are
    readers: Sequence[tuple[int, Callable[[Any], Any]]]
    is_by_place: bool

    def parameters(self, rows: Iterable[Mapping[str, Any]]) -> Iterator[Any]:
        in_order = itemgetter(*self.names)
        for row in rows:
            values = [*in_order(row)]
            for place, read in self.readers:
                values[place] = read(values[place])
            yield tuple(values) if self.is_by_place else dict(zip(self.names, values, strict=True))


def write_all(table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts rows that name every column, in one statement. ValueError, TypeError or what the database raises: one of
    them cannot be kept."""
    if not rows:
        return
    connection = db.session.connection()
    known: dict[Table, Sentence] = current_app.extensions.setdefault("sentences", {})
    if table not in known:
        known[table] = _sentence(table, connection.dialect)
    sentence = known[table]
    connection.exec_driver_sql(sentence.text, [*sentence.parameters(rows)])


def _sentence(table: Table, dialect: Dialect) -> Sentence:
    readers = (column.type.dialect_impl(dialect).bind_processor(dialect) for column in table.columns)
    of_places = [(place, read) for place, read in enumerate(readers) if read]
    return Sentence(str(insert(table).compile(dialect=dialect)), table.columns.keys(), of_places, dialect.positional)

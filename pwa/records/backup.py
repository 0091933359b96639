"""All rows written to a file as they stand, in one moment, and read from it into an empty database of either kind.

What is encrypted stays so: making a backup needs no key of the rows."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import IO, Any

from alembic.migration import MigrationContext
from sqlalchemy import (
    Column,
    Connection,
    Date,
    Integer,
    LargeBinary,
    Select,
    Table,
    Time,
    bindparam,
    func,
    insert,
    select,
)
from sqlalchemy import type_coerce as as_type

from pwa.records.base import Instant, db, table_of
from pwa.records.data_keys import DataKey
from pwa.records.lasting import LastingKey
from pwa.records.people import Clinic
from pwa.records.versions import ServerState

#: rows in one statement
SOME = 1000
#: what a database without anyone in it may hold
BEGUN = (table_of(DataKey), table_of(ServerState), table_of(LastingKey))


class Refused(Exception):
    """The text says why, in a line."""


def dump(out: IO[str]) -> int:
    """How many rows."""
    with _one_moment() as connection:
        _line(out, {"revision": _revision(connection)})
        total = 0
        for table in db.metadata.sorted_tables:
            _line(out, {"table": table.name, "columns": [column.name for column in table.columns]})
            for row in connection.execution_options(yield_per=SOME).execute(_raw(table)):
                _line(out, [_written(value) for value in row])
                total += 1
        _line(out, {"end": total})
    return total


def load(lines: Iterator[str]) -> int:
    """How many rows. The caller commits, so that it is all of them or none."""
    connection = db.session.connection()
    if connection.scalar(select(func.count()).select_from(table_of(Clinic))):
        raise Refused("This database is not empty.")
    head = json.loads(next(lines))
    if head["revision"] != _revision(connection):
        raise Refused(f"The backup is of revision {head['revision']}, the database of {_revision(connection)}.")
    for table in BEGUN:
        connection.execute(table.delete())
    total = _load(connection, map(json.loads, lines))
    if connection.dialect.name == "postgresql":
        for table in db.metadata.sorted_tables:
            _count_on(connection, table)
    return total


def _load(connection: Connection, lines: Iterator[Any]) -> int:
    table, rows, total = BEGUN[0], [], 0
    readers: list[Any] = []
    for line in lines:
        if isinstance(line, list):
            rows.append({f"its_{name}": read(value) for (name, read), value in zip(readers, line, strict=True)})
            total += 1
        if rows and (isinstance(line, dict) or len(rows) == SOME):
            connection.execute(_inserted(table), rows)
            rows = []
        if isinstance(line, dict):
            look_at(connection, table)
            if "end" in line:
                if line["end"] == total:
                    return total
                break
            table = db.metadata.tables[line["table"]]
            readers = [(name, _reader(table.c[name])) for name in line["columns"]]
    raise Refused("The backup does not hold as many rows as it says.")


def look_at(connection: Connection, table: Table) -> None:
    """Else PostgreSQL, to which it is new, goes through all of a patient's rows for each one that points there."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"ANALYZE {table.name}")


def _one_moment() -> Connection:
    """What others write meanwhile is not seen."""
    connection = db.engine.connect()
    if connection.dialect.name == "postgresql":
        connection.execution_options(isolation_level="REPEATABLE READ")
    return connection


def _raw(table: Table) -> Select[*tuple[Any, ...]]:
    return select(*(as_type(column, LargeBinary) if _is_bytes(column) else column for column in table.columns))


def _inserted(table: Table) -> Any:
    kinds = {column.name: LargeBinary() if _is_bytes(column) else column.type for column in table.columns}
    return insert(table).values({name: bindparam(f"its_{name}", type_=kind) for name, kind in kinds.items()})


def _is_bytes(column: Column[Any]) -> bool:
    """Encrypted ones are; they are neither opened nor shut here."""
    return isinstance(column.type, LargeBinary) or isinstance(getattr(column.type, "impl", None), LargeBinary)


def _written(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, date | time) else value


def _reader(column: Column[Any]) -> Any:
    kinds: tuple[tuple[bool, Any], ...] = (
        (_is_bytes(column), base64.b64decode),
        (isinstance(column.type, Instant), datetime.fromisoformat),
        (isinstance(column.type, Date), date.fromisoformat),
        (isinstance(column.type, Time), time.fromisoformat),
    )
    read = next((read for fits, read in kinds if fits), None)
    return lambda value: read(value) if read and value is not None else value


def _count_on(connection: Connection, table: Table) -> None:
    """So that the next row's number is one that no row has."""
    [*key] = table.primary_key
    if len(key) == 1 and isinstance(key[0].type, Integer):
        sequence = connection.scalar(select(func.pg_get_serial_sequence(table.name, key[0].name)))
        last = connection.scalar(select(func.max(key[0])))
        if sequence and last:
            connection.execute(select(func.setval(sequence, last)))


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _line(out: IO[str], said: Any) -> None:
    out.write(json.dumps(said, separators=(",", ":")) + "\n")

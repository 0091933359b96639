"""The database: its names, its instants, and how SQLite is made durable."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DDL, Connection, CursorResult, DateTime, Dialect, Insert, MetaData, Table, UpdateBase, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


class SqliteMoment(sqlite.DATETIME):
    """As text, in UTC: SQLite knows no zones. SQLAlchemy writes and reads the same text in several steps; some moments
    stand in every row."""

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], str | None]:
        return lambda moment: moment.isoformat(" ", "microseconds").removesuffix("+00:00") if moment else None

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[str | None], datetime | None]:
        return lambda text: datetime.fromisoformat(f"{text}+00:00") if text else None


class Instant(TypeDecorator[datetime]):
    """A moment: aware and in UTC on both sides."""

    impl = DateTime(timezone=True).with_variant(SqliteMoment, "sqlite")
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None


PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # a receipt is given after the commit is on the disk
    "foreign_keys=ON",
    "busy_timeout=20000",  # milliseconds
    # ids are random, so that writes fall everywhere: keep 64 MB of pages, and move the log over every 32 MB, not 4
    "cache_size=-65536",
    "wal_autocheckpoint=8000",
)


@event.listens_for(Engine, "connect")
def _make_sqlite_durable(connection: Any, _record: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None  # we begin transactions ourselves, below
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_as_asked(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def table_of(model: type[Any]) -> Table:
    """For statements in bulk: the table beneath, without the session's book-keeping."""
    table: Table = model.__table__
    return table


def insert_new(table: Table, connection: Connection) -> Insert:
    """Both databases have it, and SQLAlchemy in each one's own dialect: rows that stand there already are left."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement: Insert = dialect.insert(table).on_conflict_do_nothing()
    return statement


def guard(table: Table, triggers: Mapping[str, Iterable[str]]) -> None:
    """The table is made with them. `triggers`: by dialect, as sentences."""
    for dialect, sentences in triggers.items():
        for sentence in sentences:
            event.listen(table, "after_create", DDL(sentence).execute_if(dialect=dialect))  # type: ignore[no-untyped-call]


def changed(statement: UpdateBase) -> int:
    """Runs it; how many rows it changed or removed. The caller commits."""
    return cast(CursorResult[Any], db.session.execute(statement)).rowcount


def begin_writing() -> None:
    """Starts a transaction that holds SQLite's one writer from the first statement on, so that none has to be repeated.

    What the request read before is read again. On PostgreSQL rows are locked one by one instead."""
    db.session.rollback()
    db.session.connection(execution_options={"begin": "BEGIN IMMEDIATE"})


def end_reading() -> None:
    """For a request that has read and will write: on SQLite it would fail if another wrote in between.

    What was read stays in its objects."""
    db.session.commit()

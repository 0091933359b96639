"""Alembic's way to our tables; run through `flask db`."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from flask import current_app
from sqlalchemy import Connection

database = current_app.extensions["migrate"].db


def run() -> None:
    with database.engine.connect() as connection, _tables_can_be_made_anew(connection):
        context.configure(
            connection=connection, target_metadata=database.metadata, render_as_batch=True, compare_type=True
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


@contextmanager
def _tables_can_be_made_anew(connection: Connection) -> Iterator[None]:
    """SQLite changes a column by dropping its table, to which others refer; they are looked at afterwards."""
    if connection.dialect.name != "sqlite":
        yield
        return
    sqlite = connection.connection.driver_connection
    sqlite.execute("PRAGMA foreign_keys=OFF")  # without effect inside a transaction
    yield
    if broken := sqlite.execute("PRAGMA foreign_key_check").fetchall():
        raise RuntimeError(f"references to nothing after the migration: {broken[:5]}")
    sqlite.execute("PRAGMA foreign_keys=ON")


run()

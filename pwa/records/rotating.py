"""Rows under an older key, written anew under the newest: while the service runs, a few hundred at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import LargeBinary, Select, Table, bindparam, delete, func, literal, or_, select, tuple_, update
from sqlalchemy import type_coerce as as_type

from pwa.records import chain
from pwa.records.base import begin_writing, db
from pwa.records.data_keys import DataKey, begin_with_newest, refuse_without_needed
from pwa.records.encrypted import as_kept, encrypted_columns
from pwa.records.keyring import keyring
from pwa.records.keys import take_over

#: rows in one transaction
SOME = 500


def rotate() -> Iterator[tuple[str, int]]:
    """How many rows of each table were written anew. Killed and started again, it goes on with what is left."""
    refuse_without_needed(db.session.connection())
    begin_writing()
    begin_with_newest(db.session.connection())
    db.session.commit()
    for table, columns in encrypted_columns(db.metadata):
        yield table.name, sum(_pass(table, list(columns)))
    yield chain.CHAINS.name, sum(chain.seal_anew(clinic_id) for clinic_id in chain.clinics())


def take_over_pairs(secret_key: str) -> int:
    """How many an earlier SECRET_KEY still shuts."""
    begin_writing()
    shut = take_over(db.session.connection(), secret_key)
    db.session.commit()
    return shut


def forget_older() -> bool:
    """Older keys are not needed any longer; False: some still are, by rows that others were writing just then."""
    tables = encrypted_columns(db.metadata)
    if any(db.session.execute(_older(table, list(columns)).limit(1)).first() for table, columns in tables):
        return False
    begin_writing()
    db.session.execute(delete(DataKey).where(DataKey.number != keyring().newest))
    db.session.commit()
    return True


def _pass(table: Table, columns: list[Any]) -> Iterator[int]:
    """In the order of the keys. A row that somebody just writes is left alone, so that nobody is waited for."""
    key = list(table.primary_key)
    page = _older(table, columns).order_by(*key).limit(SOME)
    after = page
    while True:
        begin_writing()
        rows = db.session.execute(after.with_for_update(skip_locked=True)).all()
        if rows:
            _write(table, columns, rows)
        db.session.commit()
        yield len(rows)
        if len(rows) < SOME:
            return
        after = page.where(tuple_(*key) > tuple_(*(literal(value) for value in rows[-1][: len(key)])))


def _older(table: Table, columns: list[Any]) -> Select[*tuple[Any, ...]]:
    """Rows of which anything stands under another key than the newest: their keys, and what is to be written anew."""
    newest = bytes((keyring().newest,))
    older = or_(*(func.substr(as_type(column, LargeBinary), 1, 1) != newest for column in columns))
    return select(*table.primary_key, *map(as_kept, columns)).where(older)


def _write(table: Table, columns: list[Any], rows: Sequence[Any]) -> None:
    these = [column == bindparam(f"its_{column.name}") for column in table.primary_key]
    found = [
        {f"its_{column.name}": getattr(row, column.name) for column in table.primary_key}
        | {f"new_{column.name}": getattr(row, column.name) for column in columns}
        for row in rows
    ]
    if "email_index" in table.c:
        columns = [*columns, table.c.email_index]
        for each in found:
            email = each["new_email"]
            each["new_email_index"] = keyring().index(email) if email else None
    new = {column.name: bindparam(f"new_{column.name}", type_=column.type) for column in columns}
    db.session.connection().execute(update(table).where(*these).values(new), found)

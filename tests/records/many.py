"""So many versions and as many journal entries, quickly: the first are written as ever, the others are their copies."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime

from sqlalchemy import CTE, String, Table, cast, func, insert, literal, select
from sqlalchemy.sql import ColumnElement

from pwa.records import JournalEntry, Version, db
from pwa.records.backup import look_at
from pwa.records.base import begin_writing, table_of
from tests.conftest import CAST

#: that are written; enough of them that a pack does not find one again
SOME = 1000
NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
WORDS = "The gate was open. " * 20


def lay_down(count: int) -> None:
    """Of Ana, in whole thousands."""
    begin_writing()
    _write_first()
    for model in (Version, JournalEntry):
        _copy(table_of(model), count // SOME - 1)
        look_at(db.session.connection(), table_of(model))
    db.session.commit()


def _write_first() -> None:
    clinic, ana = CAST["ana"][:2]
    ids = [str(uuid.uuid4()) for _ in range(SOME)]
    whose = {"clinic_id": clinic, "patient_id": ana, "received_at": NOW}
    version = {**whose, "outcome": "stored", "kind": "journal", "parents": [], "author_id": ana}
    head = {**whose, "day": NOW.date(), "felt_at": NOW, "written_at": NOW, "zone": "UTC", "audience": "me"}
    versions = [
        {**version, "id": id_, "record": id_, "seq": seq, "text": json.dumps({"id": id_, "text": WORDS}).encode()}
        for seq, id_ in enumerate(ids, 1)
    ]
    entries = [{**head, "version_id": id_, "record": id_, "text": WORDS} for id_ in ids]
    db.session.connection().execute(insert(table_of(Version)), versions)
    db.session.connection().execute(insert(table_of(JournalEntry)), entries)


def _copy(table: Table, times: int) -> None:
    """Under ids that are as scattered as real ones: their beginnings stay, only the last eight places are others."""
    numbers = _numbers(times)
    others: dict[str, ColumnElement[object]] = {
        name: func.substr(table.c[name], 1, 28).concat(cast(numbers.c.n + 10**7, String))
        for name in ("id", "version_id", "record")
        if name in table.c
    }
    if "seq" in table.c:
        others["seq"] = table.c.seq + numbers.c.n * SOME
    columns = list(table.columns)
    values = select(*(others.get(column.name, column) for column in columns)).select_from(
        table.join(numbers, literal(value=True))
    )
    db.session.connection().execute(insert(table).from_select(columns, values))


def _numbers(last: int) -> CTE:
    first = select(literal(1).label("n")).where(literal(last) > 0).cte("numbers", recursive=True)
    return first.union_all(select(first.c.n + 1).where(first.c.n < last))

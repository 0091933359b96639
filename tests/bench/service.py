"""A service that grows: one clinic by the product's own command, and further clinics that are like it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Engine, Table, create_engine, insert, literal, null, select
from sqlalchemy.sql import ColumnElement

from pwa.records import Clinic, db
from pwa.records.base import table_of

#: of one clinic
PATIENTS, DAYS = 250, 180
SECRET = "a secret for benches that is long enough"
DATA_KEYS = "1:quJISYQtcIK2b1fOgnC9BNosOf-5ffIoA8JwmDAyxOU="
#: their ids are of the whole service, and no page of the clinic reads them
LEFT = {"audit", "sign_in", "device", "push_subscription"}


def begin(url: str) -> None:
    """The first clinic."""
    settings = {"SECRET_KEY": SECRET, "DATA_KEYS": DATA_KEYS, "DATABASE_URL": url, "SECURE_COOKIES": "no"}
    env = {**os.environ, **settings}
    flask = [Path(sys.executable).with_name("flask"), "--app", "wsgi"]
    amount = ["--patients", str(PATIENTS), "--days", str(DAYS), "--seed", "7"]
    for words in (["db", "upgrade"], ["demo", *amount]):
        subprocess.run([*flask, *words], env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def grow(url: str, clinics: int) -> None:
    """Until there are so many; each further one says what the first says, under its own id."""
    engine = create_engine(url)
    with engine.connect() as connection:
        first, *others = connection.execute(
            select(table_of(Clinic).c.id).order_by(table_of(Clinic).c.created_at, "id")
        ).scalars()
    for n in range(len(others) + 1, clinics):
        _add(engine, first, str(uuid5(NAMESPACE_URL, f"clinic {n}")))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
    engine.dispose()


def _add(engine: Engine, first: str, new: str) -> None:
    with engine.begin() as connection:
        for table in db.metadata.sorted_tables:
            whose = table.c.id if table.name == "clinic" else table.c.get("clinic_id")
            if whose is None or table.name in LEFT:
                continue
            columns = list(table.columns)
            values = select(*(_value(table, column, whose, new) for column in columns)).where(whose == first)
            connection.execute(insert(table).from_select(columns, values))


def _value(table: Table, column: ColumnElement[object], whose: ColumnElement[str], new: str) -> ColumnElement[object]:
    """Only the first clinic's people have an address: one is of the whole service."""
    if column is whose:
        return literal(new)
    return null() if table.name == "person" and column.name in ("email", "email_index") else column

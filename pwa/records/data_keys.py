"""Which keys rows stand under, so that a key that is missing is noticed before anything is read or written."""

from __future__ import annotations

import logging
from datetime import datetime
from threading import RLock

from cryptography.exceptions import InvalidTag
from flask import Flask
from sqlalchemy import Connection, Engine, LargeBinary, event, inspect, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, mapped_column

from pwa.config import now
from pwa.config.wrong import WrongSetting
from pwa.records.base import Base, Instant, db, insert_new, table_of
from pwa.records.keyring import keyring
from pwa.records.keys import still_shut

log = logging.getLogger(__name__)
PLACE = "data_key.proof"


class DataKey(Base):
    """A key of `DATA_KEYS` that wrote here, and that is still needed. Never the key itself."""

    __tablename__ = "data_key"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    #: encrypted under it: opens only if the setting has this very key under this number
    proof: Mapped[bytes] = mapped_column(LargeBinary)
    since: Mapped[datetime] = mapped_column(Instant)


class Proof:
    """Stands before the first use of the database, however late in a process that comes: none goes on with a key
    missing or another under its number, and none writes under a key that is not registered."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.is_given, self.is_asked, self.lock = engine, False, False, RLock()
        event.listen(engine, "engine_connect", self.before_use)

    def before_use(self, _connection: Connection | None = None) -> None:
        if self.is_given:
            return
        with self.lock:
            if not self.is_given and not self.is_asked:
                self.is_asked = True  # by this thread, whose own connection comes by here as well
                try:
                    self.is_given = self.ask()
                finally:
                    self.is_asked = False

    def ask(self) -> bool:
        """False: there are no tables yet."""
        with self.engine.connect() as connection:
            if not inspect(connection).has_table(DataKey.__tablename__):
                return False
            is_registered = refuse_without_needed(connection)
            if shut := still_shut(connection):
                log.warning("%s pairs by which phones seal do not open: docs/running.md, Keys", shut)
        if not is_registered:
            with self.engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection:
                begin_with_newest(connection)
                connection.commit()
        return True


def register(app: Flask) -> None:
    """Stops the start if rows need a key that is not there. While the database is away it goes on, and is stopped once
    the database answers."""
    with app.app_context():
        proof = Proof(db.engine)
        try:
            proof.before_use()
        except OperationalError as failure:
            log.warning("the database does not answer, so keys are proved once it does: %s", failure.orig)
        finally:
            db.engine.dispose()  # processes that are forked from this one must not share its connection


def refuse_without_needed(connection: Connection) -> bool:
    """Whether the newest is among those that are registered."""
    rows = connection.execute(select(table_of(DataKey)).order_by(DataKey.number)).all()
    for number, proof, _ in rows:
        if number not in keyring():
            raise WrongSetting("DATA_KEYS", f"must have key {number}: rows stand under it")
        try:
            keyring().decrypt(proof, PLACE)
        except InvalidTag:
            raise WrongSetting("DATA_KEYS", f"has another key {number} than the one of the rows") from None
    return keyring().newest in {row.number for row in rows}


def begin_with_newest(connection: Connection) -> None:
    """The caller commits."""
    keys, number = table_of(DataKey), keyring().newest
    if connection.scalar(select(keys.c.number).where(keys.c.number == number)) is None:
        row = {"number": number, "proof": keyring().encrypt(b"", PLACE), "since": now()}
        connection.execute(insert_new(keys, connection), row)

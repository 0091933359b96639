"""Which keys rows stand under, so that a key that is missing is noticed at the start and not at somebody's words."""

from __future__ import annotations

import logging
from datetime import datetime

from cryptography.exceptions import InvalidTag
from flask import Flask
from sqlalchemy import Connection, LargeBinary, inspect, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, mapped_column

from pwa.config import now
from pwa.config.wrong import WrongSetting
from pwa.records.base import Base, Instant, db, insert_new, table_of
from pwa.records.keyring import keyring

log = logging.getLogger(__name__)
PLACE = "data_key.proof"


class DataKey(Base):
    """A key of `DATA_KEYS` that wrote here, and that is still needed. Never the key itself."""

    __tablename__ = "data_key"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    #: encrypted under it: opens only if the setting has this very key under this number
    proof: Mapped[bytes] = mapped_column(LargeBinary)
    since: Mapped[datetime] = mapped_column(Instant)


def register(app: Flask) -> None:
    """Stops the start if rows need a key that is not there. While the database is away nothing can be said."""
    with app.app_context():
        try:
            if inspect(db.engine).has_table(DataKey.__tablename__):
                refuse_without_needed()
                begin_with_newest(db.session.connection())
                db.session.commit()
        except OperationalError as failure:
            log.warning("which keys rows need could not be asked: %s", failure.orig)
        finally:
            db.session.remove()
            db.engine.dispose()  # processes that are forked from this one must not share its connection


def refuse_without_needed() -> None:
    for key in db.session.scalars(select(DataKey).order_by(DataKey.number)):
        if key.number not in keyring():
            raise WrongSetting("DATA_KEYS", f"must have key {key.number}: rows stand under it")
        try:
            keyring().decrypt(key.proof, PLACE)
        except InvalidTag:
            raise WrongSetting("DATA_KEYS", f"has another key {key.number} than the one of the rows") from None


def begin_with_newest(connection: Connection) -> None:
    """The caller commits."""
    keys, number = table_of(DataKey), keyring().newest
    if connection.scalar(select(keys.c.number).where(keys.c.number == number)) is None:
        row = {"number": number, "proof": keyring().encrypt(b"", PLACE), "since": now()}
        connection.execute(insert_new(keys, connection), row)

"""Keyed hashes that outlive SECRET_KEY and every key of DATA_KEYS: their key is a row of its own, encrypted, and so it
is written anew with all others when the data key changes."""

from __future__ import annotations

import hmac
import os

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from pwa.records.base import Base, db, insert_new, table_of
from pwa.records.encrypted import Encrypted


class LastingKey(Base):
    """The newest makes hashes. By older ones is asked what an earlier release hashed under a data key."""

    __tablename__ = "lasting_key"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    secret: Mapped[bytes] = mapped_column(Encrypted("lasting_key.secret"))


def lasting_hash(of: str) -> str:
    """Makes the key where there is none. The caller commits."""
    if not _keys():
        row = {"number": 1, "secret": os.urandom(32)}
        db.session.connection().execute(insert_new(table_of(LastingKey), db.session.connection()), row)
    return lasting_hashes(of)[0]


def lasting_hashes(of: str) -> list[str]:
    """Under each that may have made one, the newest first."""
    return [hmac.new(key, of.encode(), "sha256").hexdigest() for key in _keys()]


def _keys() -> list[bytes]:
    keys = table_of(LastingKey)
    return list(db.session.scalars(select(keys.c.secret).order_by(keys.c.number.desc())))

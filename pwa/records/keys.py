"""The server's key pairs, to which a locked phone seals what it writes."""

from __future__ import annotations

from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, LargeBinary, String, func, inspect, select, update
from sqlalchemy.orm import Mapped, mapped_column

from pwa.records.base import Base, Instant, table_of
from pwa.records.encrypted import Encrypted
from pwa.records.keyring import NONCE, derived


class ServerKey(Base):
    """One P-256 key pair. It is kept as long as any phone may hold something sealed to it: for ever."""

    __tablename__ = "server_key"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    #: the point, uncompressed, 65 bytes
    public: Mapped[bytes] = mapped_column(LargeBinary)
    #: the private number, 32 bytes; null: it is still shut under an earlier SECRET_KEY
    private: Mapped[bytes | None] = mapped_column(Encrypted("server_key.private"))
    #: as an earlier release kept it: nonce, then AES-GCM under a key derived from SECRET_KEY
    wrapped: Mapped[bytes | None] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(Instant)


def take_over(connection: Connection, secret_key: str) -> int:
    """Opens what this SECRET_KEY had shut. How many stay shut. The caller commits."""
    keys = table_of(ServerKey)
    shut = connection.execute(select(keys.c.id, keys.c.wrapped).where(keys.c.private.is_(None))).all()
    found = {id_: private for id_, wrapped in shut if (private := unwrapped(bytes(wrapped), id_, secret_key))}
    for id_, private in found.items():
        connection.execute(update(keys).where(keys.c.id == id_).values(private=private, wrapped=None))
    return len(shut) - len(found)


def unwrapped(wrapped: bytes, key_id: str, secret_key: str) -> bytes | None:
    """None if it was wrapped under another SECRET_KEY."""
    box = AESGCM(derived(secret_key.encode(), b"tidelog server key 1"))
    try:
        return box.decrypt(wrapped[:NONCE], wrapped[NONCE:], key_id.encode())
    except InvalidTag:
        return None


def still_shut(connection: Connection) -> int:
    """0 where the tables are those of an earlier release."""
    keys = table_of(ServerKey)
    if keys.c.private.name not in {column["name"] for column in inspect(connection).get_columns(keys.name)}:
        return 0
    return connection.scalar(select(func.count()).where(keys.c.private.is_(None))) or 0

"""The server's key pairs, to which a locked phone seals what it writes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from pwa.records.base import Base, Instant


class ServerKey(Base):
    """One P-256 key pair. It is kept as long as any phone may hold something sealed to it: for ever."""

    __tablename__ = "server_key"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    #: the point, uncompressed, 65 bytes
    public: Mapped[bytes] = mapped_column(LargeBinary)
    #: the private number, 32 bytes, wrapped under a key derived from SECRET_KEY: nonce, then AES-GCM
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(Instant)

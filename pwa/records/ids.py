"""Ids made on the server."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime


def uuid7(moment: datetime) -> str:
    """Begins with the moment, in milliseconds, so that rows written together stand together (RFC 9562)."""
    milliseconds = int(moment.timestamp() * 1000)
    bits = milliseconds << 80 | 7 << 76 | secrets.randbits(12) << 64 | 2 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=bits))

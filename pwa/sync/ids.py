"""Ids of versions and records, in the order in which they were made."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime


def new_id(moment: datetime) -> str:
    """A UUIDv7 (RFC 9562): milliseconds, then chance."""
    milliseconds = int(moment.timestamp() * 1000)
    bits = milliseconds << 80 | 7 << 76 | secrets.randbits(12) << 64 | 2 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=bits))

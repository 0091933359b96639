"""A hash that nobody can make who has the database alone: of short secrets, and of what should not be read there."""

from __future__ import annotations

import hmac

from flask import current_app


def keyed_hash(of: str) -> str:
    return hmac.new(str(current_app.secret_key).encode(), of.encode(), "sha256").hexdigest()

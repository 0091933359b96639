"""What nobody can make or read who has the database alone: hashes of short secrets, and secrets that we need again."""

from __future__ import annotations

import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

NONCE = 12


def keyed_hash(of: str) -> str:
    return hmac.new(str(current_app.secret_key).encode(), of.encode(), "sha256").hexdigest()


def sealed(what: str, whose: str) -> bytes:
    """What is moved to another person's row does not open there."""
    nonce = os.urandom(NONCE)
    return nonce + _cipher().encrypt(nonce, what.encode(), whose.encode())


def unsealed(kept: bytes, whose: str) -> str:
    """InvalidTag if it was changed, or sealed under another SECRET_KEY."""
    return _cipher().decrypt(kept[:NONCE], kept[NONCE:], whose.encode()).decode()


def _cipher() -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, b"", b"tidelog accounts 1").derive(str(current_app.secret_key).encode()))

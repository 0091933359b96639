"""The keys of the setting, made ready: what seals a chain is made of them, never they themselves."""

from __future__ import annotations

import hmac
from functools import cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import Flask, current_app

from pwa.config.keys import Keys


class Keyring:
    def __init__(self, keys: Keys) -> None:
        #: the number of the key that writes
        self.newest = next(iter(keys))
        self._seals = {number: derived(key, b"tidelog seal 1") for number, key in keys.items()}

    def seal(self, what: bytes, number: int | None = None) -> str:
        """Who has the database alone cannot make it. `number`: of another key than the newest."""
        return hmac.new(self._seals[number or self.newest], what, "sha256").hexdigest()

    def is_sealed(self, what: bytes, number: int, seal: str) -> bool:
        return number in self._seals and hmac.compare_digest(self.seal(what, number), seal)


def register(app: Flask, keys: Keys) -> None:
    app.extensions["keyring"] = Keyring(keys)


def keyring() -> Keyring:
    ring: Keyring = current_app.extensions["keyring"]
    return ring


@cache
def derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, b"", purpose).derive(key)

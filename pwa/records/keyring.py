"""The keys of the setting, made ready: what encrypts, what finds again and what seals is made of them, each its own."""

from __future__ import annotations

import hmac
import os
from collections.abc import Mapping
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import Flask, current_app

from pwa.config.keys import Keys

NONCE = 12


class Keyring:
    def __init__(self, keys: Keys) -> None:
        #: the number of the key that writes
        self.newest = next(iter(keys))
        self._ciphers = {number: AESGCM(derived(key, b"tidelog values 1")) for number, key in keys.items()}
        self._indexes = {number: derived(key, b"tidelog index 1") for number, key in keys.items()}
        self._seals = {number: derived(key, b"tidelog seal 1") for number, key in keys.items()}

    def __contains__(self, number: int) -> bool:
        return number in self._ciphers

    def encrypt(self, value: bytes, place: str) -> bytes:
        """The key's number, a nonce, AES-GCM. `place`: what is moved to another column does not open there."""
        nonce = os.urandom(NONCE)
        return bytes((self.newest,)) + nonce + self._ciphers[self.newest].encrypt(nonce, value, place.encode())

    def decrypt(self, kept: bytes, place: str) -> bytes:
        """InvalidTag if it was changed; KeyError if its key is not here."""
        return self._ciphers[kept[0]].decrypt(kept[1 : NONCE + 1], kept[NONCE + 1 :], place.encode())

    def index(self, value: str) -> str:
        """By which a value is found without being read."""
        return _mac(self._indexes, self.newest, value.encode())

    def indexes(self, value: str) -> list[str]:
        """The same under each key, as long as rows of an older one may stand."""
        return [_mac(self._indexes, number, value.encode()) for number in self._indexes]

    def index_keys(self) -> dict[int, bytes]:
        """By which an earlier release made hashes that must outlive them."""
        return dict(self._indexes)

    def seal(self, what: bytes) -> str:
        """Who has the database alone cannot make it."""
        return _mac(self._seals, self.newest, what)

    def is_sealed(self, what: bytes, number: int, seal: str) -> bool:
        return number in self and hmac.compare_digest(_mac(self._seals, number, what), seal)


def register(app: Flask, keys: Keys) -> None:
    app.extensions["keyring"] = Keyring(keys)


def keyring() -> Keyring:
    ring: Keyring = current_app.extensions["keyring"]
    return ring


@cache
def derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, b"", purpose).derive(key)


def _mac(keys: Mapping[int, bytes], number: int, what: bytes) -> str:
    return hmac.new(keys[number], what, "sha256").hexdigest()

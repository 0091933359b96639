"""A file that whoever writes it cannot open again: only the holder of the other half of a key pair can.

X25519 with a pair made for this file, HKDF, then AES-GCM piece by piece. A piece says its place and whether it is the
last one, so that none can be left out, moved or cut off unseen (STREAM, Hoang and others 2015)."""

from __future__ import annotations

import base64
import binascii
import io
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"tidelog backup 1\n"
PIECE, TAG, POINT = 1 << 20, 16, 32


class Shut(Exception):
    """It does not open: another key, another file, or one that was cut or changed."""


class Box:
    """For writing. Without `close` its end is missing, and it does not open."""

    def __init__(self, file: IO[bytes], to: bytes) -> None:
        self._file, self._waiting, self._pieces = file, bytearray(), 0
        ours = X25519PrivateKey.generate()
        point = ours.public_key().public_bytes_raw()
        self._cipher = _cipher(ours.exchange(X25519PublicKey.from_public_bytes(to)), point, to)
        file.write(MAGIC + point)

    def write(self, data: bytes) -> int:
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._put(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(data)

    def flush(self) -> None:
        """Pieces are of one size, so what waits goes on waiting."""

    def close(self) -> None:
        self._put(bytes(self._waiting), last=True)

    def _put(self, piece: bytes, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._pieces, last), piece, None))
        self._pieces += 1


class Opened(io.RawIOBase):
    """For reading."""

    def __init__(self, file: IO[bytes], key: bytes) -> None:
        self._file, self._left, self._pieces, self._is_last = file, b"", 0, False
        ours = X25519PrivateKey.from_private_bytes(key)
        if file.read(len(MAGIC)) != MAGIC:
            raise Shut
        point, to = file.read(POINT), ours.public_key().public_bytes_raw()
        self._cipher = _cipher(ours.exchange(X25519PublicKey.from_public_bytes(point)), point, to)
        self._next = file.read(PIECE + TAG)

    def readable(self) -> bool:
        return True

    def readinto(self, into: bytearray) -> int:  # type: ignore[override]
        while not self._left and not self._is_last:
            self._left = self._take()
        some, self._left = self._left[: len(into)], self._left[len(into) :]
        into[: len(some)] = some
        return len(some)

    def _take(self) -> bytes:
        piece, self._next = self._next, self._file.read(PIECE + TAG)
        self._is_last = not self._next
        try:
            opened = self._cipher.decrypt(_nonce(self._pieces, self._is_last), piece, None)
        except InvalidTag:
            raise Shut from None
        self._pieces += 1
        return opened


def new_pair() -> tuple[str, str]:
    """For the server, and for whoever opens its backups."""
    key = X25519PrivateKey.generate()
    halves = key.public_key().public_bytes_raw(), key.private_bytes_raw()
    return tuple(base64.urlsafe_b64encode(half).decode() for half in halves)  # type: ignore[return-value]


def half(text: str) -> bytes | None:
    """None if it is none."""
    try:
        raw = base64.b64decode(text, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if len(raw) == POINT else None


def _cipher(shared: bytes, point: bytes, to: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, point + to, MAGIC).derive(shared))


def _nonce(place: int, last: bool) -> bytes:
    return place.to_bytes(11, "big") + bytes((last,))

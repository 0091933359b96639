"""The server's key pairs, and what a locked phone sealed to them (the byte format: docs/sync.md)."""

from __future__ import annotations

import base64
import secrets
import uuid
from binascii import Error as NotBase64

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import current_app
from sqlalchemy import select

from pwa.config import now
from pwa.records import ServerKey, db
from pwa.sync.envelope import Unseal, as_text

CURVE = ec.SECP256R1()
POINT, NONCE = 65, 12


def this_key() -> ServerKey | None:
    """The newest pair that this SECRET_KEY opens."""
    newest_first = db.session.scalars(select(ServerKey).order_by(ServerKey.made_at.desc(), ServerKey.id))
    return next((key for key in newest_first if _private(key) is not None), None)


def new_key() -> ServerKey:
    """The caller commits."""
    private, key_id = ec.generate_private_key(CURVE), str(uuid.uuid4())
    public = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    number = private.private_numbers().private_value.to_bytes(32, "big")
    made = ServerKey(id=key_id, public=public, wrapped=_wrapped(number, key_id), made_at=now())
    db.session.add(made)
    return made


def as_base64(data: bytes) -> str:
    """base64url without padding, as all bytes travel."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unsealer(owner: str) -> Unseal:
    """Opens what this owner's phones sealed; what another's sealed stays shut."""

    def unseal(version_id: str, key_id: str, sealed: str) -> str | None:
        key = db.session.get(ServerKey, key_id)
        private = _private(key) if key else None
        if private is None:
            return None
        try:
            raw = base64.b64decode(sealed + "=" * (-len(sealed) % 4), altchars=b"-_", validate=True)
            point, nonce, locked = raw[:POINT], raw[POINT : POINT + NONCE], raw[POINT + NONCE :]
            shared = private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point))
            opened = AESGCM(_derived(shared, point, b"tidelog sealed 1")).decrypt(
                nonce, locked, f"{owner}/{version_id}".encode()
            )
            return as_text(opened)
        except (NotBase64, ValueError, InvalidTag):
            return None

    return unseal


def _private(key: ServerKey) -> ec.EllipticCurvePrivateKey | None:
    """None if it was wrapped under another SECRET_KEY."""
    nonce, locked = key.wrapped[:NONCE], key.wrapped[NONCE:]
    try:
        number = AESGCM(_wrapping_key()).decrypt(nonce, locked, key.id.encode())
    except InvalidTag:
        return None
    return ec.derive_private_key(int.from_bytes(number, "big"), CURVE)


def _wrapped(number: bytes, key_id: str) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(_wrapping_key()).encrypt(nonce, number, key_id.encode())


def _wrapping_key() -> bytes:
    return _derived(str(current_app.config["SECRET_KEY"]).encode(), b"", b"tidelog server key 1")


def _derived(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, purpose).derive(secret)

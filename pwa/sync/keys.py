"""The server's key pairs, and what a locked phone sealed to them (the byte format: docs/sync.md)."""

from __future__ import annotations

import base64
import uuid
from binascii import Error as NotBase64

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import select

from pwa.config import now
from pwa.records import ServerKey, db
from pwa.sync.envelope import Unseal, as_text

CURVE = ec.SECP256R1()
POINT, NONCE = 65, 12


def this_key() -> ServerKey | None:
    """The newest pair that opens."""
    newest_first = select(ServerKey).order_by(ServerKey.made_at.desc(), ServerKey.id)
    found: ServerKey | None = db.session.scalar(newest_first.where(ServerKey.private.is_not(None)).limit(1))
    return found


def new_key() -> ServerKey:
    """The caller commits."""
    private, key_id = ec.generate_private_key(CURVE), str(uuid.uuid4())
    public = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    number = private.private_numbers().private_value.to_bytes(32, "big")
    made = ServerKey(id=key_id, public=public, private=number, made_at=now())
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
    """None if it is still shut under an earlier SECRET_KEY."""
    return ec.derive_private_key(int.from_bytes(key.private, "big"), CURVE) if key.private else None


def _derived(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, purpose).derive(secret)

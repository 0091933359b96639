"""What keeps a passkey and signs with it, as WebAuthn says; told to, it lies."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import bytes_to_base64url as text

HERE = "http://localhost"
PRESENT, VERIFIED, HAS_KEY = 0x01, 0x04, 0x40


class Authenticator:
    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(32)
        self.count, self.counts = 0, True

    def make(self, options: dict[str, Any], origin: str = HERE, flags: int = PRESENT | VERIFIED) -> dict[str, Any]:
        numbers = self.key.public_key().public_numbers()
        point = {-2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        key = cbor2.dumps({1: 2, 3: -7, -1: 1, **point})
        data = self._data(options["rp"]["id"], flags | HAS_KEY)
        data += bytes(16) + len(self.id).to_bytes(2, "big") + self.id + key
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = _client("webauthn.create", options["challenge"], origin)
        return self._said(clientDataJSON=client, attestationObject=attestation)

    def use(
        self, options: dict[str, Any], origin: str = HERE, rp: str = "localhost", flags: int = PRESENT | VERIFIED
    ) -> dict[str, Any]:
        self.count += self.counts
        data, client = self._data(rp, flags), _client("webauthn.get", options["challenge"], origin)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._said(clientDataJSON=client, authenticatorData=data, signature=signature)

    def _data(self, rp: str, flags: int) -> bytes:
        return hashlib.sha256(rp.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _said(self, **response: bytes) -> dict[str, Any]:
        written = {name: text(part) for name, part in response.items()}
        return {"id": text(self.id), "rawId": text(self.id), "type": "public-key", "response": written}


def _client(what: str, challenge: str, origin: str) -> bytes:
    return json.dumps({"type": what, "challenge": challenge, "origin": origin, "crossOrigin": False}).encode()

"""Passkeys (WebAuthn): made for this address alone, used only by who unlocks them, each answer once."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import webauthn
from flask import request, session
from sqlalchemy import delete, select
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, options_to_json_dict
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from pwa.accounts.browsers import named
from pwa.accounts.keyed import keyed_hash
from pwa.accounts.passwords import known_as
from pwa.accounts.way import own_address
from pwa.config import now
from pwa.records import Challenge, Passkey, Person, db
from pwa.records.base import begin_writing, changed

log = logging.getLogger(__name__)
LASTS = timedelta(minutes=5)
VERIFIED = UserVerificationRequirement.REQUIRED
#: in the browser's session: what it was asked to sign
CHALLENGE = "challenge"
#: what a made-up or broken answer may raise on its way through the library
NOT_ONE_OF_OURS = (WebAuthnException, ValueError, TypeError, KeyError)


def passkeys_of(person: Person) -> Sequence[Passkey]:
    theirs = (Passkey.clinic_id == person.clinic_id, Passkey.person_id == person.id)
    return db.session.scalars(select(Passkey).where(*theirs).order_by(Passkey.made_at)).all()


def options_to_make(person: Person) -> dict[str, Any]:
    """For the browser. Commits."""
    known = [PublicKeyCredentialDescriptor(base64url_to_bytes(one.credential)) for one in passkeys_of(person)]
    options = webauthn.generate_registration_options(
        rp_id=_rp_id(),
        rp_name="Tidelog",
        user_id=person.id.encode(),
        user_name=known_as(person),
        challenge=_new_challenge("make"),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=VERIFIED
        ),
        exclude_credentials=known,
    )
    return options_to_json_dict(options)


def options_to_use() -> dict[str, Any]:
    """For the browser; it names nobody, so it tells nothing. Commits."""
    options = webauthn.generate_authentication_options(
        rp_id=_rp_id(), challenge=_new_challenge("use"), user_verification=VERIFIED
    )
    return options_to_json_dict(options)


def made_passkey(person: Person, answer: dict[str, Any]) -> Passkey | None:
    """Not added yet. None if it was not made for us, just now, by who unlocked it."""
    challenge = _taken_challenge("make")
    if challenge is None:
        return None
    try:
        made = webauthn.verify_registration_response(
            credential=answer, expected_challenge=challenge, require_user_verification=True, **_expected()
        )
    except NOT_ONE_OF_OURS as error:
        _log(error)
        return None
    return Passkey(
        clinic_id=person.clinic_id,
        id=str(uuid4()),
        person_id=person.id,
        credential=bytes_to_base64url(made.credential_id),
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        name=named(request.user_agent.string),
        made_at=now(),
    )


def used_passkey(answer: dict[str, Any]) -> Passkey | None:
    """The one by which this answer was signed. The caller commits."""
    challenge = _taken_challenge("use")
    found = db.session.scalar(select(Passkey).where(Passkey.credential == str(answer.get("id"))))
    if challenge is None or found is None:
        return None
    try:
        used = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            credential_public_key=found.public_key,
            credential_current_sign_count=found.sign_count,
            require_user_verification=True,
            **_expected(),
        )
    except NOT_ONE_OF_OURS as error:
        _log(error)
        return None
    found.sign_count = used.new_sign_count
    return found


def forget_passkeys(person: Person) -> None:
    """The caller commits."""
    theirs = (Passkey.clinic_id == person.clinic_id, Passkey.person_id == person.id)
    db.session.execute(delete(Passkey).where(*theirs))


def _rp_id() -> str:
    return str(urlsplit(own_address()).hostname)


def _expected() -> dict[str, Any]:
    return {"expected_rp_id": _rp_id(), "expected_origin": own_address()}


def _new_challenge(purpose: str) -> bytes:
    begin_writing()
    value = secrets.token_bytes(32)
    db.session.execute(delete(Challenge).where(Challenge.expires_at <= now()))
    db.session.add(Challenge(key=_key(purpose, value), expires_at=now() + LASTS))
    db.session.commit()
    session[CHALLENGE] = bytes_to_base64url(value)
    return value


def _taken_challenge(purpose: str) -> bytes | None:
    """Once, also if its cookie is kept and sent again."""
    begin_writing()
    value = base64url_to_bytes(session.pop(CHALLENGE, ""))
    taken = delete(Challenge).where(Challenge.key == _key(purpose, value), Challenge.expires_at > now())
    return value if changed(taken) else None


def _key(purpose: str, value: bytes) -> str:
    return keyed_hash(f"challenge:{purpose}:{value.hex()}")


def _log(error: Exception) -> None:
    log.warning("A passkey was refused: %s", type(error).__name__)

"""A browser asks to be told. Its address moves to whoever signed in there last."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64decode

from cryptography.hazmat.primitives.asymmetric import ec
from flask import Blueprint, Response, current_app, jsonify, request

from pwa.accounts import came_from_a_script_of_ours, this_sign_in
from pwa.accounts.same_site import said_by_a_script
from pwa.config import now
from pwa.config.outgoing import Outgoing
from pwa.errors import Problem
from pwa.notices.guard import may_be_pushed_to
from pwa.notices.push import public_key
from pwa.records import PushSubscription, db
from pwa.records.base import end_reading

blueprint = Blueprint("push", __name__)
AUTH_BYTES = 16
MOST_BYTES = 8192


@blueprint.get("/push")
def key() -> Response:
    """What a browser needs to ask its push service; null where nothing is pushed."""
    outgoing: Outgoing = current_app.config["OUTGOING"]
    return jsonify(key=public_key(outgoing.vapid_key) if outgoing.vapid_key else None)


@blueprint.post("/push")
def subscribe() -> Response:
    if not came_from_a_script_of_ours():
        raise Problem("cross-site")
    sign_in = this_sign_in()
    endpoint, p256dh, auth = _asked()
    end_reading()
    db.session.merge(
        PushSubscription(
            id=hashlib.sha256(endpoint.encode()).hexdigest(),
            clinic_id=sign_in.clinic_id,
            person_id=sign_in.person_id,
            sign_in_id=sign_in.id,
            endpoint=endpoint,
            p256dh=p256dh,
            auth=auth,
            renewed_at=now(),
        )
    )
    db.session.commit()
    return Response(status=204)


def _asked() -> tuple[str, str, str]:
    """Problem "unreadable" for whatever a browser's own subscription could not be."""
    if (request.content_length or 0) > MOST_BYTES:
        raise Problem("too-large")
    said = said_by_a_script()
    try:
        endpoint, p256dh, auth = said["endpoint"], said["keys"]["p256dh"], said["keys"]["auth"]
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(p256dh))
        good = len(_bytes(auth)) == AUTH_BYTES and type(endpoint) is str
    except (TypeError, KeyError, ValueError):
        raise Problem("unreadable") from None
    if not good or not may_be_pushed_to(endpoint, current_app.config["OUTGOING"].to_loopback):
        raise Problem("unreadable")
    return endpoint, p256dh, auth


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))

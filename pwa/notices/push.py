"""Web Push: encrypted to one browser (RFC 8291), signed as from this service (RFC 8292)."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from py_vapid import Vapid02

from pwa.config import now
from pwa.config.outgoing import Outgoing
from pwa.notices.browsers import forget, live
from pwa.notices.guard import connect
from pwa.notices.outcome import Failed
from pwa.notices.words import Message
from pwa.records import Notice, PushSubscription

PATIENCE = 20
#: seconds that a push service may keep it for a phone that is off
KEPT = {"reminder": 3 * 60 * 60}
KEPT_OTHERWISE = 24 * 60 * 60
GONE = (404, 410)
#: Safari shows this form by itself, without a worker (declarative web push)
DECLARATIVE = 8030


def send(notice: Notice, message: Message, hand_over: Callable[[], bool]) -> None:
    """To every browser in which the person is signed in and asked to be told. Raises Failed if none took it."""
    outgoing: Outgoing = current_app.config["OUTGOING"]
    if not outgoing.vapid_key:
        raise Failed("no-push-key", for_good=True)
    browsers = live(notice.clinic_id, notice.person_id)
    if not hand_over():
        return
    answers = [_post(browser, notice, message, outgoing) for browser in browsers]
    if any(200 <= answer < 300 for answer in answers):
        return
    lasting = all(answer in GONE or (400 <= answer < 500 and answer != 429) for answer in answers)
    raise Failed(f"push-{max(answers)}" if answers else "no-browser", for_good=lasting)


def payload(notice: Notice, message: Message) -> bytes:
    shown: dict[str, Any] = {"title": message.title, "body": message.text, "lang": message.language, "tag": notice.id}
    if message.off:
        with force_locale(message.language):
            shown["actions"] = [{"action": "off", "title": _("No more reminders"), "navigate": message.off}]
    return json.dumps({"web_push": DECLARATIVE, "notification": {**shown, "navigate": message.link}}).encode()


def public_key(vapid_key: str) -> str:
    """What a browser must be told to accept pushes of ours."""
    point = Vapid02.from_raw(vapid_key.encode()).public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def _post(browser: PushSubscription, notice: Notice, message: Message, outgoing: Outgoing) -> int:
    """The service's answer; 0 if there was none. A browser that is no more is forgotten."""
    try:
        body = http_ece.encrypt(
            payload(notice, message),
            private_key=ec.generate_private_key(ec.SECP256R1()),
            dh=_bytes(browser.p256dh),
            auth_secret=_bytes(browser.auth),
            version="aes128gcm",
        )
        status = _answer(browser.endpoint, body, _headers(browser.endpoint, notice, outgoing), outgoing.to_loopback)
    except (OSError, HTTPException, ValueError):  # ValueError: an address that is none
        return 0
    if status in GONE:
        forget(browser)
    return status


def _answer(endpoint: str, body: bytes, headers: dict[str, str], to_loopback: bool) -> int:
    url = urlsplit(endpoint)
    connection = connect(endpoint, to_loopback, PATIENCE)
    try:
        connection.request("POST", url.path + (f"?{url.query}" if url.query else ""), body, headers)
        return connection.getresponse().status
    finally:
        connection.close()


def _headers(endpoint: str, notice: Notice, outgoing: Outgoing) -> dict[str, str]:
    url = urlsplit(endpoint)
    expires = int((now() + timedelta(hours=12)).timestamp())
    claims = {"sub": f"mailto:{outgoing.sender}", "aud": f"{url.scheme}://{url.netloc}", "exp": expires}
    signed: dict[str, str] = Vapid02.from_raw(outgoing.vapid_key.encode()).sign(claims)
    return {
        **signed,
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT.get(notice.what, KEPT_OTHERWISE)),
        "Urgency": "high",
    }


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

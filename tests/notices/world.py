"""A real mail server and a stand-in push service on this machine, and couriers as processes of their own."""

from __future__ import annotations

import base64
import email
import os
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from datetime import time as clock_time
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import http_ece
from aiosmtpd.controller import Controller
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask
from py_vapid import Vapid02
from py_vapid.utils import b64urlencode

from pwa.config.outgoing import Mail, Outgoing
from pwa.records import Responder, SafetySettings, db
from tests.conftest import CAST, CLINIC, DATA_KEYS, SECRET
from tests.forked import Forked

ADDRESS = "http://localhost:8000"
SENDER = "tidelog@here.test"
PATIENCE = 60


@dataclass
class Mailbox:
    """What the server took, and what it answers to what is handed over."""

    port: int
    mails: list[Message] = field(default_factory=list)
    answers: str = "250 taken"
    #: to whoever says who sends
    answers_sender: str = "250 go on"
    #: called when a whole mail has come and no answer was given yet
    before_answering: Callable[[], None] | None = None

    async def handle_MAIL(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        envelope.mail_from = address
        return self.answers_sender

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.answers.startswith("250"):
            self.mails.append(email.message_from_bytes(envelope.content))
        if self.before_answering:
            self.before_answering()
        return self.answers

    @property
    def outgoing(self) -> Mail:
        return Mail("127.0.0.1", self.port, tls="none")

    def to(self) -> list[str]:
        """Whom the mails went to, in order."""
        return [mail["To"] for mail in self.mails]

    def open(self) -> None:
        self.server = Controller(self, hostname="127.0.0.1", port=self.port)
        self.server.start()

    def shut(self) -> None:
        self.server.stop()


class PushService:
    """One browser's push service: decrypts as the standard says, and answers what it is told to."""

    def __init__(self) -> None:
        self.key, self.secret = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers = 201
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                plain = http_ece.decrypt(body, private_key=service.key, auth_secret=service.secret, version="aes128gcm")
                service.got.append((dict(self.headers), plain))
                self.send_response(service.answers)
                self.end_headers()

            def log_message(self, *_: Any) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def subscription(self, name: str = "abc") -> dict[str, Any]:
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        keys = {"p256dh": b64urlencode(point), "auth": b64urlencode(self.secret)}
        return {"endpoint": f"http://127.0.0.1:{self.server.server_port}/push/{name}", "keys": keys}

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def new_key() -> str:
    vapid = Vapid02()
    vapid.generate_keys()
    return b64urlencode(vapid.private_key.private_numbers().private_value.to_bytes(32, "big"))


KEY = new_key()


def outgoing(mailbox: Mailbox) -> Outgoing:
    return Outgoing(mailbox.outgoing, SENDER, ADDRESS, KEY, to_loopback=True)


def signed(header: str) -> bool:
    return bool(Vapid02.verify(header))


def part(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def rota(app: Flask) -> None:
    """Two people answer alerts, and patients are told when an entry was seen."""
    with app.app_context():
        rules: dict[str, Any] = {"minutes": {}, "levels": {}, "off": [], "signed": []}
        hours = {"days": [1, 2, 3, 4, 5], "opens": clock_time(9), "closes": clock_time(17)}
        db.session.add(SafetySettings(clinic_id=CLINIC, tells_seen=True, **rules, **hours))
        for place, who in ((1, "clinician"), (2, "another-clinician")):
            db.session.add(Responder(clinic_id=CLINIC, place=place, person_id=CAST[who][1]))
        db.session.commit()
        db.session.remove()


def mail_settings(mailbox: Mailbox) -> dict[str, str]:
    """As the environment says them."""
    return {"MAIL_URL": f"smtp://127.0.0.1:{mailbox.port}", "MAIL_FROM": SENDER, "PUBLIC_URL": ADDRESS}


def courier(url: str, mailbox: Mailbox, moment: Path, **env: str) -> Forked:
    """A courier as a process, whose clock stands at what is written in the file `moment`."""
    keys = {"SECRET_KEY": SECRET, "DATA_KEYS": DATA_KEYS}
    everything = {**os.environ, **keys, **mail_settings(mailbox), "DATABASE_URL": url, "MOMENT": str(moment), **env}
    return Forked("tests.notices.a_courier", env=everything)


def write_moment(path: Path, moment: datetime) -> None:
    """At once, so that nobody reads half of it."""
    fresh = path.with_suffix(".new")
    fresh.write_text(moment.isoformat())
    fresh.replace(path)


def until(is_so: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.05)

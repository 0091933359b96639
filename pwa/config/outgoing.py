"""Settings of what goes out: mail, and push."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

from pwa.config.wrong import WrongSetting

PORTS = {"smtp": 587, "smtps": 465}
ADDRESS = re.compile(r"[!-~]+@[!-~]+")
MAIL = "must be smtps://user:password@host, smtp://user:password@host or folder:///srv/mail"


@dataclass(frozen=True)
class Mail:
    """Where mails are handed over: a server, or with `folder` a folder of files, for trying things out."""

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    #: from the first byte, after greeting, or not at all: "implicit", "starttls", "none"
    tls: str = "implicit"
    folder: str = ""


@dataclass(frozen=True)
class Outgoing:
    #: None: no mail goes out, and the courier does not start
    mail: Mail | None = None
    #: whose mails they are
    sender: str = ""
    #: where people reach this service, for the links in what goes out
    address: str = ""
    #: 32 bytes, base64url, made by `flask vapid`; empty: nothing is pushed and mail takes over
    vapid_key: str = ""
    #: for tests: also to push services on this machine
    to_loopback: bool = False

    @property
    def hosts(self) -> list[str] | None:
        """The names by which this service may be asked; None: any, on a machine where it is tried out."""
        host = urlsplit(self.address).hostname or "localhost"
        return None if is_loopback(host) else [host, "localhost", "127.0.0.1"]

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Outgoing:
        mail = _mail(env.get("MAIL_URL", ""))
        return cls(mail, _sender(env, mail), _address(env, mail), _vapid(env.get("VAPID_KEY", "")))


def is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _mail(text: str) -> Mail | None:
    if not text:
        return None
    url = _split(text)
    if url and url.scheme == "folder" and url.path.startswith("/") and not url.netloc:
        return Mail(folder=unquote(url.path))
    if url is None or url.scheme not in PORTS or not url.hostname or url.path.strip("/"):
        raise WrongSetting("MAIL_URL", MAIL)
    tls = "implicit" if url.scheme == "smtps" else "none" if is_loopback(url.hostname) else "starttls"
    user, password = unquote(url.username or ""), unquote(url.password or "")
    return Mail(url.hostname, url.port or PORTS[url.scheme], user, password, tls)


def _split(text: str) -> SplitResult | None:
    """None if that is no address; its port is looked at as well."""
    try:
        url = urlsplit(text)
        return url if url.port != 0 else None
    except ValueError:
        return None


def _sender(env: Mapping[str, str], mail: Mail | None) -> str:
    sender = env.get("MAIL_FROM", "")
    if (mail or sender) and not ADDRESS.fullmatch(sender):
        raise WrongSetting("MAIL_FROM", "must be the address that mails come from, such as tidelog@clinic.example")
    return sender


def _address(env: Mapping[str, str], mail: Mail | None) -> str:
    text = env.get("PUBLIC_URL", "")
    url = _split(text)
    good = url and url.hostname and not url.path.strip("/") and not url.query
    safe = url and (url.scheme == "https" or (url.scheme == "http" and is_loopback(url.hostname or "")))
    if (mail or text) and not (good and safe):
        raise WrongSetting(
            "PUBLIC_URL", "must be where people reach this service, such as https://tidelog.clinic.example"
        )
    return text.rstrip("/")


def _vapid(text: str) -> str:
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raw = b""
    if text and len(raw) != 32:
        raise WrongSetting("VAPID_KEY", "must be a key that `flask --app wsgi vapid` made")
    return text

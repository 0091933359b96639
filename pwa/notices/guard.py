"""Where a push may be sent: the address comes from a browser, and must never lead into the clinic's own network."""

from __future__ import annotations

import ipaddress
import socket
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import urlsplit

from pwa.config.outgoing import is_loopback

LONGEST = 2000


def may_be_pushed_to(endpoint: str, to_loopback: bool) -> bool:
    """By its form alone; where its name leads is looked at when something is sent."""
    try:
        url = urlsplit(endpoint)
        port, host = url.port, url.hostname or ""
    except ValueError:
        return False
    if len(endpoint) > LONGEST or not endpoint.isascii() or url.username is not None or not host:
        return False
    if to_loopback and is_loopback(host):
        return True
    return url.scheme == "https" and port in (None, 443) and not _is_address(host) and "." in host


def connect(endpoint: str, to_loopback: bool, patience: float) -> HTTPConnection:
    """A connection to the very address that was looked at, so that a name cannot lead elsewhere a moment later.

    OSError if there is none that is allowed."""
    if not may_be_pushed_to(endpoint, to_loopback):
        raise OSError("not an address to push to")
    url = urlsplit(endpoint)
    host = url.hostname or ""
    port = url.port or (443 if url.scheme == "https" else 80)
    found = {str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    if not all(is_public(address) or (to_loopback and is_loopback(address)) for address in found):
        raise OSError("leads to a private address")
    kind = HTTPSConnection if url.scheme == "https" else HTTPConnection
    connection = kind(host, port, timeout=patience)
    address = min(found, key=lambda one: (":" in one, one))  # many servers reach no IPv6
    connection._create_connection = lambda _, *how: socket.create_connection((address, port), *how)  # type: ignore[attr-defined]
    return connection


def is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address)
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    return ip.is_global and not ip.is_multicast and (inner is None or inner.is_global)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True

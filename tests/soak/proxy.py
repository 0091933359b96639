"""A network between one phone and the server, which loses, delays, repeats, cuts and lies by a seeded plan."""

from __future__ import annotations

import json
import socket
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from threading import Lock, Thread
from typing import Any

from tests.soak.faults import FAULTS, Answer, fault_for

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}
#: how long each call takes while it is watched whether two go at once, and for how long that is watched, in seconds
WATCHED, WATCH = 0.3, 2.5


class Proxy(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, behind: int, chance: Random, only: Sequence[str] = ()) -> None:
        super().__init__(("127.0.0.1", 0), Line)
        self.behind, self.chance, self.only = behind, chance, only
        self.port = int(self.server_address[1])
        self.address = f"http://localhost:{self.port}"
        self.lock = Lock()
        self.calm = True
        self.injected: Counter[str] = Counter()
        #: how the server itself failed
        self.failures: list[str] = []
        #: version id → the texts that ever left this phone under it
        self.sent: dict[str, set[str]] = defaultdict(set)
        self.earlier: Answer | None = None
        #: calls on their way, and those to /sync of the people on this phone
        self.under_way = self.syncing = 0
        self.watching_until, self.crossed = 0.0, 0
        Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def fault(self, path: str, wanted: str) -> str | None:
        with self.lock:
            if path == "/sync" and self.is_watching:
                return "watched"
            name = None if self.calm else fault_for(path, wanted, self.chance, self.only)
            if name:
                self.injected[name] += 1
            return name

    def watch(self) -> None:
        """From now on, for a short while, no two calls may be on their way at once."""
        self.watching_until = time.monotonic() + WATCH

    @property
    def is_watching(self) -> bool:
        return time.monotonic() < self.watching_until

    def on_its_way(self, path: str, by: int) -> None:
        with self.lock:
            self.under_way += by
            if path != "/sync":
                return
            self.syncing += by
            if by > 0 and self.syncing > 1 and self.is_watching:
                self.crossed += 1

    def note(self, body: bytes) -> None:
        with self.lock:
            for text in json.loads(body)["versions"]:
                version = json.loads(text)
                if "sealed" not in version:  # what the lock sealed is kept as what is inside it
                    self.sent[version["id"]].add(text)

    def handle_error(self, *_: Any) -> None:
        """A browser that was killed hangs up in the middle: that is what it is for."""


class Line(BaseHTTPRequestHandler):
    """One call."""

    server: Proxy
    protocol_version = "HTTP/1.1"

    def serve(self) -> None:
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.close_connection = True  # else the browser sends again by itself what was lost, and no page would notice
        self.server.on_its_way(self.path, 1)
        try:
            if self.path == "/sync" and self.command == "POST":
                self.server.note(self.body)
            self._go(self.server.fault(self.path, self.headers.get("Sec-Fetch-Dest", "")))
        except (OSError, HTTPException):
            self.hang_up()  # the phone or the server is gone
        finally:
            self.server.on_its_way(self.path, -1)

    do_GET = do_POST = do_HEAD = serve  # noqa: N815

    def _go(self, fault: str | None) -> None:
        if fault == "watched":
            time.sleep(WATCHED)
        if fault in FAULTS:
            return FAULTS[fault](self)
        return self.tell(self.ask())

    def ask(self) -> Answer:
        """What the server answers."""
        connection = HTTPConnection("127.0.0.1", self.server.behind, timeout=60)
        try:
            connection.request(self.command, self.path, self.body or None, plain(self.headers.items()))
            got = connection.getresponse()
            answer = Answer(got.status, got.getheaders(), got.read())
        finally:
            connection.close()
        if got.status >= 500:
            self.server.failures.append(f"{got.status} {self.command} {self.path}")
        if self.path == "/sync" and got.status == 200:
            self.server.earlier = answer
        return answer

    def ask_perhaps(self) -> None:
        if self.server.chance.random() < 0.5:
            self.ask()

    def ask_half(self) -> None:
        said = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
        head = f"{self.command} {self.path} HTTP/1.1\r\n{said}\r\n".encode()
        with socket.create_connection(("127.0.0.1", self.server.behind)) as to_server:
            to_server.sendall((head + self.body)[: len(head) + len(self.body) // 2])

    def tell(self, answer: Answer, half: bool = False) -> None:
        status, headers, body = answer
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Connection", "close")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if half else body)

    def tell_half(self, answer: Answer) -> None:
        self.tell(answer, half=True)

    def wait(self, longest: float) -> None:
        time.sleep(self.server.chance.uniform(0.05, longest))

    def hang_up(self) -> None:
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """The plan is known by its seed."""


def plain(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Without the wish for compression: a lie changes what it passes on."""
    return {name: value for name, value in headers if name.lower() not in ("accept-encoding", "connection")}

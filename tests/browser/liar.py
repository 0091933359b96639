"""What stands between a phone and its clinic: hands everything on, and answers `/sync` as it is told to."""

from __future__ import annotations

import json
import threading
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tools.serving import free_port

Lie = dict[str, Any]
#: shared with the phone's tests without a browser
LIES: list[Lie] = json.loads((Path(__file__).parent.parent / "lies.json").read_text())
#: never answers
HANGS: Lie = {"hangs": True}
#: of a way that lets nothing but small calls through
TOO_LARGE: Lie = {"status": 413, "type": "text/html", "body": "Too large", "lets_through": "calls without versions"}
#: what belongs to one stretch of the way, or is said anew
OF_THE_WAY = {"connection", "transfer-encoding", "date", "server"}


class Liar:
    def __init__(self, behind: int) -> None:
        self.behind, self.port = behind, free_port()
        self.address = f"http://localhost:{self.port}"
        self.lie: Lie | None = None
        #: how many calls were answered with a lie
        self.lied = 0
        self.stopped = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), lambda *asked: _Call(self, *asked))
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.stopped.set()
        self.server.shutdown()
        self.server.server_close()


class _Call(BaseHTTPRequestHandler):
    def __init__(self, liar: Liar, *asked: Any) -> None:
        self.liar = liar
        super().__init__(*asked)

    def do_GET(self) -> None:
        self.hand_on(b"")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        lie, asked = self.liar.lie, json.loads(body) if self.path == "/sync" else None
        if lie and asked and (asked["versions"] or "lets_through" not in lie):
            self.tell(lie, asked)
        else:
            self.hand_on(body)

    def hand_on(self, body: bytes) -> None:
        there = HTTPConnection("127.0.0.1", self.liar.behind, timeout=30)
        there.request(self.command, self.path, body, dict(self.headers))
        answer = there.getresponse()
        said = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in OF_THE_WAY:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(said)
        there.close()

    def tell(self, lie: Lie, asked: dict[str, Any]) -> None:
        if "hangs" in lie:
            self.liar.lied += 1
            self.liar.stopped.wait()
            return
        receipts = [{"id": json.loads(text)["id"], "outcome": "stored"} for text in asked["versions"]]
        text = lie.get("body", "").replace("{batch}", asked["batch"]).replace("{owner}", asked["owner"])
        text = text.replace("{receipts}", json.dumps(receipts))
        if text or not lie.get("cut"):
            self.send_response_only(lie.get("status", 200))
            length = 500 if lie.get("cut") else len(text)
            headers = {"Content-Type": "application/json", "Content-Length": str(length), **lie.get("headers", {})}
            for name, value in {**headers, **({"Content-Type": lie["type"]} if "type" in lie else {})}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text.encode())
        self.liar.lied += 1

    def log_message(self, *said: Any) -> None:
        """What a test did is seen in the test."""

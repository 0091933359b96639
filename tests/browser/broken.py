"""The product as if a deploy or the way to it had gone wrong: its worker is a newer one and lists a file more, and that
file, or the pages, come as the name says. `whole` is the same worker with nothing wrong."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from pwa.shell import worker
from wsgi import app

FILE = "/static/pages/newer-ABCDEFGH.js"
KEEP = ("Cache-Control", "max-age=31536000")
SCRIPT = ("Content-Type", "text/javascript; charset=utf-8")
PAGE = ("Content-Type", "text/html; charset=utf-8")

with app.app_context():
    kept = worker.kept()
version = kept.script.split('"')[3]
script = kept.script.replace('"files": [', f'"files": ["{FILE}", ', 1)
newer = worker.Kept(*(text.replace(version, "newer", 1) for text in (script, kept.pages)))
app.extensions["worker"] = newer

Answer = tuple[str, list[tuple[str, str]], bytes]
Wsgi = Callable[..., Iterable[bytes]]


def answering(lies: dict[str, Answer | None]) -> Wsgi:
    """Answers some addresses with a lie, None: not within this test's time, and everything else as it should."""

    def served(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] not in lies:
            return app(environ, start)
        lie = lies[environ["PATH_INFO"]]
        if lie is None:
            time.sleep(300)
            return []
        status, headers, body = lie
        start(status, headers)
        return [body]

    return served


TRUE: Answer = ("200 OK", [SCRIPT, KEEP], b"// newer")
whole = answering({FILE: TRUE})
missing = answering({})
failing = answering({FILE: ("503 Service Unavailable", [SCRIPT], b"// later")})
redirected = answering({FILE: ("302 Found", [("Location", "/sw.js")], b"")})
portal = answering({FILE: ("200 OK", [PAGE, KEEP], b"<h1>Welcome to the hotel</h1>")})
cut = answering({FILE: ("200 OK", [SCRIPT, ("Content-Length", "5000")], b"// newer")})
mixed = answering({FILE: TRUE, "/pages.json": ("200 OK", [("Content-Type", "application/json")], kept.pages.encode())})
portal_for_pages = answering({FILE: TRUE, "/pages.json": ("200 OK", [PAGE], b"<h1>Welcome to the hotel</h1>")})
hanging = answering({FILE: None})

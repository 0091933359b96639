"""The built files: hashed names, kept for ever by browsers, compressed when built; those of the last builds too."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise

DIST = Path(__file__).parent.parent / "static" / "dist"
HASHED = re.compile(r"-[A-Z0-9]{8}\.(js|css)$")

#: RFC 8246; a year is as long as anybody keeps anything
FOR_EVER = "max-age=31536000, immutable"


def serve(app: Flask, headers: Mapping[str, str]) -> None:
    """`headers`: what files carry, as every answer does."""
    files = WhiteNoise(
        app.wsgi_app,
        root=DIST,
        prefix="static/",
        max_age=3600,
        allow_all_origins=False,
        mimetypes={".svg": 'image/svg+xml; charset="utf-8"'},
        add_headers_function=partial(_say, headers),
        immutable_file_test=lambda _path, url: bool(HASHED.search(url)),
    )
    for url, file in files.files.items():
        if HASHED.search(url):
            file.alternatives = [(coded, path, _unasked(said)) for coded, path, said in file.alternatives]
    app.wsgi_app = files  # type: ignore[method-assign]
    app.jinja_env.globals.update(asset=asset, preloads=preloads)


def _say(headers: Mapping[str, str], said: Headers, _path: str, url: str) -> None:
    for header in headers.items():
        said.add_header(*header)
    if HASHED.search(url):
        said["Cache-Control"] = FOR_EVER


def _unasked(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without what a browser would ask by whether a file changed: it never does, and fifty times it weighs a lot."""
    return [(name, value) for name, value in headers if name not in ("ETag", "Last-Modified")]


def asset(name: str) -> str:
    """The address of a built file by its plain name, such as css/patient.css or pages/today.js."""
    return "/static/" + str(built()["files"][name])


def preloads(name: str) -> list[str]:
    """The addresses of what a script imports, so that the browser fetches all of it at once."""
    return ["/static/" + path for path in built()["imports"].get(name, [])]


@cache
def built() -> dict[str, Any]:
    manifest = DIST / "built.json"
    if not manifest.exists():
        raise SystemExit("The browser's files are not built yet: run `make build`.")
    found: dict[str, Any] = json.loads(manifest.read_text())
    return found

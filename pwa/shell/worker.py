"""What the service worker keeps: every page of the patient in every language, and the files that these need."""

from __future__ import annotations

import hashlib
import json
from contextvars import Context
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import brotli
from flask import Flask, current_app
from werkzeug.test import Client

from pwa.diary import PAGES
from pwa.languages import LANGUAGES
from pwa.shell.assets import DIST, asset, built

MANIFEST = "/manifest.webmanifest"
#: headers that a page need not carry when the worker answers with it instead of the server
LEFT = ("Content-Length", "Vary", "Cache-Control", "Set-Cookie", "X-Request-ID")


@dataclass(frozen=True)
class Kept:
    #: the worker with its list in front
    script: str
    #: all pages in one text, since apart they would weigh three times as much
    pages: str

    @cached_property
    def small_script(self) -> bytes:
        return small(self.script)

    @cached_property
    def small_pages(self) -> bytes:
        return small(self.pages)


def small(text: str) -> bytes:
    """In brotli, a seventh smaller than it can be made for each phone that asks."""
    return bytes(brotli.compress(text.encode(), quality=11))


def kept() -> Kept:
    """Both carry a version made from the contents of all that is listed, so that no two deploys are mixed."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    if "worker" not in app.extensions or app.debug:
        # in a context of its own, or every page would speak the language of whoever asks now
        app.extensions["worker"] = Context().run(_kept, app)
    made: Kept = app.extensions["worker"]
    return made


def retiring() -> str:
    """What takes the place of a worker that went wrong, and then goes itself."""
    return (DIST / "retire.js").read_text()


def _kept(app: Flask) -> Kept:
    code = (DIST / "sw.js").read_text()
    browser = Client(app)
    answers = {path: browser.get(path) for path in (f"/{lang}/{path}" for lang in LANGUAGES for path in PAGES)}
    for path, answer in answers.items():
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answers {answer.status_code}, so it cannot be kept for use offline")
    headers = {name: value for name, value in answers["/en/"].headers if name not in LEFT}
    pages = {"headers": headers, "pages": {path: answer.text for path, answer in answers.items()}}
    texts = [MANIFEST, *(f"/{lang}/words.json" for lang in LANGUAGES)]
    everything = [code, json.dumps(pages), *(browser.get(path).text for path in texts)]
    version = hashlib.sha256("".join(everything).encode())
    for path in files():
        version.update(path.encode() + _contents(path))
    listed = {"version": version.hexdigest()[:16], "pages": list(answers), "files": [*files(), *texts]}
    script = f"self.LIST = {json.dumps(listed)};\n{code}"
    return Kept(script, json.dumps({"version": listed["version"], **pages}, ensure_ascii=False))


def files() -> list[str]:
    """The addresses of all scripts, styles and icons that the patient's pages use, now or later."""
    scripts = {f"pages/{template}.js" for template in PAGES.values()}
    names = ["css/patient.css", "pages/appearance.js", *sorted(scripts)]
    chunks = sorted({f"/static/{path}" for name in scripts for path in built()["later"][name]})
    pictures = (path.name for path in (DIST / "icons").iterdir() if path.suffix in (".svg", ".png"))
    return [asset(name) for name in names] + chunks + sorted(f"/static/icons/{name}" for name in pictures)


def _contents(path: str) -> bytes:
    return (DIST / Path(path).relative_to("/static")).read_bytes()

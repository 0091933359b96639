"""What the service worker keeps: every page of the patient in every language, and the files that these need."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from flask import Flask, current_app
from werkzeug.test import Client

from pwa.diary import PAGES
from pwa.languages import LANGUAGES
from pwa.shell.assets import DIST, asset, built

MANIFEST = "/manifest.webmanifest"


def script() -> str:
    """The worker with its list in front. The list carries a version made from the contents of all that it names."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    if "worker" not in app.extensions or app.debug:
        app.extensions["worker"] = _script(app)
    made: str = app.extensions["worker"]
    return made


def _script(app: Flask) -> str:
    code = (DIST / "sw.js").read_text()
    pages = [f"/{language}/{path}" for language in LANGUAGES for path in PAGES]
    version = hashlib.sha256(code.encode())
    browser = Client(app)
    for path in [*pages, MANIFEST]:
        answer = browser.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answers {answer.status_code}, so it cannot be kept for use offline")
        version.update(answer.data)
    for path in files():
        version.update(path.encode() + _contents(path))
    kept = {"version": version.hexdigest()[:16], "pages": pages, "files": [*files(), MANIFEST]}
    return f"self.LIST = {json.dumps(kept)};\n{code}"


def files() -> list[str]:
    """The addresses of all scripts, styles and icons that the patient's pages use, now or later."""
    scripts = {f"pages/{template}.js" for template in PAGES.values()}
    names = ["css/patient.css", "pages/appearance.js", *sorted(scripts)]
    chunks = sorted({f"/static/{path}" for name in scripts for path in built()["later"][name]})
    icons = sorted(
        f"/static/icons/{path.name}" for path in (DIST / "icons").iterdir() if path.suffix in (".svg", ".png")
    )
    return [asset(name) for name in names] + chunks + icons


def _contents(path: str) -> bytes:
    return (DIST / Path(path).relative_to("/static")).read_bytes()

"""What makes it an app, as far as it can be seen without a browser."""

from __future__ import annotations

import json
import struct

import pytest
from sqlalchemy.exc import OperationalError

from pwa.diary import PAGES
from pwa.languages import LANGUAGES
from pwa.records import db
from pwa.shell import worker
from pwa.shell.assets import DIST


def listed(client) -> dict:
    return json.loads(client.get("/sw.js").text.split("\n")[0].removeprefix("self.LIST = ").removesuffix(";"))


def test_health_says_whether_the_database_answers(app, monkeypatch):
    assert app.test_client().get("/healthz").json == {"database": "answers"}

    def gone(*_):
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    with app.app_context():
        monkeypatch.setattr(db.engine, "connect", gone)
    answer = app.test_client().get("/healthz")
    assert answer.status_code == 503
    assert answer.json["error"] == "unavailable"


def test_the_worker_is_asked_for_anew_each_time_and_the_manifest_too(app):
    for path, kind in (("/sw.js", "text/javascript"), ("/manifest.webmanifest", "application/manifest+json")):
        answer = app.test_client().get(path)
        assert answer.headers["Cache-Control"] == "no-cache"
        assert answer.mimetype == kind


def test_the_worker_lists_every_page_in_every_language_and_files_that_are_there(app):
    client = app.test_client()
    kept = listed(client)
    assert kept["pages"] == [f"/{language}/{path}" for language in LANGUAGES for path in PAGES]
    for path in kept["files"]:
        with client.get(path) as answer:
            assert answer.status_code == 200, path
    assert not [path for path in kept["files"] if "clinic" in path]


def test_the_pages_that_it_keeps_are_those_that_everyone_gets(app, signed_in):
    packed = app.test_client().get("/pages.json").json
    assert packed["version"] == listed(app.test_client())["version"]
    nobody, ana = app.test_client(), signed_in("ana")
    for path, text in packed["pages"].items():
        for browser in (nobody, ana):
            answer = browser.get(path)
            assert answer.text == text, path
            assert "Set-Cookie" not in answer.headers, path
            assert {name: answer.headers.get(name) for name in packed["headers"]} == packed["headers"]
        assert f'lang="{path[1:3]}"' in text


def test_whoever_asks_first_the_pages_speak_their_own_language(app):
    french = app.test_client().get("/pages.json", headers={"Accept-Language": "fr"}).json
    assert 'lang="en"' in french["pages"]["/en/"]
    assert 'lang="fr"' in french["pages"]["/fr/"]


def test_its_version_is_that_of_the_contents(app, monkeypatch):
    before = listed(app.test_client())["version"]
    del app.extensions["worker"]
    assert listed(app.test_client())["version"] == before
    del app.extensions["worker"]
    monkeypatch.setattr(worker, "_contents", lambda path: b"changed")
    assert listed(app.test_client())["version"] != before


def test_a_page_that_fails_is_never_kept(app, monkeypatch):
    monkeypatch.setitem(PAGES, "no-such-page", "today")
    with app.app_context(), pytest.raises(RuntimeError, match="/en/no-such-page answers 404"):
        worker.kept()


def test_icons_are_real_and_of_the_size_that_the_manifest_says(app):
    manifest = app.test_client().get("/manifest.webmanifest").json
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        with app.test_client().get(icon["src"]) as picture:
            assert picture.mimetype == "image/png"
            width, height = struct.unpack(">II", picture.data[16:24])
        assert f"{width}x{height}" == icon["sizes"]
    assert (DIST / "icons/apple-touch-icon.png").exists()


def test_what_is_missing_under_static_is_never_answered_with_a_page(app):
    for path in ("pages/today-GONEGONE.js", "css/patient-GONEGONE.css", "gone", "icons/"):
        answer = app.test_client().get(f"/static/{path}", headers={"Accept": "text/html"})
        assert answer.status_code == 404, path
        assert answer.mimetype == "text/plain"
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_retired_worker_is_asked_for_anew_each_time_keeps_nothing_and_goes(app):
    app.config["WORKER"] = "retired"
    answer = app.test_client().get("/sw.js")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.mimetype == "text/javascript"
    assert "unregister" in answer.text
    for word in ("fetch", "indexedDB", "LIST", "reload", "navigate"):
        assert word not in answer.text


def test_every_answer_carries_the_policy(app):
    for path in ("/en/", "/sign-in", "/sw.js", "/healthz", "/no-such-page"):
        headers = app.test_client().get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"], path
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"

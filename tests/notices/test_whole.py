"""One yes on its whole way: from a phone that was offline to a person, and back to the phone as seen."""

from __future__ import annotations

import json
import os
import urllib.request
from datetime import timedelta
from http.client import HTTPException
from pathlib import Path

import pytest
from sqlalchemy import select

from pwa.records import Alert, db
from pwa.sync.sentences import Owner
from tests.conftest import CAST, DATA_KEYS, SECRET
from tests.forked import Forked
from tests.notices import world
from tests.sync.phones import HEADERS, phone_of, said

FIRST, SECOND = CAST["clinician"], CAST["another-clinician"]


@pytest.fixture
def phone(app, clock):
    return phone_of(app, clock, Owner(*CAST["ana"][:2]))


@pytest.fixture
def rota(app):
    world.rota(app)


def a_yes(clock):
    """Written two hours ago, without a network."""
    ago = (clock() - timedelta(hours=2)).isoformat()
    return said({"mood": 3, "thoughts": "often"}, felt_at=ago, written_at=ago)


def test_an_offline_yes_reaches_a_person_goes_on_and_comes_back_as_seen(
    app, clock, phone, rota, mailbox, go_round, signed_in
):
    assert phone.outcomes(a_yes(clock)) == ["stored"]
    clinician = signed_in("clinician")
    page = clinician.get("/clinic/triage").text
    assert "KT-1001" in page
    assert "often or hard to push away" in page
    go_round(app)
    assert mailbox.to() == [FIRST[3]]
    clock.forward(minutes=29)
    go_round(app)
    assert mailbox.to() == [FIRST[3]]
    clock.forward(minutes=1)
    go_round(app)
    go_round(app)
    assert mailbox.to() == [FIRST[3], SECOND[3]]
    assert seen(phone) == []
    with app.app_context():
        alert = db.session.scalars(select(Alert.id)).one()
        db.session.remove()
    clinician.post(f"/clinic/alerts/{alert}/acknowledge")
    [told] = seen(phone)
    assert told["at"].startswith("2026-11-20T10:30")


def seen(phone):
    texts = [json.loads(one["text"] if isinstance(one, dict) else one) for one in phone.pull()["versions"]]
    return [one["body"] for one in texts if one["kind"] == "seen"]


def test_a_web_process_that_is_killed_right_after_the_commit_loses_no_notice(
    app, clock, phone, rota, mailbox, go_round, notices, tmp_path
):
    text = a_yes(clock)
    with pytest.raises((OSError, HTTPException)):
        post(app, clock, phone, text, tmp_path / "moment")
    assert {one.state for one in notices(app)} == {"waiting"}
    go_round(app)
    assert phone.outcomes(text) == ["known"]
    go_round(app)
    assert mailbox.to() == [FIRST[3]]


def post(app, clock, phone, text: str, moment: Path) -> None:
    """To a server of its own, which does not live to answer."""
    world.write_moment(moment, clock())
    port = world.free_port()
    settings = {"SECRET_KEY": SECRET, "DATA_KEYS": DATA_KEYS, "SECURE_COOKIES": "no"}
    env = {**os.environ, **settings, "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"], "MOMENT": str(moment)}
    words = ("--bind", f"127.0.0.1:{port}", "--log-level", "warning", "tests.notices.a_server:app")
    server = Forked("gunicorn", *words, env=env)
    try:
        world.until(lambda: answers(port))
        cookies = (phone.browser.get_cookie(name) for name in ("session", "device"))
        call = {"batch": "b", "owner": phone.owner.id, "device": phone.device, "epoch": 1, "cursor": 0, "waiting": 1}
        headers = {**HEADERS, "Content-Type": "application/json"}
        headers["Cookie"] = "; ".join(f"{one.key}={one.value}" for one in cookies)
        body = json.dumps({**call, "versions": [text]}).encode()
        urllib.request.urlopen(urllib.request.Request(f"http://localhost:{port}/sync", body, headers), timeout=60)
    finally:
        server.kill()
        server.wait()


def answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://localhost:{port}/sign-in", timeout=5).close()
    except OSError:
        return False
    return True

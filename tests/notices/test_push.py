"""Web Push: encrypted and signed as the standards say, nothing personal; a mail where it does not get through."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from pwa.notices.guard import is_public, may_be_pushed_to
from pwa.notices.push import public_key
from pwa.records import PushSubscription, db
from tests.conftest import CAST, PASSWORD
from tests.notices import world

SCRIPT = {"X-Tidelog": "1"}


@pytest.fixture
def told_here(app, signed_in, service):
    """`told_here("ana")`: she tapped, and this browser is told."""

    def tapped(who: str, name: str = "abc"):
        browser = signed_in(who)
        answer = browser.post("/push", json=service.subscription(name), headers=SCRIPT)
        assert answer.status_code == 204, answer.text
        return browser

    return tapped


def fates(notices, app):
    return sorted((each.channel, each.state, each.failure) for each in notices(app))


def test_a_push_is_encrypted_signed_and_says_nothing_personal(app, service, told_here, tell, go_round, notices):
    told_here("ana")
    tell(app, "ana", "reminder", "reminder:evening:2026-11-20", "push")
    go_round(app)
    [(headers, plain)] = service.got
    assert headers["Content-Encoding"] == "aes128gcm"
    assert world.signed(headers["Authorization"])
    assert public_key(world.KEY) in headers["Authorization"]
    shown = json.loads(plain)
    [off] = shown["notification"].pop("actions")
    assert (off["action"], off["title"]) == ("off", "No more reminders")
    assert app.test_client().post(urlsplit(off["navigate"]).path).status_code == 200
    assert shown["web_push"] == 8030
    assert shown["notification"] == {
        "title": "Tidelog",
        "body": "A good moment to write down how you are, if you like.",
        "lang": "en",
        "tag": notices(app)[0].id,
        "navigate": "http://localhost:8000/",
    }
    assert fates(notices, app) == [("push", "sent", None)]


@pytest.mark.parametrize("gone", [404, 410])
def test_a_browser_that_is_gone_is_forgotten_and_mail_takes_over(
    app, service, mailbox, told_here, tell, go_round, notices, gone
):
    told_here("ana")
    service.answers = gone
    tell(app, "ana", "reminder", "seen", "push")
    go_round(app)
    go_round(app)
    assert fates(notices, app) == [("mail", "sent", None), ("push", "dead", f"push-{gone}")]
    assert len(mailbox.mails) == 1
    with app.app_context():
        assert db.session.query(PushSubscription).count() == 0


def test_a_push_service_that_is_down_is_given_up_soon_for_a_mail(
    app, clock, service, mailbox, told_here, tell, go_round, notices
):
    told_here("clinician")
    service.close()
    tell(app, "clinician", channel="push")
    for _ in range(6):
        go_round(app)
        clock.forward(minutes=2)
    assert fates(notices, app) == [("mail", "sent", None), ("push", "dead", "push-0")]
    assert len(mailbox.mails) == 1


@pytest.mark.parametrize("asked", ["yes", "no", "until they signed out"])
def test_an_alert_is_pushed_only_to_whoever_asked_for_it(app, says, told_here, go_round, notices, asked):
    if asked != "no":
        browser = told_here("clinician")
    if asked == "until they signed out":
        browser.post("/sign-out", headers=SCRIPT)
    says("ana", "check-in", {"thoughts": "often"})
    go_round(app)
    assert fates(notices, app) == [("mail", "sent", None), *([("push", "sent", None)] if asked == "yes" else [])]


def test_whoever_signed_out_is_not_told_there_any_more(app, service, mailbox, told_here, tell, go_round):
    browser = told_here("ana")
    browser.post("/sign-out", headers=SCRIPT)
    tell(app, "ana", "reminder", "seen", "push")
    go_round(app)
    assert service.got == []
    assert len(mailbox.mails) == 1


def test_a_phone_tells_whoever_signed_in_there_last(app, service, told_here, tell, go_round):
    told_here("another-patient")
    told_here("ana")
    for who in ("another-patient", "ana"):
        tell(app, who, "reminder", "seen", "push")
    go_round(app)
    assert len(service.got) == 1
    with app.app_context():
        assert [each.person_id for each in db.session.query(PushSubscription)] == [CAST["ana"][1]]


def test_without_a_key_nothing_is_pushed_and_nobody_misses_it(app, mailbox, tell, go_round, notices, signed_in):
    app.config["OUTGOING"] = replace(app.config["OUTGOING"], vapid_key="")
    assert signed_in("ana").get("/push").json == {"key": None}
    tell(app, "ana", "reminder", "seen", "push")
    go_round(app)
    assert fates(notices, app) == [("mail", "sent", None), ("push", "dead", "no-push-key")]


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.com/abc",
        "https://10.0.0.1/abc",
        "https://[::1]/abc",
        "https://push.example.com:8080/abc",
        "https://user@push.example.com/abc",
        "https://localhost/abc",
        "https:///abc",
        "https://push.example.com:port/abc",
        "file:///etc/passwd",
        "https://push.example.com/" + "a" * 2000,
    ],
)
def test_a_browser_cannot_lead_us_into_the_clinics_own_network(endpoint):
    assert not may_be_pushed_to(endpoint, to_loopback=False)


def test_the_addresses_behind_a_name_are_public_or_not_called():
    assert may_be_pushed_to("https://updates.push.services.mozilla.com/wpush/v2/abc", to_loopback=False)
    assert is_public("8.8.8.8")
    private = ("127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "100.64.0.1", "::1", "fe80::1", "fd00::1")
    for address in (*private, "::ffff:10.0.0.1", "0.0.0.0", "224.0.0.1", "2002:a00:1::"):
        assert not is_public(address), address


@pytest.mark.parametrize(
    "change",
    [{"endpoint": 7}, {"endpoint": "http://10.0.0.1/abc"}, {"keys": {}}, {"keys": {"p256dh": "AAAA", "auth": "AAAA"}}],
    ids=str,
)
def test_what_is_no_subscription_is_not_taken(signed_in, service, change):
    answer = signed_in("ana").post("/push", json={**service.subscription(), **change}, headers=SCRIPT)
    assert answer.status_code == 400


def test_another_site_cannot_subscribe_anyone(signed_in, service):
    assert signed_in("ana").post("/push", json=service.subscription()).status_code == 403


def test_whoever_the_clinic_signed_out_is_told_again_as_soon_as_she_signs_in_there(
    app, signed_in, service, told_here, tell, go_round
):
    browser = told_here("ana")
    signed_in("manager").post(f"/clinic/people/{CAST['ana'][1]}/sign-out")
    tell(app, "ana", "reminder", "one", "push")
    go_round(app)
    assert service.got == []
    browser.post("/sign-in", data={"clinic": CAST["ana"][0], "email": CAST["ana"][3], "password": PASSWORD})
    tell(app, "ana", "reminder", "two", "push")
    go_round(app)
    assert len(service.got) == 1

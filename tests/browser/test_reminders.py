"""What a patient chooses of reminders, and a push as it shows on the phone."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from pwa.config import wall_clock
from pwa.records import db
from pwa.records.base import begin_writing
from pwa.records.notices import Wanted, enqueue
from tests.browser.scene import WHOLE, Live, Phone, until
from tests.browser.told import DOOR, begin, go
from tests.conftest import CAST
from tests.notices import world
from tests.notices.world import KEY, PushService

pytestmark = pytest.mark.browser
ENDPOINT = "https://updates.push.services.mozilla.com/wpush/v2/"
SHOWN = "navigator.serviceWorker.ready.then((worker) => worker.getNotifications())"
CHOICES = "SELECT count(*) FROM reminder_choice WHERE {}"
BROWSERS = "SELECT count(*) FROM push_subscription WHERE person_id = '{}'"
ASK = "Let this phone show them"
#: quicker than any disk
AT_ONCE = """() => {
  const form = document.querySelector("#reminders form");
  const choose = (field, what) =>
    Object.assign(field, what).dispatchEvent(new Event("change", { bubbles: true }));
  choose(form.querySelector("[value=mail]"), { checked: true });
  choose(form.elements.checks, { checked: false });
  choose(form.elements.daily, { value: "20:00" });
  choose(form.elements.daily, { value: "19:00" });
}"""


@pytest.fixture
def pushing(live):
    live.kill()
    live.start(VAPID_KEY=KEY)
    yield live
    live.kill()


@pytest.fixture
def service():
    one = PushService()
    yield one
    one.close()


@pytest.fixture
def subscribed(phone, service):
    asks(phone, {**service.subscription(), "endpoint": ENDPOINT + "abc"})


def asks(phone: Phone, subscription: dict[str, Any]) -> None:
    """The browser's own push service is a vendor's: what it would answer stands here."""
    phone.context.add_init_script(
        f"""const made = {{ ...{json.dumps(subscription)}, unsubscribe: async () => (globalThis.ended = true) }};
        PushManager.prototype.subscribe = async () => made;
        PushManager.prototype.getSubscription = async () => made;"""
    )
    phone.context.grant_permissions(["notifications"])


def test_a_choice_is_made_offline_and_reaches_whoever_sends(phone, live, course):
    page = begin(phone)
    phone.offline()
    go(page, "/en/more")
    expect(page.get_by_role("radio", name="On this phone")).to_be_checked()
    page.get_by_role("radio", name="By mail").check(force=True)
    page.get_by_role("checkbox", name="When a regular check is due").uncheck()
    page.get_by_label("Every day at").select_option("19:00")
    expect(page.locator("#reminders-told")).to_have_text("Saved on this phone")
    page.reload()
    expect(page.get_by_role("radio", name="By mail")).to_be_checked()
    expect(page.get_by_label("Every day at")).to_have_value("19:00")
    phone.offline(False)
    page.get_by_role("button", name="Try to send now").click()
    expect(page.locator("#told")).to_have_text("All sent.")
    assert live.count(CHOICES.format("way = 'mail' AND sessions AND NOT checks AND daily = '19:00'")) == 1


def test_choices_that_are_made_at_once_are_all_kept_and_stand_over_each_other(phone, live, course):
    page = go(begin(phone), "/en/more")
    expect(page.get_by_role("radio", name="On this phone")).to_be_checked()
    page.evaluate(AT_ONCE)
    expect(page.locator("#reminders-told")).to_have_text("Saved on this phone")
    page.get_by_role("button", name="Try to send now").click()
    expect(page.locator("#told")).to_have_text("All sent.")
    assert live.count(CHOICES.format("way = 'mail' AND sessions AND NOT checks AND daily = '19:00'")) == 1
    assert live.count(CHOICES.format("TRUE")) == 1


def test_the_phone_asks_on_a_tap_alone_and_is_told_no_longer_after_signing_out(phone, pushing, course, subscribed):
    page = begin(phone)
    go(page, "/en/more")
    assert pushing.count(BROWSERS.format(CAST["ana"][1])) == 0
    page.get_by_role("button", name=ASK).click()
    expect(page.locator("#reminders-told")).to_have_text("This phone shows them now.")
    assert pushing.count(BROWSERS.format(CAST["ana"][1])) == 1
    assert page.evaluate(DOOR)["told"] == CAST["ana"][1]
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in")
    page.goto("/en/more")
    until(page, f"{DOOR}.then((door) => door.told === null)")


@pytest.fixture
def whole_phone(playwright, tmp_path, live):
    """The small Chromium shows no notices."""
    one = Phone(playwright, tmp_path / "whole", live.address)
    one.executable = WHOLE
    one.open()
    yield one
    one.close()


def test_what_a_push_service_got_shows_a_notice_that_says_nothing_personal_and_410_brings_a_mail(
    whole_phone, live, ahead, mailbox, service, course
):
    phone = whole_phone
    asks(phone, service.subscription())
    page = begin(phone)
    go(page, "/en/more")
    page.get_by_role("button", name=ASK).click()
    expect(page.locator("#reminders-told")).to_have_text("This phone shows them now.")

    tells(live, "first")
    world.until(lambda: service.got)
    [(headers, plain)] = service.got
    assert headers["Content-Encoding"] == "aes128gcm"
    deliver = worker_of(phone)
    said = "There is something for you to look at in Tidelog."
    assert shown_of(phone, deliver, plain.decode()) == {("Tidelog", said)}
    assert shown_of(phone, deliver, "not what we send") == {("Tidelog", "")}
    assert mailbox.to() == []

    service.answers = 410
    tells(live, "second")
    world.until(lambda: mailbox.to() == [CAST["ana"][3]])
    assert live.count(BROWSERS.format(CAST["ana"][1])) == 0


def shown_of(phone: Phone, deliver: Callable[[str], object], data: str) -> set[tuple[str, str]]:
    """Which notices one push adds; it is brought again if a busy browser dropped it before its worker had it."""
    before = notices(phone)
    for turn in range(200):
        if turn % 50 == 0:
            deliver(data)
        phone.page.wait_for_timeout(100)
        if new := notices(phone) - before:
            return new
    return set()


def notices(phone: Phone) -> set[tuple[str, str]]:
    shown = phone.page.evaluate(f"{SHOWN}.then((shown) => shown.map(({{ title, body }}) => [title, body]))")
    return {(title, body) for title, body in shown}


def tells(live: Live, cause: str) -> None:
    """Ana is to be told something, by whatever her phone asked for."""
    clinic, ana, *_ = CAST["ana"]
    with live.app.app_context():
        begin_writing()
        moment = wall_clock()
        enqueue([Wanted(clinic, ana, "alert", "an alert", cause, "push", moment)], moment)
        db.session.commit()
        db.session.remove()


def worker_of(phone: Phone) -> Callable[[str], object]:
    """Hands its service worker what a push service would, decrypted as the browser does it."""
    browser, found = phone.context.new_cdp_session(phone.page), []
    browser.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    browser.send("ServiceWorker.enable")
    phone.page.goto("/en/")
    phone.says("All sent")
    [*_, registration] = [each for each in found if each["scopeURL"].startswith(phone.address)]
    to = {"origin": phone.address, "registrationId": registration["registrationId"]}
    return lambda data: browser.send("ServiceWorker.deliverPushMessage", {**to, "data": data})

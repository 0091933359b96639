"""What hands do on the pages: write, change, take back, begin and not finish."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page

from tests.soak.browser import script
from tests.soak.clinic import Somebody
from tests.soak.hands import Hands
from tests.soak.ledger import Save
from tests.soak.saving import revive, tap

SAVE, DONE = ".dock [type=submit]", "#dock [type=submit]"
SEVERITIES = {"Mild": 1, "Moderate": 2, "Severe": 3}
READERS = ["me", "therapist", "care-team"]


def check_in(hands: Hands) -> None:
    hands.arrive("/en/check-in", "#entry")
    tap(hands, fill_check_in(hands, hands.page), hands.page.locator(SAVE))


def report(hands: Hands) -> None:
    hands.arrive("/en/body", "#entry")
    tap(hands, fill_report(hands, hands.page), hands.page.locator(SAVE))


def write(hands: Hands) -> None:
    hands.arrive("/en/journal/entry", "#write")
    tap(hands, fill_journal(hands, hands.page), hands.page.locator(DONE))


def fill_check_in(hands: Hands, page: Page) -> Save:
    by = hands.signed_in()
    body = {"mood": hands.chance.randint(0, 10), "anxiety": hands.chance.randint(0, 10), "note": hands.ledger.words(by)}
    for name, value in body.items():
        page.locator(f"#{name}").fill(str(value))
    return Save(by, "check-in", body)


def fill_report(hands: Hands, page: Page) -> Save:
    by = hands.signed_in()
    row = page.locator("tide-effect[effect=headache]")
    if not row.is_visible():
        page.locator("#find").fill("headache")
        page.locator("[data-effect=headache] > button").click()
    name, severity = hands.chance.choice(list(SEVERITIES.items()))
    row.get_by_text(name, exact=True).first.click()
    words = hands.ledger.words(by)
    page.locator("#note").fill(words)
    return Save(by, "effects", {"effects": [{"effect": "headache", "severity": severity}], "note": words})


def fill_journal(hands: Hands, page: Page, before: str = "") -> Save:
    by, reader = hands.signed_in(), hands.chance.choice(READERS)
    text = f"{before} {hands.ledger.words(by)}".strip()
    page.locator("#text").fill(text)
    page.locator(f"#dock [value={reader}]").check(force=True)
    return Save(by, "journal", {"text": text, "audience": reader})


def change(hands: Hands) -> None:
    """One of the entries that the pages list; or it is taken back."""
    if hands.chance.random() < 0.5:
        return change_journal(hands)
    hands.arrive("/en/progress", "#headline:not(:empty)")
    link = chosen(hands, hands.page.locator("#entries a"))
    if link is None:
        return check_in(hands)
    link.click()
    hands.page.locator("#entry:visible").wait_for()
    if hands.page.locator("#take-back").is_visible() and hands.chance.random() < 0.3:
        return take_back_answers(hands)
    fill = fill_report if urlsplit(hands.page.url).path == "/en/body" else fill_check_in
    return tap(hands, fill(hands, hands.page), hands.page.locator(SAVE))


def change_journal(hands: Hands) -> None:
    hands.arrive("/en/journal", "#list a", "#empty")
    link = chosen(hands, hands.page.locator("#list a"))
    if link is None:
        return write(hands)
    link.click()
    hands.page.locator("#write:visible, #both:visible, #gone:visible").first.wait_for()
    if hands.page.locator("#gone").is_visible():
        return None
    if hands.page.locator("#both").is_visible():
        hands.page.locator("#join").click()
    elif hands.chance.random() < 0.3:
        return take_back_journal(hands)
    return tap(hands, fill_journal(hands, hands.page), hands.page.locator(DONE))


def take_back_answers(hands: Hands) -> None:
    hands.page.locator("[data-ask]").click()
    tap(hands, Save(hands.signed_in(), "answers", None, record_of(hands.page)), hands.page.locator("[data-yes]"))


def take_back_journal(hands: Hands) -> None:
    hands.page.locator("#take-back").click()
    tap(hands, Save(hands.signed_in(), "journal", None, record_of(hands.page)), hands.page.locator("#take-back-now"))


def begin(hands: Hands) -> None:
    """Types for a while and goes, or is cut down. What the phone kept of it must stand there again, to go on with."""
    hands.arrive("/en/journal/entry", "#write")
    by = hands.signed_in()
    begun = type_until_kept(hands, by)
    hands.page.locator("#text").press_sequentially(" and some more, not finished"[: hands.chance.randint(0, 28)])
    if hands.chance.random() < 0.3:
        hands.phone.kill()
        hands.ledger.did("killed while typing")
        revive(hands)
    hands.arrive("/en/journal/entry", "#write")
    if hands.signed_in() is not by:
        return
    there = hands.page.locator("#text").input_value()
    if not there.startswith(begun):
        hands.ledger.lost.append(f"a draft on phone {hands.ledger.phone}: {begun} is {there}")
    hands.ledger.did("entries begun and found again")
    tap(hands, fill_journal(hands, hands.page, begun), hands.page.locator(DONE))


def type_until_kept(hands: Hands, by: Somebody) -> str:
    page, begun = hands.page, hands.ledger.words(by)
    before = page.evaluate(script("draft"), by.id)

    def is_kept() -> bool:
        if page.locator("#text").input_value() != begun:
            page.locator("#text").fill(begun)
        return bool(page.evaluate(script("draft"), by.id) != before)

    hands.patiently(is_kept, "keeping a draft")
    return begun


def chosen(hands: Hands, links: Locator) -> Locator | None:
    n = links.count()
    return links.nth(hands.chance.randrange(min(n, 8))) if n else None


def record_of(page: Page) -> str:
    return urlsplit(page.url).fragment

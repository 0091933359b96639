"""The app lock: hands lock the phone, add without unlocking, forget the PIN. Whatever page they want next unlocks."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.locks import PIN
from tests.conftest import PASSWORD
from tests.soak import writing
from tests.soak.hands import LOCKED, SOON, Hands
from tests.soak.leaks import look_by_scripts, look_on_page
from tests.soak.ledger import Save
from tests.soak.saving import tap


def add(hands: Hands) -> None:
    """Without unlocking: nothing of what was written before may be seen meanwhile."""
    lock(hands)
    page, path = hands.page, hands.chance.choice(list(FORMS))
    page.locator("summary:visible", has_text="Add without unlocking").click()
    page.locator(f"[href$='{path}?locked']").click()
    page.locator("#entry:visible, #write:visible").first.wait_for(timeout=SOON)
    look_while_locked(hands)
    fill, button = FORMS[path]
    save = fill(hands, page)
    save.locked = True
    tap(hands, save, page.locator(button))
    hands.ledger.did("added without unlocking")


def forget(hands: Hands) -> None:
    """The PIN. After a new sign-in all that can be sent is sent, and the phone begins anew without a lock."""
    lock(hands)
    page = hands.page
    page.locator("#forgot-pin").click()
    page.locator("#sign-in-again").click()
    page.wait_for_url("**/sign-in**", timeout=SOON)
    page.get_by_label("Email").fill(hands.signed_in().email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.locator("#begin").click(timeout=SOON)
    page.wait_for_url("**/en/", timeout=SOON)
    hands.ledger.did("PINs forgotten")


def switch_off(hands: Hands) -> None:
    hands.arrive("/en/more", "#lock-on", "#lock-now")
    page = hands.page
    if page.locator("#lock-now").is_visible():
        page.locator("#lock summary").click()
        page.locator("#pin-now").fill(PIN)
        page.locator("#lock-off").click()
        page.locator("#lock-on").wait_for(timeout=SOON)
        hands.ledger.did("locks switched off")


def lock(hands: Hands) -> None:
    hands.arrive("/en/more", "#lock-on", "#lock-now")
    page = hands.page
    if page.locator("#lock-on").is_visible():
        page.locator("#pin-new").fill(PIN)
        page.locator("#pin-again").fill(PIN)
        page.locator("#lock-on").click()
    page.locator("#lock-now").click(timeout=SOON)
    page.locator(LOCKED).wait_for(timeout=SOON)
    look_while_locked(hands)


def look_while_locked(hands: Hands) -> None:
    look_on_page(hands.page, hands.ledger, None)
    look_by_scripts(hands.page, hands.ledger, hands.signed_in())
    hands.ledger.did("looks at a locked phone")


def fill_thought(hands: Hands, page: Page) -> Save:
    """Nobody else reads it."""
    text = hands.ledger.words(hands.signed_in())
    page.locator("#text").fill(text)
    return Save(hands.signed_in(), "journal", {"text": text, "audience": "me"})


FORMS = {
    "check-in": (writing.fill_check_in, writing.SAVE),
    "body": (writing.fill_report, writing.SAVE),
    "journal/entry": (fill_thought, writing.DONE),
}

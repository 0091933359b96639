"""One tap on Save, and what may come in between."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import Error, Locator

from tests.soak.browser import AT_JOURNAL, SAID, script
from tests.soak.hands import SOON, Hands
from tests.soak.leaks import look_on_disk
from tests.soak.ledger import Save

#: milliseconds after the tap within which the browser is killed in mid-save
MID = 90
#: another tab is at work on the outbox for this many milliseconds, so that a save must wait for its turn
BUSY = 2000


def tap(hands: Hands, save: Save, button: Locator) -> None:
    """Taps, notes what the page said of it, and leaves a phone that is on."""
    names, often = list(hands.endings), list(hands.endings.values())
    ending = hands.chance.choices(names, often)[0]
    heard: list[str] = []
    button.page.on("console", lambda message: heard.append(message.text))
    hands.ledger.saves.append(save)
    with suppress(Error):
        ending(hands, button, words_of(save))
    save.said = words_of(save) in heard
    hands.ledger.did(ending.__name__.replace("_", " "))
    if ending in KILLS:
        revive(hands)
    elif ending is not leaving:
        hands.ledger.unheard += not save.said


def tap_all(hands: Hands, taps: list[tuple[Save, Locator]]) -> None:
    """In several tabs, one right after the other."""
    heard: list[str] = []
    for save, button in taps:
        button.page.on("console", lambda message, kind=save.kind: heard.append(f"{kind} {message.text}"))
        hands.ledger.saves.append(save)
    with suppress(Error):
        for _, button in taps:
            button.click()
        end = time.monotonic() + SOON / 1000
        while not all(is_told(save, heard) for save, _ in taps) and time.monotonic() < end:
            hands.page.wait_for_timeout(10)
    for save, _ in taps:
        save.said = is_told(save, heard)
        hands.ledger.unheard += not save.said


def is_told(save: Save, heard: list[str]) -> bool:
    return f"{save.kind} {words_of(save)}" in heard


def words_of(save: Save) -> str:
    return AT_JOURNAL if save.kind == "journal" and not save.locked else SAID


def revive(hands: Hands) -> None:
    look_on_disk(hands.phone, hands.ledger)
    hands.phone.open()


def calm(hands: Hands, button: Locator, words: str) -> None:
    with button.page.expect_console_message(lambda message: message.text == words, timeout=SOON):
        button.click()


def twice(hands: Hands, button: Locator, words: str) -> None:
    with button.page.expect_console_message(lambda message: message.text == words, timeout=SOON):
        button.dblclick()


def leaving(hands: Hands, button: Locator, words: str) -> None:
    button.click()
    button.page.goto("/en/", wait_until="commit")


def killed_in_mid_save(hands: Hands, button: Locator, words: str) -> None:
    try:
        button.click()
        button.page.wait_for_timeout(hands.chance.uniform(0, MID))
    finally:
        hands.phone.kill()


def killed_when_said(hands: Hands, button: Locator, words: str) -> None:
    try:
        calm(hands, button, words)
    finally:
        hands.phone.kill()


def killed_before_it_is_on_disk(hands: Hands, button: Locator, words: str) -> None:
    """While the save waits for another tab to be done: whatever the page says then, it cannot be true."""
    try:
        other = hands.phone.context.new_page()
        other.goto("/en/help", wait_until="commit")
        other.evaluate(script("hold"), [hands.signed_in().id, BUSY])
        button.click()
        button.page.wait_for_timeout(BUSY / 4)
    finally:
        hands.phone.kill()


Ending = Callable[[Hands, Locator, str], None]
KILLS: list[Ending] = [killed_in_mid_save, killed_when_said, killed_before_it_is_on_disk]

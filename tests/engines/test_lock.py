"""The app lock in Firefox and WebKit too: locked, nothing can be read and all can be added; the PIN opens it again."""

from __future__ import annotations

import pytest

from tests.browser.locks import PIN
from tests.browser.scene import Live
from tests.browser.test_owners import texts
from tests.engines.conftest import OTHERS
from tests.engines.engine import Engine, button
from tests.engines.faults import READABLE
from tests.engines.test_journey import write

pytestmark = pytest.mark.browser

WORDS = "The tide table hangs beside the door."
ADDED = "Written while it was locked."
#: and the page behind the lock is there
UNLOCKED = "!location.pathname.endsWith('/lock') && document.readyState === 'complete'"


@pytest.mark.parametrize("engine", OTHERS, indirect=True)
def test_what_is_added_while_locked_waits_unread_and_all_opens_with_the_pin_alone(engine: Engine, live: Live) -> None:
    engine.come_in("ana")
    switch_on(engine)
    with engine.without_network():
        write(engine, WORDS, "Only me")
        lock(engine)
        add(engine, ADDED)
        engine.begin_again()
        engine.go("/en/journal")
        engine.sees("Tidelog is locked")
        readable = engine.js(READABLE)
        assert WORDS not in readable
        assert ADDED not in readable
        enter(engine, "000000")
        engine.sees("That is not your PIN. Try again.")
        unlock(engine)
        see_both(engine)
        lock(engine)
    engine.sees("Tidelog is locked")
    assert WORDS not in engine.words("body")
    unlock(engine)
    engine.says("All sent")
    assert sorted(texts(live)) == sorted([WORDS, ADDED])
    see_both(engine)


def switch_on(engine: Engine) -> None:
    engine.go("/en/more")
    engine.write("#pin-new", PIN)
    engine.write("#pin-again", PIN)
    engine.tap(button("Switch the lock on"))
    engine.sees("The lock is on.")


def lock(engine: Engine) -> None:
    engine.go("/en/more")
    engine.tap(button("Lock now"))
    engine.sees("Tidelog is locked")


def add(engine: Engine, words: str) -> None:
    engine.tap("summary")
    engine.tap("[href='/en/journal/entry?locked']")
    engine.write("#text", words)
    engine.tap(button("Done"))
    engine.sees("Tidelog is locked")
    assert words not in engine.words("body")


def enter(engine: Engine, pin: str) -> None:
    for digit in pin:
        engine.tap(f"[data-digit='{digit}']")


def unlock(engine: Engine) -> None:
    enter(engine, PIN)
    engine.until(lambda: engine.js(UNLOCKED), "unlocked")


def see_both(engine: Engine) -> None:
    engine.go("/en/journal")
    for words in (WORDS, ADDED):
        engine.sees(words)

"""What happens around writing: the network goes, the phone dies, others take it, versions change."""

from __future__ import annotations

from contextlib import suppress

from playwright.sync_api import Error

from tests.browser.scene import is_so
from tests.soak import writing
from tests.soak.hands import Hands, path_of
from tests.soak.leaks import look_by_scripts, look_on_page
from tests.soak.saving import revive, tap, tap_all

#: a newer worker is there or on its way
NEWER = "navigator.serviceWorker.getRegistration().then((one) => !!(one?.waiting ?? one?.installing))"
#: what each page shows once it has drawn what it knows of someone
SHOWS = {
    "/en/": ("#date:not(:empty)",),
    "/en/journal": ("#list a", "#empty"),
    "/en/progress": ("#headline:not(:empty)",),
    "/en/waiting": ("#heading > div",),
    "/en/more": ("#sent:not(:empty)",),
}


def network(hands: Hands) -> None:
    hands.phone.offline(not hands.phone.is_offline)
    hands.ledger.did("off and on line")


def die(hands: Hands) -> None:
    """The browser, with nothing going on."""
    hands.phone.kill()
    revive(hands)
    hands.ledger.did("killed when idle")


def look(hands: Hands) -> None:
    read(hands, hands.chance.choice(list(SHOWS)))
    look_by_scripts(hands.page, hands.ledger, hands.signed_in())
    hands.ledger.did("looks for others' words")


def read(hands: Hands, path: str) -> None:
    hands.arrive(path, *SHOWS[path])
    look_on_page(hands.page, hands.ledger, hands.signed_in())


def come_back(hands: Hands) -> None:
    """Signs in again if that is what the page asks for."""
    hands.arrive("/en/", "main")
    with suppress(Error):
        hands.page.locator("tide-status", has_text="Sign in").wait_for(timeout=1000)
        hands.sign_in(hands.holder)


def hand_over(hands: Hands) -> None:
    """To another patient, with or without signing out. Then hers is all there is to see."""
    other = hands.chance.choice([one for one in hands.people if one is not hands.holder])
    if hands.chance.random() < 0.5:
        sign_out(hands)
    else:
        hands.phone.context.clear_cookies(name="session")
    hands.sign_in(other)
    hands.ledger.did("handed over")
    for path in ("/en/journal", "/en/waiting"):
        read(hands, path)
    look_by_scripts(hands.page, hands.ledger, hands.signed_in())


def sign_out(hands: Hands) -> None:
    """Keeps what waits. Without a network one stays signed in; then it is as if the sign-in ran out."""
    hands.phone.offline(False)
    hands.arrive("/en/more", "#sign-out")
    page = hands.page
    for _ in range(5):
        try:
            page.locator("#sign-out, [data-leave=keep]").locator("visible=true").last.click()
            page.locator("#still-waits:visible, #leaving:not(:empty), form[method=post]:visible").first.wait_for()
            page.wait_for_url("**/sign-in", wait_until="commit", timeout=2000)
            hands.ledger.did("signed out")
            return
        except Error:
            if path_of(page) != "/en/more":
                return
    hands.phone.context.clear_cookies(name="session")


def two_tabs(hands: Hands) -> None:
    """An entry in each, saved at once. Of two check-ins the second goes on where the first was begun."""
    hands.arrive("/en/check-in", "#entry")
    other = hands.phone.context.new_page()
    hands.arrive("/en/journal/entry", "#write", page=other)
    here = writing.fill_check_in(hands, hands.page), hands.page.locator(writing.SAVE)
    there = writing.fill_journal(hands, other), other.locator(writing.DONE)
    tap_all(hands, [here, there])
    other.close()
    hands.ledger.did("two tabs")


def in_turn(hands: Hands) -> None:
    """Two tabs hear at once that the network is back, and only one may send at a time."""
    hands.phone.offline()
    writing.check_in(hands)
    other = hands.phone.context.new_page()
    hands.phone.offline()
    for page in (hands.page, other):
        hands.arrive("/en/waiting", *SHOWS["/en/waiting"], page=page)
    hands.patiently(lambda: hands.proxy.syncing == 0, "done with earlier calls")
    hands.proxy.watch()
    hands.phone.offline(False)
    hands.patiently(lambda: not hands.proxy.is_watching, "watched")
    other.close()
    hands.ledger.did("two tabs in turn")


def update(hands: Hands) -> None:
    """The newer version is taken, where one waits; what is being typed stays."""
    hands.arrive("/en/check-in", "#entry")
    page = hands.page
    if not is_so(page, NEWER):
        return
    newer = page.locator(".update button")
    newer.wait_for(timeout=4000)
    save = writing.fill_check_in(hands, page)
    newer.click()
    hands.patiently(lambda: not is_so(page, NEWER), "updated")
    there = page.locator("#note").input_value()
    if there != save.body["note"]:
        hands.ledger.lost.append(f"an update took {save.body} while it was typed and left {there!r}")
    tap(hands, save, page.locator(writing.SAVE))
    hands.ledger.did("updates taken")

"""When all faults have stopped: everyone signs in again, all is sent, and every phone has what the server has."""

from __future__ import annotations

from tests.soak.browser import script
from tests.soak.clinic import Somebody
from tests.soak.hands import Hands
from tests.soak.leaks import look_by_scripts, look_on_disk, look_on_page


def send_all(hands: Hands) -> None:
    """Of both people of this phone."""
    for who in hands.people:
        hands.phone.context.clear_cookies(name="session")
        hands.sign_in(who)
        pull_all(hands)


def pull_all(hands: Hands) -> tuple[str, list[str]]:
    """Of who is signed in: the ids that the mirror holds once nothing waits."""
    mirrored: list[str] = []
    hands.patiently(lambda: is_all_sent(hands, hands.holder, mirrored), f"done with sending for {hands.holder}")
    return hands.holder.id, mirrored


def is_all_sent(hands: Hands, who: Somebody, mirrored: list[str]) -> bool:
    """Sent by hand: a phone that failed often waits long before it tries, and keeps back what was too large."""
    hands.arrive("/en/more", "#send").click()
    hands.page.locator("#told", has_text="All sent").wait_for(timeout=8000)
    hands.arrive("/en/journal", "#list a", "#empty")
    hands.page.locator("tide-status", has_text="All sent").wait_for(timeout=4000)
    look_on_page(hands.page, hands.ledger, who)
    look_by_scripts(hands.page, hands.ledger, who)
    waiting, mirrored[:] = hands.page.evaluate(script("kept"), who.id)
    return not waiting


def put_away(hands: Hands) -> None:
    hands.phone.close()
    look_on_disk(hands.phone, hands.ledger)

"""Whether anyone's words are where they must not be: on the page, in what its scripts can open, on the disk."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page

from tests.soak.browser import SoakedPhone, script
from tests.soak.clinic import Somebody
from tests.soak.ledger import TOKEN, Ledger

#: a token as it lies in a file, in UTF-8 and in UTF-16
ON_DISK = re.compile(TOKEN.pattern.encode())
ON_DISK_WIDE = re.compile(rb"z\0q\0(?:[0-9a-z]\0){20,24}")


def look_on_page(page: Page, ledger: Ledger, who: Somebody | None) -> None:
    ledger.see(page.content(), who, page.url)
    ledger.see(page.locator("body").inner_text(), who, page.url)


def look_by_scripts(page: Page, ledger: Ledger, who: Somebody) -> None:
    """Her own rows must open, or this would see nothing whatever lay there; with her lock on none."""
    seen: dict[str, Any] = page.evaluate(script("seen"), who.id)
    ledger.see(seen["text"], None if seen["locks"] else who, "what scripts can open")
    if not seen["locks"] and seen["opened"] < seen["own"]:
        ledger.lost.append(f"of {seen['own']} rows of {who} on phone {ledger.phone} {seen['opened']} can be opened")


def look_on_disk(phone: SoakedPhone, ledger: Ledger) -> None:
    """Nobody's words, also of who is signed in, may lie in a file of the profile as they are."""
    for path in phone.profile.rglob("*"):
        if not path.is_file():
            continue
        held = path.read_bytes()
        wide = (found.replace(b"\0", b"") for found in ON_DISK_WIDE.findall(held))
        found = [*(match.group() for match in ON_DISK.finditer(held)), *(one for one in wide if ON_DISK.match(one))]
        for token in {one.decode() for one in found}:
            ledger.see(token, None, str(path.relative_to(phone.profile)))

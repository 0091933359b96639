"""What is new for a phone: the versions after its cursor, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pwa.forms.wrong import said
from pwa.sync.envelope import as_text
from pwa.sync.sentences import PULLED, SIZES, Owner, ask

PAGE_VERSIONS, PAGE_BYTES = 500, 2 * 1024 * 1024


@dataclass(slots=True)
class Page:
    cursor: int
    more: bool = False
    #: stored ones, as they were sent
    versions: list[str] = field(default_factory=list)
    #: kept but not taken: {"id", "text", "errors"}
    parked: list[dict[str, Any]] = field(default_factory=list)


def page_after(cursor: int, owner: Owner, language: str, just_sent: range) -> Page:
    """`just_sent`: the numbers of what this very request brought, which its phone has and gets receipts for.

    Numbers are commit order, since they are given out under a lock: what is seen here has nothing unseen before it."""
    first, last = just_sent.start, just_sent.stop - 1
    rows = list(ask(SIZES, owner, cursor=cursor, first=first, last=last, most=PAGE_VERSIONS + 1))
    wanted = _that_fit(rows)
    more = len(wanted) < len(rows)
    page = Page(max([cursor, *wanted, *([] if more else just_sent[-1:])]), more)
    if wanted:
        _fill(page, owner, wanted, language)
    return page


def _that_fit(rows: Sequence[Any]) -> list[int]:
    """At least one, so that nothing is ever too large to be pulled."""
    wanted: list[int] = []
    room = PAGE_BYTES
    for seq, size in rows[:PAGE_VERSIONS]:
        room -= size
        if wanted and room < 0:
            break
        wanted.append(seq)
    return wanted


def _fill(page: Page, owner: Owner, wanted: list[int], language: str) -> None:
    for row in ask(PULLED, owner, these=wanted):
        text = as_text(row.text)
        if row.outcome == "stored":
            page.versions.append(text)
        else:
            errors = [said(error, language) for error in row.errors or []]
            page.parked.append({"id": row.id, "text": text, "errors": errors})

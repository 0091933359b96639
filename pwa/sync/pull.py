"""What is new for a phone: the versions after its cursor, a page at a time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from pwa.forms.wrong import said
from pwa.records import Person, Version, db
from pwa.sync.envelope import as_text

PAGE_VERSIONS, PAGE_BYTES = 500, 2 * 1024 * 1024


@dataclass(slots=True)
class Page:
    cursor: int
    more: bool = False
    #: stored ones, as they were sent
    versions: list[str] = field(default_factory=list)
    #: kept but not taken: {"id", "text", "errors"}
    parked: list[dict[str, Any]] = field(default_factory=list)


def page_after(cursor: int, person: Person, sent: Collection[str]) -> Page:
    """`sent`: ids that this very request brought and that stand as it brought them; the phone has those already.

    Numbers are commit order, since they are given out under a lock: what is seen here has nothing unseen before it."""
    whose = (Version.clinic_id == person.clinic_id, Version.patient_id == person.id)
    sizes = select(Version.seq, Version.id, func.length(Version.text).label("size")).where(*whose, Version.seq > cursor)
    rows = db.session.execute(sizes.order_by(Version.seq).limit(PAGE_VERSIONS + len(sent) + 1)).all()
    page, size = Page(cursor), 0
    wanted: list[int] = []
    for row in rows:
        if row.id not in sent:
            size += row.size
            if wanted and (size > PAGE_BYTES or len(wanted) == PAGE_VERSIONS):
                page.more = True
                break
            wanted.append(row.seq)
        page.cursor = row.seq
    if wanted:
        _fill(page, whose, wanted, person.language)
    return page


def _fill(page: Page, whose: tuple[Any, ...], wanted: list[int], language: str) -> None:
    columns = select(Version.id, Version.text, Version.outcome, Version.errors)
    for row in db.session.execute(columns.where(*whose, Version.seq.in_(wanted)).order_by(Version.seq)):
        text = as_text(row.text)
        if row.outcome == "stored":
            page.versions.append(text)
        else:
            errors = [said(error, language) for error in row.errors or []]
            page.parked.append({"id": row.id, "text": text, "errors": errors})

"""A phone on which Ana signed in and read who reads what, kept so that not every test goes through these pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, rmtree
from typing import TYPE_CHECKING, Any

from pwa.records import Device, ServerKey, SignIn, db

if TYPE_CHECKING:
    from tests.browser.scene import Live, Phone

KNOWN = (Device, SignIn, ServerKey)
#: by table
Known = list[tuple[Any, list[dict[str, Any]]]]


@dataclass(frozen=True)
class Begun:
    live: Live
    profile: Path
    #: what the server knows of the phone
    known: Known

    @classmethod
    def of(cls, live: Live, phone: Phone) -> Begun:
        return cls(live, phone.profile, known_to(live))

    def carry_on(self, phone: Phone) -> None:
        """As if `phone` were it, before it is opened."""
        rmtree(phone.profile)
        copytree(self.profile, phone.profile)
        make_known(self.live, self.known)


def known_to(live: Live) -> Known:
    with live.app.app_context():
        tables = [db.metadata.tables[kind.__tablename__] for kind in KNOWN]
        known = [(table, [dict(row) for row in db.session.execute(table.select()).mappings()]) for table in tables]
        db.session.remove()
    return known


def make_known(live: Live, known: Known) -> None:
    with live.app.app_context():
        for table, rows in known:
            db.session.execute(table.insert(), rows)
        db.session.commit()
        db.session.remove()

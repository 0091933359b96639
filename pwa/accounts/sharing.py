"""What a patient shared with whom and since when, and what she took back: read from her versions, for her alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from flask import render_template
from flask_babel import gettext as _
from flask_login import current_user, login_required
from sqlalchemy import select

from pwa.accounts.called import as_words, clinic_zone
from pwa.accounts.entrance import blueprint
from pwa.domain import journal
from pwa.domain.heads import heads
from pwa.domain.words import N_
from pwa.errors import Problem
from pwa.records import Version, db

#: kinds whose entries say who may read them
SHARED = ("journal", "safety-plan")
BEGINS, MOST = 60, 100
TAKEN_BACK = N_("Taken back")
LABELS = {audience.id: audience.label for audience in journal.AUDIENCES}


@dataclass
class Entry:
    kind: str
    #: how it begins, as she last wrote it
    begins: str = ""
    #: since when it was open to whom; None: taken back. The first one first
    steps: list[tuple[str, str | None]] = field(default_factory=list)
    #: of its versions so far: what each stands on, and whom it names
    parents: dict[str, list[str]] = field(default_factory=dict)
    named: dict[str, str | None] = field(default_factory=dict)

    @property
    def was_shared(self) -> bool:
        return any(audience not in (None, "me") for _since, audience in self.steps)


@blueprint.get("/account/sharing")
@login_required
def sharing() -> str:
    if current_user.role != "patient":
        raise Problem("not-yours")
    shared = [one for one in entries(_versions()) if one.was_shared][:MOST]
    return render_template("accounts/sharing.html", entries=shared, said=_said)


def entries(versions: Iterable[Version]) -> list[Entry]:
    """`versions`: in the order in which the server heard of them. The entry that was written first comes last."""
    here, found = clinic_zone(), dict[str, Entry]()
    for version in versions:
        entry = found.setdefault(version.record or version.id, Entry(version.kind or ""))
        body = json.loads(version.text)["body"] or {}
        entry.begins = str(body.get("text") or entry.begins)[:BEGINS]
        entry.parents[version.id], entry.named[version.id] = version.parents, body.get("audience")
        audience = journal.standing_audience(entry.named[head] for head in heads(entry.parents))
        if not entry.steps or entry.steps[-1][1] != audience:
            entry.steps.append((as_words(version.received_at, here), audience))
    return list(found.values())[::-1]


def _versions() -> Sequence[Version]:
    hers = (Version.clinic_id == current_user.clinic_id, Version.patient_id == current_user.id)
    about = (Version.kind.in_(SHARED), Version.outcome == "stored", Version.author_id == current_user.id)
    return db.session.scalars(select(Version).where(*hers, *about).order_by(Version.seq)).all()


def _said(audience: str | None) -> str:
    return str(_(LABELS[audience] if audience else TAKEN_BACK))

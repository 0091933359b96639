"""Which checks a clinic asks, as it is set now."""

from __future__ import annotations

from sqlalchemy import select

from pwa.domain.checks import Check, asked
from pwa.records.base import db
from pwa.records.settings import ClinicItem


def checks_of(clinic_id: str) -> list[Check]:
    items = db.session.scalars(select(ClinicItem).where(ClinicItem.clinic_id == clinic_id)).all()
    off = {(item.what, item.id) for item in items if not item.is_asked}
    every, own = (
        {item.id: item.every for item in items if item.what == what and item.every} for what in ("check", "own")
    )
    return [check for check in asked(every, own) if not off & {("check", check.id), ("own", check.id)}]

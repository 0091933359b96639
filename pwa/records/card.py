"""What the clinic's card says on patients' phones, as it is set now."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from pwa.records.base import db
from pwa.records.people import Clinic
from pwa.records.responding import house_of
from pwa.records.settings import ClinicItem


def said(clinic_id: str) -> dict[str, Any]:
    clinic = db.session.get_one(Clinic, clinic_id)
    return {"asked": asked_by(clinic_id), "thoughts_asked": clinic.thoughts_asked, "cover": _cover(clinic_id)}


def asked_by(clinic_id: str) -> dict[str, Any]:
    items = db.session.scalars(select(ClinicItem).where(ClinicItem.clinic_id == clinic_id).order_by(ClinicItem.id))
    said: dict[str, Any] = {"effects_off": [], "checks_off": [], "own": []}
    for item in items:
        if item.what == "own" and item.is_asked:
            routes = {"routes": item.routes} if item.routes else {}
            said["own"].append({"id": item.id, "en": item.en, "fr": item.fr, **routes, **(item.every or {})})
        elif item.what != "own" and not item.is_asked:
            said[f"{item.what}s_off"].append(item.id)
        elif item.what == "check" and item.every:
            said.setdefault("every", []).append({"id": item.id, **item.every})
    return said


def _cover(clinic_id: str) -> dict[str, Any]:
    cover = house_of(clinic_id).cover
    said: dict[str, Any] = {
        "days": sorted(cover.days),
        "opens": f"{cover.opens:%H:%M}",
        "closes": f"{cover.closes:%H:%M}",
    }
    return said | ({"closed": [day.isoformat() for day in sorted(cover.closed)]} if cover.closed else {})

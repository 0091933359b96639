"""Rows that nobody from elsewhere may change, whatever they ask; and no patient those of other patients."""

from __future__ import annotations

from sqlalchemy import select

from pwa.records import db
from tests.attacks.whole import ALL, Whole


def rows_of_others(whole: Whole, who: str) -> dict[str, list[str]]:
    """By table; of everybody's for nobody."""
    clinic, id_, role, _ = ALL.get(who, ("", "", "nobody", ""))
    found = {}
    with whole.app.app_context():
        for table in db.metadata.sorted_tables:
            others = table.c.clinic_id != clinic if "clinic_id" in table.c else None
            if role == "patient" and "patient_id" in table.c:
                others = table.c.patient_id != id_
            if others is not None:
                found[table.name] = sorted(repr(tuple(row)) for row in db.session.execute(select(table).where(others)))
        db.session.remove()
    return found

"""How whoever did something is called: by the name of then, today's beside it, and apart from others of that name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import ColumnElement, select

from pwa.domain.names import looks
from pwa.domain.words import N_
from pwa.records import Clinic, EarlierName, Person, db, name_then

WHEN = "EEE d MMM y, HH:mm"
ROLES = {
    "clinician": N_("clinician"),
    "therapist": N_("therapist"),
    "manager": N_("manager"),
    "front-desk": N_("front desk"),
}
OPERATOR = N_("whoever runs the server")


def naming(who: Any, at: Any) -> tuple[ColumnElement[Any], ...]:
    """The columns by which `callers` calls whoever did something at that moment."""
    return (
        name_then(who, at).label("name"),
        who.name.label("name_now"),
        who.role.label("role"),
        who.created_at.label("here_since"),
    )


def callers() -> Callable[[Any], str]:
    """Says a row with these columns in words: the name, and what stands beside it."""
    beside = besides()
    return lambda row: f"{row.name}{beside(row)}"


def besides() -> Callable[[Any], str]:
    """The latter alone; mostly nothing."""
    shared, zone = _shared(), clinic_zone()

    def beside(row: Any) -> str:
        said = []
        if shared & {looks(row.name), looks(row.name_now)}:
            said.append(_("here since %(when)s", when=as_words(row.here_since, zone)))
        if row.name_now not in ("", row.name):
            said.append(_("now called %(name)s", name=row.name_now))
        return f" ({', '.join(said)})" if said else ""

    return beside


def by_operator(asked_by: str | None) -> str:
    """Who did it, and in whose name."""
    who = str(_(OPERATOR))
    return str(_("%(who)s, asked by %(name)s", who=who, name=asked_by)) if asked_by else who


def clinic_zone() -> ZoneInfo:
    return ZoneInfo(db.session.get_one(Clinic, current_user.clinic_id).zone)


def as_words(at: datetime, zone: ZoneInfo) -> str:
    return format_datetime(at, WHEN, zone, get_locale())


def _shared() -> set[str]:
    """Names that more than one of the clinic's staff have or had, as `looks` has them; a blank one is nobody's."""
    names = select(Person.id, Person.name).where(Person.clinic_id == current_user.clinic_id, Person.role != "patient")
    earlier = select(EarlierName.person_id, EarlierName.name).where(EarlierName.clinic_id == current_user.clinic_id)
    whose = defaultdict(set)
    for id_, name in (*db.session.execute(names), *db.session.execute(earlier)):
        whose[looks(name)].add(id_)
    return {name for name, people in whose.items() if len(people) > 1} | {""}

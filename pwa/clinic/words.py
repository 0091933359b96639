"""The clinic's words for what is kept as a code or a number, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from math import floor
from typing import Any

from babel.numbers import format_decimal
from flask_babel import gettext as _

from pwa.clinic.desk import LANGUAGES, blueprint, locale, today
from pwa.domain import checks, effects, goals, offers, routes
from pwa.domain.course import Place, Treatment, session_before
from pwa.domain.signals import bands
from pwa.domain.treatment import STATUSES

SEVERITIES, LASTED, WINDOWS = dict(effects.SEVERITIES), dict(effects.LASTED), dict(effects.WINDOWS)
PLACES, STATES = dict(routes.PLACES), dict(STATUSES)
GROUPS = {
    "route": {route.id: route.label for route in routes.ROUTES},
    "dose": dict(bands.DOSES),
    "number": dict(bands.NUMBERS),
    "place": PLACES,
}


#: ratios from which whole numbers say enough, and whole tens
WHOLE, TENS = 10, 20
#: so that 2.3 stays 2.3
TINY = 1e-9


@blueprint.app_template_filter("translated")
def translated(words: str) -> str:
    """Of data that may hold a percent sign, which a template's own `_` takes for a gap to fill."""
    return str(_(words)) if words else ""


@blueprint.app_template_filter("route_tag")
def route_tag(route: str) -> str:
    return routes.by_id(route).tag


@blueprint.app_template_filter("route_label")
def route_label(route: str) -> str:
    return str(_(routes.by_id(route).label))


@blueprint.app_template_filter("severity")
def severity(level: int, effect: str = "") -> str:
    if effect in effects.YES_NO:
        return str(_("Yes") if level else _("No"))
    return str(_(SEVERITIES[level]))


@blueprint.app_template_filter("lasted")
def lasted(band: str) -> str:
    return str(_(LASTED[band]))


@blueprint.app_template_filter("window")
def window(name: str) -> str:
    return str(_(WINDOWS[name]))


@blueprint.app_template_filter("place_label")
def place_label(place: str) -> str:
    return str(_(PLACES[place]))


@blueprint.app_template_filter("state")
def state(status: str) -> str:
    return str(_(STATES[status]))


@blueprint.app_template_filter("effect_label")
def effect_label(effect: str) -> str:
    return str(_(effects.by_id(effect).label))


@blueprint.app_template_filter("group_label")
def group_label(value: str, by: str) -> str:
    """Of a group of treatments: a route, a band of doses or numbers, a place; a lot is what it is called."""
    if (by, value) == ("lot", bands.OTHERS):
        return str(_("all other lots"))
    if by == "lot":
        return value or str(_("lot not known"))
    return str(_(GROUPS[by].get(value, value)))


@blueprint.app_template_filter("effect_words")
def effect_words(one: Any) -> str:
    """Of an effect that was reported; one that the clinic added says its own words."""
    return one.words or (one.effect if effects.OWN.fullmatch(one.effect) else effect_label(one.effect))


@blueprint.app_template_filter("check_name")
def check_name(check: str) -> str:
    """One that the clinic added is named by its effect, which stands beside it."""
    return str(_("the clinic’s own") if effects.OWN.fullmatch(check) else _(checks.by_id(check).name))


@blueprint.app_template_filter("often_words")
def often_words(every: dict[str, int]) -> str:
    words = {
        "days": _("every %(n)s days", n=every.get("days")),
        "treatments": _("every %(n)s sessions", n=every.get("treatments")),
        "mg": _("every %(n)s mg", n=every.get("mg")),
    }
    return ", ".join(str(words[by]) for by in words if by in every)


@blueprint.app_template_filter("asked_words")
def asked_words(said: dict[str, Any]) -> str:
    """What a clinic asked from some moment on, as far as it is not as in the catalogue."""
    every = {one["id"]: one for one in said.get("every", ())}
    parts = [
        *(_("not asked: %(what)s", what=effect_label(one)) for one in said["effects_off"]),
        *(_("not asked: %(what)s", what=check_name(one)) for one in said["checks_off"]),
        *(f"{check_name(id_)} {often_words(one)}" for id_, one in every.items()),
        *(f"{one[locale()]} {often_words(one)}".strip() for one in said["own"]),
        *((_("the question about thoughts"),) if said["thoughts_asked"] else ()),
    ]
    return ", ".join(map(str, parts)) or str(_("as in the catalogue"))


@blueprint.app_template_filter("offer_words")
def offer_words(one: Any) -> str:
    """Of a prompt or practice that was offered; one that is gone since has its id."""
    ours = offers.BY_ID.get(one.offer or "")
    return " · ".join(filter(None, (str(_(ours.title)) if ours else one.offer, one.line)))


@blueprint.app_template_filter("level")
def level_words(level: int, measure: str) -> str:
    """How near a goal is, by its measure."""
    return str(_("%(n)s of 10", n=level) if measure == "ten" else _(dict(goals.THREE)[level]))


@blueprint.app_template_filter("times")
def times(ratio: float) -> str:
    """How many times as often: as exact as so large a ratio can be, and rounded down."""
    step = 10 if ratio >= TENS else 1 if ratio >= WHOLE else 0.1
    return number(round(floor(ratio / step + TINY) * step, 1))


@blueprint.app_template_filter("number")
def number(value: float) -> str:
    return _written_out(value, locale())


@blueprint.app_template_filter("dose")
def dose(treatment: Any) -> str:
    """0.6 mg/kg, never broken over two lines."""
    return f"{number(treatment.dose)}\N{NO-BREAK SPACE}{treatment.unit}"


@blueprint.app_template_filter("session")
def session_words(treatment: Any) -> str:
    if treatment.number is None:
        return str(_("session"))
    if treatment.of is None:
        return str(_("session %(n)s", n=treatment.number))
    return str(_("session %(n)s of %(of)s", n=treatment.number, of=treatment.of))


@blueprint.app_template_filter("session_before")
def before(entry: Any, treatments: Iterable[Treatment]) -> Treatment | None:
    return session_before(entry.felt_at, entry.treatment, treatments)


@blueprint.app_template_filter("whereabouts")
def whereabouts(place: Place, started: date) -> str:
    """Where somebody is in a course that began on this day."""
    if place.phase == "maintenance":
        return str(_("maintenance, week %(n)s", n=(today() - started).days // 7 + 1))
    return str(_("induction, %(n)s of %(of)s", n=place.number, of=place.of))


@blueprint.app_template_filter("age")
def age(birth: date) -> int:
    """In whole years."""
    return today().year - birth.year - ((today().month, today().day) < (birth.month, birth.day))


@blueprint.app_template_filter("phone")
def phone(e164: str) -> str:
    """North American numbers as they are dialled; others as they are kept."""
    if e164.startswith("+1") and len(e164) == 12:
        return f"{e164[2:5]}-{e164[5:8]}-{e164[8:]}"
    return e164


@blueprint.app_template_filter("tongue")
def tongue(language: str) -> str:
    return LANGUAGES[language]


@lru_cache(1024)
def _written_out(value: float, language: str) -> str:
    return str(format_decimal(value, locale=language))

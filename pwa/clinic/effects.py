"""Side effects across patients: how often, after which treatments, and what of it is worth a look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Response, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from pwa.accounts import audit, reads
from pwa.clinic.desk import blueprint, clinic, locale, today
from pwa.clinic.looks import look_of
from pwa.clinic.multiples import drawn
from pwa.clinic.queries import effects as ask
from pwa.clinic.rates import GROUPS, Table, table
from pwa.clinic.sheet import sheet
from pwa.clinic.words import effect_label, group_label
from pwa.domain.days import week_of
from pwa.domain.effects import OWN, SEVERITIES, WINDOWS, counted_after
from pwa.domain.routes import ROUTE_IDS
from pwa.domain.signals.bands import OTHERS
from pwa.domain.signals.looking import QUARTER
from pwa.records.summaries import GIVEN

WEEKS = (QUARTER, 26, 52)
#: the first is asked for where the address asks for none: most people answer the next day
WINDOW_IDS = tuple(sorted((window for window, _ in WINDOWS), key=lambda window: window != "next-day"))
LEVELS = tuple(str(level) for level, _ in SEVERITIES[1:])
NARROWED = ("route", "dose", "number", "place")
LONGEST = 120
#: of the spreadsheet
HEAD = [
    "effect",
    "group",
    "sessions_with_effect",
    "sessions_with_report",
    "rate",
    "low_95",
    "high_95",
    "sessions",
    "note",
]


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what it asks wrongly is as if it did not ask."""

    by: str
    window: str
    level: int
    weeks: int
    #: column → value
    filters: Mapping[str, str]
    #: the chosen cell; "": none
    effect: str
    value: str
    as_table: bool

    @property
    def since(self) -> int:
        return week_of(today()) - self.weeks + 1

    def address(self, **other: Any) -> dict[str, str]:
        """The words of the address of this, or of this otherwise."""
        one = replace(self, **other)
        words = {"by": one.by, "window": one.window, "from": str(one.level), "weeks": str(one.weeks), **one.filters}
        more = {"effect": one.effect, "value": one.value, "as": "table" if one.as_table else ""}
        return {**words, **{name: word for name, word in more.items() if word}}


def asked_of(words: Mapping[str, str]) -> Asked:
    def one_of(name: str, choices: Sequence[str]) -> str:
        return words[name] if words.get(name) in choices else choices[0]

    by = one_of("by", tuple(GROUPS))
    filters = {name: words[name] for name in NARROWED if words.get(name) in GROUPS[name] and name != by}
    effect, value = words.get("effect", "")[:LONGEST], words.get("value", "")[:LONGEST]
    weeks = int(one_of("weeks", [str(each) for each in WEEKS]))
    level = int(one_of("from", LEVELS))
    return Asked(by, one_of("window", WINDOW_IDS), level, weeks, filters, effect, value, words.get("as") == "table")


@blueprint.get("/effects")
@reads("effects", "figures")
def effects() -> str:
    asked = asked_of(request.args)
    look = look_of(clinic(), week_of(today()))
    found = _table(asked)
    behind, everyone = _behind(asked, found)
    chosen = asked.effect or (found.lines[0].effect if found.lines else "")
    names = _names(_mentioned(found, look))
    page = render_template(
        "clinic/effects.html",
        asked=asked,
        names=names,
        table=found,
        look=look,
        marks=_marks(asked, look),
        weekly=_weekly(asked, found, chosen),
        chosen=chosen,
        cell=found.cell(asked.effect, asked.value),
        behind=behind,
        everyone=everyone,
        choices=_choices(asked),
    )
    audit.read(current_user, "effects", [one.id for one in behind])
    return page


@blueprint.get("/effects.csv")
@reads("effects", "figures")
def effects_csv() -> Response:
    asked = asked_of(request.args)
    rows = list(_rows(_table(replace(asked, as_table=True)), asked.by))
    audit.read(current_user, "effects", [])
    return sheet(f"side-effects-{today().isoformat()}", HEAD, rows)


def _table(asked: Asked) -> Table:
    about = (current_user, asked.window, asked.since, asked.by, asked.filters)
    return table(asked.by, asked.window, ask.reports(*about), ask.felt(*about, asked.level), asked.as_table)


def _rows(found: Table, by: str) -> Iterator[list[Any]]:
    names = _names(line.effect for line in found.lines)
    for line in found.lines:
        for group, rate in zip(found.groups, line.rates, strict=True):
            ends = [round(end, 4) for end in (rate.share, *rate.interval)] if rate.of else ["", "", ""]
            is_unasked = group.told and not rate.of
            counts = ["" if is_unasked else rate.of, *ends, group.given]
            note = _("not asked here") if is_unasked else "" if line.is_asked else _("told unasked")
            events = rate.unasked if is_unasked else rate.events
            yield [names[line.effect], group_label(group.value, by), events, *counts, note]


def _mentioned(found: Table, look: Mapping[str, Any]) -> set[str]:
    return {line.effect for line in found.lines} | {one["effect"] for one in (*look["differences"], *look["changes"])}


def _names(effects: Iterable[str]) -> dict[str, str]:
    """Of each effect, what it is called; of one that the clinic added, in its own words."""
    own = ask.own_words(current_user, locale())
    return {effect: own.get(effect, effect) if OWN.fullmatch(effect) else effect_label(effect) for effect in effects}


def _behind(asked: Asked, found: Table) -> tuple[Sequence[Any], int]:
    """One's own patients of the chosen cell, and how many there are in all."""
    cell = found.cell(asked.effect, asked.value)
    if cell is None:
        return [], 0
    routes = counted_after(asked.effect) if cell.of else ROUTE_IDS
    filters = {**asked.filters, asked.by: asked.value}
    return ask.behind(current_user, asked.window, asked.since, filters, routes, asked.level, asked.effect)


def _weekly(asked: Asked, found: Table, effect: str) -> dict[str, Any] | None:
    line = next((line for line in found.lines if line.effect == effect), None)
    if line is None or not line.together.of:
        return None
    about = (current_user, asked.window, asked.since, asked.by, asked.filters)
    told = ask.reports(*about, weekly=True)
    reports: Counter[tuple[str, int]] = Counter()
    for (window, route, value, week), n in told.items():
        if window != GIVEN and route in counted_after(effect):
            reports[value, week] += n
    felt = ask.felt_weekly(*about, asked.level, effect)
    weeks = range(asked.since, asked.since + asked.weeks)
    groups = [group for group, rate in zip(found.groups, line.rates, strict=True) if rate.of and group.value != OTHERS]
    smalls, scale = drawn(groups, weeks, reports, felt, line.together)
    return {"smalls": smalls, "scale": scale, "weeks": weeks, "together": line.together}


def _marks(asked: Asked, look: Mapping[str, Any]) -> dict[tuple[str, str], int]:
    """Of each cell, from 1 to 3: it is worth a look, and how far its interval is above no difference."""
    same = [one for one in look["differences"] if (one["factor"], one["window"]) == (asked.by, asked.window)]
    alike = asked.level == 1 and asked.weeks == QUARTER and asked.filters.keys() <= {"route"}
    fitting = [one for one in same if alike and asked.filters.get("route") == one["route"]]
    lows = {(one["effect"], one["value"]): one["ratio"]["low"] for one in fitting}
    return {cell: 1 + (low >= 1.5) + (low >= 2) for cell, low in lows.items()}


def _choices(asked: Asked) -> dict[str, Sequence[str]]:
    return {name: GROUPS[name] for name in NARROWED if name != asked.by}

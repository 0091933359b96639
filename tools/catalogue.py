"""Writes docs/catalogue.md from the catalogue itself: `python -m tools.catalogue`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from babel.support import Translations

from pwa.domain import aftercare, codes, days, effects, routes
from pwa.domain.checks import CHECKS, ENDS, Check
from pwa.domain.effects import Effect

PAGE = Path("docs/catalogue.md")
FRENCH = Translations.load("pwa/translations", ["fr"])
HEAD = """# What is asked, and when

Written from the code by `python -m tools.catalogue` (version {version} of the catalogue, {count} effects). A clinic
switches effects and checks off under *What is asked*, says how often a check comes, and adds effects of its own, by
route and as checks; phones learn it from the clinic's card, and who set what is kept. Chest pain, trouble breathing,
fainting, a seizure and what else can be an emergency is always asked, and choosing one shows the emergency number in
place.

## Windows after a treatment

{windows}

In maintenance a check-in is asked for every {weekly} days, and from {before} day before a session to {after} days
after it. What a patient notices at any other time has its own page; a report can be updated until the effect is gone,
and can say that it can wait until the next visit.

## First on the form, by route

At most ten, the most often published first (`pwa/domain/rates.py` has the figures and their sources); then the four
that are always listed; then search.

{first}

## Checks that fall due

By days, by treatments, or by mg in all since the check was last answered, whichever comes first; a dose by weight
counts in mg if the weight is known. By time nothing comes later than {ends} weeks after the last treatment. None of
the intervals is published: they are ours, and a clinic's medical lead must agree with them.

{checks}

## What not to do on the day, by route

{rest}

## The effects

SNOMED CT and HPO codes stand in `pwa/domain/data/codes.json`, with their sources; the file can be left out. What has
no code there has none in the sources. MedDRA: names of preferred terms only, not confirmed. CTCAE: only the term
whose grades were read.

{effects}
"""


def page() -> str:
    return HEAD.format(
        version=effects.VERSION,
        count=len(effects.CATALOGUE),
        windows=_windows(),
        weekly=days.WEEKLY,
        before=days.BEFORE,
        after=days.AFTER,
        first=_table(("route", "effects"), map(_first, routes.ROUTES)),
        ends=ENDS.days // 7,
        checks=_table(("check", "effects", "due", "source"), map(_check, CHECKS)),
        rest=_table(("route", "until tomorrow", "source"), _rest()),
        effects="\n\n".join(_groups()),
    )


def _windows() -> str:
    labels, begins = dict(effects.WINDOWS), 0
    rows = []
    for window, until in (*days.UNTIL, ("long-term", None)):
        span = f"{begins} to {until} h" if until else f"from {begins} h"
        asked = days.ASKED_FROM.get(window)
        asks = "as soon as it has worn off" if window == "acute" else f"from {asked} h" if asked else ""
        rows.append((window, labels[window], span, asks))
        begins = until or 0
    return _table(("window", "in words", "since the treatment", "Today asks"), rows)


def _first(route: routes.Route) -> Sequence[str]:
    return route.label, ", ".join(effect.label for effect in effects.first_ten(route.id))


def _check(check: Check) -> Sequence[str]:
    due = [
        "before the first treatment" if check.baseline else "",
        f"{check.days} days" if check.days else "",
        f"{check.treatments} treatments" if check.treatments else "",
        f"{check.in_maintenance} in maintenance" if check.in_maintenance else "",
        f"{check.mg} mg" if check.mg else "",
    ]
    asked = ", ".join(effects.by_id(effect).label for effect in check.effects)
    return check.name, asked, ", ".join(filter(None, due)), check.source


def _rest() -> Iterator[Sequence[str]]:
    for route, rest in aftercare.REST.items():
        mark = "" if rest.is_confirmed else " (not confirmed)"
        yield routes.by_id(route).label, rest.dont, rest.source + mark


def _groups() -> Iterator[str]:
    for group in effects.GROUPS:
        rows = [_effect(effect) for effect in effects.CATALOGUE if effect.group == group.id]
        yield f"### {group.label}\n\n" + _table(("id", "in words", "en français", "when", "route", "codes"), rows)


def _effect(effect: Effect) -> Sequence[str]:
    every = effect.routes == routes.ROUTE_IDS
    fitting = "" if every else ", ".join(routes.by_id(route).tag for route in effect.routes)
    name = f"{effect.id} (emergency)" if effect.emergency else effect.id
    return name, effect.label, FRENCH.gettext(effect.label), ", ".join(effect.windows), fitting, _codes(effect.id)


def _codes(effect: str) -> str:
    of = codes.of(effect)
    snomed = [f"SNOMED {code}" + (f" ({means})" if means else "") for code, means in of.snomed.items()]
    named = [f"MedDRA {name}" for name in of.meddra] + [f"CTCAE {name}" for name in of.ctcae]
    return "; ".join([*snomed, *of.hpo, *named])


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")

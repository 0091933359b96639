"""What is claimed of ketamine therapy, and beside it what came of treatments at this clinic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Response, render_template, request
from flask_login import current_user

from pwa.accounts import audit, reads
from pwa.clinic.desk import blueprint, locale, today
from pwa.clinic.queries import outcomes as ask
from pwa.clinic.sheet import sheet
from pwa.domain.days import monday_of, week_of
from pwa.domain.outcomes import CLAIMS, Claim, Median, Share, lies, median_of, of_effects, of_people
from pwa.domain.outcomes.beginnings import LASTING_OVER, RELIEF_OVER, THOUGHTS_OVER
from pwa.domain.routes import ROUTE_IDS

#: the first is shown where the address asks for none: what comes of a course is not known before weeks have passed
WEEKS = (26, 13, 52)
#: days in which the sixth treatment is waited for
AWAITED = 42


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what it asks wrongly is as if it did not ask."""

    weeks: int
    #: "": every route
    route: str
    as_table: bool

    @property
    def week(self) -> int:
        return week_of(today()) - self.weeks + 1

    def address(self, **other: Any) -> dict[str, Any]:
        words = {"weeks": self.weeks, "route": self.route, "as": "table" if self.as_table else "", **other}
        return {name: word for name, word in words.items() if word}


@dataclass(frozen=True)
class Line:
    """A claim and the clinic's own number."""

    claim: Claim
    own: Share | Median
    #: people or effects of whom nothing can be said, by why
    left_out: Mapping[str, int]

    @property
    def is_time(self) -> bool:
        return isinstance(self.own, Median)

    @property
    def lies(self) -> str:
        """ "": it is not compared; `few`: it could be, with more."""
        if self.claim.differs or not self.claim.figure or not self.own.of:
            return ""
        return "few" if self.own.is_few else lies(self.own.interval, self.claim.figure)

    @property
    def could_turn(self) -> bool:
        """Answers that are missing could make it lie otherwise."""
        figure, own = self.claim.figure, self.own
        if isinstance(own, Median) or not figure or self.lies not in ("within", "below", "above"):
            return False
        return lies(own.bounds, figure) != self.lies


@blueprint.app_template_filter("host")
def host(address: str) -> str:
    return urlsplit(address).netloc.removeprefix("www.")


@dataclass(frozen=True)
class Found:
    lines: list[Line]
    began: int
    given: int
    told: int


def asked_of(words: Mapping[str, str]) -> Asked:
    weeks = next((each for each in WEEKS if str(each) == words.get("weeks")), WEEKS[0])
    route = words.get("route", "")
    return Asked(weeks, route if route in ROUTE_IDS else "", words.get("as") == "table")


@blueprint.get("/outcomes")
@reads("figures")
def outcomes() -> str:
    asked = asked_of(request.args)
    shown = {"asked": asked, "found": found_of(asked), "language": locale(), "routes": ROUTE_IDS, "awaited": AWAITED}
    page = render_template("clinic/outcomes.html", **shown)
    audit.read(current_user, "outcomes", [])
    return page


@blueprint.get("/outcomes.csv")
@reads("figures")
def outcomes_csv() -> Response:
    asked = asked_of(request.args)
    head = ["claim", "claimed_low", "claimed_high", "unit", "own", "low_95", "high_95", "events", "of", "people"]
    head += ["missing", "if_missing_none", "if_missing_all", "left_out", "compared", "lies", "source", "read_on"]
    rows = list(map(_row, found_of(asked).lines))
    audit.read(current_user, "outcomes", [])
    return sheet(f"outcomes-{today().isoformat()}", head, rows)


def found_of(asked: Asked) -> Found:
    about = ask.Asked(current_user, monday_of(asked.week), asked.week, asked.route)
    effects = ask.effects(about)
    own = {**_of_people(about), **_of_effects(effects)}
    lines = [Line(claim, *own[claim.id]) for claim in CLAIMS]
    return Found(lines, ask.began(about), effects.given, effects.told)


def _of_people(about: ask.Asked) -> dict[str, tuple[Share | Median, Mapping[str, int]]]:
    """Nobody counts before the time in which they could have answered is over."""
    relief = ask.relief(about, _ago(RELIEF_OVER))
    thoughts = ask.thoughts(about, _ago(THOUGHTS_OVER))
    lasting = ask.lasting(about, _ago(LASTING_OVER))
    days = ask.days(about, _ago(AWAITED))
    times = [n for n, people in days.items() if n is not None and n <= AWAITED for _ in range(people)]
    shares = {"relief": relief, "thoughts": thoughts, "lasting": lasting}
    found: dict[str, tuple[Share | Median, Mapping[str, int]]] = {
        claim: (of_people(answers), {why: answers.get(why, 0) for why in ("no-before", "not-so")})
        for claim, answers in shares.items()
    }
    return {**found, "course": (median_of(times, sum(days.values())), {})}


def _of_effects(effects: ask.Effects) -> dict[str, tuple[Share, Mapping[str, int]]]:
    """A session of which nothing was told is taken to have brought as many effects as the others."""
    silent = effects.given - effects.told
    each = effects.mild.of / effects.told if effects.told else 0.0
    untimed = effects.mild.of - effects.brief.of
    unknown = {"silent": silent}
    return {
        "mild": (of_effects(effects.mild, silent * each), unknown),
        "gone": (of_effects(effects.brief, silent * each + untimed), {**unknown, "untimed": untimed}),
    }


def _ago(days: int) -> date:
    return today() - timedelta(days=days)


def _row(line: Line) -> Iterator[Any]:
    claim, own = line.claim, line.own
    yield claim.id
    yield from (claim.figure.low, claim.figure.high, claim.figure.unit) if claim.figure else ("", "", "")
    yield from _numbers(own)
    yield "; ".join(f"{why} {n}" for why, n in line.left_out.items())
    yield from ("no" if claim.differs else "yes", line.lies, claim.source, claim.read_on.isoformat())


def _numbers(own: Share | Median) -> Iterator[Any]:
    if isinstance(own, Median):
        return _of_median(own)
    return _of_share(own)


def _of_median(own: Median) -> Iterator[Any]:
    yield from ("" if end is None else end for end in (own.median, *own.interval))
    yield from (len(own.times), own.of, own.of, "", "", "")


def _of_share(own: Share) -> Iterator[Any]:
    yield from (round(end, 4) for end in (own.share, *own.interval)) if own.of else ("", "", "")
    yield from (own.events, own.of, own.people, round(own.silent))
    yield from (round(end, 4) for end in own.bounds) if own.of else ("", "")

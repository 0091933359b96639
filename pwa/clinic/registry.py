"""The clinic's register of adverse events: what began in a period, to be read, printed or taken to a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Response, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from pwa.accounts import audit, reads
from pwa.clinic.desk import blueprint, here, today
from pwa.clinic.event_words import event_name, judged
from pwa.clinic.queries import AnyRow
from pwa.clinic.queries import register as ask
from pwa.clinic.sheet import sheet
from pwa.clinic.words import dose, route_tag
from pwa.config import now
from pwa.forms.fields import day_in
from pwa.records import AdverseEvent, Treatment

QUARTER = timedelta(days=91)
#: rows of one page; a spreadsheet takes all
MOST = 500
#: column of the sheet → what of an event stands there
COLUMNS = ("told", "serious", "causality", "action", "outcome", "note")


@dataclass(frozen=True)
class Period:
    """What the address asks for; what it asks wrongly is as if it did not ask."""

    first: date
    last: date
    #: only what is serious
    serious: bool

    def address(self) -> dict[str, Any]:
        days = {"from": self.first.isoformat(), "to": self.last.isoformat()}
        return {**days, **({"serious": "yes"} if self.serious else {})}


def period() -> Period:
    last = day_in(request.args.get("to", "")) or today()
    first = day_in(request.args.get("from", "")) or last - QUARTER
    return Period(min(first, last), max(first, last), request.args.get("serious") == "yes")


@blueprint.get("/events")
@reads("events", "figures")
def events() -> str:
    asked = period()
    about = (current_user, asked.first, asked.last, asked.serious)
    rows = ask.listed(*about, MOST)
    page = render_template(
        "clinic/events.html",
        asked=asked,
        rows=rows,
        given=ask.given(current_user, [row[0] for row in rows]),
        counts=ask.counts(*about),
        printed=now(),
    )
    _was_read(rows)
    return page


@blueprint.get("/events.csv")
@reads("events", "figures")
def events_csv() -> Response:
    asked = period()
    rows = ask.listed(current_user, asked.first, asked.last, asked.serious, None)
    given = ask.given(current_user, [row[0] for row in rows])
    _was_read(rows)
    days = ["began", "ended", "heard"]
    head = ["patient", *days, "event", "session", "route", "dose", "grade", *COLUMNS, "judged_by", "judged_on"]
    return sheet(f"adverse-events-{asked.first}-{asked.last}", head, _lines(rows, given))


def _was_read(rows: Sequence[AnyRow]) -> None:
    whose = {row[0].id: row[0].patient_id for row in rows}
    audit.read(current_user, "adverse-events", whose.values(), whose)


def _lines(rows: Sequence[AnyRow], given: dict[str, Treatment]) -> Iterator[list[Any]]:
    for event, code, name in rows:
        days = [day.isoformat() if day else "" for day in (event.began, event.ended, event.heard)]
        after = _treatment(event, given)
        said = [judged(event, column) for column in COLUMNS]
        yield [code, *days, event_name(event), *after, event.grade, *said, name, here(event.at).date().isoformat()]


def _treatment(event: AdverseEvent, given: dict[str, Treatment]) -> list[str]:
    treatment = given.get(event.about or "")
    if treatment is None:
        return [str(_("between sessions")) if event.about else "", "", ""]
    return [treatment.day.isoformat(), route_tag(treatment.route), dose(treatment)]

"""What came of treatments, over the whole clinic, from the summaries: counts, and of people nothing but counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, case, cast, func, select

from pwa.domain.outcomes import Sums
from pwa.records import FeltInAll, FirstCourse, Person, db


@dataclass(frozen=True)
class Asked:
    """Whose, since which day, and by which route; "": by any."""

    user: Person
    since: date
    week: int
    route: str


@dataclass(frozen=True)
class Effects:
    """Of the treatments: how many were given, and told of; and what was felt, of people who felt anything."""

    given: int
    told: int
    mild: Sums
    brief: Sums


def began(asked: Asked) -> int:
    return db.session.scalar(_people(asked).with_only_columns(func.count())) or 0


def relief(asked: Asked, until: date) -> dict[Any, int]:
    """Of those who were treated first by this day, how many gave each answer."""
    return _counted(_people(asked).where(FirstCourse.started <= until), FirstCourse.relief)


def thoughts(asked: Asked, until: date) -> dict[Any, int]:
    return _counted(_people(asked).where(FirstCourse.started <= until), FirstCourse.thoughts)


def lasting(asked: Asked, until: date) -> dict[Any, int]:
    """Of those who had their sixth treatment by this day."""
    return _counted(_people(asked).where(FirstCourse.sixth <= until), FirstCourse.lasting)


def days(asked: Asked, until: date) -> dict[Any, int]:
    """From the first treatment to the sixth; None: there is none."""
    return _counted(_people(asked).where(FirstCourse.started <= until), FirstCourse.days)


def effects(asked: Asked) -> Effects:
    """Added up by the database: first over the treatments of a person, then over people."""
    one = FeltInAll
    counts = [func.sum(getattr(one, name)).label(name) for name in ("felt", "mild", "timed", "brief")]
    each = select(func.count().label("given"), func.sum(cast(one.told, Integer)).label("told"), *counts)
    each = each.where(one.clinic_id == asked.user.clinic_id, one.week >= asked.week)
    each = each.where(one.route == asked.route) if asked.route else each
    per = each.group_by(one.patient_id).subquery().c
    sums = [*_sums(per.felt, per.mild), *_sums(per.timed, per.brief)]
    row = db.session.execute(select(func.sum(per.given), func.sum(per.told), *sums)).one()
    given, told, *rest = (int(one or 0) for one in row)
    return Effects(given, told, Sums(*rest[:6]), Sums(*rest[6:]))


def _sums(of: ColumnElement[int], events: ColumnElement[int]) -> Sequence[ColumnElement[int]]:
    """As `Sums` has them."""
    squares = func.sum(of * of), func.sum(of * events), func.sum(events * events)
    return func.sum(case((of > 0, 1), else_=0)), func.sum(of), func.sum(events), *squares


def _counted(people: Select[*tuple[FirstCourse]], column: Any) -> dict[Any, int]:
    counted = people.with_only_columns(column, func.count()).group_by(column)
    return {row[0]: row[1] for row in db.session.execute(counted)}


def _people(asked: Asked) -> Select[*tuple[FirstCourse]]:
    whose = FirstCourse.clinic_id == asked.user.clinic_id
    theirs = select(FirstCourse).where(whose, FirstCourse.started >= asked.since)
    return theirs.where(FirstCourse.route == asked.route) if asked.route else theirs

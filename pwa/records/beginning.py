"""The summary of a patient's first course, kept current as treatments and check-ins come, change and go."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import date
from types import SimpleNamespace
from typing import Any

from sqlalchemy import bindparam, delete, insert, select

from pwa.domain.outcomes import first_course
from pwa.domain.outcomes.beginnings import reach, reach_of
from pwa.records.base import db, table_of
from pwa.records.entries import CheckIn
from pwa.records.summaries import FirstCourse
from pwa.records.summing import DOSES, TREATMENTS, given_of
from pwa.records.typed import HUNDREDS, Row, Rows

FIRST, CHECK_INS = table_of(FirstCourse), table_of(CheckIn)
#: the kinds that say what a treatment is
OF_TREATMENTS = {"treatment", "home-dose"}


def _whose(table: Any) -> tuple[Any, Any]:
    return table.c.clinic_id == bindparam("clinic"), table.c.patient_id == bindparam("patient")


_t, _c = TREATMENTS.c, CHECK_INS.c
_columns = (_t.record, _t.written_at, _t.version_id, _t.status, _t.day, _t.at, _t.route, _t.number)
ASK_TREATMENTS = select(*_columns).where(*_whose(TREATMENTS))
ASK_DOSES = select(DOSES.c.treatment).where(*_whose(DOSES), DOSES.c.treatment.is_not(None))
ASK_CHECK_INS = select(_c.day, _c.felt_at, _c.mood, _c.thoughts).where(
    *_whose(CHECK_INS), _c.day.between(bindparam("since"), bindparam("until"))
)
ASK_DAYS = select(_c.day).where(*_whose(CHECK_INS), _c.version_id.in_(bindparam("these", expanding=True)))
ASK_FIRST = select(FIRST.c.started, FIRST.c.sixth).where(*_whose(FIRST))
TAKEN_AWAY = delete(FIRST).where(*_whose(FIRST))


def days_of(clinic_id: str, patient_id: str, fallen: Mapping[str, Collection[str]]) -> set[date]:
    """The days of check-ins by their versions, as long as their typed rows still stand."""
    ordered = sorted(fallen.get("check-in", ()))
    some = (ordered[start : start + HUNDREDS] for start in range(0, len(ordered), HUNDREDS))
    return {day for these in some for (day,) in _ask(ASK_DAYS, clinic_id, patient_id, these=these)}


def days_in(rows: Iterable[Rows]) -> set[date]:
    """The days of the check-ins among these typed rows."""
    return {row["day"] for some in rows for row in some.get(CHECK_INS, ())}


def renew(clinic_id: str, patient_id: str, kinds: Collection[str], days: Collection[date]) -> None:
    """Writes the summary anew where versions of these kinds, or check-ins of these days, touch it."""
    if OF_TREATMENTS.isdisjoint(kinds) and not _matter(clinic_id, patient_id, days):
        return
    doses = [{"treatment": one} for (one,) in _ask(ASK_DOSES, clinic_id, patient_id)]
    treatments = [dict(row._mapping) for row in _ask(ASK_TREATMENTS, clinic_id, patient_id)]
    check_ins: list[Row] = []
    if reached := reach_of(_named(given_of(treatments, {dose["treatment"] for dose in doses}))):
        asked = _ask(ASK_CHECK_INS, clinic_id, patient_id, since=reached[0], until=reached[1])
        check_ins = [dict(row._mapping) for row in asked]
    wanted = summed(clinic_id, patient_id, treatments, doses, check_ins)[FIRST]
    _ask(TAKEN_AWAY, clinic_id, patient_id)
    if wanted:
        db.session.connection().execute(insert(FIRST), wanted)


def summed(
    clinic_id: str, patient_id: str, treatments: Iterable[Row], doses: Iterable[Row], check_ins: Iterable[Row]
) -> Rows:
    """The row that stands for typed rows, if there is one."""
    given = given_of(treatments, {dose["treatment"] for dose in doses})
    found = first_course(_named(given), _named(check_ins))
    return {FIRST: [{"clinic_id": clinic_id, "patient_id": patient_id, **asdict(found)}] if found else []}


def _matter(clinic_id: str, patient_id: str, days: Collection[date]) -> bool:
    """Most check-ins are of days that no summary looks at."""
    if not days:
        return False
    row = _ask(ASK_FIRST, clinic_id, patient_id).one_or_none()
    if row is None:
        return False
    since, until = reach(row.started, row.sixth)
    return any(since <= day <= until for day in days)


def _named(rows: Iterable[Row]) -> list[SimpleNamespace]:
    return [SimpleNamespace(**row) for row in rows]


def _ask(sentence: Any, clinic_id: str, patient_id: str, **more: Any) -> Any:
    return db.session.connection().execute(sentence, {"clinic": clinic_id, "patient": patient_id, **more})

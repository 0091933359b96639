"""What the safety rules read of one patient, from the typed rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Row, Select, Table, bindparam, func, select

from pwa.domain.effects import IDS
from pwa.domain.safety import CheckIn, Facts, Had, HomeDose, Report
from pwa.domain.safety import Treatment as Dose
from pwa.domain.safety.facts import A_DAY, REMEMBERED
from pwa.domain.safety.reading import readings_of
from pwa.domain.treatment import in_mg
from pwa.records import entries
from pwa.records.base import db, table_of

CHECK_INS, REPORTS = table_of(entries.CheckIn), table_of(entries.EffectsReport)
EFFECTS, TREATMENTS, COURSES = table_of(entries.ReportedEffect), table_of(entries.Treatment), table_of(entries.Course)
DOSES = table_of(entries.HomeDose)
#: a treatment's day is the clinic's, an entry's the patient's
LEEWAY = timedelta(days=4)
EVERY = 1_000_000


def _of_patient(table: Any) -> Any:
    return (table.c.clinic_id == bindparam("clinic")) & (table.c.patient_id == bindparam("patient"))


def _between(table: Any) -> Any:
    return _of_patient(table) & table.c.day.between(bindparam("first"), bindparam("last"))


def _last_of_a_day(table: Table, *columns: Column[Any]) -> Select[*tuple[Any, ...]]:
    """The last few of each day, by time."""
    order = (table.c.felt_at, table.c.written_at, table.c.version_id)
    place = (
        func.row_number().over(partition_by=table.c.day, order_by=[column.desc() for column in order]).label("place")
    )
    ranked = select(*columns, table.c.written_at, place).where(_between(table)).subquery()
    named = [ranked.c[column.name] for column in columns]
    again = [ranked.c.felt_at, ranked.c.written_at, ranked.c.version_id]
    return select(*named).where(ranked.c.place <= bindparam("most")).order_by(*again)


# said once: building such a statement costs more than running it
_c, _r, _e, _t, _d = CHECK_INS.c, REPORTS.c, EFFECTS.c, TREATMENTS.c, DOSES.c
ASK_CHECK_INS = _last_of_a_day(
    CHECK_INS, _c.record, _c.version_id, _c.day, _c.felt_at, _c.mood, _c.energy, _c.sleep, _c.thoughts
)
ASK_REPORTS = _last_of_a_day(
    REPORTS, _r.record, _r.version_id, _r.day, _r.felt_at, _r.treatment, _r.window, _r.systolic, _r.diastolic, _r.pulse
)
OF_REPORT = (_r.clinic_id == _e.clinic_id) & (_r.patient_id == _e.patient_id) & (_r.version_id == _e.version_id)
ASK_EFFECTS = (
    select(_e.version_id, _e.effect, _e.severity, _e.ongoing, _e.lasted)
    .join(REPORTS, OF_REPORT)
    .where(_between(REPORTS), _e.effect.in_(bindparam("effects", expanding=True)))
)
ASK_TREATMENTS = (
    select(
        *(_t.record, _t.at, _t.status, _t.place, _t.dose, _t.unit, _t.weight),
        *(_t.version_id, _t.day, _t.minutes, _t.observed),
    )
    .where(_of_patient(TREATMENTS), _t.day.between(bindparam("first"), bindparam("last")))
    .order_by(_t.written_at, _t.version_id)
)
ASK_DOSES = (
    select(_d.record, _d.version_id, _d.at, _d.mg, _d.ok_at, _d.treatment)
    .where(_of_patient(DOSES), _d.day.between(bindparam("first"), bindparam("last")))
    .order_by(_d.written_at, _d.version_id)
)
ASK_NIGHTS = (
    select(_r.record, _r.version_id, _r.day, _r.felt_at, _e.severity)
    .join(EFFECTS, OF_REPORT)
    .where(_of_patient(REPORTS), _e.effect == "nocturia")
    .order_by(_r.felt_at, _r.version_id)
    .limit(1)
)
ASK_PHASE = (
    select(COURSES.c.phase)
    .where(_of_patient(COURSES))
    .order_by(COURSES.c.written_at.desc(), COURSES.c.version_id.desc())
    .limit(1)
)


def facts_of(clinic_id: str, patient_id: str, first: date, last: date, everything: bool = False) -> Facts:
    """Between two days, both included; treatments a few days beyond.

    Not everything: what rules remember when they judge another entry, which is little however much was written."""
    whose = {"clinic": clinic_id, "patient": patient_id}
    said = {**whose, "first": first, "last": last, "most": EVERY if everything else A_DAY}
    effects: dict[str, dict[str, Had]] = defaultdict(dict)
    for version, effect, *had in _ask(ASK_EFFECTS, {**said, "effects": IDS if everything else REMEMBERED}):
        effects[version][effect] = Had(*had)
    reports = [
        Report(record, version, day, felt_at, effects.get(version, {}), *about)
        for record, version, day, felt_at, *about in _ask(ASK_REPORTS, said)
    ]
    # of two heads of a treatment the later written stands
    about = {**whose, "first": first - LEEWAY, "last": last + LEEWAY}
    rows = _ask(ASK_TREATMENTS, about)
    treatments = sorted({row.record: row for row in rows}.values(), key=lambda row: row.at)
    return Facts(
        check_ins=[CheckIn(*row) for row in _ask(ASK_CHECK_INS, said)],
        reports=reports,
        treatments=[
            Dose(row.record, row.at, row.status, row.place, in_mg(row.dose, row.unit, row.weight))
            for row in treatments
            if row.status != "cancelled"
        ],
        in_maintenance=any(phase == "maintenance" for (phase,) in _ask(ASK_PHASE, whose)),
        readings=[
            reading
            for row in treatments
            if row.status == "given"
            for reading in readings_of(row.record, row.version_id, row.day, row.at, row.minutes, row.observed)
        ],
        doses=sorted(
            {row.record: HomeDose(*row) for row in _ask(ASK_DOSES, about)}.values(), key=lambda one: one.felt_at
        ),
        nights=next((_nights(*row) for row in _ask(ASK_NIGHTS, whose)), None),
    )


def _nights(record: str, version: str, day: date, felt_at: datetime, severity: int) -> Report:
    return Report(record, version, day, felt_at, {"nocturia": Had(severity)})


def _ask(sentence: Select[*tuple[Any, ...]], values: dict[str, Any]) -> Iterator[Row[*tuple[Any, ...]]]:
    yield from db.session.connection().execute(sentence, values).all()

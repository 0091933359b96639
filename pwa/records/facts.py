"""What the safety rules read of one patient: from the typed rows, and of what was updated, from its versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Row, Select, Table, and_, bindparam, exists, false, func, select

from pwa.domain.effects import IDS
from pwa.domain.safety import CheckIn, Entry, Facts, Had, HomeDose, Report
from pwa.domain.safety import Treatment as Dose
from pwa.domain.safety.facts import A_DAY, REMEMBERED
from pwa.domain.safety.reading import readings_of, spoken_at
from pwa.domain.treatment import in_mg
from pwa.records import entries
from pwa.records.base import db, table_of
from pwa.records.earlier import earlier
from pwa.records.versions import Version

CHECK_INS, REPORTS = table_of(entries.CheckIn), table_of(entries.EffectsReport)
EFFECTS, TREATMENTS, COURSES = table_of(entries.ReportedEffect), table_of(entries.Treatment), table_of(entries.Course)
DOSES, VERSIONS = table_of(entries.HomeDose), table_of(Version)
#: a treatment's day is the clinic's, an entry's the patient's
LEEWAY = timedelta(days=4)
EVERY = 1_000_000
AnyRow = Row[*tuple[Any, ...]]


def _of_patient(table: Any) -> Any:
    return (table.c.clinic_id == bindparam("clinic")) & (table.c.patient_id == bindparam("patient"))


def _between(table: Any) -> Any:
    """About one of these days, or, as an update of what began before, written on one."""
    since = (table.c.day >= bindparam("first")) | (table.c.written_at >= bindparam("since"))
    return _of_patient(table) & since & (table.c.day <= bindparam("last"))


def _version_of(table: Any) -> ColumnElement[bool]:
    same = (VERSIONS.c.clinic_id == table.c.clinic_id, VERSIONS.c.patient_id == table.c.patient_id)
    return and_(*same, VERSIONS.c.id == table.c.version_id)


def _last_of_a_day(table: Table, *columns: Column[Any], always: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """The last few of each day, by time, and those that are remembered always; with them what they stand on."""
    order = (table.c.felt_at, table.c.written_at, table.c.version_id)
    place = func.row_number().over(partition_by=table.c.day, order_by=[column.desc() for column in order])
    # keys alone are ranked: of a day with many, most are read no further
    ranked = select(table.c.version_id, place.label("place"), always.label("always")).where(_between(table)).subquery()
    return (
        select(*columns, VERSIONS.c.parents)
        .join_from(ranked, table, _of_patient(table) & (table.c.version_id == ranked.c.version_id))
        .join(VERSIONS, _version_of(table))
        .where((ranked.c.place <= bindparam("most")) | ranked.c.always)
        .order_by(*order)
    )


# said once: building such a statement costs more than running it
_c, _r, _e, _t, _d = CHECK_INS.c, REPORTS.c, EFFECTS.c, TREATMENTS.c, DOSES.c
ASK_CHECK_INS = _last_of_a_day(
    CHECK_INS,
    *(_c.record, _c.version_id, _c.day, _c.felt_at, _c.received_at, _c.mood, _c.energy, _c.sleep, _c.thoughts),
    always=false(),
)
OF_REPORT = (_r.clinic_id == _e.clinic_id) & (_r.patient_id == _e.patient_id) & (_r.version_id == _e.version_id)
#: as an expression: SQLite would seek each of thirty effects in every report rather than read the few that it has
THE_EFFECT = _e.effect.concat("")
IS_READING = _r.systolic.is_not(None) | _r.diastolic.is_not(None) | _r.pulse.is_not(None)
ASK_REPORTS = _last_of_a_day(
    REPORTS,
    *(_r.record, _r.version_id, _r.day, _r.felt_at, _r.written_at, _r.received_at),
    *(_r.treatment, _r.window, _r.systolic, _r.diastolic, _r.pulse),
    always=IS_READING | exists().where(OF_REPORT, THE_EFFECT.in_(REMEMBERED), _e.severity > 0),
)
ASK_EFFECTS = (
    select(_e.version_id, _e.effect, _e.severity, _e.ongoing, _e.lasted)
    .join(REPORTS, OF_REPORT)
    .where(_between(REPORTS), THE_EFFECT.in_(bindparam("effects", expanding=True)))
)
ASK_TREATMENTS = (
    select(
        *(_t.record, _t.at, _t.status, _t.place, _t.dose, _t.unit, _t.weight),
        *(_t.version_id, _t.day, _t.minutes, _t.observed, VERSIONS.c.parents),
    )
    .join(VERSIONS, _version_of(TREATMENTS))
    .where(_of_patient(TREATMENTS), _t.day.between(bindparam("first"), bindparam("last")))
    .order_by(_t.written_at, _t.version_id)
)
ASK_DOSES = (
    select(_d.record, _d.version_id, _d.at, _d.mg, _d.ok_at, _d.treatment, _d.received_at, VERSIONS.c.parents)
    .join(VERSIONS, _version_of(DOSES))
    .where(_of_patient(DOSES), _d.day.between(bindparam("first"), bindparam("last")))
    .order_by(_d.written_at, _d.version_id)
)
ASK_NIGHTS = (
    select(
        *(_r.record, _r.version_id, _r.day, _r.felt_at, _r.written_at, _r.received_at),
        *(_r.treatment, _r.window, _r.systolic, _r.diastolic, _r.pulse, _e.severity, VERSIONS.c.parents),
    )
    .join(EFFECTS, OF_REPORT)
    .join(VERSIONS, _version_of(REPORTS))
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


def facts_of(
    clinic_id: str,
    patient_id: str,
    first: date,
    last: date,
    *,
    everything: bool = False,
    records: Collection[str] = (),
    nights: bool = True,
) -> Facts:
    """Between two days, both included; treatments a few days beyond. `records`: of which the earlier wordings are
    wanted, whenever they were. `nights`: whether it matters how the nights were at first.

    Not everything: what rules remember when they judge another entry, which is little however much was written."""
    whose = {"clinic": clinic_id, "patient": patient_id}
    since = datetime.combine(first, time(), UTC)
    said = {**whose, "first": first, "last": last, "since": since, "most": EVERY if everything else A_DAY}
    reports = _reports(said, IDS if everything else REMEMBERED)
    check_ins = [_check_in(row) for row in _ask(ASK_CHECK_INS, said)]
    # of two heads of a treatment the later written stands
    about = {**whose, "first": first - LEEWAY, "last": last + LEEWAY}
    rows = _ask(ASK_TREATMENTS, about)
    treatments = sorted({row.record: row for row in rows}.values(), key=lambda row: row.at)
    readings = [one for row in treatments if row.status == "given" for one in _readings(row)]
    doses = {row.record: HomeDose(*row) for row in _ask(ASK_DOSES, about)}
    of_nights = _ask(ASK_NIGHTS, whose) if nights else ()
    first_nights = next((_report(row, {"nocturia": Had(row.severity)}) for row in of_nights), None)
    updated: Sequence[Entry] = (*reports, *check_ins, *readings, *doses.values()) if everything else reports
    return Facts(
        check_ins=check_ins,
        reports=sorted(reports, key=lambda one: one.felt_at),
        treatments=[
            Dose(row.record, row.at, row.status, row.place, in_mg(row.dose, row.unit, row.weight))
            for row in treatments
            if row.status != "cancelled"
        ],
        in_maintenance=[*_ask(ASK_PHASE, whose)] == [("maintenance",)],
        readings=readings,
        doses=sorted(doses.values(), key=lambda one: one.felt_at),
        nights=first_nights,
        earlier=earlier(clinic_id, patient_id, {*records, *_updated((*updated, first_nights))}),
    )


def _reports(said: dict[str, Any], named: Collection[str]) -> list[Report]:
    effects: dict[str, dict[str, Had]] = defaultdict(dict)
    rows = [*_ask(ASK_REPORTS, said)]
    for version, effect, *had in _ask(ASK_EFFECTS, {**said, "effects": named}) if rows else ():
        effects[version][effect] = Had(*had)
    return [_report(row, effects.get(row.version_id, {})) for row in rows]


def _updated(entries: Iterable[Entry | None]) -> Iterator[str]:
    yield from (one.record for one in entries if one and one.stands_on)


def _check_in(row: AnyRow) -> CheckIn:
    answers = (row.mood, row.energy, row.sleep, row.thoughts)
    return CheckIn(row.record, row.version_id, row.day, row.felt_at, *answers, row.parents, row.received_at)


def _report(row: AnyRow, effects: dict[str, Had]) -> Report:
    at = spoken_at(row.felt_at, row.written_at, row.received_at, row.parents)
    numbers = (row.systolic, row.diastolic, row.pulse)
    about = (row.treatment, row.window, *numbers)
    whole = (row.record, row.version_id, row.day, at, effects, *about)
    return Report(*whole, stands_on=row.parents, received_at=row.received_at)


def _readings(row: AnyRow) -> list[Report]:
    return readings_of(row.record, row.version_id, row.day, row.at, row.minutes, row.observed, row.parents)


def _ask(sentence: Select[*tuple[Any, ...]], values: dict[str, Any]) -> Iterator[AnyRow]:
    yield from db.session.connection().execute(sentence, values).all()

"""Reminders out of the course: what falls due becomes a row, and is looked at once more before it goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, union_all

from pwa.config import now
from pwa.domain import reminders
from pwa.domain.checks import ENDS
from pwa.domain.reminders import LATEST, Choice, Reminder
from pwa.notices.browsers import live
from pwa.notices.doses import Whose, days_of_checks, doses, of
from pwa.notices.each import for_each
from pwa.records import (
    CallRequest,
    CheckIn,
    Clinic,
    CourierTurn,
    EffectsReport,
    HomeDose,
    JournalEntry,
    Notice,
    Person,
    ReminderChoice,
    Treatment,
    Version,
    db,
)
from pwa.records.base import begin_writing
from pwa.records.notices import Wanted, enqueue

#: how often one looks what fell due
EVERY = timedelta(minutes=1)
#: how far back a treatment may lie that still counts: it is asked about for three days, and keeps a check waiting
REACH = timedelta(days=5) + reminders.WAITS
#: a session of today takes the place of what else would come today, long before it begins
AHEAD = timedelta(days=1)
SAID = (CheckIn, EffectsReport, JournalEntry, HomeDose, CallRequest)


def plan(_me: str) -> None:
    """Rows for what fell due since the last time. Of several couriers that do so at once each writes the same rows."""
    moment = now()
    if not is_time(moment):
        return
    # what became known late, such as a treatment written down in the evening, is still due
    after = min(db.session.get_one(CourierTurn, 1).planned_until, moment - LATEST)
    found = for_each("planning", _patients(moment), lambda *whose: _all_wanted(whose, after, moment), moment)
    begin_writing()
    planned, wanted = _planned(after), chain.from_iterable(found)
    enqueue([one for one in wanted if (one.clinic_id, one.person_id, one.cause) not in planned], moment)
    db.session.get_one(CourierTurn, 1, with_for_update=True).planned_until = moment
    db.session.commit()


def is_time(moment: datetime) -> bool:
    """Whether one has not looked for a minute."""
    return moment - db.session.get_one(CourierTurn, 1).planned_until >= EVERY


def due(whose: Whose, after: datetime, until: datetime) -> list[Reminder]:
    wants, where, known = choice(whose), zone(whose), doses(whose, until + AHEAD)
    first, before = (after - REACH).date(), [one for one in known if one.at <= until]
    checks = _not_asked(days_of_checks(whose, before, where, first, until), whose, where) if wants.checks else ()
    return reminders.due(wants, [one for one in known if one.at > until - REACH], checks, where, after, until)


def not_wanted(notice: Notice, moment: datetime) -> str | None:
    """Why it must not go out any more: off, ok (they have said that they are), written (since it fell due), late or
    ignored."""
    whose = notice.clinic_id, notice.person_id
    word = _last_word(whose)
    if not reminders.is_wanted(choice(whose), notice.about):
        return "off"
    if notice.about == "ok" and not any(one.ok_by for one in doses(whose, moment)):
        return "ok"
    if reminders.is_answered(notice.about, notice.due_at, word):
        return "written"
    if moment > notice.due_at + LATEST or reminders.is_quiet(moment, zone(whose)):
        return "late"
    return "ignored" if reminders.is_ignored(_sent(whose), word) else None


def choice(whose: Whose) -> Choice:
    """What the patient wants now; of several that were written apart the newest."""
    newest = select(ReminderChoice).where(*of(ReminderChoice, whose)).order_by(ReminderChoice.written_at.desc())
    found = db.session.scalar(newest.limit(1))
    if found is None:
        return Choice()
    return Choice(found.way, found.sessions, found.checks, time.fromisoformat(found.daily) if found.daily else None)


def zone(whose: Whose) -> str:
    """Where the patient last wrote something; until then the clinic's."""
    newest = [
        select(table.zone, table.received_at).where(*of(table, whose)).order_by(table.received_at.desc()).limit(1)
        for table in (*SAID, ReminderChoice)
    ]
    rows = db.session.execute(union_all(*(select(each.subquery()) for each in newest))).all()
    if rows:
        return str(max(rows, key=lambda row: row.received_at).zone)
    return db.session.get_one(Clinic, whose[0]).zone


def _all_wanted(whose: Whose, after: datetime, moment: datetime) -> list[Wanted]:
    word = _last_word(whose)
    found = due(whose, after, moment)
    return [_wanted(whose, each) for each in found if not reminders.is_answered(each.kind, each.at, word)]


def _wanted(whose: Whose, each: Reminder) -> Wanted:
    channel = "push" if choice(whose).way == "push" and live(*whose) else "mail"
    cause = f"reminder:{each.day.isoformat()}"
    return Wanted(*whose, what="reminder", about=each.kind, cause=cause, channel=channel, due_at=each.at)


def _not_asked(days: Sequence[date], whose: Whose, where: str) -> Sequence[date]:
    """A check that was spoken of since it fell due is not again, whatever takes its day when it becomes known later."""
    if not days:
        return days
    theirs = (Notice.clinic_id == whose[0], Notice.person_id == whose[1])
    checks = select(func.max(Notice.due_at)).where(*theirs, Notice.what == "reminder", Notice.about == "check")
    last = db.session.scalar(checks)
    return [day for day in days if last is None or last.astimezone(ZoneInfo(where)).date() < day]


def _planned(after: datetime) -> set[tuple[str, str, str]]:
    """By whatever way: who chose another one meanwhile is not told twice. The day of one may have begun long before."""
    reminders_since = select(Notice.clinic_id, Notice.person_id, Notice.cause).where(
        Notice.what == "reminder", Notice.due_at > after - timedelta(days=2)
    )
    return {(row.clinic_id, row.person_id, row.cause) for row in db.session.execute(reminders_since)}


def _patients(moment: datetime) -> Sequence[Whose]:
    """Those for whom anything could fall due: treated as long ago as a check still comes, or with a choice of their
    own."""
    treated = [
        select(table.clinic_id, table.patient_id).where(table.at > moment - ENDS - REACH, table.at <= moment)
        for table in (Treatment, HomeDose)
    ]
    chosen = select(ReminderChoice.clinic_id, ReminderChoice.patient_id).where(ReminderChoice.daily.is_not(None))
    some = union_all(*treated, chosen).subquery()
    who = (Person.clinic_id == some.c.clinic_id) & (Person.id == some.c.patient_id)
    open_ones = select(Person.clinic_id, Person.id).join(some, who).where(Person.closed_at.is_(None))
    return [(row.clinic_id, row.id) for row in db.session.execute(open_ones.distinct())]


def _sent(whose: Whose) -> list[datetime]:
    theirs = (Notice.clinic_id == whose[0], Notice.person_id == whose[1])
    went = select(Notice.sent_at).where(*theirs, Notice.what == "reminder", Notice.state == "sent")
    newest = went.order_by(Notice.sent_at.desc()).limit(reminders.IGNORED)
    return sorted(at for at in db.session.scalars(newest) if at)


def _last_word(whose: Whose) -> datetime | None:
    """When anything at all came from the patient."""
    theirs = (Version.clinic_id == whose[0], Version.patient_id == whose[1], Version.author_id == whose[1])
    return db.session.scalar(select(func.max(Version.received_at)).where(*theirs))

"""Sending what is due, one after the other, each under a claim of its own."""

from __future__ import annotations

import logging
import time

from pwa.config import now
from pwa.notices import addresses, mail, push, reminders
from pwa.notices.claiming import MOST_CLAIMS, RATHER_TWICE, claim, failed, hand_over, is_in_doubt, not_wanted, went_out
from pwa.notices.each import for_each
from pwa.notices.escalation import told_in_vain
from pwa.notices.outcome import Failed
from pwa.notices.words import message
from pwa.records import Notice, Person, db
from pwa.records.notices import ALSO_WHEN_CLOSED

log = logging.getLogger(__name__)
#: seconds of a turn after which nothing new is begun
LONGEST = 20
#: a person without an address or a browser of this kind is nothing to look into
NO_WAY = ("no-address", "no-browser")


def send_all(me: str) -> None:
    """As much as one turn has time for: alerts must go on to the next person while a mail server hangs."""
    until = time.monotonic() + LONGEST
    while time.monotonic() < until and (notice := claim(me, now())):
        for_each("sending", [(notice.clinic_id, notice.id)], lambda *_, one=notice: send(one), now())


def send(notice: Notice) -> None:
    person = db.session.get_one(Person, (notice.clinic_id, notice.person_id))
    if is_in_doubt(notice):
        failed(notice, "in-doubt", now(), for_good=True)
    elif notice.tries > MOST_CLAIMS:
        failed(notice, "never-done", now(), for_good=True)
    elif why := _not_wanted(notice, person):
        not_wanted(notice, why)
    else:
        _try(notice, person)
    told_in_vain(notice, now())


def _not_wanted(notice: Notice, person: Person) -> str | None:
    if person.closed_at and not _is_owed(notice, person):
        return "closed"
    return reminders.not_wanted(notice, now()) if notice.what == "reminder" else None


def _is_owed(notice: Notice, person: Person) -> bool:
    """Who cannot sign in cannot see it otherwise. Whose record is erased has none that anything could be done with."""
    return notice.what in ALSO_WHEN_CLOSED and notice.channel == "mail" and not person.erased_at


def _try(notice: Notice, person: Person) -> None:
    """Notes before and after: what a courier that is killed leaves behind says how far it came."""
    handed = False

    def over() -> bool:
        nonlocal handed
        handed = hand_over(notice, now())
        return handed

    words, to = message(notice, person), addresses.of(notice, person)
    try:
        if notice.channel == "push":
            push.send(notice, words, over)
        elif to:
            mail.send(notice, to, words, now(), over)
        else:
            raise Failed("no-address", for_good=True)
    except Failed as error:
        in_doubt = handed and not error.certain and notice.what not in RATHER_TWICE
        why = "in-doubt" if in_doubt else error.why
        level = logging.INFO if why in NO_WAY else logging.WARNING
        log.log(level, "Notice %s by %s did not go out: %s", notice.id, notice.channel, why)
        failed(notice, why, now(), for_good=error.for_good or in_doubt)
    else:
        if handed:
            went_out(notice, now())

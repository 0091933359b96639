"""The courier: goes round, and whatever is due goes out. Several side by side do not get in each other's way."""

from __future__ import annotations

import logging
import os
import select
import signal
import socket
from collections.abc import Callable

from pwa.config import now
from pwa.notices import cards, maintenance, reminders, sending, upkeep
from pwa.notices.escalation import escalate
from pwa.notices.forgetting import forget
from pwa.notices.health import beat, begin
from pwa.notices.ran_out import note_ran_out
from pwa.notices.rerunning import run_again
from pwa.notices.silence import listen
from pwa.records import db

log = logging.getLogger(__name__)


def hear_silence(_me: str) -> None:
    """What nobody wrote in time is raised."""
    moment = now()
    if reminders.is_time(moment):
        listen(moment)


def hand_on(_me: str) -> None:
    """What nobody answered in time goes on to the next."""
    escalate(now())


Part = Callable[[str], None]
#: seconds between two turns
REST = 1
#: what is done in a turn, in this order. Each begins and commits its own transactions
TURNS: tuple[Part, ...] = (
    begin,
    hear_silence,
    hand_on,
    upkeep.look,
    run_again,
    forget,
    note_ran_out,
    cards.give,
    maintenance.plan_on,
    reminders.plan,
    sending.send_all,
)


def run(once: bool = False) -> None:
    """Until it is told to stop; then what is in its hands is finished first."""
    told, tell = os.pipe()  # an event has a lock, which may be held just where the signal comes
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: os.write(tell, b"."))
    me = f"{socket.gethostname()[:60]}:{os.getpid()}"
    is_told = False
    while not is_told:
        turn(me)
        is_told = once or bool(select.select([told], [], [], REST)[0])


def turn(me: str) -> None:
    """One that fails keeps none of the others from its turn; but only a turn in which none failed counts as one."""
    went_well = [_goes_well(part, me) for part in TURNS]
    if all(went_well):
        _goes_well(beat, me)


def _goes_well(part: Part, me: str) -> bool:
    try:
        part(me)
    except Exception:  # what hangs on one part, such as a mail server, must not keep an alert from the next person
        log.exception("The courier's turn failed in %s", part.__module__)
        return False
    finally:
        db.session.rollback()
    return True

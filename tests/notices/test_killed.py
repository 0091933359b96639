"""Real processes, killed where it hurts: every notice goes out once or is visibly dead."""

from __future__ import annotations

import signal
from datetime import timedelta

import pytest

from pwa.notices.claiming import CLAIM_LASTS, claim
from pwa.notices.sending import send
from pwa.records import db
from tests.conftest import CAST
from tests.notices import world


@pytest.fixture
def couriers(app_on_both, mailbox, clock, tmp_path):
    """`couriers(STOP_AT="claimed")` starts one; all of them are ended in the end."""
    running = []
    moment = tmp_path / "moment"
    world.write_moment(moment, clock())

    def start(**env):
        running.append(world.courier(app_on_both.config["SQLALCHEMY_DATABASE_URI"], mailbox, moment, **env))
        return running[-1]

    start.moment = moment
    yield start
    for one in running:
        one.kill()
        one.wait()


def stands_still(couriers, one):
    world.until(couriers.moment.with_suffix(f".{one.pid}").exists)
    one.send_signal(signal.SIGKILL)
    one.wait()


def states(notices, app):
    return sorted(each.state for each in notices(app))


def test_killed_between_claiming_and_sending_another_sends_it_once(
    app_on_both, clock, mailbox, tell, notices, couriers
):
    tell(app_on_both, "clinician")
    stands_still(couriers, couriers(STOP_AT="claimed"))
    assert states(notices, app_on_both) == ["claimed"]
    couriers()
    world.write_moment(couriers.moment, clock() + CLAIM_LASTS)
    world.until(lambda: states(notices, app_on_both) == ["sent"])
    assert len(mailbox.mails) == 1


@pytest.mark.parametrize(("what", "ends", "mails"), [("alert", "sent", 2), ("reminder", "dead", 1)])
def test_killed_when_the_server_has_it_and_nobody_noted_that(
    app_on_both, clock, mailbox, tell, notices, couriers, what, ends, mails
):
    """Only the mail server knows. An alert is told again under the same Message-ID, a reminder is not."""
    tell(app_on_both, "ana", what, "reminder:evening:2026-11-20")
    stands_still(couriers, couriers(STOP_AT="sent"))
    couriers()
    world.write_moment(couriers.moment, clock() + CLAIM_LASTS)
    world.until(lambda: states(notices, app_on_both) == [ends])
    assert len(mailbox.mails) == mails
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == 1
    assert notices(app_on_both)[0].failure == (None if ends == "sent" else "in-doubt")


def test_couriers_side_by_side_send_each_once_though_some_are_killed(
    app_on_both, clock, mailbox, tell, notices, couriers
):
    for n in range(40):
        tell(app_on_both, "clinician", cause=f"alert:{n}:raised:1")
    stands_still(couriers, couriers(STOP_AT="claimed"))
    for _ in range(2):
        couriers()
    world.write_moment(couriers.moment, clock() + CLAIM_LASTS)
    world.until(lambda: set(states(notices, app_on_both)) == {"sent"})
    assert len(mailbox.mails) == len({mail["Message-ID"] for mail in mailbox.mails}) == 40


def test_a_courier_that_is_asked_to_stop_finishes_what_it_holds(app_on_both, tell, notices, couriers):
    tell(app_on_both, "clinician")
    one = couriers()
    world.until(lambda: states(notices, app_on_both) == ["sent"])
    one.terminate()
    assert one.wait(timeout=60) == 0


def test_a_mail_server_that_is_down_for_more_than_an_hour_of_its_clock_loses_nothing(
    app_on_both, clock, mailbox, tell, notices, couriers
):
    mailbox.shut()
    began = clock()
    tell(app_on_both, "clinician")
    couriers()
    tries = 0
    while clock() - began <= timedelta(hours=1):
        tries += 1
        world.until(lambda n=tries: [(one.state, one.tries) for one in notices(app_on_both)] == [("waiting", n)])
        clock.moment = notices(app_on_both)[0].next_at
        world.write_moment(couriers.moment, clock())
    world.until(lambda: notices(app_on_both)[0].tries > tries and states(notices, app_on_both) == ["waiting"])
    mailbox.open()
    world.write_moment(couriers.moment, notices(app_on_both)[0].next_at)
    world.until(lambda: states(notices, app_on_both) == ["sent"])
    assert len(mailbox.mails) == 1


def test_one_that_stood_still_does_not_send_what_another_took(app, clock, mailbox, tell, notices):
    tell(app, "clinician")
    with app.app_context():
        held = claim("slow", clock())
        clock.moment += CLAIM_LASTS + timedelta(seconds=1)
        send(claim("quick", clock()))
        send(held)
        db.session.rollback()
    assert [mail["To"] for mail in mailbox.mails] == [CAST["clinician"][3]]
    assert [(each.state, each.claimed_by) for each in notices(app)] == [("sent", "quick")]

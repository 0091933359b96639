"""Mail: worded by what it is alone, retried, dead where that does not help."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from pwa.notices.claiming import BACK_OFF
from pwa.records import Person, db
from tests.conftest import CAST, PASSWORD
from tests.notices import world

OURS = {"X-Tidelog": "1", "Sec-Fetch-Site": "same-origin"}


@pytest.mark.parametrize("what", ["alert", "escalation", "operator", "reminder"])
def test_a_mail_says_nothing_personal(app, mailbox, tell, go_round, what):
    tell(app, "ana", what, "reminder:evening:2026-11-20")
    go_round(app)
    [mail] = mailbox.mails
    everything = mail.as_string()
    assert mail["Subject"] == "Tidelog"
    for personal in ("Ana", "ana,", "an alert", "ketamine", "evening", "infusion", "session"):
        assert personal not in everything.replace(mail["To"], "").replace(mail["List-Unsubscribe"] or "-", "")
    assert "http://localhost:8000/" in mail.get_payload()


def test_it_speaks_the_language_of_whoever_gets_it(app, mailbox, tell, go_round):
    with app.app_context():
        db.session.get_one(Person, CAST["clinician"][:2]).language = "fr"
        db.session.commit()
    tell(app, "clinician")
    go_round(app)
    assert mailbox.mails[0]["Content-Language"] == "fr"
    assert "quelque chose" in mailbox.mails[0].get_payload(decode=True).decode()


def test_a_notice_goes_out_once(app_on_both, mailbox, tell, go_round, notices):
    tell(app_on_both, "clinician")
    for _ in range(3):
        tell(app_on_both, "clinician")
        go_round(app_on_both)
    [notice] = notices(app_on_both)
    assert notice.state == "sent"
    assert [mail["Message-ID"] for mail in mailbox.mails] == [f"<{notice.id}@localhost>"]


def test_a_server_that_is_down_for_an_hour_loses_nothing(app, clock, mailbox, tell, go_round, notices):
    mailbox.shut()
    tell(app, "clinician")
    for _ in range(60):
        go_round(app)
        clock.forward(minutes=1)
    [notice] = notices(app)
    assert (notice.state, notice.failure) == ("waiting", "mail-server-away")
    mailbox.open()
    clock.forward(minutes=60)
    go_round(app)
    assert [notice.state for notice in notices(app)] == ["sent"]
    assert len(mailbox.mails) == 1


def test_one_that_never_goes_is_dead_in_the_end_and_says_why(app, clock, mailbox, tell, go_round, notices):
    mailbox.answers = "451 not now"
    tell(app, "clinician")
    for wait in (*BACK_OFF["mail"], BACK_OFF["mail"][-1]):
        go_round(app)
        clock.moment += wait
    go_round(app)
    [notice] = notices(app)
    assert (notice.state, notice.failure, notice.tries) == ("dead", "smtp-451", len(BACK_OFF["mail"]) + 1)


def test_a_refusal_for_good_is_not_tried_again(app, mailbox, tell, go_round, notices):
    mailbox.answers = "550 nobody here"
    tell(app, "clinician")
    go_round(app)
    assert [(each.state, each.failure, each.tries) for each in notices(app)] == [("dead", "smtp-550", 1)]


def test_a_person_without_an_address_and_one_whose_account_is_closed(app, clock, tell, go_round, notices):
    with app.app_context():
        db.session.get_one(Person, CAST["clinician"][:2]).email = None
        db.session.get_one(Person, CAST["manager"][:2]).closed_at = clock()
        db.session.commit()
    tell(app, "clinician")
    tell(app, "manager")
    go_round(app)
    assert {(each.state, each.failure) for each in notices(app)} == {("dead", "no-address"), ("off", "closed")}


def test_an_alert_goes_before_reminders_that_wait_longer(app, clock, mailbox, tell, go_round):
    tell(app, "ana", "reminder", "a")
    clock.forward(minutes=1)
    tell(app, "clinician")
    go_round(app)
    assert [mail["To"] for mail in mailbox.mails] == [CAST["clinician"][3], CAST["ana"][3]]


def test_what_the_server_has_against_us_is_tried_again(app, clock, mailbox, tell, go_round, notices):
    mailbox.answers_sender = "530 sign in first"
    tell(app, "clinician")
    go_round(app)
    assert [(each.state, each.failure) for each in notices(app)] == [("waiting", "smtp-530")]
    mailbox.answers_sender = "250 go on"
    clock.forward(minutes=1)
    go_round(app)
    assert [each.state for each in notices(app)] == ["sent"]


def test_an_address_that_no_mail_can_have_is_dead_at_once(app, mailbox, tell, go_round, notices):
    with app.app_context():
        db.session.execute(update(Person).where(Person.id == CAST["clinician"][1]).values(email="zo\u00eb@here.test"))
        db.session.commit()
    tell(app, "clinician")
    go_round(app)
    assert [(each.state, each.failure) for each in notices(app)] == [("dead", "bad-address")]


def test_who_closed_her_account_hears_that_it_is_so_and_the_managers_what_to_look_at(app, mailbox, go_round, signed_in):
    ana = signed_in("ana")
    ana.get("/account/close")
    ana.post("/account/prove?next=/account/close", data={"password": PASSWORD})
    assert ana.post("/account/close", json={}, headers=OURS).status_code == 204
    go_round(app)
    said = {mail["To"]: mail.get_payload(decode=True).decode() for mail in mailbox.mails}
    assert said.keys() == {CAST["ana"][3], CAST["manager"][3]}
    assert said[CAST["ana"][3]].startswith("Your Tidelog account is closed, as you asked")
    assert said[CAST["manager"][3]].startswith("A patient of your clinic closed their own Tidelog account.")


@pytest.mark.parametrize("address", ["a@[127.0.0.1]:{}", "@127.0.0.1:{},a@here.test", "a%b@127.0.0.1:{}"])
def test_mail_goes_to_the_clinics_own_server_whatever_the_address_is(app, mailbox, tell, go_round, notices, address):
    """Such an address comes in by no form (tests/attacks/test_ways_out.py); here it stands in the row already."""
    elsewhere = world.Mailbox(world.free_port())
    elsewhere.open()
    with app.app_context():
        evil = address.format(elsewhere.port)
        db.session.execute(update(Person).where(Person.id == CAST["clinician"][1]).values(email=evil))
        db.session.commit()
    tell(app, "clinician")
    go_round(app)
    elsewhere.shut()
    assert elsewhere.mails == []
    assert [each.state for each in notices(app)] == (["sent"] if mailbox.mails else ["dead"])

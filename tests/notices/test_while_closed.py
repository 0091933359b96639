"""While an account is closed: what is done with the record is told all the same, by mail or once it is open again."""

from __future__ import annotations

import re

import pytest

from pwa.records import Person, db
from pwa.records.notices import ALSO_WHEN_CLOSED
from tests.accounts.test_terms import sync
from tests.clinic.conftest import ANA
from tests.clinic.test_emergency import REASON, opens, stranger_here
from tests.conftest import CAST, CLINIC

__all__ = ["stranger_here"]


@pytest.mark.parametrize("what", [*ALSO_WHEN_CLOSED, "reminder", "invited", "new-address"])
def test_what_was_done_with_a_record_is_told_although_the_account_is_closed_and_nothing_else(
    app, clock, mailbox, tell, go_round, notices, what
):
    with app.app_context():
        db.session.get_one(Person, CAST["ana"][:2]).closed_at = clock()
        db.session.commit()
    tell(app, "ana", what, f"{what}:1")
    tell(app, "ana", what, f"{what}:1", "push")
    go_round(app)
    is_owed = what in ALSO_WHEN_CLOSED
    found = {one.channel: (one.state, one.failure) for one in notices(app)}
    assert found == {"mail": ("sent", None) if is_owed else ("off", "closed"), "push": ("off", "closed")}
    assert [mail["To"] for mail in mailbox.mails] == [CAST["ana"][3]] * is_owed
    for mail in mailbox.mails:
        assert "Your Tidelog account is closed, so you cannot sign in to see more." in said_in(mail)


def test_who_is_erased_gets_no_mail(app, clock, mailbox, tell, go_round, notices):
    with app.app_context():
        ana = db.session.get_one(Person, CAST["ana"][:2])
        ana.closed_at = ana.erased_at = clock()
        db.session.commit()
    tell(app, "ana", "looked", "looked:1")
    go_round(app)
    assert [(one.state, one.failure) for one in notices(app)] == [("off", "closed")]
    assert mailbox.mails == []


@pytest.mark.parametrize("who", ["ana", "clinician"])
def test_whose_account_a_manager_closes_or_opens_hears_of_it(app, mailbox, go_round, signed_in, who):
    manager = signed_in("manager")
    for what in ("close", "open"):
        assert manager.post(f"/clinic/people/{CAST[who][1]}/{what}").status_code == 302
        go_round(app)
    assert [mail["To"] for mail in mailbox.mails] == [CAST[who][3]] * 2
    closed, opened = map(said_in, mailbox.mails)
    assert closed.startswith("Your clinic closed your Tidelog account, and you are signed out everywhere.")
    assert opened.startswith("Your clinic opened your Tidelog account again: you can sign in as before.")
    assert "so you cannot sign in to see more" not in closed + opened


@pytest.mark.parametrize("has_address", [True, False])
def test_while_her_account_is_closed_a_mail_says_so_and_the_page_once_it_is_open_again(
    app, signed_in, stranger_here, mailbox, go_round, has_address
):
    manager = signed_in("manager")
    if not has_address:
        with app.app_context():
            db.session.get_one(Person, (CLINIC, ANA)).email = None
            db.session.commit()
            db.session.remove()
    manager.post(f"/clinic/people/{ANA}/close")
    opens(stranger_here)
    copied = {"code": "KT-1001", "why": "by-law"}
    assert manager.post("/clinic/keeping/export", data=copied).status_code == 200
    go_round(app)
    hers = [mail.get_payload(decode=True).decode() for mail in mailbox.mails if mail["To"] == CAST["ana"][3]]
    begin = ("Your clinic closed", "A clinician of your clinic used emergency access", "Your clinic took a copy")
    assert len(hers) == 3 * has_address
    assert all(text.startswith(words) for text, words in zip(hers, begin, strict=False))
    assert not any(word in text for text in hers for word in ("ambulance", "KT-1001", "another-clinician"))
    if has_address:
        return
    manager.post(f"/clinic/people/{ANA}/open")
    with app.app_context():
        db.session.get_one(Person, (CLINIC, ANA)).email = CAST["ana"][3]
        db.session.commit()
        db.session.remove()
    ana = signed_in("ana")
    assert sync(app, ana)["asks"] == "account/emergency"
    page = ana.get("/account/emergency").text
    assert REASON in page
    assert "Your clinic took a copy of your record out of Tidelog on Fri 20 Nov 2026, 10:00." in page
    newest = re.search(r'name="newest"[^>]*value="([^"]+)"', page)[1]
    assert ana.post("/account/emergency", data={"newest": newest}).status_code == 302
    assert "asks" not in sync(app, ana)


@pytest.mark.parametrize("answers", ["250 go on", "550 nobody here"])
def test_to_a_copy_leads_today_where_no_mail_told_of_it(app, signed_in, mailbox, go_round, answers):
    mailbox.answers = answers
    copied = signed_in("manager").post("/clinic/keeping/export", data={"code": "KT-1001", "why": "by-law"})
    assert copied.status_code == 200
    go_round(app)
    ana = signed_in("ana")
    assert ("asks" in sync(app, ana)) == (len(mailbox.mails) == 0)
    assert ("A copy of your record was made" in ana.get("/account/emergency").text) == (len(mailbox.mails) == 0)


def said_in(mail):
    return " ".join(mail.get_payload(decode=True).decode().split())

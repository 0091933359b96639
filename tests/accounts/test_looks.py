"""A patient sees who of the clinic looked at what of hers, and nothing of anybody else."""

from __future__ import annotations

from datetime import timedelta

from pwa.accounts import audit as trail
from pwa.accounts.looks import PER_PAGE, WHATS
from pwa.clinic.trail_words import WHATS as THEIRS
from pwa.records import AuditPatient, Person, chain, db
from tests.clinic.conftest import plain
from tests.conftest import CAST, CLINIC

ANA, BO = CAST["ana"][1], CAST["another-patient"][1]
#: what no row about a patient is of
OF_NO_PATIENT = {"emergency-missed", "doors", "asked", "safety", "protocol"}
#: what the operator does of all at once
OF_NO_PATIENT |= {"clinic", "backup", "restore", "versions", "data-keys", "scan"}


def look(app, patients, who="clinician", times=1, what="patient", records=()):
    with app.app_context():
        for _ in range(times):
            trail.read(db.session.get_one(Person, CAST[who][:2]), what, patients, records)
        db.session.remove()


def page(browser, address="/account/looks"):
    return plain(browser.get(address).text)


def test_a_patient_sees_who_looked_at_what_and_when(app_on_both, signed_in):
    look(app_on_both, [ANA])
    look(app_on_both, [BO], who="another-clinician")
    look(app_on_both, [ANA, BO], who="therapist", what="patients")
    ana, bo = (page(signed_in(who, app_on_both)) for who in ("ana", "another-patient"))
    assert "clinician , clinician looked at: your page" in ana
    assert "Fri 20 Nov 2026, 10:00" in ana
    assert "therapist , therapist looked at: the list of patients (a list in which you stood)" in ana
    assert "another-clinician" not in ana
    assert "another-clinician , clinician looked at: your page" in bo
    assert "(a list in which you stood)" in bo


def test_lists_of_a_day_are_folded_into_one_line_below_what_was_opened_of_hers(app, clock, signed_in):
    look(app, [ANA])
    look(app, [ANA, BO], who="therapist", what="patients", times=3)
    clock.forward(hours=24)
    look(app, [ANA, BO], who="therapist", what="patients")
    ana = page(signed_in("ana"))
    assert "Saturday, November 21, 2026 1 look at a list in which you stood" in ana
    friday = ana[ana.index("Friday, November 20, 2026") :]
    assert friday.index("looked at: your page") < friday.index("3 looks at lists in which you stood")
    assert friday.count("(a list in which you stood)") == 3


def test_the_page_begins_with_a_way_to_who_looked_and_to_each_other_part(signed_in):
    html = signed_in("ana").get("/account/looks").text
    top, rest = html.split("</nav>")[0], html.split("</nav>")[1]
    for part in ("looks-h", "who-h", "hide"):
        assert f'href="#{part}"' in top
        assert f'id="{part}"' in rest


def test_her_own_doing_is_not_told_to_her(app, signed_in):
    ana = signed_in("ana")
    ana.post("/account/sign-ins/end")
    assert "Nobody so far." in page(ana)


def test_a_page_that_names_others_and_opens_words_of_hers_is_no_list_to_her(app, signed_in, says):
    said = says("ana", "journal", {"text": "the gate", "audience": "care-team"})
    look(app, [ANA, BO], who="therapist", what="room", records=[said.id])
    assert "(a list in which you stood)" not in page(signed_in("ana"))
    assert "(a list in which you stood)" in page(signed_in("another-patient"))


def test_older_looks_stand_on_further_pages_each_once(app, signed_in):
    look(app, [ANA], times=PER_PAGE)
    look(app, [ANA], who="therapist")
    ana = signed_in("ana")
    assert "Older ones" in page(ana)
    assert page(ana).count("looked at:") == PER_PAGE
    assert page(ana, "/account/looks?before=2").count("looked at:") == 1
    for nonsense in ("x", "²", "9" * 40, "-1"):
        assert page(ana, f"/account/looks?before={nonsense}").count("looked at:") == PER_PAGE


def test_the_page_costs_the_same_however_much_was_looked_at(app, signed_in, statements):
    look(app, [ANA], what="patients")
    few = statements(ana := signed_in("ana"), "/account/looks")
    look(app, [ANA, BO], times=PER_PAGE + 5)
    assert statements(ana, "/account/looks") == few


def test_whatever_the_trail_names_has_words_for_her():
    assert set(THEIRS) - set(WHATS) == OF_NO_PATIENT


def test_what_the_trail_no_longer_keeps_she_no_longer_sees(app_on_both, clock, signed_in):
    look(app_on_both, [ANA], times=2)
    clock.moment += timedelta(days=400)
    look(app_on_both, [ANA])
    with app_on_both.app_context():
        chain.cut(CLINIC, clock() - timedelta(days=30))
        assert db.session.scalars(db.select(AuditPatient.number)).all() == [3]
        db.session.remove()
    assert page(signed_in("ana", app_on_both)).count("looked at:") == 1

"""What a patient hides from a role is on no page of it, in no excerpt, count, table or export; and comes back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from pwa.records import Alert, Hidden, Notice, db
from tests.attacks.routes import TABLE
from tests.clinic.conftest import ANA, plain
from tests.clinic.test_keeping import export, taken
from tests.conftest import CAST

CLINICIAN, THERAPIST = CAST["clinician"][1], CAST["therapist"][1]
NOTE, OTHER, FALL = "a heavy boat of a day", "a humming in the teeth", "A fall on the stairs"
THOUGHTS = "Yes, often or hard to push away"
#: what each part puts on pages
WORDS = {"check-ins": [NOTE], "effects": [OTHER], "alerts": [THOUGHTS], "events": [FALL]}
OTHERS = (
    f"/clinic/patients/{ANA}?days=273",
    f"/clinic/patients/{ANA}?by=cycle",
    "/clinic/triage?show=quiet",
    "/clinic/effects?by=route&effect=nausea&value=iv",
)


@pytest.fixture
def told(says, treated, judged_by):
    """Ana says a bit of everything, and her clinician judges it."""
    given = treated(days=2)
    says("ana", "check-in", {"mood": 2, "sleep": 4.5, "thoughts": "often", "note": NOTE})
    felt = [{"effect": "nausea", "severity": 2}]
    about = {"treatment": given.record, "window": "next-day", "effects": felt, "other": OTHER, "other_severity": 1}
    says("ana", "effects", about)
    judged_by("clinician", effect="dizziness", words=FALL)


@pytest.fixture
def turns(signed_in):
    """`turns("hide", "check-ins", "therapist")`: through her page."""

    def turn(what, part, role):
        typed = {"what": what, "part": part, "role": role}
        assert signed_in("ana").post("/account/hidden", data=typed).status_code == 302

    return turn


def everything(app, browser, who) -> str:
    """All pages that somebody can open, one after another."""
    with app.app_context():
        [alert] = db.session.scalars(select(Alert.id))
    opened = [
        path.replace("{alert}", alert).replace("{patient}", ANA)
        for (method, rule), (path, to) in TABLE.items()
        if is_page(method, rule, to[who])
    ]
    answers = [browser.get(path) for path in (*opened, *OTHERS) if "{" not in path]
    return plain(" ".join(answer.text for answer in answers if answer.status_code == 200))


def is_page(method: str, rule: str, status: int) -> bool:
    return method == "GET" and rule.startswith("/clinic") and status == 200


def shown(page: str) -> set[str]:
    return {part for part, words in WORDS.items() if any(word in page for word in words)}


def test_before_anything_is_hidden_all_of_it_stands_there(app, signed_in, told):
    assert shown(everything(app, signed_in("therapist"), "therapist")) == set(WORDS)
    assert shown(everything(app, signed_in("clinician"), "clinician")) == set(WORDS)


@pytest.mark.parametrize(
    ("part", "gone"),
    [
        ("check-ins", {"check-ins", "alerts"}),
        ("effects", {"effects", "alerts", "events"}),
        ("alerts", {"alerts"}),
        ("events", {"events"}),
    ],
)
def test_what_is_hidden_from_therapists_is_on_no_page_of_theirs_and_comes_back(app, signed_in, told, turns, part, gone):
    turns("hide", part, "therapist")
    assert shown(everything(app, signed_in("therapist"), "therapist")) == set(WORDS) - gone
    assert shown(everything(app, signed_in("clinician"), "clinician")) == set(WORDS)
    turns("show", part, "therapist")
    assert shown(everything(app, signed_in("therapist"), "therapist")) == set(WORDS)


def test_what_is_hidden_from_clinicians_is_on_no_page_of_theirs_but_an_alert_reaches_them(app, signed_in, told, turns):
    for part in ("check-ins", "effects"):
        turns("hide", part, "clinician")
    clinician = signed_in("clinician")
    page = everything(app, clinician, "clinician")
    assert shown(page) == {"alerts", "events"}
    assert "mood 2" not in page
    assert "4.5" not in page
    assert "Nausea, moderate" not in page
    assert "Side effects by session" not in page
    assert shown(everything(app, signed_in("therapist"), "therapist")) == set(WORDS)


def test_an_urgent_answer_is_told_to_a_clinician_whatever_is_hidden(app, signed_in, says, turns):
    for part in ("check-ins", "effects"):
        for role in ("clinician", "therapist"):
            turns("hide", part, role)
    says("ana", "check-in", {"mood": 2, "thoughts": "often"})
    with app.app_context():
        assert db.session.scalars(select(Notice.person_id).where(Notice.what == "alert")).all() == [CLINICIAN]
        alert = db.session.scalars(select(Alert.id)).one()
    assert "KT-1001" in signed_in("clinician").get("/clinic/triage").text
    page = plain(signed_in("clinician").get(f"/clinic/alerts/{alert}").text)
    assert THOUGHTS in page
    assert "With mood" not in page
    assert signed_in("therapist").get(f"/clinic/alerts/{alert}").status_code == 404
    assert "KT-1001" not in signed_in("therapist").get("/clinic/triage").text


def test_nobody_behind_a_count_hides_what_is_counted(signed_in, told, turns):
    cell = "/clinic/effects?by=route&effect=nausea&value=iv"
    clinician = signed_in("clinician")
    assert f"/clinic/patients/{ANA}" in clinician.get(cell).text
    turns("hide", "effects", "clinician")
    page = clinician.get(cell).text
    assert f"/clinic/patients/{ANA}" not in page
    assert "1 more patient is treated by colleagues alone, or hides side effects." in plain(page)


def test_pages_say_that_something_is_hidden_and_not_that_there_is_nothing(signed_in, told, turns):
    for part in ("check-ins", "effects"):
        turns("hide", part, "therapist")
    therapist = signed_in("therapist")
    page = plain(therapist.get(f"/clinic/patients/{ANA}").text)
    assert "Hidden from you Check-ins, Side effects and home checks, Alerts that answers raise" in page
    assert "Check-ins are hidden" in plain(therapist.get("/clinic/").text)
    for false in ("none yet", "No notes in these weeks.", "Not answered in these weeks.", "no report", "no entry"):
        assert false not in page.replace("Last dose none yet", "").replace("Plan none yet", ""), false


def test_who_hides_alerts_does_not_stand_among_those_with_nothing_flagged(signed_in, told, turns):
    turns("hide", "alerts", "therapist")
    page = signed_in("therapist").get("/clinic/triage?show=quiet").text
    assert "KT-1001" not in page
    assert "0 patients have nothing flagged." in plain(page)


def test_no_check_stands_as_missed_because_its_answer_is_hidden(signed_in, says, treated, turns):
    for days in (60, 30, 2):
        treated(days=days)
    says("ana", "effects", {"effects": [{"effect": "nocturia", "severity": 0}], "checks": ["bladder"]})
    therapist, address = signed_in("therapist"), f"/clinic/patients/{ANA}?days=91"
    assert "Check" in plain(therapist.get(address).text).split("Side effects by session")[0]
    turns("hide", "effects", "therapist")
    assert "not answered in time" not in plain(therapist.get(address).text)


def test_what_is_hidden_is_in_no_record_that_is_taken_out(signed_in, told, turns):
    """Nor is what is not: no manager reads an answer or a word."""
    turns("hide", "check-ins", "therapist")
    data, page = taken(export(signed_in("manager")))
    for words in (NOTE, OTHER, FALL, "often"):
        assert words not in str(data), words
        assert words not in page, words


def test_another_patient_hides_nothing_of_hers(signed_in, told, app):
    typed = {"what": "hide", "part": "check-ins", "role": "clinician"}
    assert signed_in("another-patient").post("/account/hidden", data=typed).status_code == 302
    assert "check-ins" in shown(everything(app, signed_in("clinician"), "clinician"))


def test_hidden_twice_is_hidden_once_and_its_history_stays(app_on_both, clock, signed_in):
    ana = signed_in("ana", app_on_both)
    typed = {"part": "check-ins", "role": "therapist"}
    for what in ("hide", "hide", "show", "show", "hide"):
        ana.post("/account/hidden", data={"what": what, **typed})
        clock.forward(minutes=1)
    with app_on_both.app_context():
        rows = db.session.scalars(select(Hidden).order_by(Hidden.since)).all()
        assert [row.until is None for row in rows] == [False, True]
    page = plain(ana.get("/account/looks").text)
    assert "Hidden since Fri 20 Nov 2026, 10:04" in page
    assert "Check-ins, your therapists Fri 20 Nov 2026, 10:00 to Fri 20 Nov 2026, 10:02" in page


@pytest.mark.parametrize(
    ("part", "role"), [("alerts", "clinician"), ("journal", "therapist"), ("check-ins", "manager")]
)
def test_what_cannot_be_hidden_is_not_hidden(app, signed_in, part, role):
    answer = signed_in("ana").post("/account/hidden", data={"what": "hide", "part": part, "role": role})
    assert answer.status_code == 400
    with app.app_context():
        assert db.session.scalars(select(Hidden)).all() == []

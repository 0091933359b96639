"""The reading room: who comes next, what was shared since the last visit, and that the patient hears it was read."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from pwa.accounts import own_notes
from pwa.records import Alert, AlertEvent, Annotation, CareTeam, Goal, Notice, Person, Version, Visit, db
from tests.clinic.conftest import ANA, TORONTO, plain
from tests.conftest import CAST, CLINIC

ROOM, HER_ROOM = "/clinic/room", f"/clinic/room/{ANA}"
SHARED = {"text": "the blue gate was open", "audience": "therapist"}
OTHERS = CAST["another-patient"][1]


@pytest.fixture
def visit(says, clock):
    """`visit(days=7)`: so long ago; `visit(days=-1)`: ahead."""

    def book(days=0.0, who="ana", minutes=50, **more):
        at = (clock() - timedelta(days=days)).astimezone(TORONTO)
        body = {"status": "planned", "at": at.isoformat(), "minutes": minutes, "therapist": CAST["therapist"][1]}
        return says(who, "visit", {**body, **more}, by="therapist", ago=timedelta(days=30), felt=at)

    return book


@pytest.fixture
def also_sees_bo(app):
    with app.app_context():
        whose = {"clinic_id": CLINIC, "patient_id": OTHERS, "person_id": CAST["therapist"][1]}
        db.session.add(CareTeam(**whose, role="therapist"))
        db.session.commit()


def told(app):
    """What her phone hears of what was read."""
    with app.app_context():
        texts = db.session.scalars(select(Version.text).where(Version.kind == "seen").order_by(Version.seq))
        return [json.loads(text)["body"] for text in texts]


FRESH = re.compile(r'data-fresh action="([^"]+)".*?name="versions" value="([^"]+)"', re.DOTALL)


def reads_all(browser, room=HER_ROOM):
    """What the script does when an entry was looked at, and a button without it."""
    page = browser.get(room).text
    for path, versions in FRESH.findall(page):
        assert browser.post(path, data={"versions": versions}).status_code == 302
    return page


def test_a_therapist_comes_in_to_the_next_patient(app, signed_in, visit, also_sees_bo):
    visit(days=-2)
    visit(days=-1, who="another-patient")
    assert "KT-1002" in plain(signed_in("therapist").get("/sign-in", follow_redirects=True).text).split("next visit")[0]


def test_a_visit_that_is_on_is_still_the_next_one(signed_in, visit, also_sees_bo):
    visit(days=20 / 1440)
    visit(days=-1, who="another-patient")
    assert "KT-1001 · next visit today 09:40" in plain(signed_in("therapist").get(ROOM).text)


def test_the_room_shows_what_came_since_the_last_visit_in_its_order(signed_in, says, visit):
    for days, words in ((9, "before the visit"), (3, "first after it"), (1, "second after it")):
        says("ana", "journal", {"text": words, "audience": "therapist"}, ago=timedelta(days=days))
    visit(days=5)
    visit(days=-1)
    page = plain(signed_in("therapist").get(ROOM).text)
    assert "before the visit" not in page
    assert page.index("first after it") < page.index("second after it")
    assert "Nobody watches them in between" in page


def test_what_was_written_before_the_visit_and_came_after_it_is_there(signed_in, says, visit):
    visit(days=5)
    says("ana", "journal", SHARED, ago=timedelta(days=6), late=timedelta(days=2))
    assert SHARED["text"] in signed_in("therapist").get(HER_ROOM).text


@pytest.mark.parametrize("body", [{**SHARED, "audience": "me"}, None])
def test_what_is_not_shared_or_was_taken_back_is_not_in_the_room(signed_in, says, body):
    shared = says("ana", "journal", SHARED)
    says("ana", "journal", body, record=shared.record, parents=[shared.id])
    assert SHARED["text"] not in signed_in("therapist").get(HER_ROOM).text


def test_the_patient_hears_once_that_an_entry_was_read_and_by_whom(app, signed_in, says, clock):
    entry = says("ana", "journal", SHARED)
    therapist = signed_in("therapist")
    for _ in range(2):
        assert SHARED["text"] in reads_all(therapist)
    assert SHARED["text"] in therapist.get(f"/clinic/patients/{ANA}/journal").text
    assert told(app) == [
        {"entry": entry.record, "at": "2026-11-20T10:00:00-05:00", "versions": [entry.id], "by": "therapist"}
    ]


def test_of_what_stood_in_the_room_and_was_not_looked_at_nobody_hears(app, signed_in, says, visit):
    says("ana", "journal", SHARED)
    visit(days=-1)
    assert SHARED["text"] in signed_in("therapist").get("/sign-in", follow_redirects=True).text
    assert told(app) == []


def test_a_wording_that_came_after_the_page_was_opened_was_not_read(app, signed_in, says):
    entry = says("ana", "journal", SHARED)
    therapist = signed_in("therapist")
    [(path, versions)] = FRESH.findall(therapist.get(HER_ROOM).text)
    says("ana", "journal", {**SHARED, "text": "a later wording"}, record=entry.record, parents=[entry.id])
    assert therapist.post(path, data={"versions": versions}).status_code == 302
    assert told(app) == []


@pytest.mark.parametrize(("page", "longest"), [("", 192), ("/summary", 172)])
def test_an_entry_that_was_cut_short_was_not_read(app, signed_in, says, page, longest):
    long, fits = ("wave " * longest)[: longest + 1].strip() + "!", ("wave " * longest)[: longest - 1].strip() + "!"
    says("ana", "journal", {"text": long + "!", "audience": "care-team"})
    clinician = signed_in("clinician")
    assert long not in clinician.get(f"/clinic/patients/{ANA}{page}").text
    assert told(app) == []
    says("ana", "journal", {"text": fits, "audience": "care-team"}, ago=timedelta(minutes=-1))
    assert fits in clinician.get(f"/clinic/patients/{ANA}{page}").text
    assert len(told(app)) == 1


@pytest.mark.parametrize("page", ["", "/summary"])
def test_who_reads_an_entry_on_another_page_is_told_of_too(app, signed_in, says, page):
    entry = says("ana", "journal", {**SHARED, "audience": "care-team"})
    for who in ("clinician", "therapist", "therapist"):
        assert SHARED["text"] in signed_in(who).get(f"/clinic/patients/{ANA}{page}").text
    assert [(one["entry"], one["versions"], one["by"]) for one in told(app)] == [
        (entry.record, [entry.id], "clinician"),
        (entry.record, [entry.id], "therapist"),
    ]


def test_of_two_wordings_only_the_one_whose_words_were_shown_is_told_of(app, signed_in, says):
    entry = says("ana", "journal", SHARED, ago=timedelta(minutes=5))
    late = says("ana", "journal", {**SHARED, "text": "a later wording"}, record=entry.record)
    therapist = signed_in("therapist")
    assert SHARED["text"] not in therapist.get(f"/clinic/patients/{ANA}").text
    therapist.get(f"/clinic/patients/{ANA}/journal")
    assert [one["versions"] for one in told(app)] == [[late.id], sorted([entry.id, late.id])]


def test_in_the_list_of_all_not_a_word_stands_of_what_was_not_opened(app, signed_in, says, audit):
    first = says("ana", "journal", SHARED, ago=timedelta(days=1))
    second = says("ana", "journal", {**SHARED, "text": "and nobody called me in"})
    therapist = signed_in("therapist")
    page = therapist.get(f"/clinic/patients/{ANA}/journal").text
    assert SHARED["text"] not in page
    assert "not opened yet" in page
    assert [one["entry"] for one in told(app)] == [second.record]
    assert audit()[-1].records == [second.record]
    therapist.get(f"/clinic/patients/{ANA}/journal/{first.record}")
    assert [one["entry"] for one in told(app)] == [second.record, first.record]
    assert SHARED["text"] in therapist.get(f"/clinic/patients/{ANA}/journal").text


def test_a_new_wording_is_read_anew_and_each_reader_is_told_of(app, signed_in, says):
    entry = says("ana", "journal", {**SHARED, "audience": "care-team"})
    reads_all(signed_in("therapist"))
    signed_in("clinician").get(f"/clinic/patients/{ANA}/journal")
    edit = says("ana", "journal", SHARED, record=entry.record, parents=[entry.id])
    reads_all(signed_in("therapist"))
    assert [(one["by"], one["versions"]) for one in told(app)] == [
        ("therapist", [entry.id]),
        ("clinician", [entry.id]),
        ("therapist", [edit.id]),
    ]


def test_who_shared_something_that_was_not_opened_is_marked_until_it_is(signed_in, says, visit, also_sees_bo):
    visit(days=-1)
    says("another-patient", "journal", SHARED)
    therapist = signed_in("therapist")
    assert "KT-1002 1 entry to read" in plain(therapist.get(ROOM).text)
    reads_all(therapist, f"/clinic/room/{OTHERS}")
    assert "to read" not in therapist.get(ROOM).text


def test_an_open_page_hears_which_wordings_still_stand(signed_in, says):
    plan = says("ana", "safety-plan", {"people": "Mara", "audience": "care-team"})
    asked = f"/clinic/patients/{ANA}/shared?versions={plan.id}"
    assert signed_in("clinician").get(asked).json == {"shared": [plan.id], "hidden": []}
    kept, gone = says("ana", "journal", SHARED), says("ana", "journal", SHARED)
    says("ana", "journal", {**SHARED, "audience": "me"}, record=gone.record, parents=[gone.id])
    asked = f"/clinic/patients/{ANA}/shared?versions={kept.id}+{gone.id}"
    assert signed_in("therapist").get(asked).json == {"shared": [kept.id], "hidden": []}
    assert signed_in("clinician").get(asked).json == {"shared": [], "hidden": []}
    assert signed_in("another-clinician").get(asked).status_code == 404


def booked(browser, **typed):
    page = browser.get(HER_ROOM).text
    record = re.search(r'name="record" value="([^"]+)"', page)[1]
    return browser.post(f"{HER_ROOM}/visits", data={"record": record, **typed})


def test_a_visit_is_planned_once_and_cancelled(app, signed_in, audit):
    therapist = signed_in("therapist")
    typed = {"day": "2026-11-24", "clock": "13:00", "minutes": "50", "record": "0199c0dd-0000-7000-8000-000000000001"}
    for _ in range(2):
        assert booked(therapist, **typed).status_code == 302
    assert "next visit Tue 24 Nov 13:00" in plain(therapist.get(ROOM).text)
    assert therapist.post(f"{HER_ROOM}/visits/{typed['record']}/cancel").status_code == 302
    assert "next visit" not in plain(therapist.get(HER_ROOM).text)
    with app.app_context():
        assert [one.status for one in db.session.scalars(select(Visit))] == ["cancelled"]
    assert [row.what for row in audit() if row.action == "write"] == ["visit", "visit"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"day": "2026-11-19", "clock": "13:00", "minutes": "50"}, "This time has passed"),
        ({"day": "2026-11-24", "clock": "13:00", "minutes": "5"}, "from 10 to 240"),
        ({}, "This is not saved yet"),
    ],
)
def test_a_visit_that_cannot_be_is_refused_in_words(signed_in, typed, words):
    answer = booked(signed_in("therapist"), **typed)
    assert answer.status_code == 422
    assert words in plain(answer.text)


def test_the_room_asks_the_database_as_often_however_many_patients_there_are(
    signed_in, says, visit, statements, also_sees_bo
):
    therapist = signed_in("therapist")
    visit(days=-1)
    says("ana", "journal", SHARED)
    therapist.get(ROOM)
    few = statements(therapist, ROOM)
    for days in range(1, 9):
        says("another-patient", "journal", SHARED, ago=timedelta(days=days))
        visit(days=-1 - days, who="another-patient")
        visit(days=-1 - days)
    assert statements(therapist, ROOM) == few


def test_the_audit_row_names_the_entries_that_were_read(signed_in, says, audit):
    entry = says("ana", "journal", SHARED)
    signed_in("therapist").get(HER_ROOM)
    [row] = audit()
    assert (row.what, row.action, row.patients, row.records) == ("room", "read", [ANA], [entry.record])


ID, OTHER_ID = "0199c0dd-0000-7000-8000-000000000001", "0199c0dd-0000-7000-8000-000000000002"


def test_a_note_is_for_its_writer_alone_and_stays_when_the_entry_is_taken_back(app, signed_in, says, also_sees_bo):
    with app.app_context():
        colleague = db.session.get_one(Person, CAST["another-clinician"][:2])
        colleague.role = "therapist"
        whose = {"clinic_id": CLINIC, "patient_id": ANA, "person_id": colleague.id}
        db.session.add(CareTeam(**whose, role="therapist"))
        db.session.commit()
    entry = says("ana", "journal", {**SHARED, "audience": "care-team"})
    therapist = signed_in("therapist")
    noted = on_words(entry, 4, 13)
    for _ in range(2):
        assert therapist.post(f"{HER_ROOM}/notes", data=noted).status_code == 302
    page = plain(therapist.get(HER_ROOM).text)
    assert page.count("gate again") == 1
    assert "about this entry" in page
    for who in ("another-clinician", "clinician"):
        for path in (HER_ROOM, f"/clinic/patients/{ANA}", f"/clinic/patients/{ANA}/journal"):
            page = signed_in(who).get(path).text
            assert "gate again" not in page
            assert "<mark" not in page
    says("ana", "journal", None, record=entry.record, parents=[entry.id])
    page = plain(therapist.get(HER_ROOM).text)
    assert "gate again" in page
    assert "about an entry that is not on this page" in page


def on_words(entry, begins, ends, text="gate again", record=ID):
    of_words = {"about": entry.record, "version": entry.id, "begins": begins, "ends": ends}
    return {"record": record, "text": text, **of_words}


def test_a_note_is_about_chosen_words_as_long_as_they_stand_there(signed_in, says):
    entry = says("ana", "journal", SHARED)
    therapist = signed_in("therapist")
    assert therapist.post(f"{HER_ROOM}/notes", data=on_words(entry, 4, 13)).status_code == 302
    assert 'the <mark data-note="1">blue gate</mark> was open' in therapist.get(HER_ROOM).text
    around = {**SHARED, "text": "It rained. I saw the blue gate."}
    edit = says("ana", "journal", around, record=entry.record, parents=[entry.id])
    page = therapist.get(HER_ROOM).text
    assert 'I saw the <mark data-note="1">blue gate</mark>.' in page
    assert f'<q data-versions="{edit.id}">blue gate</q>' in page
    gone = says("ana", "journal", {**SHARED, "text": "It rained."}, record=edit.record, parents=[edit.id])
    page = plain(therapist.get(HER_ROOM).text)
    assert "gate again" in page
    assert "The words that it is about are no longer in it." in page
    assert "blue gate" not in page
    says("ana", "journal", around, record=gone.record, parents=[gone.id])
    assert "<mark" in therapist.get(HER_ROOM).text
    says("ana", "journal", {**around, "audience": "me"}, record=gone.record, parents=[gone.id])
    assert "blue gate" not in therapist.get(HER_ROOM).text


@pytest.mark.parametrize("typed", [{"version": OTHER_ID}, {"ends": "4"}, {"begins": ""}, {"about": OTHER_ID}])
def test_a_note_on_words_that_are_not_there_is_kept_without_them(app, signed_in, says, typed):
    entry = says("ana", "journal", SHARED)
    therapist = signed_in("therapist")
    assert therapist.post(f"{HER_ROOM}/notes", data={**on_words(entry, 4, 13), **typed}).status_code == 302
    with app.app_context():
        note = db.session.scalars(select(Annotation)).one()
        assert (note.text, note.quote) == ("gate again", None)


def test_with_my_notes_stand_those_of_whom_i_noted_something_and_what_i_noted_it_about(
    signed_in, says, visit, also_sees_bo
):
    old, other = (says("ana", "journal", SHARED, ago=timedelta(days=days)) for days in (9, 8))
    says("another-patient", "journal", {**SHARED, "text": "not noted"})
    visit(days=5)
    therapist = signed_in("therapist")
    assert "Entries with notes of yours stand here." in plain(therapist.get(f"{ROOM}?show=noted").text)
    answer = therapist.post(f"{HER_ROOM}/notes?show=noted", data=on_words(old, 4, 13))
    assert answer.headers["Location"].endswith("?show=noted")
    page = therapist.get(f"{ROOM}?show=noted").text
    assert f'id="leaf-{old.record}"' in page
    assert f'id="leaf-{other.record}"' not in page
    assert "KT-1002" not in page
    assert f'id="leaf-{old.record}"' not in therapist.get(HER_ROOM).text


def test_an_entry_that_is_marked_unread_is_to_read_again_and_the_patient_was_told_once(
    app, signed_in, says, visit, also_sees_bo
):
    visit(days=-1)
    entry = says("another-patient", "journal", SHARED)
    therapist, his_room = signed_in("therapist"), f"/clinic/room/{OTHERS}"
    reads_all(therapist, his_room)
    for what, is_to_read in (("unread", True), ("read", False)):
        answer = therapist.post(f"{his_room}/entries/{entry.record}/{what}", data={"versions": entry.id})
        assert answer.headers["Location"].endswith(f"#leaf-{entry.record}")
        therapist.get(his_room)
        assert ("KT-1002 1 entry to read" in plain(therapist.get(ROOM).text)) == is_to_read
    assert len(told(app)) == 1
    says("another-patient", "journal", None, record=entry.record, parents=[entry.id])
    assert therapist.post(f"{his_room}/entries/{entry.record}/unread").status_code == 404


def test_whoever_is_no_longer_on_the_team_finds_no_notes(app, signed_in):
    therapist = signed_in("therapist")
    therapist.post(f"{HER_ROOM}/notes", data={"record": ID, "text": "gate again"})
    with app.app_context():
        therapists = own_notes(db.session.get_one(Person, CAST["therapist"][:2]))
        assert [one.text for one in db.session.scalars(therapists)] == ["gate again"]
        db.session.delete(db.session.get_one(CareTeam, (CLINIC, ANA, CAST["therapist"][1])))
        db.session.flush()
        assert list(db.session.scalars(therapists)) == []
    assert therapist.post("/clinic/room/" + OTHERS + "/notes", data={"record": ID, "text": "x"}).status_code == 404


def asked(browser, record=ID, tier="high", note="She writes of an ending. Please call her."):
    return browser.post(f"{HER_ROOM}/raise", data={"record": record, "tier": tier, "note": note})


def test_what_is_raised_to_the_clinic_is_an_alert_with_the_note_and_goes_through_the_loop(app, signed_in, says, audit):
    says("ana", "journal", SHARED)
    therapist, clinician = signed_in("therapist"), signed_in("clinician")
    for _ in range(2):  # the button was pressed twice
        assert asked(therapist).status_code == 302
    assert "The therapist asks the clinic to look" in plain(clinician.get("/clinic/triage").text)
    with app.app_context():
        alert = db.session.scalars(select(Alert)).one()
        assert (alert.tier, alert.state, alert.count) == ("high", "raised", 1)
        assert list(db.session.scalars(select(Notice.person_id).distinct())) == [CAST["clinician"][1]]
    page = plain(clinician.get(f"/clinic/alerts/{alert.id}").text)
    assert page.count("therapist asks the clinic to look She writes of an ending.") == 1
    assert SHARED["text"] not in page
    assert "not acknowledged yet" in plain(therapist.get(HER_ROOM).text)
    assert clinician.post(f"/clinic/alerts/{alert.id}/acknowledge").status_code == 302
    assert "acknowledged by clinician" in plain(therapist.get(HER_ROOM).text)
    assert [(row.what, row.role) for row in audit() if row.action == "write"][:1] == [("alert", "therapist")]


def test_the_row_of_what_was_raised_says_who_asked_when_and_why(signed_in, clock):
    therapist = signed_in("therapist")
    asked(therapist)
    clock.forward(hours=1)
    asked(therapist, record=OTHER_ID, note="And he called again.")
    row = signed_in("clinician").get("/clinic/triage").text.split('id="alert-', 1)[1].split("</li>")[0]
    assert "The therapist asks the clinic to look And he called again." in plain(row)
    assert "Written Today 11:00 therapist" in plain(row)


def test_raising_once_more_is_told_once_more_while_the_first_is_open(app, signed_in):
    therapist = signed_in("therapist")
    asked(therapist)
    asked(therapist, record=OTHER_ID, note="And he called again.")
    with app.app_context():
        assert db.session.scalars(select(Alert)).one().count == 2
        told = db.session.scalars(select(AlertEvent.what).order_by(AlertEvent.at, AlertEvent.id)).all()
        assert sorted(told) == ["again", "asked", "asked", "raised"]
        assert len(set(db.session.scalars(select(Notice.cause)))) == 2


def test_what_is_raised_needs_a_note_and_says_so(app, signed_in):
    answer = asked(signed_in("therapist"), note=" ")
    assert answer.status_code == 422
    assert "This is not saved yet" in plain(answer.text)
    with app.app_context():
        assert db.session.scalars(select(Alert)).all() == []


def test_what_is_offered_goes_to_the_phone_once_and_is_taken_back(app, signed_in, audit):
    therapist = signed_in("therapist")
    typed = {"record": ID, "offer": "slow-breaths", "line": "Before sleep.", "days": "3"}
    for _ in range(2):
        assert therapist.post(f"{HER_ROOM}/offers", data=typed).status_code == 302
    assert "Three slow breaths · Before sleep. until Sun 22 Nov" in plain(therapist.get(HER_ROOM).text)
    with app.app_context():
        [offer] = [json.loads(text) for text in db.session.scalars(select(Version.text).where(Version.kind == "offer"))]
    assert offer["body"] == {"offer": "slow-breaths", "line": "Before sleep.", "until": "2026-11-22"}
    assert therapist.post(f"{HER_ROOM}/offers/{ID}/end").status_code == 302
    assert "Before sleep." not in therapist.get(HER_ROOM).text
    assert therapist.post(f"{HER_ROOM}/offers/{OTHER_ID}/end").status_code == 404
    with app.app_context():
        texts = db.session.scalars(select(Version.text).where(Version.kind == "offer").order_by(Version.seq))
        assert [json.loads(text)["body"]["until"] for text in texts] == ["2026-11-22", "2026-11-18"]
    assert [row.what for row in audit() if row.action == "write"] == ["offer", "offer"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"offer": "", "line": " ", "days": "3"}, "Choose one, or write a line."),
        ({"offer": "slow-breaths", "days": "29"}, "from 1 to 28"),
        ({"offer": "bungee", "days": "3"}, "This is not saved yet"),
    ],
)
def test_an_offer_that_says_nothing_is_refused_in_words(signed_in, typed, words):
    answer = signed_in("therapist").post(f"{HER_ROOM}/offers", data={"record": ID, **typed})
    assert answer.status_code == 422
    assert words in plain(answer.text)


@pytest.mark.parametrize("path", [HER_ROOM, f"/clinic/patients/{ANA}/journal"])
def test_an_entry_that_began_from_an_offer_stands_under_it_also_when_that_is_taken_back(signed_in, says, path):
    offer = says("ana", "offer", {"offer": "small-step", "until": "2026-11-27"}, by="therapist")
    says("ana", "journal", {**SHARED, "offer": offer.record})
    therapist = signed_in("therapist")
    assert therapist.post(f"{HER_ROOM}/offers/{offer.record}/end").status_code == 302
    page = plain(therapist.get(path).text)
    assert page.index("One small step", page.index("Shared with the therapist")) < page.rindex(SHARED["text"])


def test_a_goal_is_set_in_the_patients_words_and_at_each_visit_how_near_it_is(app, signed_in, clock, audit):
    therapist = signed_in("therapist")
    typed = {"record": ID, "words": "Walk to the water.", "measure": "ten"}
    for _ in range(2):
        assert therapist.post(f"{HER_ROOM}/goals", data=typed).status_code == 302
    for level in ("2", "3"):  # corrected within the visit
        assert therapist.post(f"{HER_ROOM}/goals/{ID}", data={"level": level}).status_code == 302
    clock.forward(days=7)
    therapist = signed_in("therapist")
    therapist.post(f"{HER_ROOM}/goals/{ID}", data={"level": "6"})
    assert "Walk to the water. Fri 20 Nov: 3 of 10 · Fri 27 Nov: 6 of 10" in plain(therapist.get(HER_ROOM).text)
    therapist.post(f"{HER_ROOM}/goals/{ID}", data={"done": "y"})
    assert "6 of 10 Closed" in plain(therapist.get(HER_ROOM).text)
    with app.app_context():
        said = [json.loads(text) for text in db.session.scalars(select(Version.text).where(Version.kind == "goal"))]
        assert len(said) == 5
        goal = db.session.scalars(select(Goal)).one()
        assert goal.levels == [{"day": "2026-11-20", "level": 3}, {"day": "2026-11-27", "level": 6}]
    assert {row.what for row in audit() if row.action == "write"} == {"goal"}


def test_what_the_patient_says_of_a_goal_between_visits_stands_with_it(app, signed_in, says):
    goal = says(
        "ana", "goal", {"words": "Walk more.", "measure": "ten", "levels": []}, by="therapist", ago=timedelta(3)
    )
    for days, said in (
        (2, {"level": 4, "wording": "Walk to the water."}),
        (1, {"level": 5}),
        (0.5, {"goal": OTHER_ID, "level": 9}),
    ):
        says("ana", "goal-said", {"goal": goal.record, **said}, ago=timedelta(days))
    therapist = signed_in("therapist")
    page = plain(therapist.get(HER_ROOM).text)
    assert "Walk to the water. Wed 18 Nov: 4 of 10 (by the patient) · Thu 19 Nov: 5 of 10 (by the patient)" in page
    assert "Walk more." not in page
    therapist.post(f"{HER_ROOM}/goals/{goal.record}", data={"level": "6"})
    with app.app_context():
        kept = db.session.scalars(select(Goal)).one()
        assert (kept.words, kept.levels) == ("Walk to the water.", [{"day": "2026-11-20", "level": 6}])
    assert "Walk to the water." not in signed_in("clinician").get(f"/clinic/patients/{ANA}").text


@pytest.mark.parametrize(("visit_after", "is_closed"), [(False, True), (True, False)])
def test_whether_a_goal_is_closed_is_what_was_said_last(signed_in, says, visit_after, is_closed):
    goal = {"words": "Walk more.", "measure": "three", "levels": []}
    aimed = says("ana", "goal", goal, by="therapist", ago=timedelta(3))
    says("ana", "goal-said", {"goal": aimed.record, "done": True, "level": 7}, ago=timedelta(2))
    if visit_after:
        says("ana", "goal", goal, by="therapist", ago=timedelta(1), record=aimed.record, parents=[aimed.id])
    page = plain(signed_in("therapist").get(HER_ROOM).text)
    assert ("Closed" in page) == is_closed
    assert "Nothing is set yet." in page  # 7 is no level of this measure


@pytest.mark.parametrize(
    ("measure", "level", "words"),
    [("ten", "11", "from 0 to 10"), ("three", "3", "from 0 to 2"), ("three", "", "needed")],
)
def test_a_level_beyond_its_measure_is_refused_in_words(signed_in, says, measure, level, words):
    goal = says("ana", "goal", {"words": "Walk to the water.", "measure": measure, "levels": []}, by="therapist")
    answer = signed_in("therapist").post(f"{HER_ROOM}/goals/{goal.record}", data={"level": level})
    assert answer.status_code == 422
    assert words in plain(answer.text)


def test_goals_and_offers_are_on_no_other_page_and_visits_are_appointments(signed_in, says, visit):
    visit(days=-1)
    says("ana", "goal", {"words": "Walk to the water.", "measure": "ten", "levels": []}, by="therapist")
    says("ana", "offer", {"line": "Say hello to the sea.", "until": "2026-11-27"}, by="therapist")
    clinician = signed_in("clinician")
    assert "visit with a therapist, 50 min" in plain(clinician.get("/clinic/sessions").text)
    assert "visit with a therapist, 50 min" in plain(signed_in("front-desk").get("/clinic/sessions").text)
    for path in ("/clinic/", f"/clinic/patients/{ANA}", "/clinic/sessions"):
        page = clinician.get(path).text
        assert "Walk to the water." not in page
        assert "Say hello to the sea." not in page

from __future__ import annotations

import pytest
from sqlalchemy import select

from pwa.records import AdverseEvent, db
from tests.clinic.conftest import ANA, JUDGED, TOLD, plain

PAGE = f"/clinic/patients/{ANA}"


@pytest.fixture
def nausea(says, treated):
    """After a session: `nausea` is what `?of=` says of it."""
    treatment = treated(days=2).record
    felt = [{"effect": "nausea", "severity": 3, "lasted": "1-4h"}, {"effect": "headache", "severity": 1}]
    says("ana", "effects", {"treatment": treatment, "window": "acute", "effects": felt})
    return f"{treatment}:nausea"


@pytest.fixture
def page(signed_in):
    return lambda who="clinician", path="": plain(signed_in(who).get(PAGE + path).text)


def judge(browser, of, edition=0, **typed):
    data = {**JUDGED, "edition": str(edition), "record": "", **typed}
    form = browser.get(f"{PAGE}/events/new?of={of}", follow_redirects=True)
    path = form.request.full_path
    data["record"] = form.text.split('name="record" value="')[1].split('"')[0]
    return browser.post(path, data=data)


def test_how_a_clinician_judges_an_effect_stands_beside_what_the_patient_said(page, signed_in, nausea):
    assert judge(signed_in("clinician"), nausea, causality="probable").status_code == 302
    for who in ("clinician", "therapist"):
        said = page(who)
        assert "Severe 1 to 4 h Clinic: grade 2" in said
        assert "Nausea Reported in the app 2 Not serious Probable Nothing changed Gone" in said


def test_what_the_patient_said_is_on_the_page_on_which_it_is_judged(page, nausea):
    said = page(path=f"/events/new?of={nausea}")
    assert "Severe , First 4 hours, 1 to 4 h" in said
    assert "stands beside these words and changes none of them" in said


def test_an_effect_after_one_treatment_is_judged_once_and_its_history_stays(page, signed_in, nausea, clock):
    browser = signed_in("clinician")
    judge(browser, nausea)
    answer = browser.get(f"{PAGE}/events/new?of={nausea}")
    assert answer.status_code == 302
    clock.forward(minutes=5)
    assert judge(browser, nausea, edition=1, grade="3", outcome="ongoing").status_code == 302
    history = plain(browser.get(answer.headers["Location"]).text)
    assert "Grade (CTCAE): 2, moderate: limits daily tasks such as shopping 3, severe" in history
    assert "Outcome: Gone Still going on" in history
    assert "Clinic: grade 3" in page()
    assert "Clinic: grade 2" not in page()


def test_of_two_who_judge_the_same_effect_the_second_is_told(signed_in, nausea):
    browser = signed_in("clinician")
    judge(browser, nausea)
    refused = judge(browser, nausea, edition=0, grade="4")
    assert refused.status_code == 422
    assert "Someone changed this meanwhile" in plain(refused.text)


def test_what_the_patient_takes_back_stays_judged_and_the_page_says_so(signed_in, says, treated):
    treatment = treated(days=2).record
    body = {"treatment": treatment, "window": "acute", "effects": [{"effect": "nausea", "severity": 3}]}
    report = says("ana", "effects", body)
    browser = signed_in("clinician")
    judge(browser, f"{treatment}:nausea")
    says("ana", "effects", None, record=report.record, parents=[report.id])
    there = browser.get(PAGE).text
    assert "Reported in the app" in plain(there)
    path = there.split(f"{PAGE}/events/")[2].split('"')[0]
    assert "The patient has taken it back since." in plain(browser.get(f"{PAGE}/events/{path}").text)
    typed = {**JUDGED, "record": path, "edition": "1", "grade": "1"}
    assert browser.post(f"{PAGE}/events/{path}", data=typed).status_code == 302


def test_an_effect_between_treatments_is_judged_too(page, signed_in, says):
    report = says("ana", "effects", {"effects": [{"effect": "nocturia", "severity": 2}]})
    assert judge(signed_in("clinician"), f"{report.record}:nocturia", grade="1").status_code == 302
    assert "Moderate Clinic: grade 1" in page()


def test_what_was_judged_before_its_treatment_was_entered_stays_judged_and_can_be_judged_after(
    page, signed_in, says, treated
):
    said = {"window": "acute", "effects": [{"effect": name, "severity": 2} for name in ("nausea", "headache")]}
    report = says("ana", "effects", said)
    browser = signed_in("clinician")
    assert judge(browser, f"{report.record}:nausea", grade="1").status_code == 302
    given = treated(days=0.1, number=4, minutes=60)
    assert "Moderate Clinic: grade 1" in page()
    assert judge(browser, f"{given.record}:headache", grade="2").status_code == 302
    assert "Moderate Clinic: grade 2" in page()


def test_what_was_not_said_cannot_be_judged_as_said(signed_in, nausea):
    treatment = nausea.partition(":")[0]
    browser = signed_in("clinician")
    for of in (f"{treatment}:dizziness", f"{ANA}:nausea", "x:nausea", ":nausea"):
        assert browser.get(f"{PAGE}/events/new?of={of}").status_code == 404, of


def test_the_strongest_effect_is_offered_first_and_no_longer_when_it_is_judged(signed_in, nausea):
    browser = signed_in("clinician")
    offered = browser.get(PAGE).text.split('<select id="of"')[1].split("</select>")[0]
    assert plain(offered).index("Nausea, severe") < plain(offered).index("Headache, mild")
    judge(browser, nausea)
    assert "Nausea, severe" not in browser.get(PAGE).text


def test_what_was_told_by_phone_stands_with_the_rest(page, judged_by):
    judged_by("clinician", words="A fall in the shower", serious="hospital", grade="3", ended="2026-11-19")
    assert "A fall in the shower Told by phone 3 Hospital stay, or a longer one" in page()
    judged_by("clinician", effect="headache")
    assert "Headache Told by phone 2" in page()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({}, "Choose an effect, or say in words what it was."),
        ({"words": "x", "outcome": "fatal"}, "go together"),
        ({"words": "x", "grade": "5"}, "go together"),
        ({"words": "x", "serious": "death"}, "go together"),
        ({"words": "x", "began": "2026-11-21"}, "It begins before it ends"),
        ({"words": "x", "ended": "2026-11-17"}, "It begins before it ends"),
        ({"words": "x", "heard": "2026-11-17"}, "It begins before it ends"),
        ({"words": "x", "ended": "2026-11-19", "outcome": "ongoing"}, "What has ended is gone."),
        ({"words": "x", "grade": "6"}, "This is not one of the answers that can be chosen."),
    ],
)
def test_what_cannot_be_true_together_is_refused(signed_in, typed, says):
    data = {**TOLD, "record": ANA, **typed}
    refused = signed_in("clinician").post(f"{PAGE}/events/new", data=data)
    assert refused.status_code == 422
    assert says in plain(refused.text)


def test_what_was_entered_by_mistake_leaves_the_page_and_stays_in_its_history(page, signed_in, judged_by):
    event = judged_by("clinician", words="Of another patient")
    browser = signed_in("clinician")
    typed = {**TOLD, "words": "Of another patient", "record": event, "edition": "1", "is_mistake": "y"}
    assert browser.post(f"{PAGE}/events/{event}", data=typed).status_code == 302
    assert "Of another patient" not in page()
    assert "entered by mistake" in page(path=f"/events/{event}")


def test_a_therapist_reads_no_judgement_of_what_is_not_for_therapists(page, signed_in, says, judged_by):
    report = says("ana", "effects", {"effects": [{"effect": "craving", "severity": 2}]})
    judge(signed_in("clinician"), f"{report.record}:craving")
    judged_by("clinician", words="Told me that she took more")
    judged_by("clinician", effect="headache", words="behind the eyes")
    said = page("therapist")
    assert "behind the eyes" in said
    assert "took more" not in said
    assert "Clinic: grade" not in said
    assert signed_in("therapist").get(f"{PAGE}/events/new").status_code == 403


def test_who_judged_and_read_what_is_in_the_audit_trail(page, judged_by, audit):
    event = judged_by("clinician", words="A fall")
    assert (audit()[-1].action, audit()[-1].what, audit()[-1].records) == ("write", "adverse-event", [event])
    page()
    assert audit()[-1].records == [event]
    page(path=f"/events/{event}")
    assert (audit()[-1].action, audit()[-1].what, audit()[-1].records) == ("read", "adverse-event", [event])


def test_an_effect_that_the_clinic_added_is_judged_in_its_own_words(app, page, signed_in, says):
    said = {"effect": "own-0c0ffee0", "words": "Ears feel blocked", "severity": 1}
    report = says("ana", "effects", {"effects": [said]})
    judge(signed_in("clinician"), f"{report.record}:own-0c0ffee0", grade="1")
    assert "Ears feel blocked Reported in the app" in page()
    with app.app_context():
        assert db.session.scalars(select(AdverseEvent.words)).one() == "Ears feel blocked"

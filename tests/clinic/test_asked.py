"""What a manager switches off or adds reaches the phones on the clinic's card."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from pwa.domain import checks, effects
from pwa.records import Clinic, Responder, Version, db
from tests.clinic.conftest import ANA, plain
from tests.conftest import CAST, CLINIC

CARD = {
    "name": "Harbour clinic",
    "phone": "+14165550142",
    "hours": {"en": "Weekdays", "fr": "En semaine"},
    "region": "CA",
    "zone": "America/Toronto",
    "reads": {"days": [1], "at": "09:00"},
    "thoughts_asked": False,
}
ALL = {
    "effects": [one.id for one in effects.CATALOGUE if not one.emergency],
    "checks": [check.id for check in checks.CHECKS],
}


@pytest.fixture
def cards(app):
    def said():
        with app.app_context():
            texts = db.session.scalars(select(Version.text).where(Version.kind == "card").order_by(Version.seq))
            return [json.loads(text) for text in texts]

    return said


def without(**off):
    return {name: [id_ for id_ in ids if id_ not in off.get(name, ())] for name, ids in ALL.items()}


def test_what_is_switched_off_stands_on_the_card_over_the_one_before(signed_in, says, cards):
    says("ana", "card", CARD, by="clinician")
    signed_in("manager").post("/clinic/asked", data=without(effects=["taste"], checks=["liver"]))
    first, second = cards()
    assert second["parents"] == [first["id"]]
    cover = {"days": [1, 2, 3, 4, 5], "opens": "09:00", "closes": "17:00"}
    assert second["body"] == {
        **CARD,
        "cover": cover,
        "asked": {"effects_off": ["taste"], "checks_off": ["liver"], "own": []},
    }


def test_saving_again_without_a_change_writes_no_card(signed_in, says, cards):
    says("ana", "card", CARD, by="clinician")
    for _ in range(2):
        signed_in("manager").post("/clinic/asked", data=without(effects=["taste"]))
    assert len(cards()) == 2


def test_an_effect_of_its_own_comes_with_words_in_both_languages_and_can_be_switched_off(signed_in, says, cards):
    says("ana", "card", CARD, by="clinician")
    browser = signed_in("manager")
    browser.post("/clinic/asked", data={**ALL, "en": "Itchy scalp", "fr": "Cuir chevelu qui démange"})
    [own] = cards()[-1]["body"]["asked"]["own"]
    assert effects.OWN.fullmatch(own["id"])
    assert (own["en"], own["fr"]) == ("Itchy scalp", "Cuir chevelu qui démange")
    browser.post("/clinic/asked", data=ALL)
    assert cards()[-1]["body"]["asked"]["own"] == []
    assert "Itchy scalp" in browser.get("/clinic/asked").text


def test_a_check_comes_as_often_as_the_clinic_says_within_limits(signed_in, says, cards):
    says("ana", "card", CARD, by="clinician")
    browser = signed_in("manager")
    often = {"bladder_days": "14", "bladder_treatments": "6", "bladder_mg": ""}
    assert browser.post("/clinic/asked", data={**ALL, **often}).status_code == 302
    assert cards()[-1]["body"]["asked"]["every"] == [{"id": "bladder", "days": 14}]
    assert 'value="14"' in browser.get("/clinic/asked").text
    assert browser.post("/clinic/asked", data={**ALL, "bladder_days": "6"}).status_code == 422
    browser.post("/clinic/asked", data=without(checks=["bladder"]) | often)
    assert cards()[-1]["body"]["asked"]["checks_off"] == ["bladder"]
    assert '<input type="checkbox" name="routes" value="iv">' in browser.get("/clinic/asked").text
    browser.post("/clinic/asked", data=ALL)
    assert "every" not in cards()[-1]["body"]["asked"]


OWN = {"en": "Itchy scalp", "fr": "Cuir chevelu qui démange"}


def test_a_check_of_its_own_reaches_the_phone_and_its_answer_the_patients_page(signed_in, says, cards):
    says("ana", "card", CARD, by="clinician")
    signed_in("manager").post("/clinic/asked", data={**ALL, **OWN, "routes": ["iv", "im"], "treatments": "2"})
    [own] = cards()[-1]["body"]["asked"]["own"]
    assert own == {"id": own["id"], **OWN, "routes": ["iv", "im"], "treatments": 2}
    answer = [{"effect": own["id"], "words": "Itchy scalp", "severity": 1}]
    says("ana", "effects", {"effects": answer, "checks": [own["id"]]})
    page = plain(signed_in("clinician").get(f"/clinic/patients/{ANA}").text)
    assert "Itchy scalp: Mild" in page
    assert "Check of the clinic’s own" in page


def test_how_often_a_check_of_its_own_comes_is_changed_and_taken_back_later(signed_in, says, cards):
    says("ana", "card", CARD, by="clinician")
    browser = signed_in("manager")
    browser.post("/clinic/asked", data={**ALL, **OWN, "days": "14"})
    [own] = cards()[-1]["body"]["asked"]["own"]
    assert f'name="{own["id"]}_days" type="number" value="14"' in browser.get("/clinic/asked").text
    kept = {**ALL, "own": [own["id"]]}
    assert browser.post("/clinic/asked", data={**kept, f"{own['id']}_days": "6"}).status_code == 422
    browser.post("/clinic/asked", data={**kept, f"{own['id']}_days": "28", f"{own['id']}_mg": "500"})
    assert cards()[-1]["body"]["asked"]["own"] == [{"id": own["id"], **OWN, "days": 28, "mg": 500}]
    assert "Itchy scalp every 28 days, every 500 mg" in plain(browser.get("/clinic/asked").text)
    browser.post("/clinic/asked", data=kept)
    assert cards()[-1]["body"]["asked"]["own"] == [{"id": own["id"], **OWN}]


def test_who_set_what_is_asked_and_when_is_kept(signed_in, clock):
    browser = signed_in("manager")
    for data in (without(effects=["taste"]), without(effects=["taste"]), {**ALL, **OWN, "days": "14"}):
        browser.post("/clinic/asked", data=data)
        clock.forward(minutes=5)
    page = plain(browser.get("/clinic/asked").text)
    assert "Today 10:10 manager: Itchy scalp every 14 days Today 10:00 manager: not asked: A bad or odd taste" in page
    assert "10:05" not in page


def test_an_effect_of_its_own_stands_with_the_routes_that_it_follows(signed_in):
    browser = signed_in("manager")
    own = {**without(), "en": "Itchy scalp", "fr": "Cuir chevelu qui démange", "routes": ["iv", "nasal"]}
    browser.post("/clinic/asked", data=own)
    assert "Itchy scalp Cuir chevelu qui démange, IV, NS" in plain(browser.get("/clinic/asked").text)


def test_words_in_one_language_are_not_enough(signed_in, cards, says):
    says("ana", "card", CARD, by="clinician")
    answer = signed_in("manager").post("/clinic/asked", data={**ALL, "en": "Itchy scalp"})
    assert answer.status_code == 422
    assert len(cards()) == 1


def test_what_can_be_an_emergency_cannot_be_switched_off(signed_in, says, cards):
    says("ana", "card", CARD, by="clinician")
    signed_in("manager").post("/clinic/asked", data={"en": ""})
    off = cards()[-1]["body"]["asked"]["effects_off"]
    assert set(off) == set(ALL["effects"])
    assert not {"chest-pain", "breathless", "fainting", "seizure"} & set(off)


def test_who_has_no_card_yet_and_another_clinics_patients_get_none(signed_in, says, cards):
    signed_in("manager").post("/clinic/asked", data=without(effects=["taste"]))
    assert cards() == []


def test_an_answer_to_an_effect_of_its_own_reads_in_words(signed_in, says, treated):
    given = treated(days=1)
    said = [{"effect": "own-1a2b3c4d", "words": "Itchy scalp", "severity": 2}]
    says("ana", "effects", {"treatment": given.record, "window": "acute", "effects": said})
    says("ana", "effects", {"effects": said})
    page = plain(signed_in("clinician").get(f"/clinic/patients/{ANA}").text)
    assert "Itchy scalp Moderate" in page
    assert "Itchy scalp: Moderate" in page


def test_an_answered_check_is_named_on_the_patients_page(signed_in, says):
    says("ana", "effects", {"effects": [{"effect": "nocturia", "severity": 0}], "checks": ["bladder", "memory"]})
    assert "Check of bladder, memory" in plain(signed_in("clinician").get(f"/clinic/patients/{ANA}").text)


@pytest.mark.parametrize("is_demo", [True, False])
def test_the_question_about_thoughts_is_not_asked_without_a_named_responder(app, signed_in, says, cards, is_demo):
    with app.app_context():
        db.session.get_one(Clinic, CLINIC).is_demo = is_demo
        db.session.commit()
        db.session.remove()
    says("ana", "card", CARD, by="clinician")
    browser = signed_in("manager")
    refused = browser.post("/clinic/asked", data={**ALL, "thoughts": "y"})
    assert (refused.status_code, len(cards())) == (422, 1)
    assert "First name who answers" in refused.text
    with app.app_context():
        db.session.add(Responder(clinic_id=CLINIC, place=1, person_id=CAST["clinician"][1]))
        db.session.commit()
        db.session.remove()
    assert browser.post("/clinic/asked", data={**ALL, "thoughts": "y"}).status_code == 302
    assert cards()[-1]["body"]["thoughts_asked"] is True
    browser.post("/clinic/asked", data=ALL)
    assert cards()[-1]["body"]["thoughts_asked"] is False


def test_the_rems_is_an_option_of_the_clinic(app, signed_in):
    signed_in("manager").post("/clinic/asked", data={**ALL, "rems": "y"})
    with app.app_context():
        assert db.session.get_one(Clinic, CLINIC).rems
    assert "REMS" in signed_in("clinician").get(f"/clinic/patients/{ANA}/treatments/new").text

"""Who treats whom: a manager says it, what follows from it holds at once, and the patient is told."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from pwa.records import Alert, CareTeam, Notice, Patient, Person, db
from tests.clinic.conftest import ANA, plain
from tests.conftest import CAST, CLINIC

CLINICIAN, OTHER, THERAPIST = (CAST[who][1] for who in ("clinician", "another-clinician", "therapist"))
TEAM, HAND_OVER = f"/clinic/people/{ANA}/team", f"/clinic/people/{CLINICIAN}/hand-over"
HER_PAGE = f"/clinic/patients/{ANA}"


@pytest.fixture
def found(app):
    def ask(statement):
        with app.app_context():
            return db.session.execute(statement).scalars().all()

    return ask


def team_of(patient):
    return select(CareTeam.person_id).where(CareTeam.patient_id == patient).order_by(CareTeam.role)


def told(what="team"):
    return select(Notice.person_id).where(Notice.what == what)


def an_alert_in_hand(signed_in, says, found):
    """Of Ana's, acknowledged by her clinician."""
    says("ana", "check-in", {"mood": 3, "thoughts": "often"})
    [alert] = found(select(Alert.id))
    assert signed_in("clinician").post(f"/clinic/alerts/{alert}/acknowledge").status_code == 302
    return alert


def test_who_is_added_reads_from_then_on_and_who_is_taken_off_no_more(signed_in, found):
    gone, new = signed_in("clinician"), signed_in("another-clinician")
    assert (gone.get(HER_PAGE).status_code, new.get(HER_PAGE).status_code) == (200, 404)
    saved = signed_in("manager").post(TEAM, data={"clinician": [OTHER], "therapist": [THERAPIST]})
    assert saved.status_code == 302
    assert (gone.get(HER_PAGE).status_code, new.get(HER_PAGE).status_code) == (404, 200)
    assert found(team_of(ANA)) == [OTHER, THERAPIST]


def test_the_page_shows_who_treats_now(signed_in):
    page = signed_in("manager").get(TEAM).text
    assert "KT-1001" in page
    for member, is_on in ((CLINICIAN, True), (OTHER, False)):
        [box] = [tag for tag in page.split("<input") if f'value="{member}"' in tag]
        assert ("checked" in box) is is_on


def test_the_patient_is_told_and_reads_who_treats_them(signed_in, found, audit):
    signed_in("manager").post(TEAM, data={"clinician": [OTHER]})
    assert found(told()) == [ANA]
    page = plain(signed_in("ana").get("/account/looks").text)
    assert "Your care team now: another-clinician (clinician)." in page
    assert "changed: who treats you" in page
    [row] = audit()
    assert (row.action, row.what, row.patients) == ("write", "team", [ANA])
    assert row.records == sorted((CLINICIAN, THERAPIST, OTHER)), "who came, and who left"


def test_what_stays_as_it_was_tells_nobody(signed_in, found, audit):
    signed_in("manager").post(TEAM, data={"clinician": [CLINICIAN], "therapist": [THERAPIST]})
    assert found(told()) == []
    assert audit() == []


def test_a_form_in_which_nobody_is_chosen_leaves_all_as_it_was(signed_in, found):
    before = found(team_of(ANA))
    refused = signed_in("manager").post(TEAM)
    assert (refused.status_code, "Choose at least one person." in refused.text) == (422, True)
    assert found(team_of(ANA)) == before


@pytest.mark.parametrize("member", [CAST["stranger"][1], CAST["manager"][1], CAST["another-patient"][1], "nobody"])
def test_nobody_else_than_the_clinics_own_who_treat_can_be_on_a_team(signed_in, found, member):
    before = found(team_of(ANA))
    for role in ("clinician", "therapist"):
        assert signed_in("manager").post(TEAM, data={role: [member]}).status_code == 422
    assert found(team_of(ANA)) == before


def test_whoever_leaves_hands_over_all_their_patients_to_a_colleague(signed_in, found):
    manager, theirs = signed_in("manager"), select(CareTeam.patient_id).where(CareTeam.person_id == CLINICIAN)
    before = found(theirs)
    assert f"{len(before)} patient" in plain(manager.get(HAND_OVER).text)
    assert manager.post(HAND_OVER, data={"to": OTHER}).status_code == 302
    assert found(theirs) == []
    assert set(before) <= set(found(select(CareTeam.patient_id).where(CareTeam.person_id == OTHER)))
    assert sorted(found(told())) == sorted(before)


def test_a_patient_whom_both_treated_is_handed_over_too(signed_in, found):
    manager = signed_in("manager")
    manager.post(TEAM, data={"clinician": [CLINICIAN, OTHER]})
    assert manager.post(HAND_OVER, data={"to": OTHER}).status_code == 302
    assert found(team_of(ANA)) == [OTHER]


@pytest.mark.parametrize("to", [CLINICIAN, THERAPIST, CAST["stranger"][1], ""])
def test_patients_go_to_a_colleague_of_the_same_role_or_nowhere(signed_in, found, to):
    assert signed_in("manager").post(HAND_OVER, data={"to": to}).status_code == 422
    assert CLINICIAN in found(team_of(ANA))


def test_whoever_treats_nobody_has_nothing_to_hand_over(signed_in):
    manager = signed_in("manager")
    assert manager.get(f"/clinic/people/{CAST['manager'][1]}/hand-over").status_code == 404
    assert manager.get(f"/clinic/people/{CAST['stranger'][1]}/hand-over").status_code == 404


@pytest.mark.parametrize(
    ("path", "data"),
    [(TEAM, {"clinician": [OTHER]}), (HAND_OVER, {"to": OTHER}), (f"/clinic/people/{CLINICIAN}/close", {})],
)
def test_an_alert_that_somebody_had_in_hand_goes_on_at_once(signed_in, says, found, clock, path, data):
    an_alert_in_hand(signed_in, says, found)
    signed_in("manager").post(path, data=data)
    assert found(select(Alert.assigned_to)) == [None]
    assert found(select(Alert.escalate_at)) == [clock()]


def test_an_alert_of_others_stays_with_whoever_has_it(signed_in, says, found, clock):
    an_alert_in_hand(signed_in, says, found)
    [due] = found(select(Alert.escalate_at))
    signed_in("manager").post(f"/clinic/people/{CAST['another-clinician'][1]}/close")
    assert found(select(Alert.escalate_at)) == [due] != [clock()]


def test_an_erased_patient_has_no_team_to_change(app, signed_in, clock):
    with app.app_context():
        db.session.get_one(Person, (CLINIC, ANA)).erased_at = clock()
        db.session.commit()
        assert db.session.get(Patient, (CLINIC, ANA))
    assert signed_in("manager").get(TEAM).status_code == 404

from __future__ import annotations

from tests.clinic.conftest import plain


def page(browser):
    return plain(browser.get("/clinic/sessions").text)


def test_planned_treatments_stand_by_day_with_code_and_time(signed_in, treated):
    treated(days=-1, status="planned", number=3, of=6)
    assert "Tomorrow 10:00 KT-1001 IV session 3 of 6 · At the clinic" in page(signed_in("clinician"))


def test_what_was_given_cancelled_or_lies_far_ahead_is_left_out(signed_in, treated):
    treated(days=1)
    treated(days=-1, status="cancelled")
    treated(days=-20, status="planned")
    assert "No session is planned for the next two weeks." in page(signed_in("clinician"))


def test_a_plan_that_nobody_recorded_stays_in_sight(signed_in, treated):
    treated(days=1, status="planned")
    assert "Yesterday planned, and not recorded yet" in page(signed_in("clinician"))


def test_the_front_desk_sees_the_whole_clinic_and_neither_route_nor_a_way_in(signed_in, treated):
    treated(days=-1, status="planned")
    treated(days=-1, status="planned", who="another-patient")
    treated(days=-1, status="planned", who="patient-elsewhere")
    html = signed_in("front-desk").get("/clinic/sessions").text
    assert {code for code in ("KT-1001", "KT-1002", "KT-1003") if code in html} == {"KT-1001", "KT-1002"}
    assert "IV" not in html
    assert "/clinic/patients/" not in html


def test_a_clinician_sees_only_their_own_patients(signed_in, treated):
    treated(days=-1, status="planned", who="another-patient")
    assert "KT-1002" not in page(signed_in("clinician"))

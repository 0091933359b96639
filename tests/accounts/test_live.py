"""A real clinic begins with patients once its medical lead has signed the safety rules, and nothing is lost before."""

from __future__ import annotations

from datetime import time

import pytest

from pwa.records import Clinic, SafetySettings, db
from tests.accounts.test_closed import sync
from tests.conftest import CAST, CLINIC, PASSWORD
from tests.sync.phones import said


@pytest.fixture
def real(app):
    """`real()`: the clinic is no demo; `real("Dr. Lead")`: and signed."""

    def turn(signed_by=None):
        with app.app_context():
            db.session.get_one(Clinic, CLINIC).is_demo = False
            hours = {"days": [1], "opens": time(9), "closes": time(17), "minutes": {}, "levels": {}, "off": []}
            settings = {"clinic_id": CLINIC, "tells_seen": False, "signed": [], "signed_by": signed_by}
            db.session.merge(SafetySettings(**hours, **settings))
            db.session.commit()
            db.session.remove()

    return turn


def comes_in(app, who):
    app.config["WTF_CSRF_ENABLED"] = False
    clinic, _, _, email = CAST[who]
    return app.test_client().post("/sign-in", data={"clinic": clinic, "email": email, "password": PASSWORD})


def test_a_new_patient_of_a_clinic_that_nobody_signed_for_cannot_sign_in_and_reads_why(app, real):
    real()
    refused = comes_in(app, "ana")
    assert refused.status_code == 403
    assert "Harbour clinic has not begun with Tidelog yet." in refused.text
    assert comes_in(app, "clinician").status_code == comes_in(app, "patient-elsewhere").status_code == 302
    real("Dr. Lead")
    assert comes_in(app, "ana").status_code == 302


def test_a_patient_who_came_in_before_sends_what_the_phone_holds_and_comes_in_again(app, signed_in, real):
    phone = signed_in("ana")
    real()
    answer = sync(phone, said())
    assert [one["outcome"] for one in answer.get_json()["receipts"]] == ["stored"]
    assert comes_in(app, "ana").status_code == 302
    assert comes_in(app, "another-patient").status_code == 403

from __future__ import annotations

import re

from tests.clinic.conftest import ANA, IV, plain, says_to
from tests.clinic.test_asked import ALL
from tests.clinic.test_courses import PROTOCOL
from tests.clinic.test_treatments import hidden

PAGE = f"/clinic/patients/{ANA}"


def test_every_page_of_the_clinic_answers_on_both_databases(app_on_both, signed_in, clock):
    says = says_to(app_on_both, clock)
    clinician = signed_in("clinician", on=app_on_both)
    form = clinician.get(f"{PAGE}/treatments/new").text
    typed = {**IV, **hidden(form), "day": "2026-11-20", "clock": "08:00"}
    assert clinician.post(f"{PAGE}/treatments/new", data=typed).status_code == 302
    says("ana", "check-in", {"mood": 3, "sleep": 6.5, "thoughts": "often", "note": "a line"})
    says("ana", "effects", {"treatment": typed["record"], "effects": [{"effect": "nausea", "severity": 2}]})
    says("ana", "journal", {"text": "shared", "audience": "care-team"})
    [alert] = set(re.findall(r"/clinic/alerts/([0-9a-f-]+)", clinician.get("/clinic/?code=kt").text))
    for page in (
        "/clinic/triage",
        "/clinic/triage?show=mine",
        "/clinic/triage?show=snoozed",
        f"/clinic/alerts/{alert}",
    ):
        assert clinician.get(page).status_code == 200, page
    assert clinician.post(f"/clinic/alerts/{alert}/act", data={"action": "call", "resolves": "y"}).status_code == 302
    assert "Resolved today 10:00" in plain(clinician.get(f"/clinic/alerts/{alert}").text)
    page = clinician.get(PAGE).text
    for words in ("a line", "shared", "Moderate", "0.5\xa0mg/kg"):
        assert words in page
    assert "Yes, often" not in clinician.get("/clinic/?code=kt").text
    for path in (f"{PAGE}?days=273", f"{PAGE}/journal", f"{PAGE}/treatments/{typed['record']}", "/clinic/sessions"):
        assert clinician.get(path).status_code == 200
    manager = signed_in("manager", on=app_on_both)
    assert manager.post("/clinic/protocols/new", data=PROTOCOL).status_code == 302
    assert manager.post("/clinic/asked", data={**ALL, "en": "Itchy scalp", "fr": "Cuir chevelu"}).status_code == 302
    assert "IV twice a week" in clinician.get(f"{PAGE}/course").text
    assert "ana@here.test" in manager.get("/clinic/people?code=ana").text

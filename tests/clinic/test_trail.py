"""The audit trail as a manager reads it."""

from __future__ import annotations

import ast
import csv
import io
import re
from pathlib import Path

from pwa.clinic.queries import trail
from pwa.clinic.trail_words import WHATS
from pwa.config import now
from pwa.records import Clinic, Person, db, erasing
from tests.clinic.conftest import plain
from tests.conftest import CAST, CLINIC

CALLS = ("audit.read", "audit.wrote", "audit.by_operator", "audit.by_operator_everywhere")
ANA, BO = CAST["ana"][1], CAST["another-patient"][1]


def page(signed_in, query=""):
    return plain(signed_in("manager").get(f"/clinic/audit{query}").text)


def sheet(signed_in, query=""):
    answer = signed_in("manager").get(f"/clinic/audit.csv{query}")
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def looked(signed_in):
    signed_in("clinician").get(f"/clinic/patients/{ANA}")
    signed_in("another-clinician").get(f"/clinic/patients/{BO}")
    signed_in("stranger").get(f"/clinic/patients/{CAST['patient-elsewhere'][1]}")
    signed_in("manager").post(f"/clinic/people/{ANA}/sign-out")


def test_a_manager_reads_who_looked_at_what_and_what_was_changed_in_this_clinic(signed_in):
    looked(signed_in)
    said = page(signed_in)
    assert "Today 10:00 row 2 clinician A patient’s page read KT-1001 care 127.0.0.1" in said
    assert "manager Sign-ins changed, 1 record KT-1001 administration" in said
    for elsewhere in ("stranger", "patient-elsewhere"):
        assert elsewhere not in said
        assert CAST[elsewhere][1] not in said
    assert "KT-1003" not in said


def test_rows_are_found_by_who_what_whose_and_day(signed_in):
    looked(signed_in)
    queries = {
        f"?person={CAST['clinician'][1]}": ["2", "1"],
        "?action=write": ["6"],
        "?what=patient": ["4", "2"],
        f"?why=by-password&person={CAST['clinician'][1]}": ["1"],
        "?from=2026-11-01&to=2026-11-19": [],
    }
    for query, numbers in queries.items():
        assert [row["number"] for row in sheet(signed_in, query)] == numbers, query
    everything = len(sheet(signed_in))
    assert len(sheet(signed_in, "?person=somebody&what=nothing&from=never&to=2026-11-20")) == everything + 2


def typed(signed_in, **chosen):
    """The spreadsheet of what cannot stand in an address."""
    answer = signed_in("manager").post("/clinic/audit.csv", data=chosen)
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def test_rows_of_a_patient_and_from_somewhere_are_asked_for_in_no_address(signed_in):
    looked(signed_in)
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    signed_in("clinician").get(f"/clinic/patients/{ANA}", environ_base=elsewhere)
    assert [row["number"] for row in typed(signed_in, what="patient", code="kt-1002")] == ["4"]
    assert typed(signed_in, code="nobody") == []
    [row] = typed(signed_in, network=" 192.0.2.7 ")
    assert (row["what"], row["address"]) == ("patient", "192.0.2.7")
    page = signed_in("manager").post("/clinic/audit/found", data={"network": "192.0.2.7", "code": "KT-1001"}).text
    assert "clinician A patient’s page read KT-1001 care 192.0.2.7" in plain(page)
    for address in re.findall(r'(?:href|action)="([^"]*)"', page):
        assert not re.search("192|KT-1001", address), address
    everything = len(sheet(signed_in, "?what=patient"))
    asked = "?what=patient&code=KT-1002&network=10.0.0.9"
    assert len(sheet(signed_in, asked)) == everything, "an address asks for neither"


def test_what_was_typed_goes_along_to_the_next_page(signed_in, monkeypatch):
    looked(signed_in)
    monkeypatch.setattr(trail, "PER_PAGE", 1)
    manager = signed_in("manager")
    asked = {"code": "KT-1001", "what": "patient", "action": "read"}
    signed_in("clinician").get(f"/clinic/patients/{ANA}")
    first = manager.post("/clinic/audit/found", data=asked).text
    assert "Page 1 of 2" in plain(first)
    [fields] = re.findall(r'action="/clinic/audit/found">(<input type="hidden"[^\n]*)<button[^\n]*value="2"', first)
    carried = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', fields))
    assert {name: carried[name] for name in asked} == asked
    assert "row 2 clinician" in plain(manager.post("/clinic/audit/found", data={**carried, "page": "2"}).text)


def test_a_patients_own_acts_are_found(signed_in):
    ana = signed_in("ana")
    ana.post("/account/hidden", data={"what": "hide", "part": "effects", "role": "clinician"})
    looked(signed_in)
    rows = sheet(signed_in, "?person=patient")
    assert [(row["who (not held)"], row["what"]) for row in rows] == [("KT-1001", "hide"), ("KT-1001", "sign-ins")]


def test_an_erased_patient_is_found_by_the_id_that_is_left(app, signed_in):
    looked(signed_in)
    with app.app_context():
        erasing.erase(CLINIC, ANA, CAST["manager"][1], now())
        db.session.commit()
    assert typed(signed_in, code="KT-1001") == []
    assert {row["patients"] for row in typed(signed_in, code=ANA.upper(), what="patient")} == {ANA}


def test_the_reason_of_an_emergency_stands_in_the_spreadsheet(signed_in):
    reason = "Nobody of her team can be reached."
    stranger = signed_in("another-clinician")
    stranger.post("/clinic/emergency", data={"who": "KT-1001", "birth_date": "1988-03-01", "reason": reason})
    stranger.get(f"/clinic/patients/{ANA}")
    rows = sheet(signed_in, "?why=emergency")
    assert [(row["what"], row["reason (not held)"]) for row in rows] == [("patient", ""), ("emergency", reason)]


def test_reading_the_trail_is_a_row_of_it_with_whose_codes_were_shown(signed_in, audit):
    looked(signed_in)
    page(signed_in)
    last = audit()[-1]
    assert (last.what, last.action, last.patients, last.why) == ("audit", "read", [ANA, BO], "administration")


def test_one_page_holds_so_many_and_the_address_keeps_what_was_asked(signed_in, monkeypatch):
    looked(signed_in)
    monkeypatch.setattr(trail, "PER_PAGE", 1)
    browser = signed_in("manager")
    first = browser.get("/clinic/audit?what=patient").text
    assert "Page 1 of 2" in plain(first)
    assert "page=2&amp;from=2026-10-21&amp;to=2026-11-20&amp;what=patient" in first
    assert "row 2 clinician" in plain(browser.get("/clinic/audit?what=patient&page=2").text)
    assert browser.get("/clinic/audit?what=patient&page=3").status_code == 404


def test_a_spreadsheet_gets_the_same_rows_with_their_hashes_and_no_formula(app, signed_in, audit):
    with app.app_context():
        db.session.get_one(Person, CAST["clinician"][:2]).name = "=HYPERLINK(1)"
        db.session.commit()
    looked(signed_in)
    last, first = sheet(signed_in, "?action=write")[0], sheet(signed_in, "?what=patient")[-1]
    assert (first["who (not held)"], first["codes (not held)"], first["what"]) == (
        "'=HYPERLINK‹1›",
        "KT-1001",
        "patient",
    )
    assert first["hash"] == audit()[0].hash
    assert (last["who (not held)"], last["action"]) == ("manager", "write")


def test_the_clinic_says_how_long_it_is_kept_and_that_is_a_row_too(app, signed_in, audit):
    browser = signed_in("manager")
    assert browser.post("/clinic/audit", data={"years": "5"}).status_code == 422
    assert browser.post("/clinic/audit", data={"years": "15"}).status_code == 302
    with app.app_context():
        assert db.session.get_one(Clinic, CLINIC).audit_years == 15
    assert [(row.action, row.what) for row in audit()] == [("read", "audit"), ("write", "audit")]
    assert 'value="15"' in browser.get("/clinic/audit").text


def test_every_kind_of_look_that_is_kept_has_words():
    calls = (node for path in Path("pwa").rglob("*.py") for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    kinds = {
        call.args[1].value
        for call in calls
        if isinstance(call, ast.Call) and ast.unparse(call.func) in CALLS and isinstance(call.args[1], ast.Constant)
    }
    assert {"patients", "outcomes", "invitations"} <= kinds
    assert kinds <= set(WHATS)


def test_what_was_done_to_the_years_stands_in_the_row(signed_in):
    manager = signed_in("manager")
    manager.post("/clinic/keeping", data={"years": "12"})
    manager.post("/clinic/audit", data={"years": "15"})
    page = plain(manager.get("/clinic/audit").text)
    assert "Records kept changed 10 → 12" in page
    assert "Audit trail changed 10 → 15" in page

"""The audit trail as a manager reads it."""

from __future__ import annotations

import ast
import csv
import io
from pathlib import Path

from pwa.clinic.queries import trail
from pwa.clinic.trail_words import WHATS
from pwa.records import Clinic, Person, db
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
    assert "Today 10:00 row 1 clinician A patient’s page read KT-1001 care 127.0.0.1" in said
    assert "manager Sign-ins changed, 1 record KT-1001 administration" in said
    assert "stranger" not in said
    assert "KT-1003" not in said


def test_rows_are_found_by_who_what_whose_and_day(signed_in):
    looked(signed_in)
    queries = {
        f"?person={CAST['clinician'][1]}": ["1"],
        "?action=write": ["3"],
        "?what=patient": ["2", "1"],
        "?what=patient&code=kt-1002": ["2"],
        "?code=nobody": [],
        "?from=2026-11-01&to=2026-11-19": [],
    }
    for query, numbers in queries.items():
        assert [row["number"] for row in sheet(signed_in, query)] == numbers, query
    everything = len(sheet(signed_in))
    assert len(sheet(signed_in, "?person=somebody&what=nothing&from=never&to=2026-11-20")) == everything + 1


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
    assert "row 1 clinician" in plain(browser.get("/clinic/audit?what=patient&page=2").text)
    assert browser.get("/clinic/audit?what=patient&page=3").status_code == 404


def test_a_spreadsheet_gets_the_same_rows_with_their_hashes_and_no_formula(app, signed_in, audit):
    with app.app_context():
        db.session.get_one(Person, CAST["clinician"][:2]).name = "=HYPERLINK(1)"
        db.session.commit()
    looked(signed_in)
    last, *_, first = sheet(signed_in)
    assert (first["who"], first["patients"], first["what"]) == ("'=HYPERLINK(1)", "KT-1001", "patient")
    assert first["hash"] == audit()[0].hash
    assert (last["who"], last["action"]) == ("manager", "write")


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

"""The trail says who did something by the name of then, and which pages were refused in words."""

from __future__ import annotations

from pwa.clinic.page_words import PARTS
from tests.accounts.test_names import renames
from tests.clinic.test_trail import looked, page, sheet
from tests.conftest import CAST

NADIA = CAST["clinician"][1]


def test_each_row_keeps_the_name_of_then_and_says_todays(app_on_both, clock, signed_in):
    def sign_in(who):
        return signed_in(who, app_on_both)

    looked(sign_in)
    clock.forward(minutes=1)
    renames(app_on_both, "Nadia", NADIA)
    clock.forward(minutes=1)
    sign_in("clinician").get("/clinic/")
    said = page(sign_in)
    assert "clinician (now called Nadia) A patient’s page read KT-1001" in said
    assert "Nadia List of patients read" in said
    assert "Today 10:01 clinician Nadia" in said
    rows = {row["what"]: (row["who"], row["who_now"]) for row in sheet(sign_in, f"?person={NADIA}")}
    assert (rows["patient"], rows["patients"]) == (("clinician", "Nadia"), ("Nadia", "Nadia"))


def test_two_of_one_name_are_told_apart_where_one_chooses_and_in_each_row(app, signed_in):
    looked(signed_in)
    renames(app, "Clinician", CAST["another-clinician"][1])
    said = signed_in("manager").get("/clinic/audit").text
    for name in ("clinician", "Clinician"):
        assert f">{name} (here since Fri 20 Nov 2026, 10:00)</option>" in said


def test_a_refused_page_is_said_in_words(signed_in):
    signed_in("clinician").get(f"/clinic/patients/{CAST['another-patient'][1]}/notes")
    signed_in("front-desk").get("/clinic/outcomes.csv")
    said = page(signed_in)
    assert "A page that is not theirs refused Notes KT-1002" in said
    assert "refused Outcomes" in said
    assert "‹" not in said
    assert "uuid" not in said


def test_every_page_of_the_clinic_has_words(app):
    rules = [rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("clinic.")]
    assert [
        rule for rule in rules if rule != "/clinic/" and PARTS.keys().isdisjoint(rule.replace(".csv", "").split("/"))
    ] == []

"""The one table of rights governs every page of the clinic: a part that nobody reads any more is nowhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from pwa.domain import rights
from pwa.records import CareTeam, Person
from tests.attacks.routes import TABLE
from tests.attacks.whole import ALL, words, words_in
from tests.clinic.conftest import IV, TOLD, TORONTO, says_to
from tests.conftest import CLINIC

STAFF = ("clinician", "therapist", "manager", "front-desk")
ANA = ALL["ana"][1]
#: what stands on a page wherever this part of Ana's does; of the other parts a page shows nothing that no other has
MARKS = {
    "check-ins": {"zq-slow-qz"},
    "effects": {"zq-humming-qz"},
    "alerts": {"zq-raised-qz"},
    "events": {"zq-ill-qz"},
    "journal": {words("for-team", "ana")},
    "safety-plan": {"zq-signs-qz", words("plan", "ana")},
    "goals": {words("goal", "ana"), words("offer", "ana")},
    "sessions": {"0.73", "zq-lot-qz"},
    "notes": {words("team-note", "ana")},
    "own-notes": {words("aside", "ana")},
    "appointments": {"47 min"},
    "names": {"Zq Ana"},
    "team": {"Zq Thea"},
    "people": {"ana@here.test"},
}
#: a search, which writes nothing
SEARCH = "/clinic/people"


@pytest.fixture
def with_all_parts(whole):
    """Of Ana something stands in each part, and all of it can be told apart."""
    says, at = says_to(whole.app, whole.clock, ALL), whole.clock().astimezone(TORONTO)
    given, ahead = at - timedelta(days=1), (at + timedelta(days=3)).isoformat("T", "seconds")
    says("ana", "check-in", {"mood": 6, "note": "zq-slow-qz"})
    says("ana", "effects", {"effects": [], "other": "zq-humming-qz", "other_severity": 1})
    says("ana", "safety-plan", {"signs": "zq-signs-qz", "audience": "care-team"})
    session = {**IV, "dose": 0.73, "lot": "zq-lot-qz", "at": given.isoformat("T", "seconds")}
    whole.ids["ana"]["treatment"] = says("ana", "treatment", session, by="clinician", felt=given).record
    visit = {"status": "planned", "at": ahead, "minutes": 47, "therapist": ALL["therapist"][1]}
    says("ana", "visit", visit, by="therapist")
    raised = {"record": whole.ids["ana"]["note"], "tier": "high", "note": "zq-raised-qz"}
    assert whole.browser("therapist").post(f"/clinic/room/{ANA}/raise", data=raised).status_code == 302
    judged = {**TOLD, "record": whole.ids["ana"]["offer"], "effect": "nausea", "words": "zq-ill-qz"}
    assert whole.browser("clinician").post(f"/clinic/patients/{ANA}/events/new", data=judged).status_code == 302
    with whole.rows() as rows:
        rows.get_one(Person, (CLINIC, ANA)).name = "Zq Ana"
        rows.get_one(Person, ALL["another-therapist"][:2]).name = "Zq Thea"
        rows.add(CareTeam(clinic_id=CLINIC, patient_id=ANA, person_id=ALL["another-therapist"][1], role="therapist"))
    return whole


def about(whole, rule):
    """What the page's guard asks the table for."""
    endpoint = next(one.endpoint for one in whole.app.url_map.iter_rules() if one.rule == rule)
    return whole.app.view_functions[endpoint].is_about


def of_the_clinic(method):
    return [rule for asked, rule in TABLE if asked == method and rule.startswith("/clinic")]


def opened(whole, browser, rule):
    answer = browser.get(TABLE["GET", rule][0].format(**whole.ids["ana"]))
    return words_in(answer) if answer.status_code == 200 else None


def shows(whole, part, rule, page):
    """Whether the page is of this part."""
    if page is None:
        return False
    is_here = part != "team" or "<uuid:patient>" in rule  # elsewhere a member of staff is named as that alone
    return part in about(whole, rule) or (is_here and any(mark in page for mark in MARKS.get(part, ())))


def test_the_guard_of_every_page_of_the_clinic_asks_the_table(whole):
    known = {part.id for part in rights.PARTS} | set(rights.HOUSE)
    for rule in {*of_the_clinic("GET"), *of_the_clinic("POST")}:
        assert about(whole, rule), rule
        assert known.issuperset(about(whole, rule)), rule


def test_nobody_writes_what_they_do_not_read():
    assert not [part.id for part in rights.PARTS if not set(part.writers) <= set(part.readers)]


def test_what_nobody_reads_any_more_is_on_no_page_of_the_clinic(with_all_parts, monkeypatch):
    whole = with_all_parts
    browsers = {who: whole.browser(who) for who in STAFF}
    pages = {(who, rule): opened(whole, browsers[who], rule) for who in STAFF for rule in of_the_clinic("GET")}
    for part in rights.PARTS:
        there = [(who, rule) for (who, rule), page in pages.items() if shows(whole, part.id, rule, page)]
        assert {who for who, _ in there} == set(part.readers), f"{part.id}: its readers find it"
        with monkeypatch.context() as patched:
            patched.setitem(rights._BY_ID, part.id, replace(part, readers={}))
            for who, rule in there:
                assert not shows(whole, part.id, rule, opened(whole, browsers[who], rule)), f"{part.id}: {who} {rule}"


@pytest.mark.parametrize("emptied", ["readers", "writers"])
def test_what_nobody_reads_or_writes_any_more_takes_no_form(whole, monkeypatch, emptied):
    browsers = {who: whole.browser(who) for who in STAFF}
    for part in rights.PARTS:
        with monkeypatch.context() as patched:
            patched.setitem(rights._BY_ID, part.id, replace(part, **{emptied: {}}))
            theirs = [rule for rule in of_the_clinic("POST") if part.id in about(whole, rule)]
            if emptied == "writers":
                theirs = [rule for rule in theirs if part.writers and rule != SEARCH]
            for who, rule in product(STAFF, theirs):
                answer = browsers[who].post(TABLE["POST", rule][0].format(**whole.ids["ana"]))
                assert answer.status_code == 403, f"{part.id}: {who} {rule}"

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.clinic.conftest import ANA, TORONTO, plain
from tests.conftest import uid

PAGE = f"/clinic/patients/{ANA}"
MINE, HIS, THEIRS = "only mine to read", "for my therapist to read", "for my whole team to read"


@pytest.fixture
def entries(says):
    shared = {"me": MINE, "therapist": HIS, "care-team": THEIRS}
    return {to: says("ana", "journal", {"text": text, "audience": to}) for to, text in shared.items()}


def everything(browser, *records):
    """All that this reader can open of her, the texts and the counts."""
    paths = ["/clinic/", PAGE, f"{PAGE}?days=273", f"{PAGE}/journal", "/clinic/sessions"]
    paths += [f"{PAGE}/journal/{record}" for record in records]
    return "\n".join(browser.get(path).text for path in paths)


@pytest.mark.parametrize(
    ("who", "reads"), [("clinician", {THEIRS}), ("therapist", {HIS, THEIRS}), ("manager", set()), ("stranger", set())]
)
def test_each_reads_what_is_shared_with_them_and_nothing_else_on_any_page(signed_in, entries, who, reads):
    seen = everything(signed_in(who), *(entry.record for entry in entries.values()))
    assert {text for text in (MINE, HIS, THEIRS) if text in seen} == reads


def test_what_is_not_shared_is_not_even_counted(signed_in, says, entries):
    browser = signed_in("clinician")
    before = plain(browser.get(PAGE).text)
    for _ in range(5):
        says("ana", "journal", {"text": MINE, "audience": "me"})
    assert plain(browser.get(PAGE).text) == before


def test_an_entry_that_is_not_shared_is_not_found(signed_in, entries):
    answer = signed_in("clinician").get(f"{PAGE}/journal/{entries['therapist'].record}")
    assert answer.status_code == 404


@pytest.mark.parametrize("then", [{"text": THEIRS, "audience": "me"}, None])
def test_taking_an_entry_back_closes_it_at_once(signed_in, says, entries, then):
    shared = entries["care-team"]
    says("ana", "journal", then, record=shared.record, parents=[shared.id])
    for who in ("clinician", "therapist"):
        assert THEIRS not in everything(signed_in(who), shared.record)


def test_of_two_versions_the_narrower_audience_holds(signed_in, says, entries):
    shared = entries["care-team"]
    says("ana", "journal", {"text": "kept to me", "audience": "me"}, record=shared.record, parents=[shared.id])
    says("ana", "journal", {"text": "a late edit", "audience": "care-team"}, record=shared.record, parents=[shared.id])
    assert "a late edit" not in everything(signed_in("therapist"), shared.record)


def test_two_shared_versions_are_both_read(signed_in, says, entries):
    shared = entries["therapist"]
    for text in ("the one wording", "the other wording"):
        body = {"text": text, "audience": "therapist"}
        says("ana", "journal", body, record=shared.record, parents=[shared.id])
    page = signed_in("therapist").get(f"{PAGE}/journal/{shared.record}").text
    assert "the one wording" in page
    assert "the other wording" in page
    assert HIS not in page


def test_an_entry_stands_with_its_prompt_and_its_treatment(signed_in, says, treated):
    given = treated(days=1, number=5, of=6)
    body = {"text": "One.\n\nTwo.", "audience": "therapist", "prompt": "stayed", "treatment": given.record}
    says("ana", "journal", body)
    page = plain(signed_in("therapist").get(f"{PAGE}/journal").text)
    assert "What stayed with you from the session?" in page
    assert "IV session 5 of 6, Thu 19 Nov" in page
    assert '<p data-at="0">One.</p><p data-at="6">Two.</p>' in signed_in("therapist").get(f"{PAGE}/journal").text


def test_an_entry_stands_after_a_session_that_was_entered_only_later(signed_in, says, treated):
    before = treated(days=3, number=5, of=6)
    says("ana", "journal", {"text": "The tide.", "audience": "care-team", "treatment": before.record})
    treated(days=0.1, number=6, of=6)
    for who, address in (("clinician", f"{PAGE}/journal"), ("therapist", f"/clinic/room/{ANA}")):
        page = plain(signed_in(who).get(address).text)
        assert "IV session 6 of 6, Fri 20 Nov Shared with the care team" in page


def test_an_entry_stands_after_no_session_that_came_later_or_never_and_after_none_where_a_dose_at_home_was_last(
    signed_in, says, treated
):
    treated(days=3, status="cancelled", number=5, of=6)
    says("ana", "journal", {"text": "One.", "audience": "therapist"}, ago=timedelta(hours=2))
    treated(days=0.01, number=6, of=6)
    assert "of 6" not in plain(signed_in("therapist").get(f"{PAGE}/journal").text)
    treated(days=2, number=4, of=6)
    says("ana", "journal", {"text": "Two.", "audience": "therapist", "treatment": uid(7)}, ago=timedelta(hours=1))
    assert "of 6" not in plain(signed_in("therapist").get(f"{PAGE}/journal").text)


def test_of_a_day_of_which_nobody_gave_the_hour_none_is_shown(signed_in, says, clock):
    noon = clock().astimezone(TORONTO).replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=2)
    said = says("ana", "journal", {"text": "The tide.", "audience": "therapist"}, felt=noon)
    browser = signed_in("therapist")
    for path in ("journal", f"journal/{said.record}"):
        page = plain(browser.get(f"{PAGE}/{path}").text)
        assert "18 Nov" in page or "18 November" in page
        assert "12:00" not in page


def test_a_text_is_shown_as_text(signed_in, says):
    says("ana", "journal", {"text": "<b>not bold</b>", "audience": "care-team"})
    for path in (PAGE, f"{PAGE}/journal"):
        page = signed_in("clinician").get(path).text
        assert "&lt;b&gt;not bold&lt;/b&gt;" in page
        assert "<b>not bold" not in page


def test_the_audit_row_names_the_entries_that_were_read(signed_in, audit, entries):
    browser = signed_in("clinician")
    browser.get(PAGE)
    browser.get(f"{PAGE}/journal")
    assert [(row.what, row.records) for row in audit()] == [
        ("patient", [entries["care-team"].record]),
        ("journal", [entries["care-team"].record]),
    ]

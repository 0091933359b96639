"""SQL in everything that an address can ask: it is a word that nobody has."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from tests.attacks.whole import forbidden_to
from tests.conftest import ROOT

NOBODY_HAS = "zqzqzq"
#: by which the audit trail grows with each look at it
A_LOOK = 500
SQL = (
    f"{NOBODY_HAS}' OR '1'='1",
    f'{NOBODY_HAS}" OR ""="',
    f"{NOBODY_HAS}') UNION SELECT email FROM person --",
    f"{NOBODY_HAS}'; DELETE FROM patient; --",
    "zq%",
)


def without(text, asked):
    """A page without what was asked of it, which it may repeat, and what is new each time."""
    said = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "", text)
    return re.sub(r'(value|href|action)="[^"]*"', "", said).replace(asked, "")


#: who asks which page → by what it can be narrowed
FILTERS = {
    ("clinician", "/clinic/"): "code page",
    ("clinician", "/clinic/triage"): "code show since page",
    ("clinician", "/clinic/triage/stand"): "show since",
    ("clinician", "/clinic/effects"): "by route dose number place lot effect value weeks from window as",
    ("clinician", "/clinic/effects.csv"): "by route effect value weeks from window",
    ("clinician", "/clinic/outcomes"): "weeks route as",
    ("clinician", "/clinic/events"): "from to serious page",
    ("clinician", "/clinic/events.csv"): "from to serious",
    ("clinician", "/clinic/patients/{patient}"): "days level by",
    ("clinician", "/clinic/patients/{patient}/journal"): "page",
    ("clinician", "/clinic/patients/{patient}/notes"): "page",
    ("clinician", "/clinic/patients/{patient}/shared"): "versions",
    ("clinician", "/clinic/patients/{patient}/events/new"): "of",
    ("therapist", "/clinic/room/{patient}"): "show page",
    ("manager", "/clinic/people"): "code page",
    ("manager", "/clinic/messages"): "page",
    ("manager", "/clinic/audit"): "from to person action what why page",
    ("manager", "/clinic/audit/found"): "code network",
    ("manager", "/clinic/audit.csv"): "from to person action what why",
    ("ana", "/account/looks"): "before",
    ("ana", "/terms"): "version",
}
#: whose questions come as a form, since there may be names in them
POSTED = {"/clinic/", "/clinic/people", "/clinic/audit/found"}
#: asked for elsewhere, and never of the database
OTHERS = {"next", "language"}


def test_every_name_that_an_address_may_hold_is_tried():
    source = "".join(path.read_text() for path in (ROOT / "pwa").rglob("*.py"))
    named = set(re.findall(r"""(?:request\.args|_asked\(\))(?:\.get\(|\[)"(\w+)\"""", source))
    assert named - OTHERS <= {name for names in FILTERS.values() for name in names.split()}


def asks(browser, page, name, text):
    if page in POSTED:
        return browser.post(page, data={name: text})
    return browser.get(f"{page}?{name}={quote(text)}")


@pytest.mark.parametrize(("who", "page"), FILTERS)
def test_it_finds_what_a_word_finds_that_nobody_has(whole, who, page):
    browser = whole.browser(who)
    for name in FILTERS[who, page].split():
        address = page.format(**whole.ids["ana"])
        for sql in SQL:
            usual = asks(browser, address, name, NOBODY_HAS)
            answer = asks(browser, address, name, sql)
            assert answer.status_code == usual.status_code, (name, sql)
            longer = len(without(answer.text, sql)) - len(without(usual.text, NOBODY_HAS))
            assert longer <= 4 * len(sql) + A_LOOK, (name, sql)
            assert not [words for words in forbidden_to(who) if words in answer.text], (name, sql)


@pytest.mark.parametrize("page", ["/clinic/", "/clinic/people", "/clinic/triage", "/clinic/audit/found"])
def test_signs_that_stand_for_any_other_find_nobody(whole, page):
    """Where one looks for a code or a name, % and _ are themselves or nothing."""
    browser = whole.browser("manager" if page in ("/clinic/people", "/clinic/audit/found") else "clinician")
    assert "KT-1001" in asks(browser, page, "code", "kt-1001").text
    for sign in ("KT-1_01", "K%1001", "%", "_"):
        found = asks(browser, page, "code", sign).text
        assert "KT-1001" not in re.sub(r"<option.*?</option>|<datalist.*?</datalist>", "", found, flags=re.S), sign


def test_a_page_number_without_end_is_the_last_page(whole):
    assert whole.browser("clinician").get(f"/clinic/?page={'9' * 6000}").status_code in (200, 404)

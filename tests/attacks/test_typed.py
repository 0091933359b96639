"""Whoever is named by a code, an address or an id in a form is found by those who reach them, and by nobody else."""

from __future__ import annotations

from itertools import count

import pytest

from pwa.records import Patient, db
from tests.attacks.forms import Reader, forms_of
from tests.attacks.others import rows_of_others
from tests.attacks.places import EVERYONE, expected, pages_of
from tests.attacks.routes import TABLE
from tests.attacks.typed import ROWS, is_within_reach
from tests.attacks.whole import ALL, forbidden_to, words_in

#: fields in which somebody is named
NAMING = {"whose", "code", "email", "who", "person", "clinician", "therapist", "protocol", "responder_1"}
#: codes that say who one is oneself
OWN = {("/account/second", "code"), ("/invited", "code")}


def rule_of(whole, action):
    endpoint, _ = whole.app.url_map.bind("").match(action.partition("?")[0], method="POST")
    return next(
        one.rule for one in whole.app.url_map.iter_rules() if one.endpoint == endpoint and "POST" in one.methods
    )


def as_it_stands(whole, browser, row):
    """What is in the form before anything is typed; nothing for those to whom its page does not open."""
    page = row.page.format(**whole.ids["ana"])
    reader = Reader(page)
    reader.feed(browser.get(page).text)
    theirs = [form for form in reader.forms if form.method == "POST" and rule_of(whole, form.action) == row.rule]
    filled = next((form.filled() for form in theirs if set(row.typed) & set(form.fields)), {})
    return {name: value for name, value in filled.items() if name != "try"}  # the button that saves nothing


def whose(whole, target):
    clinic, id_, _, email = ALL[target]
    with whole.app.app_context():
        patient = db.session.get(Patient, (clinic, id_))
        of_patient = {"code": patient.code, "born": patient.birth_date} if patient else {}
        db.session.remove()
    return {**of_patient, "id": id_, "email": email, **whole.ids.get(target, {})}


@pytest.mark.parametrize("who", EVERYONE)
def test_who_is_named_in_a_form_is_found_by_whom_reaches_them_and_by_nobody_else(whole, who):
    before, browser, numbers = rows_of_others(whole, who), whole.browser(who), count(1000)
    for row in ROWS:
        status = expected("POST", row.rule, who, "ana")
        for target in row.targets:
            there, n = whose(whole, target), next(numbers)
            typed = {name: value.format(**there, n=n) for name, value in row.typed.items()}
            path = TABLE["POST", row.rule][0].format(**whole.ids["ana"])
            answer = browser.post(path, data={**as_it_stands(whole, browser, row), **typed})
            reached = who != "nobody" and is_within_reach(row, who, target)
            is_shut = status in (302, 403, 404) and (who == "nobody" or ALL[who][2] not in row.reaches)
            wanted = status if is_shut or status == 404 else row.right if reached else row.wrong
            assert answer.status_code == wanted, f"{row.rule}: {typed}"
            said = words_in(answer)
            assert not [words for words in forbidden_to(who) if words in said], f"{row.rule}: {typed}"
            assert not row.lists or wanted != 200 or (there["id"] in said) == reached, f"{row.rule}: {typed}"
    assert rows_of_others(whole, who) == before


@pytest.mark.parametrize("who", ["clinician", "therapist", "manager", "front-desk"])
def test_every_form_in_which_somebody_is_named_is_tried(whole, who):
    tried = {(row.rule, field) for row in ROWS for field in row.typed}
    forms = [form for form in forms_of(whole, who, pages_of(who, {"ana": whole.ids["ana"]})) if form.method == "POST"]
    naming = {(rule_of(whole, form.action), field) for form in forms for field in NAMING & set(form.fields)}
    assert naming - tried - OWN == set()

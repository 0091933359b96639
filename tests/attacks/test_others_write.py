"""Whoever sends a form while others write between any two of its reads is answered, and by no failure of ours."""

from __future__ import annotations

import pytest

from pwa.accounts.invitations import invite, mailed_code, open_for
from pwa.records import Person
from tests.accounts.test_while_others_write import others_write_after_each_read
from tests.attacks.forms import forms_of
from tests.attacks.places import pages_of
from tests.attacks.routes import TABLE
from tests.attacks.whole import ALL
from tests.conftest import PASSWORD

#: by the name of a field, where a word is not enough for what it asks
GOOD = {
    "years": "12",
    "idle": "20",
    "days": "30",
    "email": "new@here.test",
    "code": "KT-1001",
    "whose": "KT-1001",
    "who": "KT-1001",
    "birth_date": "1991-05-06",
    "current": PASSWORD,
    "password": "four sea birds asleep",
    "phone": "",
}
#: they end what the others need
LAST = ("/sign-out", "/account/sign-ins/end")


def filled(form):
    words = {name: GOOD.get(name, "A few words.") for name in form.texts if form.fields[name][0] == ""}
    return form.filled() | words


@pytest.mark.parametrize("who", ["ana", "clinician", "therapist", "manager", "front-desk"])
def test_every_form_is_answered_while_others_write(whole, who):
    browser = whole.browser(who)
    pages = [*pages_of(who, {"ana": whole.ids["ana"]}), "/account", "/account/password", "/terms"]
    forms = [form for form in forms_of(whole, who, pages) if form.method == "POST"]
    forms.sort(key=lambda form: form.action.startswith(LAST))
    failed = []
    with others_write_after_each_read(whole.app):
        for form in forms:
            status = browser.post(form.action, data=filled(form)).status_code
            failed += [(form.action, status)] if status >= 500 else []
    assert failed == []
    assert len(forms) > 4


@pytest.mark.parametrize("who", ["ana", "clinician", "therapist", "manager", "front-desk", "nobody"])
def test_every_route_that_writes_is_answered_while_others_write(whole, who):
    browser, failed = whole.browser(who), []
    with others_write_after_each_read(whole.app):
        for (method, rule), (path, _) in TABLE.items():
            if method == "POST":
                sent = {"json": {}, "headers": {"X-Tidelog": "1"}} if "clinic" not in rule else {"data": GOOD}
                status = browser.post(path.format(**whole.ids["ana"]), **sent).status_code
                failed += [(rule, status)] if status >= 500 else []
    assert failed == []


def test_one_comes_in_by_an_invitation_while_others_write(whole):
    clinic, id_, *_ = ALL["ana"]
    with whole.rows() as rows:
        ana = rows.get_one(Person, (clinic, id_))
        code = invite(ana, rows.get_one(Person, ALL["front-desk"][:2]))
        rows.flush()
        second = mailed_code(open_for(ana))
    whole.app.config["WTF_CSRF_ENABLED"] = False
    browser = whole.app.test_client()
    with others_write_after_each_read(whole.app):
        assert browser.post("/invited", data={"code": code}).status_code == 302
        assert browser.post("/invited/mail", data={"code": second}).status_code == 302
        assert browser.post("/invited/choose", data={"password": GOOD["password"]}).status_code == 302
        assert browser.get("/me").json["owner"] == id_


@pytest.mark.parametrize("typed", [PASSWORD, "wrong"])
def test_one_proves_who_one_is_while_others_write(whole, typed):
    browser = whole.browser("manager")
    with others_write_after_each_read(whole.app):
        whole.clock.forward(minutes=11)
        beside = {"whose": "KT-1001", "prove-password": typed}
        status = browser.post("/clinic/invitations/again", data=beside).status_code
        assert status == (200 if typed == PASSWORD else 422)

"""Bodies of the wrong shape: too large, too deep, in too many parts, or JSON where a page takes a form."""

from __future__ import annotations

import json

import pytest

from pwa import FORM_BYTES
from tests.attacks.routes import TABLE
from tests.conftest import PASSWORD

OURS = {"X-Tidelog": "1", "Sec-Fetch-Site": "same-origin"}
#: a text that JSON's own reader gives up on
DEEP = "[" * 4000 + "]" * 4000
SHAPES = {"deep": DEEP, "deep objects": '{"id":' * 30_000, "a number": "7", "a list": "[[1]]", "digits": "9" * 5000}
SHAPES |= {"half": '{"id": ', "text": '"x"', "nothing": "", "no number": "NaN", "an object": '{"email": {"a": [1]}}'}
#: where nothing of a body is read
TAKES_ANY = {"/passkey/options/make", "/code", "/account/close", "/account/here"}
POSTS = [(rule, path) for (method, rule), (path, _) in TABLE.items() if method == "POST" and rule != "/sign-out"]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("who", ["ana", "clinician", "therapist", "manager", "nobody"])
def test_json_of_any_shape_is_refused_and_nothing_fails(whole, who, shape):
    browser = whole.browser(who)
    for rule, path in POSTS:
        path = path.format(**whole.ids["ana"])
        answer = browser.post(path, data=SHAPES[shape], content_type="application/json", headers=OURS)
        assert answer.status_code in (400, 401, 403, 404, 413) or path in TAKES_ANY, rule


def test_a_form_may_have_many_parts_and_not_any_number(whole):
    parts = {f"x{n}": "" for n in range(2000)}
    browser = whole.browser("manager")
    assert browser.post("/clinic/safety", data=parts, content_type="multipart/form-data").status_code == 413
    assert browser.post("/clinic/safety", data={f"x{n}": "" for n in range(300)}).status_code == 422


@pytest.mark.parametrize("who", ["ana", "manager", "nobody"])
def test_no_address_reads_a_body_without_end(whole, who):
    browser = whole.browser(who)
    for rule, path in POSTS:
        typed = {"text": "x" * (8 * FORM_BYTES), "password": PASSWORD}
        for answer in (
            browser.post(path.format(**whole.ids["ana"]), data=typed, headers=OURS),
            browser.post(path.format(**whole.ids["ana"]), data=json.dumps(typed), headers=OURS),
        ):
            assert answer.status_code < 500, rule
            assert len(answer.data) < FORM_BYTES

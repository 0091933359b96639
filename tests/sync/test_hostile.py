"""Hostile and clumsy input: parked under a receipt, or a clear error, and never a failure of ours."""

from __future__ import annotations

import json

import pytest

from tests.sync.phones import HEADERS, JOURNAL, id_in, kept, new_id, said

DEEP = "[" * 5000 + "]" * 5000


def with_field(name, raw):
    """A version's text in which one field stands as this raw JSON, also such as no encoder would write."""
    return said(**{name: "HERE"}).replace('"HERE"', raw)


NO_ID = [
    "",
    " ",
    "\0",
    "null",
    "true",
    "0",
    "[]",
    "{}",
    '"text"',
    "{",
    '{"id":',
    "\ufeff{}",
    "\ud83d",
    DEEP,
    '{"a":' * 5000 + "1" + "}" * 5000,
    "9" * 5000,
    "NaN",
    "x" * 300_000,
    said(id=...),
    said(id=None),
    said(id=7),
    said(id="0199C0DE-0000-7000-8000-000000000000"),
    said(id="{0199c0de-0000-7000-8000-000000000000}"),
    said(id="0199c0de000070008000000000000000"),
    said(id="../../etc/passwd"),
    said(id="٠199c0de-0000-7000-8000-000000000000"),
    with_field("schema", "9" * 5000),
]


@pytest.mark.parametrize("text", NO_ID, ids=range(len(NO_ID)))
def test_a_text_without_a_readable_id_is_kept_under_its_digest(phone, text):
    [receipt, again] = phone.send(text, text)
    assert receipt == again
    assert receipt["outcome"] == "parked"
    assert receipt["id"].startswith("sha256:")
    assert receipt["errors"][0]["code"] == "unreadable"
    assert kept(phone)[receipt["id"]].text == text.encode("utf-8", "surrogatepass")


ENVELOPE = [
    ("record", "null"),
    ("record", '"x"'),
    ("record", "7"),
    ("kind", "null"),
    ("kind", '"CHECK-IN"'),
    ("kind", '"check-in\\u0000"'),
    ("kind", "[]"),
    ("schema", "true"),
    ("schema", "1.0"),
    ("schema", "0"),
    ("schema", "-1"),
    ("schema", '"1"'),
    ("schema", "1e400"),
    ("schema", "NaN"),
    ("schema", "1" + "0" * 400),
    ("parents", "null"),
    ("parents", "{}"),
    ("parents", '["x"]'),
    ("parents", "[[]]"),
    ("parents", json.dumps([new_id() for _ in range(101)])),
    ("day", "null"),
    ("day", "20261120"),
    ("day", '"20 Nov 2026"'),
    ("day", '"2026-02-30"'),
    ("day", '"2026-W47-5"'),
    ("day", '"1900-01-01"'),
    ("day", '"1999-12-31"'),
    ("day", '"2200-01-01"'),
    ("day", '"2026-11-23"'),
    ("day", '"٢٠٢٦-11-20"'),
    ("felt_at", "null"),
    ("felt_at", "1763640000"),
    ("felt_at", '"2026-11-20T07:40:00"'),
    ("felt_at", '"2026-11-20"'),
    ("felt_at", '"2026-11-20T25:00:00Z"'),
    ("felt_at", '"0001-01-01T00:00:00+14:00"'),
    ("felt_at", '"9999-12-31T23:59:59-12:00"'),
    ("written_at", '"2026-11-20T07:40:00+99:00"'),
    ("written_at", '""'),
    ("zone", "null"),
    ("zone", '""'),
    ("zone", '"../../etc/passwd"'),
    ("zone", '"America/Toronto\\u0000"'),
    ("body", "[]"),
    ("body", '"text"'),
    ("body", "0"),
    ("body", "false"),
]


@pytest.mark.parametrize(("name", "raw"), ENVELOPE)
def test_a_wrong_field_of_the_envelope_is_named(phone, name, raw):
    text = with_field(name, raw)
    assert {field for field, _ in phone.codes(text)} == {name}
    assert kept(phone)[id_in(text)].text.decode() == text


@pytest.mark.parametrize(
    "name", ["record", "kind", "schema", "parents", "day", "felt_at", "written_at", "zone", "body"]
)
def test_a_missing_field_is_named(phone, name):
    assert phone.codes(said(**{name: ...})) == {(name, "needed")}


def test_unknown_fields_of_the_envelope_are_not_lost_but_parked(phone):
    assert phone.codes(said(seq=7)) == {("seq", "unknown")}
    assert phone.codes(said(**{"I was thinking of": 1})) == {("body", "unknown")}


BODIES = [
    ("mood", "true"),
    ("mood", "false"),
    ("mood", "2.9"),
    ("mood", "6.0"),
    ("mood", '"6"'),
    ("mood", "null"),
    ("mood", "-1"),
    ("mood", "11"),
    ("mood", "1e400"),
    ("mood", "1" + "0" * 400),
    ("mood", "[6]"),
    ("mood", '{"value": 6}'),
    ("sleep", "NaN"),
    ("sleep", "Infinity"),
    ("sleep", "-Infinity"),
    ("sleep", "1e400"),
    ("sleep", "7.25"),
    ("sleep", "25"),
    ("sleep", "true"),
    ("thoughts", '"maybe"'),
    ("thoughts", "true"),
    ("thoughts", '["no"]'),
    ("note", "7"),
    ("note", "{}"),
    ("note", '"a\\u0000b"'),
    ("note", '"half \\ud83d of a pair"'),
    ("note", json.dumps("x" * 2001)),
    ("unknown", "1"),
]


@pytest.mark.parametrize(("name", "raw"), BODIES)
def test_a_wrong_answer_is_named(phone, name, raw):
    text = with_field("body", f'{{"{name}": {raw}, "anxiety": 0}}')
    assert {field for field, _ in phone.codes(text)} == {name}


@pytest.mark.parametrize(
    "words",
    [
        "Grief 😭 and joy 🎉🏳️‍🌈",
        "مرحبا كيف حالك",
        "שלום \u202eabc",
        "日本語",
        "Zoë naïve café",
        "e\u0301",
        "\u200b zero \u200d width",
        "line\r\nline\ttab\u2028",
        "<script>alert(1)</script>",
        "'; DROP TABLE version; --",
        "%(min)s {0} %s",
        "\\u0000 as text",
        "\x01\x1f\x7f",
        "\uffff\U0010ffff",
    ],
)
def test_words_of_any_script_come_through_unchanged(phone, words):
    from pwa.records import CheckIn, JournalEntry
    from tests.sync.phones import rows

    assert phone.outcomes(said({"note": words}), said({**JOURNAL, "text": words}, "journal")) == ["stored"] * 2
    assert rows(phone, CheckIn)[0].note == rows(phone, JournalEntry)[0].text == words


def test_a_key_that_stands_twice_is_parked_under_its_own_id(phone):
    for text in (
        said().replace('{"mood": 6', '{"mood": 1, "mood": 6'),
        said().replace('"schema"', '"zone": "UTC", "schema"'),
    ):
        assert phone.codes(text) == {("version", "twice")}
        assert kept(phone)[id_in(text)].text.decode() == text


def test_a_text_beyond_what_a_version_may_be_is_kept_all_the_same(phone):
    assert ("version", "too-large") in phone.codes(said({"note": "x" * 300_000}))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'"x"',
        b"{}",
        b"{",
        b"\xff\xfe",
        b"\x00",
        DEEP.encode(),
        b"9" * 5000,
        b'{"batch": NaN}',
    ],
)
def test_a_request_that_is_no_request_is_a_clear_error(phone, body):
    answer = phone.browser.post("/sync", data=body, content_type="application/json", headers=HEADERS)
    assert (answer.status_code, answer.get_json()["error"]) == (400, "unreadable")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("batch", None),
        ("batch", 7),
        ("batch", "x" * 65),
        ("owner", None),
        ("owner", ["x"]),
        ("epoch", "1"),
        ("epoch", True),
        ("epoch", -1),
        ("epoch", 1.0),
        ("cursor", None),
        ("cursor", -1),
        ("cursor", 10**400),
        ("cursor", 2**63),
        ("waiting", 1e999),
        ("waiting", -1),
        ("versions", None),
        ("versions", {}),
        ("versions", [None]),
        ("versions", [{"id": "x"}]),
        ("versions", "text"),
    ],
)
def test_a_request_with_a_wrong_field_is_a_clear_error(phone, name, value):
    answer = phone.post(**{"versions": [said()], name: value})
    assert (answer.status_code, answer.get_json()["error"]) == (400, "unreadable")
    assert not kept(phone)


def test_a_batch_id_of_half_a_pair_is_echoed(phone):
    assert phone.post(batch="\ud83d").get_json()["batch"] == "\ud83d"


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch"])
def test_another_method_is_refused_in_json(phone, method):
    answer = getattr(phone.browser, method)("/sync", headers=HEADERS)
    assert (answer.status_code, answer.get_json()["error"]) == (405, "method")

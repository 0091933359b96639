"""The invariants of docs/sync.md as far as the server decides them, one by one; the machine looks for all at once."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy import text as sql

from pwa.domain.limits import zones
from pwa.records import CheckIn, JournalEntry, Version, db
from pwa.sync import pages
from tests.sync.phones import CHECK_IN, JOURNAL, clashes, id_in, kept, new_patient, over, phone_of, rows, said

KILLED = """
import os, sys
from pwa import create_app
from pwa.config import Settings
from tests.conftest import CAST, KEYS, SECRET, Clock
from tests.sync.phones import Owner, phone_of
clinic, id_, *_ = CAST["ana"]
app = create_app(Settings(SECRET, sys.argv[1], KEYS, secure_cookies=False), Clock())
print(phone_of(app, Clock(), Owner(clinic, id_)).outcomes(*sys.stdin.read().splitlines()), flush=True)
os._exit(9)
"""


def test_invariant_1_what_has_a_receipt_survives_the_servers_sudden_death(app):
    texts = [said(), said({"mood": 11}), "junk"]
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    died = subprocess.run(
        [sys.executable, "-c", KILLED, url], input="\n".join(texts), text=True, capture_output=True, check=False
    )
    assert (died.stdout, died.returncode) == ("['stored', 'parked', 'parked']\n", 9), died.stderr
    with app.app_context():
        there = [row.decode() for row in db.session.scalars(select(Version.text).order_by(Version.seq))]
        pragmas = [db.session.scalar(sql(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous")]
    assert there == texts
    assert pragmas == ["wal", 2]


def test_invariant_1_a_crash_between_commit_and_answer_loses_nothing(phone, monkeypatch):
    def crash(*_, **__):
        raise SystemError("the server died here")

    texts = [said(), said({"mood": 11})]
    with monkeypatch.context() as patch:
        patch.setattr(pages, "page_after", crash)
        with pytest.raises(SystemError):
            phone.send(*texts)
    assert phone.outcomes(*texts) == ["known", "parked"]


def test_invariant_1_a_crash_before_the_commit_answers_nothing_and_keeps_nothing(phone, monkeypatch):
    def crash(*_, **__):
        raise SystemError("the server died here")

    text = said()
    with monkeypatch.context() as patch:
        patch.setattr(pages, "is_open", crash)
        with pytest.raises(SystemError):
            phone.send(text)
    assert kept(phone) == {}
    assert phone.outcomes(text) == ["stored"]


def test_invariant_2_in_any_composition_of_batches_a_version_is_stored_once(phone):
    texts, order = [said() for _ in range(6)], random.Random(5)
    outcomes = []
    for _ in range(12):
        batch = order.choices(texts, k=order.randint(1, 6))
        outcomes += zip(batch, phone.outcomes(*batch), strict=True)
    assert sorted(text for text, outcome in outcomes if outcome == "stored") == sorted({text for text, _ in outcomes})
    assert len(kept(phone)) == len({text for text, _ in outcomes})


def test_invariant_3_another_patients_ids_neither_clash_nor_tell_anything(phone, stranger):
    text = said(JOURNAL, "journal")
    phone.send(text)
    fields = json.loads(text)
    same_id = said({"mood": 1}, id=fields["id"])
    same_record = over(text, body={**JOURNAL, "audience": "me"})
    assert stranger.outcomes(same_id, same_record, text) == ["stored", "stored", "clash"]
    assert [(row.text, row.audience) for row in rows(phone, JournalEntry)] == [(JOURNAL["text"], "care-team")]
    assert clashes(phone) == []
    assert phone.outcomes(text) == ["known"]


def test_invariant_3_nobody_writes_or_reads_as_another(phone, stranger):
    text = said()
    assert stranger.post([text], owner=phone.owner.id).status_code == 409
    assert stranger.post([text], device=phone.device).status_code == 409
    assert (kept(phone), kept(stranger)) == ({}, {})
    phone.send(text)
    assert stranger.pull() == {"versions": [], "parked": [], "pages": 1, "cursor": 0}


def test_invariant_4_every_phone_ends_with_what_the_server_holds(phone, another):
    two, three = another(phone), another(phone)
    first = said()
    phone.send(first)
    edits = [over(first, body={"mood": mood}) for mood in (1, 11)]
    two.send(*edits)
    for each in (phone, two, three):
        got = each.pull()
        assert got["versions"] == [first, edits[0]]
        assert [parked["text"] for parked in got["parked"]] == [edits[1]]


def test_invariant_5_no_clock_hides_words_that_nobody_saw(phone, another):
    first = said(JOURNAL, "journal")
    phone.send(first)
    old_clock = over(first, body={**JOURNAL, "text": "Written by a phone of 1971."}, written_at="1971-01-01T00:00:00Z")
    new_clock = over(first, body={**JOURNAL, "text": "Written by a phone of 2090."}, written_at="2090-01-01T00:00:00Z")
    another(phone).send(new_clock)
    phone.send(old_clock)
    assert {row.text for row in rows(phone, JournalEntry)} == {
        "Written by a phone of 1971.",
        "Written by a phone of 2090.",
    }
    answer = over(new_clock, body={**JOURNAL, "text": "An answer to the one of 2090."})
    phone.send(answer)
    assert {row.text for row in rows(phone, JournalEntry)} == {
        "Written by a phone of 1971.",
        "An answer to the one of 2090.",
    }


def test_invariant_6_the_same_versions_in_any_order_give_the_same_rows(server, clock):
    first = said(JOURNAL, "journal")
    left = over(first, body={**JOURNAL, "audience": "therapist"})
    right = over(first, body={**JOURNAL, "audience": "me"})
    gone = over(right, body=None)
    joined = over(left, gone, body={**JOURNAL, "text": "Joined."})
    late = over(first, body={**JOURNAL, "text": "Late."})
    texts, order, found = [first, left, right, gone, joined, late], random.Random(6), set()
    for _ in range(8):
        order.shuffle(texts)
        cut = order.randint(0, len(texts))
        phone = phone_of(server, clock, new_patient(server, clock))
        for batch in (texts[:cut], texts[cut:]):
            phone.send(*batch)
        found.add(tuple(sorted((row.text, row.audience) for row in rows(phone, JournalEntry))))
    assert found == {(("Joined.", "care-team"), ("Late.", "care-team"))}


def test_invariant_7_a_kept_text_is_byte_for_byte_what_was_sent(phone, another):
    plain = said({"mood": 6, "sleep": 7.5})
    odd = [
        plain.replace("7.5", "7.50").replace(", ", " ,\n\t"),
        said({"note": "\u00e9 \u2028 \U0001f600"}),
        said({"note": "x"}).replace('"x"', '"\\u00e9\\/\\ud83d\\ude00"'),
        said().replace('"mood": 6', '"mood": 6, "mood": 6'),
        " " + said() + "\n",
        said().replace('"body"', '"seq": 1e2, "body"'),
    ]
    receipts = phone.send(*odd)
    assert [receipt["id"] for receipt in receipts] == [id_in(text) for text in odd]
    assert [kept(phone)[id_in(text)].text for text in odd] == [text.encode() for text in odd]
    got = another(phone).pull()
    assert sorted([*got["versions"], *(parked["text"] for parked in got["parked"])]) == sorted(odd)


def test_invariant_7_there_is_one_receipt_for_each_version_sent_in_order(phone):
    good, bad = said(), said({"mood": 11})
    clashing = json.dumps(json.loads(good) | {"body": {"mood": 0}})
    sent = [good, bad, "junk", good, clashing, bad, "junk"]
    receipts = phone.send(*sent)
    assert [receipt["outcome"] for receipt in receipts] == [
        "stored", "parked", "parked", "known", "clash", "parked", "parked",
    ]  # fmt: skip
    assert [receipt["id"] for receipt in receipts[:2]] == [id_in(good), id_in(bad)]


def test_invariant_8_every_refusal_is_json_with_its_code_and_never_a_redirect(phone, stranger):
    too_large = ["x" * 2**21]
    answers = {
        "owner": phone.post(owner=stranger.owner.id),
        "unreadable": phone.post(cursor=-1),
        "too-large": phone.post(too_large),
    }
    phone.browser.delete_cookie("session")
    answers["sign-in"] = phone.post([said()])
    for code, answer in answers.items():
        assert answer.get_json()["error"] == code
        assert (answer.mimetype, "Location" in answer.headers) == ("application/json", False)
        assert "receipts" not in answer.get_json()


def test_invariant_10_the_day_is_the_one_that_was_chosen_in_every_zone(phone):
    """The day after and the day before the moment's own, written in every zone that there is."""
    names = sorted(zones())
    said_days = {}
    for start in range(0, len(names), 250):
        texts = []
        for n, zone in enumerate(names[start : start + 250]):
            day = date(2024, 1, 1) + timedelta(days=(start + n) * 3 % 1000)
            felt = f"{day + timedelta(days=n % 3 - 1)}T{n % 24:02}:30:00{'+' if n % 2 else '-'}{n % 13:02}:00"
            texts.append(said(CHECK_IN, day=day.isoformat(), zone=zone, felt_at=felt, written_at=felt))
            said_days[id_in(texts[-1])] = (day, zone)
        assert set(phone.outcomes(*texts)) == {"stored"}
    assert {row.version_id: (row.day, row.zone) for row in rows(phone, CheckIn)} == said_days


def test_invariant_11_a_phone_one_version_newer_loses_no_field(phone, another):
    newer = said({"mood": 6, "light": 3}, schema=2)
    newest = said({"words": "flew"}, "dream")
    assert phone.outcomes(newer, newest) == ["parked", "parked"]
    assert [parked["text"] for parked in another(phone).pull()["parked"]] == [newer, newest]

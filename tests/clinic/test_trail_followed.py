"""A spreadsheet of the trail, followed by a command: what was changed, put in, doubled, moved or left out in it."""

from __future__ import annotations

import csv
import hashlib
import io
import json

import pytest

from pwa.records import chain
from pwa.records.exported import HEADINGS, WORDS
from tests.clinic.test_emergency import opens
from tests.clinic.test_trail import looked
from tests.conftest import CAST, CLINIC, renames

#: of the rows as they are taken out, the newest first
SOME = 3


@pytest.fixture
def taken(app, clock, signed_in):
    """A whole trail: looks of several, an emergency, another name and a row whose record begins as a formula does."""
    looked(signed_in)
    opens(signed_in("another-clinician"))
    renames(app, CAST["therapist"][1], "=HYPERLINK(1)")
    signed_in("therapist").get("/clinic/room")
    clock.forward(minutes=1)
    signed_in("manager").post("/clinic/audit", data={"years": "15"})
    text = signed_in("manager").get("/clinic/audit.csv").text
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.fixture
def follows(app, tmp_path):
    def follow(rows, *options, headings=HEADINGS):
        out = io.StringIO()
        writer = csv.DictWriter(out, headings)
        writer.writeheader()
        writer.writerows(rows)
        return followed(app, tmp_path, "\ufeff" + out.getvalue(), *options)

    return follow


def followed(app, folder, text, *options):
    file = folder / "audit.csv"
    file.write_text(text, "utf-8", newline="")
    ran = app.test_cli_runner().invoke(args=["audit", "follow", str(file), *options])
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    return ran.exit_code, ran.output


def forged(row, **said):
    """As another row would say it, with a hash of its own."""
    all_ = dict(zip(chain.SAID, json.loads(row["said"]), strict=True)) | said
    text = json.dumps(list(all_.values()))
    hash_ = hashlib.sha256(f'["{row["before"]}", {text[1:]}'.encode()).hexdigest()
    cells = {"number": str(all_["number"]), "what": all_["what"], "patients": " ".join(all_["patients"])}
    return row | cells | {"said": text, "hash": hash_}


def test_a_whole_file_holds_and_says_what_it_holds_and_what_not(app, follows, taken):
    code, said = follows(taken)
    assert code == 0, said
    assert f"rows 1 to {len(taken)}: {len(taken)} are in this file, 0 are not\n" in said
    assert "not held by any hash: who, who_now, here_since, codes, reason\n" in said
    assert said.endswith(f"{CLINIC}:{len(taken)}:{taken[0]['hash']}\n")
    with app.app_context():
        assert chain.stood(CLINIC, len(taken), taken[0]["hash"])


def test_no_cell_that_is_held_can_be_changed(follows, taken):
    row = next(place for place, one in enumerate(taken) if one["patients"] and one["records"] and one["device"])
    for column in (one for one in HEADINGS if not one.endswith("(not held)")):
        other = {"at": taken[row]["at"][:-6] + "+05:00", "number": "77"}.get(column, "6.6.6.6")
        code, said = follows([*taken[:row], taken[row] | {column: other}, *taken[row + 1 :]])
        assert code == 1, column
        assert f"row {taken[row]['number']} " in said or "cannot be read" in said, column


def test_a_word_that_is_at_odds_with_the_other_rows_is_found(follows, taken):
    row = next(place for place, one in reversed([*enumerate(taken)]) if one["patients"] and one["role"] == "manager")
    for column in ("codes", "who_now", "here_since", "reason"):
        code, said = follows([*taken[:row], taken[row] | {f"{column} (not held)": "KT-1042"}, *taken[row + 1 :]])
        assert code == 1, column
        assert f"row {taken[row]['number']} " in said or "calls somebody otherwise" in said, column


BLOWS = (
    (lambda rows: [*rows[:SOME], rows[SOME], *rows[SOME:]], "stands there twice"),
    (lambda rows: [*rows, rows[SOME]], "is out of its place"),
    (lambda rows: [*rows[:SOME], forged(rows[SOME], what="notes", patients=["x"]), *rows[SOME:]], "there twice"),
    (lambda rows: [*rows[:SOME], forged(rows[SOME], what="notes"), *rows[SOME + 1 :]], "does not follow"),
    (lambda rows: [rows[1], rows[0], *rows[2:]], "is out of its place"),
    (lambda rows: rows[::-1], "is out of its place"),
    (lambda rows: [*rows[:SOME], *rows[SOME + 1 :]], "not in this file: row "),
    (lambda rows: [rows[0], *rows[SOME:]], "not in this file: rows "),
    (lambda rows: [*rows[:SOME], forged(rows[SOME], what="notes"), *rows[SOME + 2 :]], "not in this file"),
    (lambda rows: [*rows[:-1], forged(rows[-1] | {"before": "0" * 64})], "row 1 follows another"),
    (lambda rows: [forged(rows[0], clinic_id="other"), *rows[1:]], "is of another clinic"),
)


def test_rows_that_are_put_in_doubled_moved_or_left_out_are_found(follows, taken):
    for blow, says in BLOWS:
        code, said = follows(blow(taken))
        assert (code, says in said) == (1, True), said


def test_of_a_file_that_holds_a_part_it_says_so_and_passes_only_where_that_is_asked_for(follows, taken):
    some = [row for row in taken if row["what"] == "patient"]
    code, said = follows(some)
    assert (code, "2 are in this file, 1 are not" in said, "not in this file: row 3" in said) == (1, True, True), said
    code, said = follows(some, "--filtered")
    assert (code, "2 are in this file, 1 are not" in said, "not in this file: row 3" in said) == (0, True, True), said
    assert follows([some[0] | {"why": "emergency"}, *some[1:]], "--filtered")[0] == 1
    assert follows([some[0], *some], "--filtered")[0] == 1


UNREADABLE = (
    {"said": "x"},
    {"said": "[]"},
    {"said": "{}"},
    {"said": "1"},
    {"said": json.dumps([None] * 12)},
    {"said": json.dumps(["c", 1.5, "2026-11-20T15:00:00+00:00", *["a"] * 4, [], [], "a", "a", "a"])},
    {"said": json.dumps(["c", 1, "2026-11-20T15:00:00", *["a"] * 4, [], [], "a", "a", "a"])},
    {"at": "yesterday"},
    {"at": "2026-11-20T10:00:00"},
)


def test_a_cell_that_cannot_be_read_is_named_by_its_line(follows, taken):
    for cells in UNREADABLE:
        code, said = follows([*taken[:SOME], taken[SOME] | cells, *taken[SOME + 1 :]])
        assert (code, said.startswith(f"Error: Line {SOME + 2} cannot be read")) == (1, True), said


def test_a_file_that_is_no_trail_of_ours_is_refused_in_a_line(app, follows, taken, tmp_path):
    fewer = [one for one in HEADINGS if one != "reason (not held)"]
    code, said = follows([{one: row[one] for one in fewer} for row in taken], headings=fewer)
    assert (code, said) == (1, "Error: These are not the columns of an audit trail: reason (not held)\n")
    assert followed(app, tmp_path, ",".join(HEADINGS) + "\n") == (1, "Error: No row stands in it.\n")
    for text in ("", "a,b\n1,2\n", ",".join(HEADINGS) + "\n1,2\n", ",".join(HEADINGS) + '\n"1\n', "\0"):
        code, said = followed(app, tmp_path, text)
        assert (code, said.startswith("Error: ")) == (1, True), said
    (tmp_path / "other").write_bytes(b"\xff\xfe")
    ran = app.test_cli_runner().invoke(args=["audit", "follow", str(tmp_path / "other")])
    assert (ran.exit_code, ran.output.startswith("Error: ")) == (1, True), ran.output


def test_what_no_hash_holds_says_so_in_its_heading(taken):
    assert [one for one in taken[0] if one.endswith(" (not held)")] == [f"{one} (not held)" for one in WORDS]

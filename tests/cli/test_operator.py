"""What whoever runs the server does by command stands in the trail as theirs, with in whose name it was asked."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest

from pwa.config.outgoing import Outgoing
from pwa.records import AuditRow, boxed, db
from tests.clinic.conftest import plain
from tests.clinic.test_keeping import TEN_YEARS
from tests.conftest import CAST, CLINIC, OTHER_CLINIC

ANA, MANAGER = CAST["ana"][1], CAST["manager"]
EXPORT = ("patients", "export", "KT-1001", "{}/record.zip", "--by", MANAGER[3], "--why", "by-law")
#: the words → action and kind of the row that they leave in each clinic
EVERYWHERE = {
    ("backup", "{}/copy"): ("read", "backup"),
    ("scan",): ("read", "scan"),
    ("safety", "dry-run"): ("read", "safety"),
    ("safety", "raise-again"): ("write", "alerts"),
    ("keys", "rotate"): ("write", "data-keys"),
    ("rebuild",): ("write", "versions"),
    ("judge-again",): ("write", "versions"),
}


@pytest.fixture
def command(app, tmp_path):
    app.config.update(OUTGOING=Outgoing(address="https://tidelog.bay.test"))

    def run(*words):
        words = [word.format(tmp_path) for word in words]
        ran = app.test_cli_runner(env={"BACKUP_TO": boxed.new_pair()[0]}).invoke(args=words)
        with app.app_context():
            db.session.remove()
        return ran

    return run


@pytest.fixture
def by_operator(app):
    """Rows of the operator's: clinic, in whose name, action, kind, whose."""

    def rows():
        with app.app_context():
            found = db.session.scalars(db.select(AuditRow).where(AuditRow.role == "operator").order_by(AuditRow.id))
            return [(row.clinic_id, row.person_id, row.action, row.what, row.patients) for row in found]

    return rows


@pytest.mark.parametrize("words", EVERYWHERE, ids=" ".join)
def test_what_a_command_reads_or_changes_of_everyone_is_a_row_in_each_clinic(command, by_operator, words):
    command(*words)
    row = (None, *EVERYWHERE[words], [])
    assert by_operator() == [(CLINIC, *row), (OTHER_CLINIC, *row)]


def test_checking_alone_leaves_none(command, by_operator):
    for words in (("rebuild", "--check"), ("epoch",), ("audit", "verify")):
        command(*words)
    assert by_operator() == []


def test_a_door_that_a_command_opens_is_a_row(command, by_operator):
    assert command("invite", CAST["ana"][3]).exit_code == 0
    assert command("invite", MANAGER[3]).exit_code == 0
    invited = (CLINIC, None, "write", "invitations")
    assert by_operator() == [(*invited, [ANA]), (*invited, [])]


def test_a_record_that_is_taken_out_says_who_did_it_and_who_asked(command, by_operator, signed_in):
    assert command(*EXPORT).exit_code == 0
    assert by_operator() == [(CLINIC, MANAGER[1], "read", "whole-record", [ANA])]
    said = "whoever runs the server, asked by manager"
    manager = signed_in("manager")
    assert f"{said} A whole record taken out" in plain(manager.get("/clinic/audit").text)
    sheet = list(csv.DictReader(io.StringIO(manager.get("/clinic/audit.csv?what=whole-record").text)))
    assert [(row["who (not held)"], row["role"]) for row in sheet] == [(said, "operator")]
    assert f"{said} looked at: your whole record" in plain(signed_in("ana").get("/account/looks").text)


def test_what_nobody_asked_for_stands_as_the_operators_alone(command, signed_in):
    command("invite", CAST["ana"][3])
    assert "whoever runs the server Invitations" in plain(signed_in("manager").get("/clinic/audit").text)
    assert "whoever runs the server changed: your invitation" in plain(signed_in("ana").get("/account/looks").text)


def test_an_erasure_and_old_rows_that_go_are_the_operators(command, by_operator, clock):
    command("invite", CAST["ana"][3])
    clock.moment += timedelta(days=TEN_YEARS)
    assert command("patients", "erase", "--due", "--by", MANAGER[3]).exit_code == 0
    assert by_operator()[1] == (CLINIC, MANAGER[1], "write", "erasure", [ANA])
    command("backup", "{}/copy")  # each clinic has a chain then
    assert "1 removed" in command("audit", "expire").output
    assert by_operator()[-1] == (CLINIC, None, "write", "audit", [])

"""What docs/deploy gives to whoever runs it, against the code that it starts."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from pwa.config import Settings, WrongSetting
from tests.conftest import DATA_KEYS, SECRET
from tools.serving import BIN, environment
from tools.trees import ROOT

DEPLOY = ROOT / "docs" / "deploy"
SETTING = re.compile(r"^#?([A-Z_]+)=(.*)$", re.M)
EXAMPLE = SETTING.findall((DEPLOY / ".env.example").read_text())
GUARDS = ("NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "CapabilityBoundingSet=", "User=tidelog")
GUARDS += ("InaccessiblePaths=-/opt/tidelog/.git", "StateDirectoryMode=0700", "UMask=0077")
#: as wsgi.py ends at a wrong setting
CANNOT_START = 3
UNITS = sorted(DEPLOY.glob("*.service"))


class Asked(dict):
    """An environment that notes what it is asked for."""

    def __init__(self, *given):
        super().__init__(*given)
        self.names = set()

    def get(self, name, default=None):
        self.names.add(name)
        return super().get(name, default)


def test_the_example_names_every_setting_once_and_no_other():
    env = Asked({"SECRET_KEY": SECRET, "DATA_KEYS": DATA_KEYS, "DATABASE_URL": "sqlite:////srv/tidelog.db"})
    Settings.from_env(env)
    assert sorted(name for name, _ in EXAMPLE) == sorted(env.names)


def test_the_page_says_what_every_setting_must_be():
    page = (ROOT / "docs" / "running.md").read_text()
    assert [name for name, _ in EXAMPLE if f"| `{name}` |" not in page] == []


def test_the_example_is_refused_as_it_stands_and_starts_with_secrets_of_ones_own():
    example = {name: value for name, value in EXAMPLE if value}
    with pytest.raises(WrongSetting, match="SECRET_KEY"):
        Settings.from_env(example)
    Settings.from_env({**example, "SECRET_KEY": SECRET, "DATA_KEYS": DATA_KEYS})


def test_the_key_that_opens_backups_is_never_on_the_server():
    assert "BACKUP_KEY" not in "".join(path.read_text() for path in DEPLOY.iterdir() if path.is_file())


def test_a_backup_that_is_done_is_the_services_no_more():
    unit = (DEPLOY / "tidelog-backup.service").read_text()
    assert re.findall(r"^ReadWritePaths=(.+)$", unit, re.M) == ["/var/backups/tidelog-new"]
    kept = [line for line in unit.splitlines() if line.endswith("/var/backups/tidelog") or "/tidelog " in line]
    assert len(kept) == 4
    assert all(line.startswith("ExecStartPost=+/usr/bin/") for line in kept)
    assert "ExecStartPost=+/usr/bin/chown -hR root:tidelog /var/backups/tidelog" in kept


def test_halves_of_backups_that_were_killed_do_not_gather():
    before, after = (DEPLOY / "tidelog-backup.service").read_text().split("\nExecStart=")
    assert "\nExecStartPre=/usr/bin/find /var/backups/tidelog-new -maxdepth 1 -type f -name *.part" in before
    assert " ! -name *.part -exec /usr/bin/mv -n " in after


@pytest.mark.parametrize("name", ["backup", "audit"])
def test_who_runs_it_is_mailed_when_a_backup_or_the_walk_along_the_trail_fails(name):
    assert "\nOnFailure=tidelog-failed.service\n" in (DEPLOY / f"tidelog-{name}.service").read_text()
    assert "flask --app wsgi tell-operators\n" in (DEPLOY / "tidelog-failed.service").read_text()


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_writes_only_its_own_folder_and_starts_a_command_that_there_is(unit):
    text = unit.read_text()
    for line in GUARDS:
        assert f"\n{line}\n" in text, line
    if words := re.search(r"flask --app wsgi ([\w-]+)", text):
        help_ = subprocess.run(
            [Path(sys.executable).with_name("flask"), "--app", "wsgi", words[1], "--help"],
            env={"SECRET_KEY": SECRET, "DATA_KEYS": DATA_KEYS, "DATABASE_URL": "sqlite:////no/such/folder/t.db"},
            capture_output=True,
            text=True,
        )
        assert help_.returncode == 0, help_.stderr


@contextmanager
def started(folder, **given):
    """The server, and what systemd hears of it."""
    words = [BIN / "gunicorn", "--config", DEPLOY / "gunicorn.conf.py", "--bind", "127.0.0.1:0", "wsgi:app"]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(folder / "notify"))
        systemd.settimeout(30)
        env = {**environment(folder / "a.db"), "NOTIFY_SOCKET": str(folder / "notify"), **given}
        server = subprocess.Popen(words, env=env, stderr=subprocess.DEVNULL)
        try:
            yield server, systemd
        finally:
            server.terminate()
            server.wait(60)


def test_systemd_hears_that_it_runs_once_a_worker_can_answer(tmp_path):
    with started(tmp_path) as (_, systemd):
        assert systemd.recv(99) == b"READY=1"


def test_systemd_hears_nothing_but_the_end_of_a_server_with_a_wrong_setting(tmp_path):
    with started(tmp_path, WORKER="tired") as (server, systemd):
        assert server.wait(60) == CANNOT_START
        systemd.setblocking(False)
        with pytest.raises(BlockingIOError):
            systemd.recv(99)


@pytest.mark.parametrize("name", ["tidelog", "tidelog-courier"])
def test_what_cannot_start_is_not_started_for_ever(name):
    lines = (DEPLOY / f"{name}.service").read_text().splitlines()
    assert {"Restart=always", f"RestartPreventExitStatus={CANNOT_START}"} <= set(lines)


def test_a_courier_without_mail_is_one_that_cannot_start(app):
    ended = app.test_cli_runner().invoke(args=["courier"])
    assert (ended.exit_code, "MAIL_URL" in ended.output) == (CANNOT_START, True)


def test_a_command_of_the_operators_leaves_the_records_readable_for_the_service_alone():
    """Without a mode systemd opens the folder to everybody each time that something is started, whatever it was."""
    assert {"StateDirectoryMode=0700", "UMask=0077"} <= set((DEPLOY / "tidelog").read_text().split())


@pytest.mark.parametrize(("named", "files"), [("", ["env"]), ("/etc/tidelog/owner", ["env", "owner"])])
def test_what_the_owner_of_the_tables_needs_is_one_line_beside_the_settings(tmp_path, named, files):
    """A copy of the settings would have the keys of last year."""
    (tmp_path / "systemd-run").write_text('#!/bin/sh\necho "$@"\n')
    (tmp_path / "systemd-run").chmod(0o700)
    env = {"PATH": f"{tmp_path}:/usr/bin:/bin", "TIDELOG_ENV": named}
    said = subprocess.run([DEPLOY / "tidelog", "db", "upgrade"], env=env, capture_output=True, text=True, check=True)
    assert re.findall(r"EnvironmentFile=/etc/tidelog/(\S+)", said.stdout) == files


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_what_a_unit_says_is_kept_under_its_name_and_sent_on(unit):
    """The name is what the other machine gets lines by; a stream of another kind would go past both."""
    assert f"\nSyslogIdentifier={unit.stem}\n" in unit.read_text()
    assert not re.search(r"^Standard(Output|Error)=", unit.read_text(), re.M)
    assert 'if $programname startswith "tidelog" then action(' in (DEPLOY / "rsyslog-send.conf").read_text()


def test_lines_are_kept_on_the_machine_for_a_while_and_sealed():
    kept = dict(re.findall(r"^(\w+)=(\S+)$", (DEPLOY / "journald.conf").read_text(), re.M))
    assert (kept["Storage"], kept["Seal"], kept["ForwardToSyslog"]) == ("persistent", "yes", "yes")
    assert kept["MaxRetentionSec"] == "90day"


@pytest.mark.parametrize(("name", "peer"), [("send", "logs.clinic.example"), ("keep", "tidelog.clinic.example")])
def test_lines_leave_the_machine_by_tls_from_and_to_a_known_certificate_alone(name, peer):
    config = re.sub(r"\s", "", (DEPLOY / f"rsyslog-{name}.conf").read_text()).replace("StreamDriver.", "StreamDriver")
    assert 'StreamDriverMode="1"StreamDriverAuthMode="x509/name"' in config
    assert re.search(rf'PermittedPeers?=\[?"{re.escape(peer)}"\]?', config)
    assert config.count("/etc/tidelog/logs/") == 3


def test_lines_wait_on_the_disk_while_the_other_machine_is_away():
    config = (DEPLOY / "rsyslog-send.conf").read_text()
    assert 'queue.filename="tidelog"' in config
    assert 'queue.saveOnShutdown="on"' in config
    assert 'action.resumeRetryCount="-1"' in config


def test_the_audit_trail_is_followed_every_night_and_its_end_goes_where_lines_go():
    assert "\nOnCalendar=*-*-* " in (DEPLOY / "tidelog-audit.timer").read_text()
    assert "flask --app wsgi audit verify --noted-in " in (DEPLOY / "tidelog-audit.service").read_text()


def test_the_ends_of_a_night_are_kept_where_the_service_cannot_write_and_passed_back_the_next():
    """Only if it found nothing (systemd starts what is `Post` after a success alone)."""
    unit = (DEPLOY / "tidelog-audit.service").read_text()
    assert " audit verify --noted-in /var/lib/tidelog-audit/ends\n" in unit
    [written] = re.findall(r"^ExecStartPost=\+.*?'$", unit, re.M | re.S)
    assert "journalctl --quiet --output=cat _SYSTEMD_INVOCATION_ID=" in written
    assert "mv tidelog-audit/new tidelog-audit/ends'" in written
    own = re.findall(r"^(?:StateDirectory|ReadWritePaths)=(\S+)$", unit, re.M)
    assert own == ["tidelog"], "what root writes is no folder of the service's"

import os
import subprocess
import sys
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest

from pwa.config import Settings, WrongSetting
from pwa.config.upkeep import Upkeep

KEY, ANOTHER = "quJISYQtcIK2b1fOgnC9BNosOf-5ffIoA8JwmDAyxOU=", "ZwMetrC_g9augPqGLXxCTvxnRb1LAQSjCvJ8dbRF_vk="
GOOD = {
    "SECRET_KEY": "a secret for tests, 0123456789 long",
    "DATA_KEYS": f"2:{KEY},1:{ANOTHER}",
    "DATABASE_URL": "sqlite:////srv/tidelog.db",
}


def test_settings_are_read_from_the_environment():
    chosen = {"SECURE_COOKIES": "no", "TRUSTED_PROXIES": "1", "WORKER": "retired", "LOGS": "text"}
    settings = Settings.from_env({**GOOD, **chosen})
    assert list(settings.keys) == [2, 1]
    said = {"secure_cookies": False, "trusted_proxies": 1, "worker": "retired", "logs": "text"}
    said["upkeep"] = Upkeep(backup_to="")
    assert settings == Settings(GOOD["SECRET_KEY"], "sqlite:////srv/tidelog.db", settings.keys, **said)


def test_a_plain_postgresql_address_gets_our_driver():
    assert (
        Settings.from_env({**GOOD, "DATABASE_URL": "postgresql://u:p@localhost/d"}).database_url
        == "postgresql+psycopg://u:p@localhost/d"
    )


@pytest.mark.parametrize(
    "there",
    ["db.example/d?sslmode=verify-full", "10.0.0.7/d?sslmode=verify-ca", "/d?host=%2Frun%2Fpostgresql", "[::1]/d"],
)
def test_a_database_on_another_machine_is_reached_by_a_connection_that_is_checked(there):
    assert Settings.from_env({**GOOD, "DATABASE_URL": f"postgresql://u:p@{there}"}).database_url.endswith(there)


@pytest.mark.parametrize(
    "wrong",
    [
        {"SECRET_KEY": ""},
        {"SECRET_KEY": "too short"},
        {"SECRET_KEY": "a" * 40},
        {"SECRET_KEY": "changeme" * 5},
        {"SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789"},
        {"SECRET_KEY": "9876543210zyxwvutsrqponmlkjihgfedcba"},
        {"DATA_KEYS": ""},
        {"DATA_KEYS": "1:short"},
        {"DATA_KEYS": "1:" + "A" * 43 + "="},
        {"DATA_KEYS": "1:" + "abcd" * 10 + "abc="},
        {"DATA_KEYS": "1:" + urlsafe_b64encode(bytes(range(32))).decode()},
        {"DATA_KEYS": f"0:{KEY}"},
        {"DATA_KEYS": f"256:{KEY}"},
        {"DATA_KEYS": f"1:{KEY},1:{ANOTHER}"},
        {"DATABASE_URL": ""},
        {"DATABASE_URL": "not an address"},
        {"DATABASE_URL": "mysql://h/d"},
        {"DATABASE_URL": "postgresql://h:port/d"},
        {"DATABASE_URL": "sqlite+another:////srv/tidelog.db"},
        {"DATABASE_URL": "postgresql://u:p@db.clinic.example/d"},
        {"DATABASE_URL": "postgresql://u:p@db.clinic.example/d?sslmode=require"},
        {"DATABASE_URL": "postgresql://u:p@/d?host=db.clinic.example"},
        {"DATABASE_URL": "sqlite://"},
        {"DATABASE_URL": "sqlite:///:memory:"},
        {"DATABASE_URL": "sqlite:///tidelog.db"},
        {"MAIL_URL": "imap://h"},
        {"MAIL_URL": "smtp://"},
        {"MAIL_URL": "folder://relative"},
        {"MAIL_FROM": "", "MAIL_URL": "smtps://h", "PUBLIC_URL": "https://h"},
        {"PUBLIC_URL": "", "MAIL_URL": "smtps://h", "MAIL_FROM": "a@h"},
        {"MAIL_FROM": "nobody"},
        {"PUBLIC_URL": "http://h"},
        {"PUBLIC_URL": "https://h/below"},
        {"VAPID_KEY": "short"},
        {"SECURE_COOKIES": "maybe"},
        {"TRUSTED_PROXIES": "-1"},
        {"TRUSTED_PROXIES": "many"},
        {"WORKER": "Retired"},
        {"LOGS": "pretty"},
        {"METRICS_TOKEN": "short"},
        {"PROMETHEUS_MULTIPROC_DIR": "/no/such/folder"},
        {"BACKUP_TO": "none at all"},
        {"STATE_DIRECTORY": "/no/such/folder"},
    ],
)
def test_a_wrong_setting_is_refused_by_name(wrong):
    with pytest.raises(WrongSetting, match=next(iter(wrong))):
        Settings.from_env({**GOOD, **wrong})


def test_the_server_stops_at_a_wrong_setting_and_does_not_try_for_ever():
    server = Path(sys.executable).parent / "gunicorn"
    words = [server, "--bind", "127.0.0.1:0", "wsgi:app"]
    run = subprocess.run(words, env={**os.environ, **GOOD, "SECRET_KEY": ""}, capture_output=True, text=True)
    assert run.returncode != 0
    assert run.stderr.count("SECRET_KEY must be set") == 1


@pytest.mark.parametrize(
    ("words", "says"), [(["pwa.config.new_key", "1"], "1:"), (["pwa.records.new_pair"], "BACKUP_TO=")]
)
def test_whoever_sets_it_up_makes_keys_by_a_command_that_says_nothing_else(words, says):
    run = subprocess.run([sys.executable, "-m", *words], capture_output=True, text=True, check=True)
    assert run.stdout.startswith(says)
    assert run.stderr == ""

"""docs/running.md as it says it: from an empty server to the first patient, a backup brought back, and a
handover; with gunicorn, its settings and a courier as in docs/deploy, over the network."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pyotp
import pytest

from pwa.config.keys import new_key
from pwa.domain import safety
from pwa.forms.safety import to_sign
from tests.forked import DEPLOYED, command, flask, gunicorn
from tests.notices.world import until
from tools.serving import free_port, wait_for

CHOSEN = "four sea birds asleep"
LEE, KIM, DANA = ("lee@bay.test", "Lee Roy"), ("kim@bay.test", "Kim Fox"), ("dana@bay.test", "Dana Moss")


class Visitor:
    """A browser without scripts."""

    def __init__(self, address: str) -> None:
        self.address, self.opener = address, build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str, data: list[tuple[str, str]] | None = None) -> tuple[int, str]:
        body = urlencode(data).encode() if data else None
        try:
            with self.opener.open(self.address + path, body, timeout=60) as answer:
                self.at = answer.geturl()
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()

    def fill(self, path: str, **typed: str | list[str]) -> str:
        """Sends the page's form as it stands, with other answers."""
        _, page = self.get(path)
        fields: dict[str, str | list[str]] = {}
        for tag in re.findall(r"<input[^>]*>", page):
            name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
            if name and (("checkbox" not in tag and "radio" not in tag) or " checked" in tag):
                fields.setdefault(name[1], []).append(unescape(value[1]) if value else "y")
        sent = {**fields, **typed}
        pairs = [(name, one) for name, value in sent.items() for one in ([value] if isinstance(value, str) else value)]
        status, answer = self.get(path, pairs)
        assert status == 200, (path, status, re.findall(r'class="[^"]*error[^"]*"[^>]*>([^<]+)', answer))
        return answer

    def come_in(self, link: str) -> None:
        page, _, code = link.removeprefix(self.address).partition("#")
        self.fill(page, code=code)
        self.fill(self.at.removeprefix(self.address), password=CHOSEN)

    def come_in_as_staff(self, link: str) -> None:
        self.come_in(link)
        _, page = self.get("/account/second")
        secret = re.search(r'class="secret">([A-Z2-7]+)<', page)
        self.fill("/account/second", code=pyotp.TOTP(secret[1]).now())
        self.fill("/terms")

    def invite(self, to: str, who: tuple[str, str], **typed: str) -> str:
        """The link on the sheet."""
        sheet = self.fill(f"/clinic/invitations/{to}", email=who[0], name=who[1], language="en", **typed)
        code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", sheet)[0].replace("-", "")
        return f"{self.address}/invited#{code}"


def option(page: str, name: str) -> str:
    return re.search(rf'<option[^>]*value="([^"]+)"[^>]*>{name}', page)[1]


@pytest.mark.timeout(900)  # a dozen processes start, on a machine that may be busy
def test_from_an_empty_server_to_the_first_patient_and_back_from_a_backup(tmp_path: Path) -> None:
    env = settings(tmp_path, free_port())
    flask("db", "upgrade", env=env)
    with running(env, tmp_path) as address:
        assert "tidelog clinic create" in Visitor(address).get("/")[1]
        words = ["--name", "Bay clinic", "--zone", "America/Halifax", "--language", "en"]
        opened = flask("clinic", "create", *words, "--manager", LEE[0], "--manager-name", LEE[1], env=env)
        lee, kim, dana = Visitor(address), Visitor(address), Visitor(address)
        lee.come_in_as_staff(opened.split()[-1])
        kim.come_in_as_staff(lee.invite("member", KIM, role="clinician"))
        leads_sign(lee)
        page = kim.get("/clinic/invitations/patient")[1]
        who = {"code": "KT-1", "birth_date": "1991-05-06", "clinician": option(page, KIM[1]), "therapist": ""}
        dana.come_in(kim.invite("patient", DANA, **who))
        assert dana.at == f"{address}/terms?next=/account/home-screen"
        dana.fill("/terms?next=/account/home-screen")
        assert dana.at == f"{address}/account/home-screen"
        assert json.loads(dana.get("/me")[1])["role"] == "patient"
        the_service_is_well_and_counts_in_both_processes(address)
    nobody_stands_in((tmp_path / "log").read_text())
    flask("backup", str(tmp_path / "kept"), env=env)
    back = {**env, "DATABASE_URL": f"sqlite:///{tmp_path}/back.db"}
    flask("db", "upgrade", env=back)
    flask("restore", str(tmp_path / "kept"), env=back)
    with running(back, tmp_path):  # everyone signs in anew
        assert dana.get("/me")[0] == 401
        dana.fill("/sign-in", email=DANA[0], password=CHOSEN)
        assert json.loads(dana.get("/me")[1])["role"] == "patient"
        assert "/sign-in" in at(kim, "/clinic/")
        Visitor(address).come_in_as_staff(flask("invite", LEE[0], env=back).strip())  # whoever takes over


def settings(folder: Path, port: int) -> dict[str, str]:
    halves = subprocess.run([sys.executable, "-m", "pwa.records.new_pair"], capture_output=True, text=True, check=True)
    secrets = dict(re.findall(r"^(BACKUP_\w+)=(\S+)", halves.stdout, re.M))
    (folder / "counts").mkdir()
    (folder / "state").mkdir(exist_ok=True)
    return {
        **os.environ,
        **secrets,
        "SECRET_KEY": "a secret for tests that is long enough",
        "DATA_KEYS": new_key(1),
        "DATABASE_URL": f"sqlite:///{folder}/tidelog.db",
        "SECURE_COOKIES": "no",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "MAIL_URL": f"folder://{folder}/mail",
        "MAIL_FROM": "tidelog@bay.test",
        "PROMETHEUS_MULTIPROC_DIR": str(folder / "counts"),
        "STATE_DIRECTORY": str(folder / "state"),
    }


@contextmanager
def running(env: dict[str, str], folder: Path) -> Iterator[str]:
    """Both processes, as the units start them."""
    address = env["PUBLIC_URL"]
    server = gunicorn(*DEPLOYED, env=env, port=int(address.rpartition(":")[2]), logs=folder / "log")
    both = [server, command("courier", env=env, logs=folder / "log")]
    try:
        wait_for(address)
        yield address
    finally:
        for one in both:
            one.terminate()
        ended = [one.wait(60) for one in both]
    assert ended == [0, 0]


def leads_sign(manager: Visitor) -> None:
    page = manager.get("/clinic/safety")[1]
    signed = to_sign((), safety.levels({}))
    manager.fill("/clinic/safety", responder_1=option(page, KIM[1]), signed=signed, signed_by="Dr. Lead")


def the_service_is_well_and_counts_in_both_processes(address: str) -> None:
    visitor, turn = Visitor(address), "tidelog_courier_turn_age_seconds"
    until(lambda: turn in visitor.get("/metrics")[1])
    assert visitor.get("/healthz")[0] == 200
    for _ in range(4):  # whichever process answers
        codes = 'tidelog_request_seconds_count{method="POST",route="/invited",status="302"} 3.0'
        assert codes in visitor.get("/metrics")[1]


def nobody_stands_in(log: str) -> None:
    lines = [json.loads(line) for line in log.splitlines()]
    assert {"gunicorn.error", "pwa.operating.requests", "pwa.notices.commands"} <= {line["from"] for line in lines}
    assert not [line for line in lines if line["level"] in ("warning", "error")]
    for word in (*LEE, *KIM, *DANA, "Bay clinic", "KT-1", "1991", CHOSEN, "Dr. Lead"):
        assert word not in log, word


def at(visitor: Visitor, path: str) -> str:
    visitor.get(path)
    return visitor.at

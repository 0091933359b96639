"""What a log says of senders that gunicorn cannot read, and of a start or an end, with the settings that we give."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import forked
from tools.serving import environment, free_port

SECRET = "jane-secret"
HOST = "Host: localhost\r\n"
HELLO = b"\x16\x03\x01\x00\xf4\x01\x00\x00\xf0\x03\x03" + SECRET.encode() + b"\r\n\r\n"
UNREADABLE = {
    "an address with spaces": (f"GET /clinic/patients?q={SECRET} 1987-04-12 HTTP/1.1\r\n{HOST}\r\n", 400),
    "a word for a method": (f"{SECRET} / HTTP/1.1\r\n{HOST}\r\n", 400),
    "another protocol": (HELLO.decode("latin-1"), 400),
    "a header's name": (f"GET / HTTP/1.1\r\n{HOST}{SECRET} x: y\r\n\r\n", 400),
    "a header without a name": (f"GET / HTTP/1.1\r\n{HOST}{SECRET}\r\n\r\n", 400),
    "a long address": (f"GET /{SECRET * 1000} HTTP/1.1\r\n{HOST}\r\n", 414),
    "long headers": (f"GET / HTTP/1.1\r\n{HOST}X: {SECRET * 2000}\r\n\r\n", 431),
    "a coding": (f"POST /sync HTTP/1.1\r\n{HOST}Transfer-Encoding: {SECRET}\r\n\r\n", 501),
    "an expectation": (f"POST /sync HTTP/1.1\r\n{HOST}Expect: {SECRET}\r\n\r\n", 417),
    "a chunk": (f"POST /sync HTTP/1.1\r\n{HOST}Transfer-Encoding: chunked\r\n\r\n{SECRET}\r\n{SECRET}", None),
    "a chunk that nobody reads": (
        f"POST /nowhere HTTP/1.1\r\n{HOST}Transfer-Encoding: chunked\r\n\r\n{SECRET}\r\n{SECRET}",
        None,
    ),
}


def test_who_sends_what_is_no_request_stands_in_no_line_nor_what_they_sent(tmp_path: Path) -> None:
    with gunicorn(tmp_path) as (port, said):
        for name, (sent, status) in UNREADABLE.items():
            answer = answered(port, sent.encode("latin-1"))
            assert status is None or answer.startswith(f"HTTP/1.1 {status} "), (name, answer)
            assert SECRET not in answer
    for part in (SECRET, "127.0.0.2", "1987", "\\u0016"):
        assert part not in said.read_text(), part
    told = [line["said"] for line in lines_of(said) if line["level"] == "warning"]
    assert "No request that can be read: InvalidHTTPVersion, answered 400" in told
    assert "No request that can be read: LimitRequestLine, answered 414" in told


def test_why_it_ended_is_told_to_whoever_runs_it(tmp_path: Path) -> None:
    with gunicorn(tmp_path) as (port, said):
        again = started(tmp_path / "again", port)
        assert again.wait(60) != 0
    told = {line["said"] for line in lines_of(tmp_path / "again" / "said")}
    assert f"Connection in use: ('127.0.0.1', {port})" in told
    assert "Shutting down: Master" in {line["said"] for line in lines_of(said)}


@pytest.mark.parametrize("wrong", [{"SECRET_KEY": ""}, {"LOGS": "pretty"}])
def test_a_wrong_setting_is_a_line_as_all_others_and_so_is_what_gunicorn_makes_of_it(tmp_path: Path, wrong) -> None:
    server = started(tmp_path, free_port(), **wrong)
    assert server.wait(60) == 3
    told = [line["said"] for line in lines_of(tmp_path / "said")]
    assert any(said.startswith(f"{next(iter(wrong))} must be") for said in told), told
    assert "Reason: Worker failed to boot." in told
    assert any("exited with code 3." in said for said in told), told


@contextmanager
def gunicorn(folder: Path) -> Iterator[tuple[int, Path]]:
    port = free_port()
    with forked.running(started(folder, port), port):
        yield port, folder / "said"


def started(folder: Path, port: int, **settings: str) -> forked.Forked:
    folder.mkdir(exist_ok=True)
    env = {**environment(folder / "no.db"), "LOGS": "json", **settings}
    return forked.gunicorn(*forked.DEPLOYED, "--workers", "1", env=env, port=port, logs=folder / "said")


def answered(port: int, sent: bytes) -> str:
    """From an address that is nobody's else."""
    with socket.create_connection(("127.0.0.1", port), 60, ("127.0.0.2", 0)) as sender:
        sender.sendall(sent)
        sender.shutdown(socket.SHUT_WR)
        heard = b""
        while part := sender.recv(65536):
            heard += part
        return heard.decode("latin-1")


def lines_of(said: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in said.read_text().splitlines()]

"""Who sends slowly, to gunicorn with the settings that we give, and no proxy in front."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

from tests.conftest import ROOT
from tools.serving import environment, free_port, wait_for

HEADERS = b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
FORM = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000\r\n"
FORM += b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"
CHUNKS = b"POST /sync HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1000\r\n"
#: more than there are threads
SENDERS = [HEADERS, FORM, CHUNKS] * 7


#: answers only once nobody listens to who asked
LONG_AT_WORK = """
def app(environ, start_response):
    environ["gunicorn.socket"].recv(1)
    start_response("200 OK", [("Content-Length", "4")])
    return [b"made"]
"""


@contextmanager
def served(folder: Path, app: str) -> Iterator[int]:
    """As in earnest, but that half a second is long."""
    config, port = folder / "gunicorn.conf.py", free_port()
    ours = (ROOT / "docs/deploy/gunicorn.conf.py").read_text()
    config.write_text(f"{ours}\nfrom pwa.operating.arriving import Worker\nWorker.seconds = 0.5\n")
    words = [Path(sys.executable).with_name("gunicorn"), "--config", config, "--bind", f"127.0.0.1:{port}", app]
    env = {**environment(folder / "no.db"), "PYTHONPATH": str(folder)}
    server = subprocess.Popen(words, env=env, cwd=ROOT)
    try:
        wait_for(f"http://127.0.0.1:{port}")
        yield port
    finally:
        server.send_signal(signal.SIGQUIT)
        server.wait(60)


def test_slow_senders_are_let_go_and_others_are_answered(tmp_path: Path) -> None:
    over = threading.Event()
    with served(tmp_path, "wsgi:app") as port, ExitStack() as opened:
        senders = [opened.enter_context(begun(port, begins)) for begins in SENDERS]
        opened.callback(over.set)
        threading.Thread(target=dribble, args=(senders, over), daemon=True).start()
        assert urlopen(f"http://127.0.0.1:{port}/manifest.webmanifest", timeout=60).status == 200
        assert [is_let_go(sender) for sender in senders] == [True] * len(SENDERS)


def test_an_answer_that_takes_long_to_make_still_goes_out(tmp_path: Path) -> None:
    (tmp_path / "long_at_work.py").write_text(LONG_AT_WORK)
    with served(tmp_path, "long_at_work:app") as port:
        assert urlopen(f"http://127.0.0.1:{port}/", timeout=60).read() == b"made"


def begun(port: int, begins: bytes) -> socket.socket:
    sender = socket.create_connection(("127.0.0.1", port), timeout=60)
    sender.sendall(begins)
    return sender


def dribble(senders: list[socket.socket], over: threading.Event) -> None:
    """A byte of each, again and again."""
    while not over.wait(0.05):
        for sender in senders:
            with suppress(OSError):  # it is not heard any further
                sender.send(b"x")


def is_let_go(sender: socket.socket) -> bool:
    with suppress(ConnectionError):
        while sender.recv(65536):
            continue
    return True

"""nginx and Caddy with the files of docs/deploy, in front of gunicorn: each that is installed here. What can be read in
the files is looked at everywhere."""

from __future__ import annotations

import getpass
import os
import re
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPMessage, HTTPSConnection
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from pwa.sync import BATCH_BYTES
from tests import forked
from tests.notices.world import until
from tests.test_deploy import DEPLOY
from tools.serving import environment, free_port

INSTALLED = [name for name in ("nginx", "caddy") if shutil.which(name)]
FILES = {"nginx": "nginx.conf", "caddy": "Caddyfile"}
STRICT = "max-age=63072000; includeSubDomains"
FORWARD = {"ECDHE", "TLS"}
#: without forward secrecy, or with parts that are broken
WEAK = "AES128-SHA:AES256-SHA:AES128-GCM-SHA256:AES256-GCM-SHA384:ECDHE-RSA-AES128-SHA:ECDHE-ECDSA-AES128-SHA:DHE"
TOO_LARGE, AWAY = "send less", "Nothing that was saved is lost"
PHONES = {"X-Tidelog": "1", "Content-Type": "application/json"}


@pytest.mark.timeout(600)
def test_a_proxy_guards_what_it_answers_and_what_it_hands_on(tmp_path: Path) -> None:
    env = environment(tmp_path / "tidelog.db") | {"TRUSTED_PROXIES": "1", "SECURE_COOKIES": "yes"}
    forked.flask("db", "upgrade", env=env)
    certify(tmp_path)
    for name in INSTALLED:
        ours, port = free_port(), free_port()
        with proxy(name, tmp_path, port, ours):
            with forked.running(forked.gunicorn(*forked.DEPLOYED, env=env, port=ours, logs=forked.NOWHERE), ours):
                it_hands_on_what_is_ours(port)
                it_believes_no_port_that_a_browser_says(port)
                it_answers_by_itself_with_care(port)
                it_takes_no_cipher_without_forward_secrecy(port)
            status, headers, words = asked(port, "/en/")
            assert headers.get_all("Strict-Transport-Security") == [STRICT]
            assert (status, AWAY in words) == (502, True)


def test_a_proxy_takes_what_a_phone_sends_at_most() -> None:
    assert "client_max_body_size 2m;" in (DEPLOY / "nginx.conf").read_text()
    assert BATCH_BYTES == 2 * 1024**2
    caddy = (DEPLOY / "Caddyfile").read_text()
    assert caddy.count(" 2200KB") == 3
    refused = re.compile(re.search(r"Content-Length (\S+)", caddy)[1])
    assert [bool(refused.match(str(size))) for size in (9, BATCH_BYTES, 2_200_000, 10**8)] == [False, False, True, True]


def test_both_files_say_what_the_proxy_that_is_not_here_would_do() -> None:
    nginx, caddy = ((DEPLOY / file).read_text() for file in FILES.values())
    ciphers = re.search(r"ssl_ciphers (\S+);", nginx)[1].split(":")
    assert len(ciphers) == 6
    assert caddy.count("\n\t\theader Strict-") + caddy.count("\n\theader Strict-") == 2
    assert all(cipher.startswith("ECDHE-") for cipher in ciphers)
    for text, forget in ((nginx, 'X-Forwarded-Port "";'), (caddy, "header_up -X-Forwarded-Port")):
        assert forget in text
        assert STRICT in text
        assert TOO_LARGE in text
        assert AWAY in text


def it_hands_on_what_is_ours(port: int) -> None:
    status, headers, _ = asked(port, "/healthz")
    assert status == 200
    assert headers.get_all("Strict-Transport-Security") == [STRICT]


def it_believes_no_port_that_a_browser_says(port: int) -> None:
    own, another = f"https://localhost:{port}", "https://localhost:6666"
    said = {**PHONES, "X-Forwarded-Port": "6666", "X-Forwarded-Host": "localhost:6666", "X-Forwarded-Prefix": "/x"}
    assert asked(port, "/sync", {**said, "Origin": own}, b"{}")[0] == 401
    assert asked(port, "/sync", {**said, "Origin": another}, b"{}")[0] == 403


def it_answers_by_itself_with_care(port: int) -> None:
    large = {**PHONES, "Content-Length": "3000000"}
    for path, sent, status, says in (("/metrics", None, 404, ""), ("/sync", large, 413, TOO_LARGE)):
        answered, headers, words = asked(port, path, sent)
        assert (answered, headers.get_all("Strict-Transport-Security")) == (status, [STRICT])
        assert says in words


def it_takes_no_cipher_without_forward_secrecy(port: int) -> None:
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        with spoken(port, version) as by:
            assert by.cipher()[0].split("-")[0].split("_")[0] in FORWARD
    with pytest.raises(ssl.SSLError, match="HANDSHAKE_FAILURE"), spoken(port, ssl.TLSVersion.TLSv1_2, WEAK):
        pass


def asked(
    port: int, path: str, headers: dict[str, str] | None = None, body: bytes | None = None
) -> tuple[int, HTTPMessage, str]:
    with closing(HTTPSConnection("localhost", port, timeout=60, context=trusting())) as connection:
        connection.request("POST" if headers else "GET", path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()


@contextmanager
def spoken(port: int, version: ssl.TLSVersion, ciphers: str = "DEFAULT") -> Iterator[ssl.SSLSocket]:
    context = trusting()
    context.minimum_version = context.maximum_version = version
    context.set_ciphers(f"{ciphers}:@SECLEVEL=0")
    with (
        ssl.create_connection(("localhost", port), 60) as raw,
        context.wrap_socket(raw, server_hostname="localhost") as by,
    ):
        yield by


def trusting() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


@contextmanager
def proxy(name: str, folder: Path, port: int, ours: int) -> Iterator[None]:
    config = folder / FILES[name]
    text = (DEPLOY / FILES[name]).read_text().replace("127.0.0.1:8000", f"127.0.0.1:{ours}")
    config.write_text(as_nginx(text, folder, port) if name == "nginx" else as_caddy(text, folder, port))
    start = ["-c", config, "-p", folder] if name == "nginx" else ["run", "--adapter", "caddyfile", "--config", config]
    home = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / f"{name}.log").open("wb") as log:
        server = subprocess.Popen([shutil.which(name), *start], env=home, stdout=log, stderr=log)
    try:
        until(lambda: server.poll() is not None or answers(port))
        assert server.poll() is None, (folder / f"{name}.log").read_text()
        yield
    finally:
        server.terminate()
        server.wait(60)


def as_nginx(site: str, folder: Path, port: int) -> str:
    """The site alone, on a port of its own, in a process of whoever tests it."""
    site = re.sub(r"^    listen \[::\].*\n", "", site, flags=re.M).replace("listen 80;", f"listen {free_port()};")
    site = site.replace("listen 443", f"listen {port}").replace("/var/log/nginx/error.log", f"{folder}/nginx.log")
    site = re.sub(r"/etc/letsencrypt/live/[\w.]+", str(folder), site)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    kept = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    begins = f"user {getpass.getuser()};\n" if os.getuid() == 0 else ""
    begins += f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/nginx.log;\nevents {{}}\n"
    return f"{begins}http {{\n{kept}{site}}}\n"


def as_caddy(site: str, folder: Path, port: int) -> str:
    site = site.replace("{\n\t# an error", "{\n\tadmin off\n\tauto_https off\n\t# an error", 1)
    tls = f"tls {folder}/fullchain.pem {folder}/privkey.pem"
    site = site.replace("tidelog.clinic.example {", f"https://localhost:{port} {{\n\t{tls}", 1)
    version = subprocess.run([shutil.which("caddy"), "version"], capture_output=True, text=True, check=True).stdout
    if version.lstrip("v").startswith("2.6"):
        site = site.replace("request_buffers 2200KB", "buffer_requests\n\t\tmax_buffer_size 2200KB")
    return site


def answers(port: int) -> bool:
    try:
        asked(port, "/metrics")
    except OSError:
        return False
    return True


def certify(folder: Path) -> None:
    key, now = rsa.generate_private_key(65537, 2048), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(now).not_valid_after(now + timedelta(1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    (folder / "fullchain.pem").write_bytes(made.sign(key, SHA256()).public_bytes(Encoding.PEM))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "privkey.pem").write_bytes(private)

"""How a server gets a release (docs/running.md, An upgrade): unpacked beside what runs, then put in its place."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.test_deploy import DEPLOY
from tools.serving import environment, flask, free_port, wait_for
from tools.trees import LINKED, ROOT, build, copy_tree

PAGE, STYLE = "pwa/templates/accounts/invited.html", "pwa/static/css/tokens.css"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two releases, one and two."""
    sources = copy_tree(tmp_path / "sources")
    for name in LINKED:
        (sources / name).unlink()
    git(sources, "init", "--quiet")
    commit(sources, "one")
    for file, text, becomes in ((PAGE, "{{ _(", "another-release{{ _("), (STYLE, ":root {", ":root { --another: 1px;")):
        (sources / file).write_text((sources / file).read_text().replace(text, becomes))
    commit(sources, "two")
    return sources


@pytest.mark.timeout(600)
def test_what_runs_stays_whole_while_the_next_release_takes_its_place_and_back(
    tmp_path: Path, repository: Path
) -> None:
    link, env = tmp_path / "tidelog", environment(tmp_path / "tidelog.db")
    unpacked(tmp_path, repository, "one")
    release(tmp_path, "switch", "one")
    flask("db", "upgrade", env=env)
    with served(link, env) as address:
        unpacked(tmp_path, repository, "two")
        release(tmp_path, "switch", "two")
        assert link.resolve().name == "two"
        assert "another-release" not in read(f"{address}/invited")  # nobody asked for this page before
    with served(link, env) as address:
        assert "another-release" in read(f"{address}/invited")
        for kept in css_of(tmp_path / "releases" / "one"):
            assert read(f"{address}/static/{kept}")  # an open page of the release before asks for it
    release(tmp_path, "switch", "one")
    with served(link, env) as address:
        assert "another-release" not in read(f"{address}/invited")


def test_a_server_gets_neither_tests_nor_tools_nor_history(tmp_path: Path, repository: Path) -> None:
    release(tmp_path, "unpack", str(repository), "one")
    there = tmp_path / "releases" / "one"
    assert {path.name for path in (there / "tools").iterdir()} == {"machine"}
    assert not [name for name in ("tests", ".ci", ".git", "requirements-dev.txt") if (there / name).exists()]
    assert (there / "docs" / "deploy" / "tidelog.service").exists()
    image = (ROOT / ".containerignore").read_text().splitlines()
    assert {"tests", ".git*", ".ci", "tools/*", "!tools/machine", "requirements-dev.txt"} <= set(image)
    assert "--tmpfs /run/tidelog:mode=0700,U " in (DEPLOY / "Containerfile").read_text()  # `U=true` podman 4.3 refuses
    assert re.findall(r"--publish (\S+)", (DEPLOY / "Containerfile").read_text()) == ["127.0.0.1:8000:8000"]


def test_what_is_not_built_is_not_put_in_the_place_of_what_runs(tmp_path: Path, repository: Path) -> None:
    release(tmp_path, "unpack", str(repository), "one")
    with pytest.raises(subprocess.CalledProcessError):
        release(tmp_path, "switch", "one")
    assert not (tmp_path / "tidelog").exists()


def unpacked(folder: Path, repository: Path, name: str) -> None:
    """And built, with the environment that is here instead of one of its own."""
    release(folder, "unpack", str(repository), name)
    there = folder / "releases" / name
    for linked in LINKED:
        (there / linked).symlink_to((ROOT / linked).resolve())
    build(there)
    subprocess.run([Path(sys.executable).with_name("pybabel"), "-q", "compile", "-d", "pwa/translations"], cwd=there)


def release(folder: Path, *words: str) -> None:
    where = {"TIDELOG_RELEASES": str(folder / "releases"), "TIDELOG_LINK": str(folder / "tidelog")}
    subprocess.run([DEPLOY / "release", *words], env={**os.environ, **where}, check=True)


def git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=t", "-c", "user.email=t@here.test", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *words], cwd=folder, check=True)


def commit(folder: Path, name: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", name)
    git(folder, "tag", name)


@contextmanager
def served(link: Path, env: dict[str, str]) -> Iterator[str]:
    """As the unit does it: by way of the link."""
    port = free_port()
    words = ["--config", "docs/deploy/gunicorn.conf.py", "--workers", "1", "--bind", f"127.0.0.1:{port}", "wsgi:app"]
    by_link = {**env, "PWD": str(link)}
    server = subprocess.Popen([Path(sys.executable).with_name("gunicorn"), *words], env=by_link, cwd=link)
    try:
        wait_for(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(60)


def read(address: str) -> str:
    with urlopen(address, timeout=60) as answer:
        return answer.read().decode()


def css_of(tree: Path) -> list[str]:
    dist = tree / "pwa/static/dist"
    return [str(path.relative_to(dist)) for path in dist.rglob("*.css")]

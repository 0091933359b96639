"""What stays served when the product is built again: the files of the last builds, and for how many."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pwa.shell import assets
from tools.trees import build, copy_tree

DIST = Path("pwa/static/dist")


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> Path:
    """A copy of the tree, and in `built` what each of four builds made: one style more in each."""
    return copy_tree(tmp_path_factory.mktemp("releases") / "tree")


@pytest.fixture(scope="module")
def built(tree) -> list[str]:
    made = []
    style = tree / "pwa/static/css/base.css"
    for number in range(4):
        style.write_text(f"{style.read_text()}\n.release-{number} {{ color: red; }}\n")
        build(tree)
        made.append(listed(tree)["files"]["css/patient.css"])
    return made


def listed(tree: Path) -> dict:
    return json.loads((tree / DIST / "built.json").read_text())


def test_the_files_of_the_last_two_builds_stay_and_older_ones_go(tree, built):
    assert len(set(built)) == 4
    for name, stays in zip(built, (False, True, True, True), strict=True):
        for ending in ("", ".gz", ".br"):
            assert (tree / DIST / (name + ending)).exists() is stays, name + ending


def test_the_list_says_which_files_belong_to_which_build_and_of_which_day_it_is(tree, built):
    builds = listed(tree)["builds"]
    assert [next(name for name in one["files"] if "css/patient" in name) for one in builds] == built[:0:-1]
    for one in builds:
        assert one["day"][:2] == "20"
        assert all((tree / DIST / name).exists() for name in one["files"])
    there = {
        str(path.relative_to(tree / DIST))
        for path in (tree / DIST).rglob("*-????????.*")
        if path.suffix in (".js", ".css")
    }
    assert there == {name for one in builds for name in one["files"]}


def test_a_build_of_the_same_sources_pushes_no_earlier_one_out(tree, built):
    before = listed(tree)["builds"]
    build(tree)
    assert listed(tree)["builds"] == before


def test_the_files_of_every_build_are_served_for_ever(tree, built, app, monkeypatch):
    assert listed(tree)["files"]["css/patient.css"] == built[-1]
    monkeypatch.setattr(assets, "DIST", tree / DIST)
    assets.serve(app, {})
    for name in built[1:]:
        with app.test_client().get(f"/static/{name}", headers={"Accept-Encoding": "br"}) as answer:
            assert answer.status_code == 200
            assert answer.headers["Cache-Control"] == "max-age=31536000, immutable"
            assert "ETag" not in answer.headers  # nobody asks whether it changed
            assert answer.headers["Content-Encoding"] == "br"
    assert app.test_client().get(f"/static/{built[0]}").status_code == 404

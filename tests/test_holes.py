"""What `make check` does about known holes, against an OSV of our own on this machine."""

from __future__ import annotations

import json
import re
import threading
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tools.holes import PAGE, main, parts
from tools.serving import free_port
from tools.trees import ROOT

TODAY = date(2026, 11, 27)
CHECK = ["--once-a-day"]


class Osv(HTTPServer):
    """Knows holes by name and version; tells one a page, as the real one may."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.holes, self.times_asked, self.says = {}, 0, None


class Answers(BaseHTTPRequestHandler):
    def do_POST(self):
        self.server.times_asked += 1
        queries = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        body = self.server.says or json.dumps({"results": [self.about(each) for each in queries]})
        self.send_response(500 if self.server.says == "broken" else 200)
        self.end_headers()
        self.wfile.write(body.encode())

    def about(self, query):
        assert self.path == "/v1/querybatch"
        holes = self.server.holes.get((query["package"]["ecosystem"], query["package"]["name"], query["version"]), [])
        page = int(query.get("page_token", 0))
        more = {"next_page_token": str(page + 1)} if page + 1 < len(holes) else {}
        return {"vulns": [{"id": holes[page], "modified": "2026-11-01T00:00:00Z"}], **more} if holes else {}

    def log_message(self, *_):
        pass


@pytest.fixture
def osv(monkeypatch):
    with Osv() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("OSV", f"http://127.0.0.1:{server.server_port}")
        yield server
        server.shutdown()


@pytest.fixture
def tree(tmp_path):
    (tmp_path / "requirements.txt").write_text("# what runs it\nflask==3.1.3  # chosen\nhttp-ece==1.2.1\n")
    (tmp_path / "requirements-dev.txt").write_text("pytest==9.0.0\n")
    packages = {"": {"name": "tidelog"}, "node_modules/idb": {"version": "8.0.4"}}
    packages |= {"node_modules/esbuild/node_modules/@esbuild/linux-x64": {"version": "0.28.2"}}
    (tmp_path / "package-lock.json").write_text(json.dumps({"packages": packages}))
    (tmp_path / "docs").mkdir()
    (tmp_path / PAGE).write_text("| hole | until | why |\n| --- | --- | --- |\n")
    return tmp_path


def excuse(tree, hole, until):
    with (tree / PAGE).open("a") as page:
        page.write(f"| `{hole}` | {until} | nothing of ours calls it |\n")


def test_it_is_asked_once_a_day_and_again_when_a_list_changed(osv, tree):
    for _ in range(2):
        assert main(CHECK, tree, TODAY) == 0
    assert osv.times_asked == 1
    assert main(CHECK, tree, TODAY + timedelta(days=1)) == 0
    with (tree / "requirements.txt").open("a") as file:
        file.write("gunicorn==27.0.1\n")
    assert main(CHECK, tree, TODAY + timedelta(days=1)) == 0
    assert osv.times_asked == 3


@pytest.mark.parametrize(
    "part", [("PyPI", "http-ece", "1.2.1"), ("PyPI", "pytest", "9.0.0"), ("npm", "@esbuild/linux-x64", "0.28.2")]
)
def test_a_known_hole_fails_and_goes_on_failing(osv, tree, capsys, part):
    osv.holes[part] = ["GHSA-aaaa", "GHSA-bbbb"]
    for words in (CHECK, CHECK, []):
        assert main(words, tree, TODAY) == 1
        said = capsys.readouterr().err
        assert [
            f"{part[1]} {part[2]} has a known hole: https://osv.dev/vulnerability/{hole}" in said
            for hole in osv.holes[part]
        ] == [True, True]


def test_a_hole_may_stay_until_the_day_that_is_written_down_and_no_longer(osv, tree):
    osv.holes["PyPI", "flask", "3.1.3"] = ["GHSA-aaaa"]
    excuse(tree, "GHSA-aaaa", TODAY)
    assert main(CHECK, tree, TODAY) == 0
    assert main(CHECK, tree, TODAY + timedelta(days=1)) == 1


def test_an_excuse_is_for_one_hole(osv, tree):
    osv.holes["PyPI", "flask", "3.1.3"] = ["GHSA-aaaa", "GHSA-bbbb"]
    excuse(tree, "GHSA-aaaa", TODAY)
    assert main(CHECK, tree, TODAY) == 1


@pytest.mark.parametrize(
    "says", ["broken", "<html>sign in to this network</html>", "[]", '{"results": []}', '{"code": 3}']
)
def test_without_an_answer_a_check_goes_on_and_says_so_and_an_audit_fails(osv, tree, capsys, says):
    osv.says = says
    for words, ends in ((CHECK, 0), (CHECK, 0), ([], 1)):
        assert main(words, tree, TODAY) == ends
        assert "NOT ASKED" in capsys.readouterr().err
    assert osv.times_asked == 3


def test_where_nobody_listens_a_check_goes_on_and_says_so(tree, capsys, monkeypatch):
    monkeypatch.setenv("OSV", f"http://127.0.0.1:{free_port()}")
    assert (main(CHECK, tree, TODAY), main([], tree, TODAY)) == (0, 1)
    assert "Connection refused" in capsys.readouterr().err


def test_all_that_is_pinned_here_is_asked_about():
    asked = list(parts(ROOT))
    pinned = [
        line
        for path in ROOT.glob("requirements*.txt")
        for line in path.read_text().splitlines()
        if line and line[0] != "#"
    ]
    assert len([part for part in asked if part[0] == "PyPI"]) == len(pinned) > 60
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert len([part for part in asked if part[0] == "npm"]) == len(locked) - 1 > 50


def test_make_check_asks():
    recipe = (ROOT / "Makefile").read_text().partition("\ncheck:")[2].partition("\n\n")[0]
    assert "python -m tools.holes --once-a-day" in recipe


def test_newer_versions_were_looked_at_within_ninety_days():
    day = re.search(r"gone through on (\d{4}-\d\d-\d\d)", (ROOT / PAGE).read_text())[1]
    assert datetime.now(UTC).date() - date.fromisoformat(day) <= timedelta(days=90)

"""Known holes in what we depend on, as OSV knows them, which gathers those of PyPI and of npm.

`make check` asks once a day and whenever a list has changed. A known hole fails it, unless docs/dependencies.md says
until when it may stay and why. Where OSV cannot be asked it says so and lets be, in CI too: another's service must not
stop our work. `make audit`, before a release, fails then as well.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import urllib.request
from collections.abc import Iterator
from datetime import UTC, date, datetime
from http.client import HTTPException
from pathlib import Path

from tools.trees import ROOT

OSV = "https://api.osv.dev"
SECONDS = 10
PAGE = Path("docs") / "dependencies.md"
LOCK = "package-lock.json"
PINNED = re.compile(r"^([\w.-]+)==([\w.!+-]+)", re.M)
EXCUSED = re.compile(r"^\| `(\S+)` \| (\d{4}-\d\d-\d\d) \|", re.M)

#: ecosystem, name and version
Part = tuple[str, str, str]


class NotAsked(Exception):
    """Why OSV gave no answer."""


def main(words: list[str], root: Path = ROOT, today: date | None = None) -> int:
    today = today or datetime.now(UTC).date()
    stamp, asked = root / ".make" / "holes", f"{today} {_hash_of_lists(root)}"
    in_check = "--once-a-day" in words
    if in_check and stamp.exists() and stamp.read_text() == asked:
        return 0
    try:
        holes = known_holes(sorted(set(parts(root))))
    except NotAsked as why:
        print(f"NOT ASKED for known holes in what we depend on: {why}. `make audit` asks again.", file=sys.stderr)
        return 0 if in_check else 1
    excused = {hole for hole, until in EXCUSED.findall((root / PAGE).read_text()) if date.fromisoformat(until) >= today}
    left = [(part, hole) for part, hole in holes if hole not in excused]
    for (_, name, version), hole in left:
        print(f"{name} {version} has a known hole: https://osv.dev/vulnerability/{hole}", file=sys.stderr)
    if not left:
        stamp.parent.mkdir(exist_ok=True)
        stamp.write_text(asked)
    return 1 if left else 0


def parts(root: Path) -> Iterator[Part]:
    for path in sorted(root.glob("requirements*.txt")):
        yield from (("PyPI", name, version) for name, version in PINNED.findall(path.read_text()))
    for place, package in json.loads((root / LOCK).read_text())["packages"].items():
        if place:  # the first is ourselves
            yield "npm", place.rpartition("node_modules/")[2], package["version"]


def known_holes(asked: list[Part]) -> list[tuple[Part, str]]:
    """NotAsked if there is no answer, or one that is none to this question."""
    found, waiting = [], [(part, "") for part in asked]
    while waiting:
        answers = _ask([_query(*each) for each in waiting])
        found += [
            (part, vuln["id"])
            for (part, _), answer in zip(waiting, answers, strict=True)
            for vuln in answer.get("vulns", ())
        ]
        rest = zip(waiting, answers, strict=True)
        waiting = [(part, answer["next_page_token"]) for (part, _), answer in rest if answer.get("next_page_token")]
    return found


def _query(part: Part, page: str) -> dict[str, object]:
    ecosystem, name, version = part
    query = {"package": {"ecosystem": ecosystem, "name": name}, "version": version}
    return {**query, "page_token": page} if page else query


def _ask(queries: list[dict[str, object]]) -> list[dict]:
    address = os.environ.get("OSV", OSV) + "/v1/querybatch"
    request = urllib.request.Request(address, json.dumps({"queries": queries}).encode())
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            results = json.load(answer)["results"]
    except (OSError, HTTPException, ValueError, KeyError, TypeError) as error:
        raise NotAsked(f"{address} {error!r}") from error
    if len(results) != len(queries):
        raise NotAsked(f"{address} answered {len(results)} of {len(queries)} questions")
    return results


def _hash_of_lists(root: Path) -> str:
    lists = [*sorted(root.glob("requirements*.txt")), root / LOCK, root / PAGE]
    return hashlib.sha256(b"".join(path.read_bytes() for path in lists)).hexdigest()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

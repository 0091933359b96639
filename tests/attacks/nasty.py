"""Requests that nobody makes by hand: any route, anybody's ids, the pages' own forms filled in badly."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.attacks.forms import Form
from tests.sync.phones import said

#: stands in no page unless a page repeats unescaped what it was told
SCRIPT = "<img src=zq onerror=zq()>"
NASTY = (
    SCRIPT,
    f'">{SCRIPT}',
    "javascript:zq()",
    "{{ 7*7 }}",
    "' OR '1'='1",
    "'; DROP TABLE person; --",
    "%' UNION SELECT password_hash FROM person --",
    "=HYPERLINK(1)",
    "../../../../etc/passwd",
    "//evil.test",
    "https://evil.test/",
    "/\\evil.test",
    "http://169.254.169.254/",
    "\0",
    "a\r\nX-Evil: 1",
    "\ud83d",
    "\u202e",
    "٣",
    "",
    " ",
    "0",
    "-1",
    "1e400",
    "NaN",
    "9" * 400,
    "x" * 5000,
    "2026-02-30",
    "9999-12-31",
    "0001-01-01",
    "24:00",
    "on",
    "null",
    "[]",
)
#: as an address asks for
QUERIES = "next page days level by show code since versions of from to serious before language who what format route"
GOLDEN = {
    path.stem.rpartition("-")[0]: json.loads(path.read_text())
    for path in sorted((Path(__file__).parents[1] / "forms/golden").glob("*.json"))
}
KEYS = ["endpoint", "keys", "p256dh", "auth", "id", "response", "rawId", "clientDataJSON", "type", "x"]
HEADERS = {
    "X-Tidelog": ["1", "\0"],
    "X-Tidelog-Store": ["empty"],
    "Origin": ["https://evil.test", "null", "http://localhost"],
    "Sec-Fetch-Site": ["same-origin", "cross-site"],
    "Accept": ["application/json", "text/html", "x"],
    "Accept-Language": ["fr", "xx;q=zq", "*" * 500],
    "Accept-Encoding": ["gzip", "br", "zstd;q=0"],
    "Content-Type": [
        "application/json",
        "text/plain",
        "multipart/form-data",
        "application/x-www-form-urlencoded; charset=x",
    ],
    "X-Forwarded-For": ["1.2.3.4, x"],
    "Referer": ["https://evil.test/"],
    "Range": ["bytes=0-1"],
    "User-Agent": ["", "\xff" * 40],
    "Cookie": ["session=x; device=../; owner=;"],
}


OURS = {"X-Tidelog": "1", "Sec-Fetch-Site": "same-origin"}
SCRIPTS = [
    "/sync",
    "/push",
    "/code",
    "/passkey/make",
    "/passkey/use",
    "/passkey/options/use",
    "/account/close",
    "/sign-out",
]
METHODS = ["GET"] * 6 + ["POST", "HEAD", "OPTIONS", "PUT", "DELETE"]
CONVERTER = re.compile(r"<(?:(\w+)(?:\(([^)]*)\))?:)?\w+>")


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    headers: dict[str, str]
    data: Any = None
    json: Any = None

    def options(self) -> dict[str, Any]:
        body = {"data": self.data} if self.json is None else {"json": self.json}
        return {"method": self.method, "headers": self.headers, **body}


@dataclass
class Pen:
    """What may be drawn from: rules of the application, forms of its pages, ids of whosever rows; and who asks."""

    chance: random.Random
    rules: Sequence[str]
    pages: Sequence[str]
    forms: Sequence[Form]
    ids: Sequence[str]
    owner: str
    is_patient: bool

    def request(self) -> Request:
        said_by = self.sync if self.is_patient else self.form
        return self.chance.choice([self.visit, self.visit, self.look, self.form, self.form, said_by, self.call])()

    def visit(self) -> Request:
        """A page that opens to them, with anything asked of it."""
        page = self.chance.choice(self.pages) if self.pages else self.path()
        return Request("GET", self.asking(page), self.headers(1))

    def look(self) -> Request:
        """Any address, by any method, with anything typed behind it."""
        return Request(self.chance.choice(METHODS), self.path(), self.headers(3))

    def form(self) -> Request:
        """A form as the page offers it, with some of its fields changed, now and then to another row."""
        if not self.forms:
            return self.look()
        form = self.chance.choice(self.forms)
        data: dict[str, Any] = form.filled()
        for name in self.some(list(form.fields) or ["x"], 3):
            typed = self.text().replace("\ud83d", "?")  # no browser sends half of a pair
            data[name] = self.chance.choice([*form.fields.get(name, []), typed, typed, [typed, typed]])
        return Request(form.method, self.chance.choice([form.action] * 3 + [self.path()]), self.headers(1), data)

    def call(self) -> Request:
        """JSON of any shape, such as scripts send it; now and then to an address that takes none."""
        return Request("POST", self.chance.choice([*SCRIPTS, self.path()]), OURS, json=self.tree(4))

    def sync(self) -> Request:
        """Versions of every kind, good but for something; as oneself or as somebody else."""
        owner = self.chance.choice([self.owner] * 5 + [self.text()])
        call = {"batch": "b", "owner": owner, "device": None, "epoch": 1, "cursor": 0, "waiting": 0}
        call["versions"] = [self.version() for _ in range(self.chance.randint(0, 4))]
        if self.chance.random() < 0.2:
            call[self.chance.choice(list(call))] = self.tree(1)
        return Request("POST", "/sync", OURS, json=call)

    def version(self) -> str:
        kind = self.chance.choice(sorted(GOLDEN))
        body = {**GOLDEN[kind], **{name: self.tree(1) for name in self.some(list(GOLDEN[kind]), 2)}}
        wrong = self.some(["parents", "day", "felt_at", "zone", "schema", "id"], 1) if self.is_so(0.3) else []
        named = {"record": self.chance.choice(self.ids)} if self.is_so(0.3) else {}
        return said(body, kind, **named, **{name: self.tree(1) for name in wrong})

    def text(self) -> str:
        signs = [self.chance.randrange(*between) for between in ((32, 127), (1, 0xD800), (0x1F300, 0x1F600))]
        drawn = "".join(chr(self.chance.choice(signs)) for _ in range(self.chance.randint(1, 9)))
        named, number = self.chance.choice(self.ids), str(self.chance.randint(-9, 99))
        return self.chance.choice([self.chance.choice(NASTY), named, drawn, number])

    def tree(self, depth: int) -> Any:
        leaves = [None, True, self.chance.randint(-2, 400), self.chance.random(), self.text(), self.text()]
        if not depth or self.is_so(0.5):
            return self.chance.choice(leaves)
        inner = [self.tree(depth - 1) for _ in range(self.chance.randint(0, 3))]
        return inner if self.is_so(0.3) else dict(zip(self.some(KEYS, 3), inner, strict=False))

    def path(self) -> str:
        return self.asking(CONVERTER.sub(self._put, self.chance.choice(self.rules)))

    def asking(self, path: str) -> str:
        asked = "&".join(f"{name}={quoted(self.text())}" for name in self.some(QUERIES.split(), 3))
        return f"{path}?{asked}" if asked else path

    def _put(self, found: re.Match[str]) -> str:
        kind, choices = found.groups()
        if choices:
            return self.chance.choice(choices.split(", "))
        return self.chance.choice(self.ids) if kind == "uuid" else quoted(self.text())

    def headers(self, most: int) -> dict[str, str]:
        return {name: self.chance.choice(HEADERS[name]) for name in self.some(list(HEADERS), most)}

    def some(self, of: Sequence[str], most: int) -> list[str]:
        return self.chance.sample(of, min(len(of), self.chance.randint(0, most)))

    def is_so(self, often: float) -> bool:
        return self.chance.random() < often


def quoted(text: str) -> str:
    return quote(text, safe="", errors="replace")

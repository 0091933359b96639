"""A phone as docs/sync.md lays it down, in a page of Python: outbox, mirror, cursor, and forms that lie open."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.sync.phones import Phone, id_in, new_id, said


@dataclass
class Form:
    """One open form. What stood on the screen is noted when it opens, never when it is saved."""

    kind: str
    record: str
    parents: list[str]


@dataclass
class Asked:
    """A request under way, and its answers, of which any may be late, lost or heard twice."""

    phone: ModelPhone
    texts: list[str]
    call: dict[str, Any]
    answers: list[tuple[int, dict[str, Any]]] = field(default_factory=list)


@dataclass
class ModelPhone:
    real: Phone
    #: id → text; only a receipt takes a version out
    outbox: dict[str, str] = field(default_factory=dict)
    #: id → (text, epoch in which it was pulled or receipted, is it parked)
    mirror: dict[str, tuple[str, int, bool]] = field(default_factory=dict)
    cursor: int = 0
    epoch: int = 0
    replacing: bool = False
    forms: list[Form] = field(default_factory=list)
    numbers: Any = field(default_factory=count)

    def shown(self) -> dict[str, dict[str, Any]]:
        """What this phone knows and takes as said: its outbox and its mirror without what is parked."""
        stored = [text for text, _, parked in self.mirror.values() if not parked]
        return {id_in(text): json.loads(text) for text in [*stored, *self.outbox.values()]}

    def heads(self, record: str) -> list[str]:
        versions = [version for version in self.shown().values() if version["record"] == record]
        named = {parent for version in versions for parent in version["parents"]}
        return sorted(version["id"] for version in versions if version["id"] not in named)

    def open_form(self, kind: str, record: str | None) -> None:
        self.forms.append(Form(kind, record or new_id(), self.heads(record) if record else []))

    def save(self, form: Form, body: dict[str, Any] | None, written_at: str) -> str:
        """Durable at once."""
        self.forms.remove(form)
        text = said(body, form.kind, record=form.record, parents=form.parents, written_at=written_at)
        self.outbox[id_in(text)] = text
        return text

    def ask(self, most: int, backwards: bool = False) -> Asked:
        texts = list(self.outbox.values())[:most]
        if backwards:
            texts.reverse()
        call = {
            "batch": f"{self.real.device} {next(self.numbers)}",
            "owner": self.real.owner.id,
            "device": self.real.device,
            "epoch": self.epoch,
            "cursor": self.cursor,
            "waiting": len(self.outbox),
            "versions": texts,
        }
        return Asked(self, texts, call)

    def hear(self, asked: Asked, status: int, answer: dict[str, Any]) -> None:
        """Nothing but a true answer of this phone's own epoch changes anything."""
        if status != 200 or answer["batch"] != asked.call["batch"] or answer["owner"] != self.real.owner.id:
            return
        if answer["epoch"] < self.epoch:
            return  # from before a restore: what it says was stored may be gone
        if answer["epoch"] > self.epoch and self.epoch:
            self.restart(answer["epoch"])
            return
        self.epoch = answer["epoch"]
        for text, receipt in zip(asked.texts, answer["receipts"], strict=True):
            assert receipt["outcome"] in ("stored", "known", "parked")
            self.mirror[receipt["id"]] = (text, self.epoch, receipt["outcome"] == "parked")
            self.outbox.pop(receipt["id"], None)
        if answer["from"] == self.cursor:
            self.turn_page(answer)

    def turn_page(self, answer: dict[str, Any]) -> None:
        for text in answer["versions"]:
            self.mirror[id_in(text)] = (text, self.epoch, False)
        for parked in answer["parked"]:
            self.mirror[parked["id"]] = (parked["text"], self.epoch, True)
        self.cursor = answer["cursor"]
        if self.replacing and not answer["more"]:
            self.mirror = {id_: row for id_, row in self.mirror.items() if row[1] == self.epoch}
            self.replacing = False

    def restart(self, epoch: int) -> None:
        """The server was restored: everything is sent again, and pulled from the beginning."""
        self.outbox = {**{id_: text for id_, (text, _, _) in self.mirror.items()}, **self.outbox}
        self.epoch, self.cursor, self.replacing = epoch, 0, True

    def lose_mirror(self) -> None:
        self.mirror, self.cursor = {}, 0

    def holds(self) -> tuple[set[str], set[str]]:
        """What its mirror takes as said, and what it shows as needing attention."""
        rows = self.mirror.values()
        return {text for text, _, parked in rows if not parked}, {text for text, _, parked in rows if parked}

"""What the pages said of each save, to be compared with what the server holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

from tests.soak.clinic import Somebody

#: in every text that is typed: whose it is, and which one of all
TOKEN = re.compile(r"zq(\d\d)x(\d\d)x\d{5}[a-z]{8}qz")


@dataclass
class Save:
    """One tap on Save. `said`: the page told that it is on this phone."""

    by: Somebody
    kind: str
    #: as it stood on the screen; None takes the record back
    body: dict[str, Any] | None
    #: of what is taken back
    record: str | None = None
    said: bool = False
    #: added without unlocking
    locked: bool = False

    @property
    def token(self) -> str:
        """The last one: an entry that was begun earlier may hold more."""
        return last_token(self.body)


@dataclass
class Ledger:
    """Of one phone."""

    phone: int
    chance: Random
    saves: list[Save] = field(default_factory=list)
    #: what a draft lost
    lost: list[str] = field(default_factory=list)
    #: whose words were where
    leaked: list[str] = field(default_factory=list)
    #: a tap on Save that was heard no more of, though nobody cut it down
    unheard: int = 0
    done: dict[str, int] = field(default_factory=dict)
    _numbers: count[int] = field(default_factory=count)

    def words(self, by: Somebody) -> str:
        """Something that nobody ever wrote."""
        letters = "".join(self.chance.choices("abcdefghijklmnopqrstuvwxyz", k=8))
        return f"Quiet zq{by.number:02}x{self.phone:02}x{next(self._numbers):05}{letters}qz water"

    def tap(self, save: Save) -> Save:
        self.saves.append(save)
        return save

    def did(self, what: str) -> None:
        self.done[what] = self.done.get(what, 0) + 1

    def see(self, text: str, who: Somebody | None, where: str) -> None:
        """Nobody's words but those of who is signed in may stand there."""
        for token in sorted({found.group() for found in TOKEN.finditer(text)}):
            if who is None or author_of(token) != who.number:
                self.leaked.append(f"{token} in {where} while {who} is signed in on phone {self.phone}")


def last_token(body: dict[str, Any] | None) -> str:
    found = list(TOKEN.finditer(" ".join(str(value) for value in (body or {}).values())))
    return found[-1].group() if found else ""


def author_of(token: str) -> int:
    return int(TOKEN.fullmatch(token).group(1))  # type: ignore[union-attr]

"""The ledger against what the server holds."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from pwa.records import Clash, Version
from tests.soak.ledger import TOKEN, Save, author_of, last_token


@dataclass
class Verdict:
    lost: list[str] = field(default_factory=list)
    duplicated: list[str] = field(default_factory=list)
    leaked: list[str] = field(default_factory=list)
    #: two senders of one phone at once
    crossed: int = 0

    @property
    def is_good(self) -> bool:
        return not (self.lost or self.duplicated or self.leaked or self.crossed)


class Held:
    """The server's versions, by what they say."""

    def __init__(self, versions: list[Version]) -> None:
        self.by_token: dict[str, list[Version]] = defaultdict(list)
        self.taken_back: dict[tuple[str, str | None], list[Version]] = defaultdict(list)
        for version in versions:
            body = body_of(version)
            if body is None:
                self.taken_back[version.patient_id, version.record].append(version)
            else:
                self.by_token[last_token(body)].append(version)


def judge(verdict: Verdict, saves: list[Save], versions: list[Version], clashes: list[Clash]) -> None:
    held = Held(versions)
    for save in saves:
        if save.body is not None:
            judge_words(verdict, save, held.by_token.pop(save.token, []))
    judge_taken_back(verdict, [save for save in saves if save.body is None], held)
    verdict.duplicated += [f"{clash.version_id} stands for two texts" for clash in clashes]
    for token, strange in held.by_token.items():
        verdict.duplicated += [f"{one.id} says {token!r}, which nobody saved" for one in strange]
    for version in versions:
        judge_owner(verdict, version)
        if version.outcome != "stored":
            verdict.lost.append(f"{version.id} was parked: {version.errors}")


def judge_words(verdict: Verdict, save: Save, found: list[Version]) -> None:
    if save.said and not found:
        verdict.lost.append(f"{save}")
    if len(standing(found)) > 1:
        verdict.duplicated.append(f"{save}: {[(one.id, one.record, one.parents) for one in found]}")
    for version in found:
        if body_of(version) != save.body:
            verdict.lost.append(f"{save} became {body_of(version)}")
        if version.kind != save.kind:
            verdict.lost.append(f"{save} became a {version.kind}")


def judge_taken_back(verdict: Verdict, saves: list[Save], held: Held) -> None:
    """Has no words of its own, so it is counted for each record."""
    said, tapped = Counter[Any](), Counter[Any]()
    for save in saves:
        tapped[save.by.id, save.record] += 1
        said[save.by.id, save.record] += save.said
    for which in tapped | Counter(held.taken_back.keys()):
        found = held.taken_back.get(which, [])
        told = f"{which} was taken back {said[which]} of {tapped[which]} times, and at the server {len(found)} times"
        if len(found) < said[which]:
            verdict.lost.append(told)
        if len(standing(found)) > tapped[which]:
            verdict.duplicated.append(told)


def standing(versions: list[Version]) -> list[Version]:
    """A page tries a save that hung once more, over whatever became of the first: of these the last counts."""
    parents = {parent for one in versions for parent in one.parents}
    return [one for one in versions if one.id not in parents]


def judge_owner(verdict: Verdict, version: Version) -> None:
    text = version.text.decode()
    for found in TOKEN.finditer(text):
        if not version.patient_id.endswith(f"{100 + author_of(found.group()):012d}"):
            verdict.leaked.append(f"{found.group()} is kept as of {version.patient_id}")


def judge_bytes(verdict: Verdict, sent: dict[str, set[str]], versions: list[Version]) -> None:
    """What left the phone under an id is one text, and that is what is kept."""
    for version in versions:
        if version.id in sent and sent[version.id] != {version.text.decode()}:
            verdict.lost.append(f"{version.id} left as {sent[version.id]} and is kept as {version.text!r}")


def judge_mirror(verdict: Verdict, patient: str, mirrored: list[str], versions: list[Version]) -> None:
    kept = {one.id for one in versions if one.patient_id == patient}
    if set(mirrored) != kept:
        verdict.lost.append(f"a phone of {patient} has other versions than the server: {set(mirrored) ^ kept}")


def body_of(version: Version) -> dict[str, Any] | None:
    body: dict[str, Any] | None = json.loads(version.text)["body"]
    return body

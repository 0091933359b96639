"""Whether what the database holds encrypted also stands somewhere as it is: in its own files, in a dump, in a log."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from sqlalchemy import select

from pwa.records.base import db, table_of
from pwa.records.encrypted import EncryptedText, as_kept, encrypted_columns
from pwa.records.people import Clinic
from pwa.records.settings import ClinicItem, Protocol
from pwa.records.versions import Version

#: characters; shorter ones are found anywhere
LEAST = 8
#: characters of a line that are looked for together: whatever holds twice as many of them in a row holds such a piece
WINDOW = 24
#: bytes read at once
PIECE = 1 << 18
#: what a clinic calls itself and what it asks: in the clear, since it is said to every patient
OPEN = (Clinic.name, ClinicItem.en, ClinicItem.fr, Protocol.name)


def typed() -> dict[bytes, str]:
    """Each piece of what somebody typed, in every form in which it may stand somewhere, and where it is kept."""
    known = {line for column in OPEN for line in db.session.scalars(select(column)) if line}
    return {
        form: where
        for where, words in _kept()
        for line in _lines(words)
        if line not in known
        for piece in _pieces(line)
        for form in _forms(piece)
    }


def found_in(file: Path, words: Mapping[bytes, str]) -> set[str]:
    """Where those that stand in the file are kept."""
    starts: dict[bytes, list[bytes]] = {}
    for form in words:
        starts.setdefault(form[:LEAST], []).append(form)
    longest = max(map(len, words))
    held, found = b"", set()
    with file.open("rb") as opened:
        while piece := opened.read(PIECE):
            held = held[-longest:] + piece
            at_hand = {held[at : at + LEAST] for at in range(len(held) - LEAST + 1)}
            found |= {words[form] for start in at_hand & starts.keys() for form in starts[start] if form in held}
    return found


def _kept() -> Iterator[tuple[str, str]]:
    """Of versions every text with a space in it, for ids, days and codes have none. Not the clinic's card: it says what
    the clinic and its own effects are called."""
    for table, columns in encrypted_columns(db.metadata):
        key = list(table.primary_key)
        rows = select(*key, *map(as_kept, columns))
        if table is table_of(Version):
            rows = rows.where(table.c.kind.is_distinct_from("card"))
        for row in db.session.execute(rows, execution_options={"yield_per": 1000}).mappings():
            for column in columns:
                where = f"{table.name}.{column.name} of {'/'.join(str(row[part.name]) for part in key)}"
                said = row[column.name]
                if isinstance(column.type, EncryptedText):
                    yield from [(where, said)] if said else []
                elif said:
                    yield from ((where, text) for text in _texts(_read(said)) if " " in text)


def _read(said: bytes) -> Any:
    """What a phone sent; what is no JSON was parked as it is."""
    text = said.decode(errors="replace")
    try:
        return json.loads(text)
    except ValueError:
        return text


def _texts(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, list | dict):
        for each in said.values() if isinstance(said, dict) else said:
            yield from _texts(each)


def _lines(words: str) -> Iterator[str]:
    yield from (line.strip() for line in words.splitlines() if len(line.strip()) >= LEAST)


def _pieces(line: str) -> set[str]:
    """One behind the other, and the end: so that no part of a line that was cut goes unseen, wherever it was."""
    whole = range(0, max(len(line) - WINDOW, 0) + 1, WINDOW)
    return {line[at : at + WINDOW] for at in (*whole, max(len(line) - WINDOW, 0))}


def _forms(piece: str) -> set[bytes]:
    """As it is, as JSON writes it, as an address does, and as PostgreSQL dumps bytes."""
    kept = piece.encode(errors="replace")
    return {kept, json.dumps(piece)[1:-1].encode(), quote_plus(kept).encode(), kept.hex().encode()}

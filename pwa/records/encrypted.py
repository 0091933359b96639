"""Columns that the database holds encrypted: it can neither search nor sort by them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, ColumnElement, Dialect, LargeBinary, MetaData, Table, type_coerce
from sqlalchemy.types import TypeDecorator

from pwa.domain.names import shown
from pwa.records.keyring import keyring


class Encrypted(TypeDecorator[Any]):
    """Bytes. `place` goes into what is kept, so it stays the same for ever, whatever table and column are called."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        return None if value is None else keyring().encrypt(value, self.place)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        return None if value is None else keyring().decrypt(value, self.place)


class EncryptedText(Encrypted):
    """Words."""

    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else keyring().encrypt(value.encode(), self.place)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else keyring().decrypt(value, self.place).decode()


class EncryptedName(EncryptedText):
    """Of a person, and read so that it says nothing that is not seen: a name says who did something."""

    cache_ok = True

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        name = super().process_result_value(value, dialect)
        return None if name is None else shown(name)


def as_kept(column: Column[Any]) -> ColumnElement[Any]:
    """To be written anew, or looked for elsewhere, without anything changed in it."""
    kind = column.type
    if not isinstance(kind, EncryptedName):
        return column
    return type_coerce(column, EncryptedText(kind.place)).label(column.name)


def encrypted_columns(tables: MetaData) -> Iterator[tuple[Table, dict[Column[Any], str]]]:
    """Each table with its columns of these, and the place of each."""
    for table in tables.sorted_tables:
        places = {c: c.type.place for c in table.columns if isinstance(c.type, Encrypted)}
        if places:
            yield table, places

"""What a browser's profile holds on disk, to the last file."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

#: as gzip and zlib begin
MAGIC = {b"\x1f\x8b\x08": 31, b"\x78\x01": 15, b"\x78\x9c": 15, b"\x78\xda": 15}
#: a compressed file repeats nothing, so that only pieces of a sentence need stand in it as they are
PIECE = 12


def lying_about(profile: Path, words: str) -> list[Path]:
    """The files in which the words, or a piece of them, can be read: as they are, or inflated."""
    pieces = [words[at : at + PIECE] for at in range(0, len(words) - PIECE + 1, PIECE)]
    forms = [piece.encode(code) for piece in pieces for code in ("utf-8", "utf-16-le", "utf-16-be")]
    files = (path for path in profile.rglob("*") if path.is_file() and not path.is_symlink())
    return [path for path in files if any(form in data for data in readings(path) for form in forms)]


def readings(path: Path) -> Iterator[bytes]:
    raw = path.read_bytes()
    yield raw
    for magic, window in MAGIC.items():
        at = raw.find(magic)
        while at >= 0:
            with suppress(zlib.error):  # it may only look like a beginning
                yield zlib.decompressobj(window).decompress(raw[at:], 4_000_000)
            at = raw.find(magic, at + 1)

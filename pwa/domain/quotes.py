"""Words that were chosen in a text, found again after others around them changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Quote:
    words: str
    #: where they stood when they were chosen, in characters
    begins: int


@dataclass(frozen=True)
class Piece:
    """Of a paragraph: all of it is chosen by the same notes, or by none."""

    text: str
    #: numbers of the notes that are about it, and of those whose words end here
    about: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    #: where it begins in the text, in characters
    at: int
    pieces: list[Piece]


#: of a note, by its number: where its words begin and end
Spans = dict[int, tuple[int, int]]


def chosen(text: str, begins: int, ends: int) -> Quote | None:
    """None where nothing but blanks was chosen, or nothing that is there."""
    raw = text[begins:ends]
    words = raw.strip()
    return Quote(words, begins + len(raw) - len(raw.lstrip())) if words else None


def place(text: str, quote: Quote) -> tuple[int, int] | None:
    """Where the words stand now: of several places the one nearest to where they stood. None: they are gone."""
    found = (one.start() for one in re.finditer(re.escape(quote.words), text))
    start = min(found, key=lambda at: abs(at - quote.begins), default=None)
    return None if start is None else (start, start + len(quote.words))


def paragraphs(text: str, spans: Spans) -> Iterator[Paragraph]:
    """Those that say something."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield Paragraph(at, list(_pieces(text, at, at + len(line), spans)))
        at += len(line) + 1


def _pieces(text: str, begin: int, end: int, spans: Spans) -> Iterator[Piece]:
    edges = sorted({begin, end, *(edge for edge in _edges(spans.values()) if begin < edge < end)})
    for first, last in pairwise(edges):
        about = tuple(sorted(n for n, (start, stop) in spans.items() if start <= first and last <= stop))
        yield Piece(text[first:last], about, tuple(n for n in about if spans[n][1] == last))


def _edges(spans: Iterable[tuple[int, int]]) -> Iterator[int]:
    for span in spans:
        yield from span

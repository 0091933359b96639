"""A therapist's own notes beside the entries that are shown: by number, and where their words stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pwa.clinic.desk import blueprint
from pwa.clinic.standing import Standing
from pwa.domain.quotes import Paragraph, Quote, Spans, paragraphs, place
from pwa.records import Annotation, JournalEntry


@dataclass(frozen=True)
class Noted:
    number: int
    note: Annotation
    #: whether the entry is on the page
    is_here: bool
    #: ids of the wordings on the page in which its words stand
    versions: list[str]


def numbered(notes: Sequence[Annotation], shown: Iterable[Standing[JournalEntry]]) -> list[Noted]:
    """The newest first, the oldest with number 1."""
    heads = [head for one in shown for head in (one.head, *one.others)]
    return [_noted(number, note, heads) for number, note in zip(range(len(notes), 0, -1), notes, strict=True)]


@blueprint.app_template_filter("paragraphs")
def with_marks(head: JournalEntry, noted: Iterable[Noted] = ()) -> list[Paragraph]:
    """What an entry says, with the words marked that notes are about."""
    return list(paragraphs(head.text, _spans(head, noted)))


def _noted(number: int, note: Annotation, heads: Iterable[JournalEntry]) -> Noted:
    its = [head for head in heads if head.record == note.record]
    return Noted(number, note, bool(its), [head.version_id for head in its if _place(head, note)])


def _spans(head: JournalEntry, noted: Iterable[Noted]) -> Spans:
    found = {one.number: _place(head, one.note) for one in noted if head.version_id in one.versions}
    return {number: span for number, span in found.items() if span}


def _place(head: JournalEntry, note: Annotation) -> tuple[int, int] | None:
    if note.quote is None or note.begins is None:
        return None
    return place(head.text, Quote(note.quote, note.begins))

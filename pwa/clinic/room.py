"""The reading room: the next patient, and everything that was shared since the last visit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import render_template, request
from flask_login import current_user

from pwa.accounts import audit, hidden_from, reads
from pwa.clinic.desk import blueprint, today
from pwa.clinic.patient import one_of_mine
from pwa.clinic.queries import AnyRow
from pwa.clinic.queries import alerts as ask_alerts
from pwa.clinic.queries import patient as ask_patient
from pwa.clinic.queries import room as ask
from pwa.clinic.queries.glance import glances
from pwa.clinic.quoting import numbered
from pwa.clinic.receipts import wordings
from pwa.clinic.standing import Standing
from pwa.config import now
from pwa.domain import offers
from pwa.domain.goals import THREE
from pwa.domain.journal import PROMPTS
from pwa.domain.safety.by_hand import PROBLEM
from pwa.domain.visit import USUAL, around, end
from pwa.forms.reading import BookForm, GoalForm, LevelForm, NoteForm, OfferPageForm, RaiseForm
from pwa.records import Annotation, JournalEntry, Visit
from pwa.sync.ids import new_id

#: before the first visit everything counts
EVER = datetime(2000, 1, 1, tzinfo=UTC)


@blueprint.get("/room")
@reads("names", "room")
def room() -> str:
    """Opens on the next patient, or on the one of whom something was noted last."""
    first = ask.noted(current_user) if _only_noted() else ask.coming(current_user, now())
    return room_page(one_of_mine(UUID(first[0].id)) if first else None)


@blueprint.get("/room/<uuid:patient>")
@reads("names", "room")
def room_of(patient: UUID) -> str:
    return room_page(one_of_mine(patient))


def room_page(patient: AnyRow | None, **typed: Any) -> str:
    """`typed`: forms that were filled in and say what is wrong."""
    shelf = _shelf(patient)
    listed = [one.id for rows in ("coming", "others", "noted") for one in shelf[rows]]
    if patient is None:
        audit.read(current_user, "room", listed)
        return render_template("clinic/room.html", patient=None, **shelf)
    visits = ask.visits(current_user, patient, now())
    last, coming = around([one.head for one in visits], now())
    notes = ask.notes(current_user, patient)
    entries = _entries(patient, last, notes)
    shown = wordings(entries)
    versions = {version for those in shown.values() for version in those}
    page = render_template(
        "clinic/room.html",
        patient=patient,
        entries=entries,
        most=ask.ENTRIES,
        prompts={prompt.id: prompt.text for prompt in PROMPTS},
        last=last,
        next=coming,
        ahead=_ahead(visits),
        offered=[one.head for one in ask.offers(current_user, patient, today(), ask.begun_from(entries))],
        goals=ask.goals(current_user, patient),
        three=THREE,
        noted_here=numbered(notes, entries),
        fresh=ask.not_read(current_user, patient, versions),
        again=ask.to_read_again(current_user, patient, versions),
        raised=[one for one in ask_alerts.of_patients(current_user, [patient.id]) if one.alert.problem == PROBLEM],
        **shelf,
        **_since(patient, last),
        **_forms(**typed),
    )
    audit.read(current_user, "room", [patient.id, *listed], list(shown))
    return page


def _only_noted() -> bool:
    """Whether the address asks for what the reader noted something about, and for nothing else."""
    return request.args.get("show") == "noted"


def _entries(patient: AnyRow, last: Visit | None, notes: Sequence[Annotation]) -> list[Standing[JournalEntry]]:
    if _only_noted():
        return ask.shared_of(current_user, patient, {note.record for note in notes if note.record})
    return ask.shared_since(current_user, patient, last.at if last else EVER)


def _shelf(patient: AnyRow | None) -> dict[str, Any]:
    """Who comes next, and who else shared something that is to read; or those of whom something was noted."""
    only_noted = _only_noted()
    noted = ask.noted(current_user) if only_noted else []
    coming = [] if only_noted else ask.coming(current_user, now())
    there = {one.id for one in (*coming, *noted)} | ({patient.id} if patient else set())
    return {
        "show": "noted" if only_noted else None,
        "coming": coming,
        "noted": noted,
        "new": ask.new_of(current_user, there, today()),
        "others": [] if only_noted else ask.new_of_others(current_user, there, today()),
    }


def _since(patient: AnyRow, last: Visit | None) -> dict[str, Any]:
    """Around the entries: the sessions that they are about, those since the last visit, and how the mood was."""
    treatments = [one.head for one in ask_patient.treatments(current_user, patient)]
    since = last.at if last else EVER
    return {
        "treatments": treatments,
        "sessions": [one for one in reversed(treatments) if one.status == "given" and one.at > since],
        "glance": glances(current_user, [patient.id], today())[patient.id],
        "hidden": hidden_from(current_user, [patient.id]).get(patient.id, ()),
    }


def _ahead(visits: list[Standing[Visit]]) -> list[Visit]:
    """The next first."""
    heads = (one.head for one in reversed(visits))
    return [visit for visit in heads if visit.status == "planned" and end(visit) > now()]


def _forms(
    book: BookForm | None = None,
    note: NoteForm | None = None,
    raising: RaiseForm | None = None,
    offering: OfferPageForm | None = None,
    aiming: GoalForm | None = None,
    levelled: tuple[str, LevelForm] | None = None,
) -> dict[str, Any]:
    """Those that were filled in, and the others blank, each with a new record."""
    return {
        "book": book or BookForm(formdata=None, data={"record": new_id(now()), "minutes": USUAL}),
        "note": note or NoteForm(formdata=None, data={"record": new_id(now())}),
        "raising": raising or RaiseForm(formdata=None, data={"record": new_id(now()), "tier": "high"}),
        "offering": offering or OfferPageForm(formdata=None, data={"record": new_id(now()), "days": offers.USUAL}),
        "aiming": aiming or GoalForm(formdata=None, data={"record": new_id(now()), "measure": "ten"}),
        "levelled": levelled,
    }

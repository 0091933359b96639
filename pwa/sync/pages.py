"""The two addresses that a phone calls."""

from __future__ import annotations

import json
import logging
import uuid
from typing import Any

from flask import Blueprint, Response, current_app, request
from flask_compress import Compress
from flask_login import current_user

from pwa.accounts import came_from_a_script_of_ours, this_sign_in
from pwa.accounts.sign_in import DEVICE_COOKIE, LASTS, is_open
from pwa.config import now
from pwa.errors import Problem
from pwa.forms.fields import ID
from pwa.forms.kinds import KINDS
from pwa.forms.wrong import said
from pwa.records import Device, Patient, Person, SignIn, db
from pwa.records.base import begin_writing
from pwa.sync.asked import Asked, read
from pwa.sync.epoch import epoch
from pwa.sync.keys import as_base64, this_key
from pwa.sync.pull import Page, page_after
from pwa.sync.rate import Rate
from pwa.sync.receive import Receipt, receive

blueprint = Blueprint("sync", __name__)
log = logging.getLogger(__name__)
compress = Compress()
EMPTY = "X-Tidelog-Store"


@blueprint.post("/sync")
@compress.compressed()
def sync() -> Response:
    if not came_from_a_script_of_ours():
        raise Problem("cross-site")
    if request.mimetype != "application/json":
        raise Problem("not-json")
    sign_in = this_sign_in()
    person: Person = current_user._get_current_object()
    _not_too_often(person)
    asked = read(request.get_data())
    if asked.owner != person.id or person.role != "patient":
        raise Problem("owner")
    device = _said_device(asked, sign_in)
    receipts = _take(asked, person, sign_in, device) if asked.versions or asked.waiting != device.waiting else []
    there = epoch()
    page = _page(asked, person, receipts) if there == asked.epoch else Page(asked.cursor)
    answer = {"batch": asked.batch, "owner": person.id, "server_time": now().isoformat(), "epoch": there}
    answer["receipts"] = [_said(receipt, person.language) for receipt in receipts]
    pulled = {"from": asked.cursor, "cursor": page.cursor, "more": page.more}
    return _json({**answer, **pulled, "versions": page.versions, "parked": page.parked})


@blueprint.get("/me")
def me() -> Response:
    """Who is signed in. `waiting` is what this browser's device last had to send: an empty store has lost as many."""
    this_sign_in()
    person: Person = current_user._get_current_object()
    came_with = _of_this_person(person, request.cookies.get(DEVICE_COOKIE, ""))
    waiting = came_with.waiting if came_with else 0
    device = came_with if came_with and EMPTY not in request.headers else _new_device(person)
    key = this_key()
    db.session.commit()
    answer = _json(
        {
            "owner": person.id,
            "device": device.id,
            "epoch": epoch(),
            "server_time": now().isoformat(),
            "language": person.language,
            "key": {"id": key.id, "public": as_base64(key.public)},
            "schemas": {name: kind.schema for name, kind in KINDS.items()},
            "waiting": waiting,
        }
    )
    if device is not came_with:
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        lasts = LASTS["patient"]
        answer.set_cookie(DEVICE_COOKIE, device.id, max_age=lasts, httponly=True, samesite="Lax", secure=secure)
    return answer


def _take(asked: Asked, person: Person, sign_in: SignIn, device: Device) -> list[Receipt]:
    """In one transaction; the sign-in is looked at again in it, since it may have been revoked while this waited."""
    begin_writing()
    patient = db.session.get_one(Patient, (person.clinic_id, person.id), with_for_update=True)
    received_at = now()
    db.session.refresh(sign_in)
    if not is_open(sign_in, received_at):
        raise Problem("sign-in")
    device.waiting, device.synced_at = asked.waiting, received_at
    receipts = receive(patient, asked.versions, author=person, device=device.id, received_at=received_at)
    db.session.commit()
    _tell_the_operator(person, receipts)
    return receipts


def _page(asked: Asked, person: Person, receipts: list[Receipt]) -> Page:
    return page_after(asked.cursor, person, {receipt.id for receipt in receipts if receipt.outcome != "clash"})


def _said_device(asked: Asked, sign_in: SignIn) -> Device:
    """The device that the phone names, or if nobody has that one, the one it signed in with."""
    own = db.session.get_one(Device, (sign_in.clinic_id, sign_in.device_id))
    named = db.session.get(Device, (sign_in.clinic_id, asked.device)) if asked.device else None
    if named is not None and named.person_id != sign_in.person_id:
        raise Problem("owner")
    return named or own


def _of_this_person(person: Person, device_id: str) -> Device | None:
    device = db.session.get(Device, (person.clinic_id, device_id)) if ID.fullmatch(device_id) else None
    return device if device and device.person_id == person.id else None


def _new_device(person: Person) -> Device:
    device = Device(clinic_id=person.clinic_id, id=str(uuid.uuid4()), person_id=person.id, issued_at=now(), waiting=0)
    db.session.add(device)
    return device


def _not_too_often(person: Person) -> None:
    rate: Rate = current_app.extensions["sync-rate"]
    if wait := rate.wait(person.id, now()):
        raise Problem("slow-down", retry_after=wait)


def _said(receipt: Receipt, language: str) -> dict[str, Any]:
    if not receipt.errors:
        return {"id": receipt.id, "outcome": receipt.outcome}
    errors = [said(error, language) for error in receipt.errors]
    return {"id": receipt.id, "outcome": receipt.outcome, "errors": errors}


def _tell_the_operator(person: Person, receipts: list[Receipt]) -> None:
    """Ids and codes, never a word of an entry."""
    for receipt in receipts:
        if receipt.outcome in ("parked", "clash"):
            codes = ",".join(f"{error['field']}:{error['code']}" for error in receipt.errors)
            log.warning("%s version %s of patient %s: %s", receipt.outcome, receipt.id, person.id, codes)


def _json(answer: dict[str, Any]) -> Response:
    """Plain ASCII, so that half of a pair travels as well as it was kept."""
    return Response(json.dumps(answer, separators=(",", ":")), mimetype="application/json")

"""The two addresses that a phone calls."""

from __future__ import annotations

import json
import logging
from collections import Counter
from functools import partial
from typing import Any

from flask import Blueprint, Response, current_app, request
from flask_compress import Compress
from flask_login import current_user
from sqlalchemy import Row

from pwa.accounts import came_from_a_script_of_ours, this_sign_in
from pwa.accounts.devices import begin_anew, know, known_here
from pwa.accounts.opened import is_untold
from pwa.accounts.sign_in import has_agreed, is_invited, is_open, was_opened
from pwa.config import now
from pwa.errors import Problem
from pwa.forms.kinds import KINDS
from pwa.forms.wrong import said
from pwa.operating.counters import VERSIONS
from pwa.records import Device, SignIn, db
from pwa.records.base import begin_writing
from pwa.sync import BATCH_BYTES
from pwa.sync.asked import Asked, read
from pwa.sync.epoch import epoch
from pwa.sync.keeping import WRITING_FAILS
from pwa.sync.keys import as_base64, new_key, this_key
from pwa.sync.pull import Page, page_after
from pwa.sync.rate import Rate
from pwa.sync.receive import Receipt, take
from pwa.sync.sentences import KNOWN_DEVICES, SAID_WAITING, SIGNED_IN, Owner, ask

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
    sign_in, role, language = this_sign_in(), current_user.role, current_user.language
    owner = Owner(sign_in.clinic_id, sign_in.person_id)
    _not_too_often(owner)
    request.max_content_length = BATCH_BYTES
    asked = read(request.get_data())
    if asked.owner != owner.id or role != "patient":
        raise Problem("owner")
    device = _device_of(asked, owner, sign_in)
    receipts: list[Receipt] = []
    just_sent = range(0)
    if asked.versions or asked.waiting != device.waiting:
        receipts, just_sent = _take(asked, owner, sign_in.id, device.id)
    is_of_now = asked.epoch in (device.epoch, 0)
    page = page_after(asked.cursor, owner, language, just_sent) if is_of_now else Page(asked.cursor)
    answer = {"batch": asked.batch, "owner": owner.id, "server_time": now().isoformat(), "epoch": device.epoch}
    answer["receipts"] = [_said(receipt, language) for receipt in receipts]
    if not has_agreed():
        answer["asks"] = "terms"
    elif is_invited():
        answer["asks"] = "account/invitation"
    elif was_opened() or is_untold(current_user):
        answer["asks"] = "account/emergency"
    pulled = {"from": asked.cursor, "cursor": page.cursor, "more": page.more}
    return _json({**answer, **pulled, "versions": page.versions, "parked": page.parked})


@blueprint.get("/me")
def me() -> Response:
    """Who is signed in. `waiting` is what this browser's device last had to send: an empty store has lost as many."""
    sign_in, person = this_sign_in(), current_user
    device, key = db.session.get_one(Device, (sign_in.clinic_id, sign_in.device_id)), this_key()
    waiting = device.waiting
    begins = EMPTY in request.headers and device.synced_at is not None
    here = known_here()
    is_known = here is not None and here.device_id == device.id
    if begins or not is_known or key is None:
        begin_writing()
        device, key = _made_known(sign_in, device, begins, is_known), this_key() or new_key()
        db.session.commit()
    return _json(
        {
            "owner": person.id,
            "role": person.role,
            "device": device.id,
            "epoch": epoch(),
            "server_time": now().isoformat(),
            "language": person.language,
            "key": {"id": key.id, "public": as_base64(key.public)},
            "schemas": {name: kind.schema for name, kind in KINDS.items()},
            "waiting": waiting,
        }
    )


def _take(asked: Asked, owner: Owner, sign_in_id: str, device: str) -> tuple[list[Receipt], range]:
    """Receipts, and the numbers that were given out; all in one transaction.

    The sign-in is looked at again at its end, since it may have been closed while this waited for its turn."""
    begin_writing()
    received_at = now()
    taken = partial(take, owner, asked.versions, author_id=owner.id, device=device, received_at=received_at)
    try:
        receipts, numbers = taken()
    except WRITING_FAILS:
        begin_writing()
        receipts, numbers = taken(one_by_one=True)
    said = {"clinic": owner.clinic_id, "device": device, "count": asked.waiting, "at": received_at}
    db.session.connection().execute(SAID_WAITING, said)
    [sign_in] = ask(SIGNED_IN, owner, sign_in=sign_in_id)
    if not is_open(sign_in, now()):
        raise Problem("sign-in")
    db.session.commit()
    _tell_the_operator(owner, receipts)
    return receipts, numbers


def _device_of(asked: Asked, owner: Owner, sign_in: SignIn) -> Row[*tuple[Any, ...]]:
    """The device that the phone names, or if there is none, the one it signed in with; with what it had waiting, and
    the server's epoch."""
    rows = ask(KNOWN_DEVICES, owner, these=[asked.device, sign_in.device_id])
    known = {row.id: row for row in rows}
    device = known.get(asked.device or "") or known[sign_in.device_id]
    if device.person_id != owner.id:
        raise Problem("owner")
    return device


def _made_known(sign_in: SignIn, device: Device, begins: bool, is_known: bool) -> Device:
    """A new one only in the place of one by which something was sent: asking often makes no more of them."""
    if begins:
        return begin_anew(sign_in)
    if not is_known:
        know(device)
    return device


def _not_too_often(owner: Owner) -> None:
    rate: Rate = current_app.extensions["sync-rate"]
    if wait := rate.wait(owner.id, now()):
        raise Problem("slow-down", retry_after=wait)


def _said(receipt: Receipt, language: str) -> dict[str, Any]:
    if not receipt.errors:
        return {"id": receipt.id, "outcome": receipt.outcome}
    errors = [said(error, language) for error in receipt.errors]
    return {"id": receipt.id, "outcome": receipt.outcome, "errors": errors}


def _tell_the_operator(owner: Owner, receipts: list[Receipt]) -> None:
    """Ids and codes, never a word of an entry."""
    for outcome, count in Counter(receipt.outcome for receipt in receipts).items():
        VERSIONS.labels(outcome).inc(count)
    for receipt in receipts:
        if receipt.outcome in ("parked", "clash"):
            codes = ",".join(f"{error['field']}:{error['code']}" for error in receipt.errors)
            log.warning("%s version %s of patient %s: %s", receipt.outcome, receipt.id, owner.id, codes)


def _json(answer: dict[str, Any]) -> Response:
    """Plain ASCII, so that half of a pair travels as well as it was kept."""
    return Response(json.dumps(answer, separators=(",", ":")), mimetype="application/json")

"""A patient hides a part of what is hers from a role, shows it again, and finds when she did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask import redirect, url_for
from flask_login import current_user, login_required
from sqlalchemy import Select, select
from werkzeug.wrappers import Response

from pwa.accounts import audit
from pwa.accounts.entrance import blueprint
from pwa.config import now
from pwa.errors import Problem
from pwa.forms.hiding import HideForm
from pwa.records import Hidden, Patient, Person, db
from pwa.records.base import begin_writing
from pwa.records.ids import uuid7

#: of what she showed again
MOST = 30


@blueprint.post("/account/hidden")
@login_required
def hide() -> Response:
    """From the next page on that somebody of the role opens. Pressed twice, it is once."""
    if current_user.role != "patient":
        raise Problem("not-yours")
    form = HideForm()
    if not form.validate_on_submit():
        raise Problem("form-expired")
    person: Person = current_user._get_current_object()
    turn(person, str(form.part.data), str(form.role.data), hides=form.what.data == "hide")
    return redirect(url_for("accounts.looks", _anchor="hide"))


def turn(person: Person, part: str, role: str, hides: bool) -> None:
    """Commits."""
    begin_writing()
    db.session.get_one(Patient, (person.clinic_id, person.id), with_for_update=True)
    found = db.session.scalar(_hers(person).where(Hidden.part == part, Hidden.role == role))
    if (found is None) == hides:
        _keep(person, part, role, found)
    db.session.commit()


def hidden_now(person: Person) -> Mapping[tuple[str, str], datetime]:
    """Part and role → since when."""
    return {(one.part, one.role): one.since for one in db.session.scalars(_hers(person))}


def shown_again(person: Person) -> Sequence[Hidden]:
    """The newest first."""
    theirs = (Hidden.clinic_id == person.clinic_id, Hidden.patient_id == person.id, Hidden.until.is_not(None))
    return db.session.scalars(select(Hidden).where(*theirs).order_by(Hidden.until.desc()).limit(MOST)).all()


def _keep(person: Person, part: str, role: str, found: Hidden | None) -> None:
    moment, what = now(), "show" if found else "hide"
    if found is None:
        whose = {"clinic_id": person.clinic_id, "patient_id": person.id}
        found = Hidden(**whose, id=uuid7(moment), part=part, role=role, since=moment)
        db.session.add(found)
    else:
        found.until = moment
    audit.wrote(person, what, [person.id], [found.id], why="own-account")


def _hers(person: Person) -> Select[Hidden]:
    theirs = (Hidden.clinic_id == person.clinic_id, Hidden.patient_id == person.id)
    return select(Hidden).where(*theirs, Hidden.until.is_(None))

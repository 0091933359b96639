"""What the clinic asks: its manager switches effects and checks off and on and adds effects of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import make_response, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import delete, select
from werkzeug.wrappers import Response

from pwa.accounts import audit, writes
from pwa.clinic.cards import tell_phones
from pwa.clinic.desk import blueprint, clinic
from pwa.clinic.queries.safety import rota
from pwa.config import now
from pwa.domain import effects
from pwa.domain.checks import CHECKS, LIMITS
from pwa.forms.course import AskedPageForm, asked_form
from pwa.records import AskedChange, ClinicItem, Person, db, name_then
from pwa.records.base import end_reading
from pwa.records.card import asked_by
from pwa.sync.ids import new_id

#: changes that the page tells
MOST = 20


@blueprint.route("/asked", methods=["GET", "POST"])
@writes("settings")
def asked() -> Response:
    items = db.session.scalars(select(ClinicItem).where(ClinicItem.clinic_id == current_user.clinic_id)).all()
    own = [item for item in items if item.what == "own"]
    form = asked_form(item.id for item in own)(data=_as_typed(items))
    form.has_responder = bool(rota(current_user))
    form.offer((item.id, item.en or item.id) for item in own)
    if form.validate_on_submit():
        _keep(form, own)
        tell_phones(current_user)
        return redirect(url_for("clinic.asked"))
    page = render_template(
        "clinic/asked.html",
        form=form,
        own=own,
        groups=effects.GROUPS,
        catalogue=effects.CATALOGUE,
        checks=CHECKS,
        by=LIMITS,
        changes=_changes(),
    )
    return make_response(page, 422 if form.is_submitted() else 200)


def _as_typed(items: Sequence[ClinicItem]) -> dict[str, object]:
    off = {(item.what, item.id) for item in items if not item.is_asked}
    return {
        "effects": [one.id for one in effects.CATALOGUE if ("effect", one.id) not in off],
        "checks": [check.id for check in CHECKS if ("check", check.id) not in off],
        "own": [item.id for item in items if item.what == "own" and item.is_asked],
        **_often_as_typed(items),
        "thoughts": clinic().thoughts_asked,
        "rems": clinic().rems,
    }


def _often_as_typed(items: Sequence[ClinicItem]) -> dict[str, int]:
    usual = {f"{check.id}_{by}": n for check in CHECKS for by in LIMITS if (n := getattr(check, by))}
    return usual | {f"{item.id}_{by}": n for item in items for by, n in (item.every or {}).items()}


def _keep(form: AskedPageForm, own: list[ClinicItem]) -> None:
    """An effect of its own is never taken out of the table, since answers name it."""
    end_reading()
    db.session.execute(
        delete(ClinicItem).where(ClinicItem.clinic_id == current_user.clinic_id, ClinicItem.what != "own")
    )
    db.session.add_all(_item("effect", id_, is_asked=False) for id_ in form.unticked("effects"))
    off = form.unticked("checks")
    for check in CHECKS:
        often = form.often(check)
        if often or check.id in off:
            db.session.add(_item("check", check.id, is_asked=check.id not in off, every=often or None))
    for item in own:
        item.is_asked, item.every = item.id in form.own.data, form.every(item.id)
    if new := form.new():
        db.session.add(_item("own", f"own-{new_id(now())[-8:]}", is_asked=True, **new))
    clinic().thoughts_asked, clinic().rems = form.thoughts.data, form.rems.data
    db.session.flush()
    said = {**asked_by(current_user.clinic_id), "thoughts_asked": form.thoughts.data}
    whose = {"clinic_id": current_user.clinic_id, "person_id": current_user.id}
    if said != next((change.said for change, _ in _changes()), None):
        db.session.add(AskedChange(**whose, id=new_id(now()), at=now(), said=said))
    audit.wrote(current_user, "asked", [], why="administration")
    db.session.commit()


def _item(what: str, id_: str, *, is_asked: bool, **more: Any) -> ClinicItem:
    return ClinicItem(clinic_id=current_user.clinic_id, what=what, id=id_, is_asked=is_asked, **more)


def _changes() -> Sequence[Any]:
    """Who set what is asked, and when; the newest first."""
    who = (Person.clinic_id == AskedChange.clinic_id) & (Person.id == AskedChange.person_id)
    columns = (AskedChange, name_then(Person, AskedChange.at).label("name"))
    rows = select(*columns).join(Person, who).where(AskedChange.clinic_id == current_user.clinic_id)
    return db.session.execute(rows.order_by(AskedChange.at.desc(), AskedChange.id.desc()).limit(MOST)).all()

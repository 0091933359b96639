"""What the clinic asks: its manager switches effects and checks off and on and adds effects of its own."""

from __future__ import annotations

from collections.abc import Sequence

from flask import make_response, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import delete, select
from werkzeug.wrappers import Response

from pwa.accounts import audit, staff
from pwa.clinic.cards import tell_phones
from pwa.clinic.desk import blueprint, clinic
from pwa.clinic.queries.safety import rota
from pwa.config import now
from pwa.domain import effects
from pwa.domain.checks import CHECKS
from pwa.forms.course import AskedPageForm
from pwa.records import ClinicItem, db
from pwa.records.base import end_reading
from pwa.sync.ids import new_id


@blueprint.route("/asked", methods=["GET", "POST"])
@staff("manager")
def asked() -> Response:
    items = db.session.scalars(select(ClinicItem).where(ClinicItem.clinic_id == current_user.clinic_id)).all()
    own = [item for item in items if item.what == "own"]
    form = AskedPageForm(data=_as_typed(items))
    form.has_responder = clinic().is_demo or bool(rota(current_user))
    form.offer((item.id, item.en or item.id) for item in own)
    if form.validate_on_submit():
        _keep(form, own)
        tell_phones(current_user)
        return redirect(url_for("clinic.asked"))
    page = render_template(
        "clinic/asked.html", form=form, own=own, groups=effects.GROUPS, catalogue=effects.CATALOGUE, checks=CHECKS
    )
    return make_response(page, 422 if form.is_submitted() else 200)


def _as_typed(items: Sequence[ClinicItem]) -> dict[str, object]:
    off = {(item.what, item.id) for item in items if not item.is_asked}
    return {
        "effects": [one.id for one in effects.CATALOGUE if ("effect", one.id) not in off],
        "checks": [check.id for check in CHECKS if ("check", check.id) not in off],
        "own": [item.id for item in items if item.what == "own" and item.is_asked],
        "thoughts": clinic().thoughts_asked,
        "rems": clinic().rems,
    }


def _keep(form: AskedPageForm, own: list[ClinicItem]) -> None:
    """An effect of its own is never taken out of the table, since answers name it."""
    end_reading()
    whose = ClinicItem.clinic_id == current_user.clinic_id
    db.session.execute(delete(ClinicItem).where(whose, ClinicItem.what != "own"))
    for what in ("effect", "check"):
        db.session.add_all(_item(what, id_, is_asked=False) for id_ in form.unticked(f"{what}s"))
    for item in own:
        item.is_asked = item.id in form.own.data
    if form.en.data and form.fr.data:
        words = {"en": form.en.data.strip(), "fr": form.fr.data.strip()}
        db.session.add(_item("own", f"own-{new_id(now())[-8:]}", is_asked=True, **words))
    clinic().thoughts_asked, clinic().rems = form.thoughts.data, form.rems.data
    audit.wrote(current_user, "asked", [], why="administration")
    db.session.commit()


def _item(what: str, id_: str, *, is_asked: bool, **words: str) -> ClinicItem:
    return ClinicItem(clinic_id=current_user.clinic_id, what=what, id=id_, is_asked=is_asked, **words)

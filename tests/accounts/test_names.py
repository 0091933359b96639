"""What somebody did stands under the name that they had then: who corrects names changes nobody's past."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from pwa.records import EarlierName, Person, db, erasing, name_then
from pwa.records.encrypted import as_kept
from tests.accounts.test_looks import look, page
from tests.clinic.conftest import plain
from tests.clinic.test_emergency import opens
from tests.conftest import CAST, CLINIC, renames

ANA, CLINICIAN, GHOST = CAST["ana"][1], CAST["clinician"][1], CAST["another-clinician"][1]

IT = "earlier_name"
BLOWS = [f"DELETE FROM {IT}", f"UPDATE {IT} SET until = '2020-01-01'", f"UPDATE {IT} SET person_id = 'x'"]


def earlier(app):
    with app.app_context():
        found = db.session.execute(select(EarlierName.name, EarlierName.until).order_by(EarlierName.until)).all()
        db.session.remove()
    return [tuple(row) for row in found]


def refused(app, sentence):
    with app.app_context():
        with pytest.raises(DatabaseError):
            db.session.execute(text(sentence))
        db.session.remove()


def test_whatever_changes_a_name_keeps_the_earlier_one_encrypted(app_on_both, clock):
    first = clock()
    for name in ("Ghost", "Ghost", "Nadia"):
        renames(app_on_both, GHOST, name)
        clock.forward(minutes=1)
    assert [name for name, _ in earlier(app_on_both)] == ["another-clinician", "Ghost"]
    with app_on_both.app_context():
        kept = db.session.scalars(text("SELECT name FROM earlier_name")).all()
        assert {bytes(one)[0] for one in kept} == {1}
        then = (first - timedelta(minutes=1), first, clock())
        asked = (select(name_then(Person, moment)).where(Person.id == GHOST) for moment in then)
        assert [db.session.scalar(one) for one in asked] == ["another-clinician", "Ghost", "Nadia"]
        db.session.remove()


def test_of_patients_and_of_who_is_removed_no_earlier_name_is_kept(app, signed_in):
    renames(app, ANA, "Ana Right")
    assert earlier(app) == []
    manager = signed_in("manager")
    new = {"name": "Ghost", "email": "ghost@here.test", "role": "clinician", "language": "en"}
    manager.post("/clinic/invitations/member", data=new)
    with app.app_context():
        ghost = next(one.id for one in db.session.scalars(select(Person)) if one.name == "Ghost")
        db.session.remove()
    manager.post(f"/clinic/people/{ghost}/correct", data={"name": "Nadia", "email": "ghost@here.test"})
    assert [name for name, _ in earlier(app)] == ["Ghost"]
    assert manager.post(f"/clinic/people/{ghost}/remove").status_code == 302
    assert earlier(app) == []


@pytest.mark.parametrize("sentence", BLOWS)
def test_the_database_itself_refuses_to_change_or_remove_one(app_on_both, sentence):
    renames(app_on_both, GHOST, "Nadia")
    refused(app_on_both, sentence)


def test_the_command_that_empties_a_patient_touches_none(app, clock):
    renames(app, GHOST, "Nadia")
    with app.app_context():
        erasing.erase(CLINIC, ANA, CAST["manager"][1], clock())
        db.session.commit()
        db.session.remove()
    assert [name for name, _ in earlier(app)] == ["another-clinician"]


def test_no_sentence_changes_people_past_the_rows_that_keep_their_names():
    """An `UPDATE` of many at once keeps none."""
    code = "".join(path.read_text("utf-8") for path in Path("pwa").rglob("*.py"))
    assert not re.search(r"update\((table_of\()?Person\b", code)


def test_a_patient_is_not_told_that_her_own_clinician_did_what_somebody_else_did(app, clock, signed_in):
    opens(signed_in("another-clinician"))
    look(app, [ANA], who="another-clinician")
    clock.forward(minutes=1)
    renames(app, GHOST, "clinician")
    clock.forward(minutes=1)
    look(app, [ANA], who="another-clinician")
    look(app, [ANA])
    ana = signed_in("ana")
    for address in ("/account/looks", "/account/emergency"):
        assert "another-clinician (here since Fri 20 Nov 2026, 10:00, now called clinician), clinician" in page(
            ana, address
        )
    said = page(ana)
    assert "clinician (here since Fri 20 Nov 2026, 10:00), clinician looked at: your page" in said
    assert "Opened in an emergency 1 time in 7 days ana : another-clinician (here since" in plain(
        signed_in("clinician").get("/clinic/").text
    )


#: as they were kept before names were looked at, and as they are shown
KEPT = (
    ("\u202enaicinilc", "\ufffdnaicinilc"),
    ("clinician (here since Mon 5 Jan 2015, 09:00)", "clinician ‹here since Mon 5 Jan 2015, 09:00›"),
    ("\u200b", "\ufffd (here since Fri 20 Nov 2026, 10:00)"),
    ("clinici\u0430n", "clinici\u0430n (here since Fri 20 Nov 2026, 10:00)"),
)


@pytest.mark.parametrize(("name", "said"), KEPT)
def test_a_name_that_was_kept_before_is_shown_so_that_it_deceives_nobody(app, signed_in, name, said):
    renames(app, GHOST, name)
    opens(signed_in("another-clinician"))
    for address in ("/account/looks", "/account/emergency"):
        assert f"{said}, clinician" in page(signed_in("ana"), address).replace(" ,", ",")
    assert said in plain(signed_in("manager").get("/clinic/audit").text)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("\u202evon", "No brackets, and nothing that is not seen."),
        ("\u200b", "at least one letter or digit"),
        ("Nadia (here since Mon 5 Jan 2015, 09:00)", "No brackets, and nothing that is not seen."),
        ("\u041ewen", "letters of two alphabets"),
    ],
)
def test_no_page_takes_such_a_name(signed_in, name, says):
    manager = signed_in("manager")
    member = {"name": name, "email": "new@here.test", "role": "clinician", "language": "en"}
    patient = {"name": name, "email": "", "code": "KT-9", "birth_date": "1990-01-01", "language": "en", "phone": ""}
    for address, typed in (
        ("/clinic/invitations/member", member),
        ("/clinic/invitations/patient", patient),
        (f"/clinic/people/{GHOST}/correct", member),
        (f"/clinic/people/{ANA}/correct", patient),
    ):
        answer = manager.post(address, data=typed)
        assert (answer.status_code, says in answer.text) == (422, True), address


def test_a_key_that_is_changed_changes_nothing_in_a_name(app):
    renames(app, GHOST, "\u202evon (x)")
    with app.app_context():
        asked = select(as_kept(Person.__table__.c.name)).where(Person.id == GHOST)
        assert db.session.scalar(asked) == "\u202evon (x)"

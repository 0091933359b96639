"""A clinic of one's own: made by a command, begun by its manager."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from pwa.config.outgoing import Outgoing
from pwa.records import AuditRow, Clinic, Person, db

TOLD = {
    "--name": "Bay clinic",
    "--zone": "America/Halifax",
    "--language": "fr",
    "--manager": "Lee@bay.test",
    "--manager-name": "Lee Roy",
}
CHOSEN = "four sea birds asleep"


@pytest.fixture
def empty(app):
    """The tables, and nobody in them."""
    with app.app_context():
        db.drop_all()
        db.create_all()
        db.session.remove()
    app.config.update(OUTGOING=Outgoing(address="https://tidelog.bay.test"), WTF_CSRF_ENABLED=False)
    return app


def create(app, *more, **but):
    told = {**TOLD, **{f"--{name.replace('_', '-')}": value for name, value in but.items()}}
    words = [word for pair in told.items() for word in pair]
    return app.test_cli_runner().invoke(args=["clinic", "create", *words, *more])


def test_its_manager_comes_in_by_the_printed_link_and_sets_up_a_second_step(empty):
    run = create(empty)
    assert run.exit_code == 0, run.output
    link = run.output.split()[-1]
    assert link.startswith("https://tidelog.bay.test/invited?language=fr#")
    browser = empty.test_client()
    chosen = browser.post("/invited", data={"code": link.partition("#")[2]})
    browser.post(chosen.headers["Location"], data={"password": CHOSEN})
    assert "/account" in browser.get("/clinic/").headers["Location"]
    elsewhere = empty.test_client()
    assert "Your clinic<" not in elsewhere.get("/sign-in").text, "there is one alone"
    assert elsewhere.post("/sign-in", data={"email": "lee@bay.test", "password": CHOSEN}).status_code == 302
    with empty.app_context():
        clinic, person = db.session.scalars(select(Clinic)).one(), db.session.scalars(select(Person)).one()
        assert (clinic.name, clinic.zone, clinic.is_demo) == ("Bay clinic", "America/Halifax", False)
        opened = db.session.scalars(select(AuditRow.what).where(AuditRow.role == "operator").order_by(AuditRow.number))
        assert opened.all() == ["clinic", "invitations"]
        assert (person.role, person.email, person.name, person.language) == ("manager", "lee@bay.test", "Lee Roy", "fr")


@pytest.mark.parametrize(
    ("but", "says"),
    [
        ({"zone": "Halifax"}, "zone"),
        ({"name": " "}, "name"),
        ({"name": "Bay\u202e clinic"}, "no name for a clinic"),
        ({"manager_name": "Lee (here since 2015)"}, "no name for a manager"),
        ({"manager": "lee"}, "email"),
        ({"manager_name": ""}, "manager's name"),
        ({"language": "de"}, "language"),
    ],
)
def test_what_is_wrong_makes_no_clinic(empty, but, says):
    run = create(empty, **but)
    assert run.exit_code != 0
    assert says in run.output
    with empty.app_context():
        assert db.session.scalar(select(Clinic)) is None


def test_a_link_begins_with_the_address_of_this_service_or_is_not_made(empty):
    empty.config["OUTGOING"] = replace(empty.config["OUTGOING"], address="")
    assert "PUBLIC_URL" in create(empty).output


def test_a_second_one_of_the_same_name_is_made_only_when_told_and_may_have_the_same_manager(empty):
    assert create(empty).exit_code == 0
    assert "--same-name" in create(empty, name="bay CLINIC", manager="kim@bay.test").output
    assert create(empty, "--same-name", manager="kim@bay.test").exit_code == 0
    assert create(empty, name="Hill clinic").exit_code == 0


@pytest.mark.parametrize("name", ["bay  clinic", "Bay-Clinic", "BAÝ CLINIC", "Bay c1inic"])
def test_a_name_that_the_list_at_sign_in_takes_for_the_same_is_the_same_here(empty, name):
    create(empty)
    assert "--same-name" in create(empty, name=name, manager="kim@bay.test").output


def test_whom_an_address_may_mean_is_said_with_the_clinics_names_beside_their_ids(empty):
    create(empty)
    create(empty, "--same-name", zone="America/Vancouver")
    create(empty, name="Hill clinic")
    said = empty.test_cli_runner().invoke(args=["invite", "lee@bay.test"]).output
    with empty.app_context():
        for clinic in db.session.scalars(select(Clinic)):
            assert f"{clinic.id} ({clinic.name}" in said
    assert "(Bay clinic (America/Vancouver))" in said
    assert "(Hill clinic)" in said


def test_none_is_made_beside_a_demo(app):
    app.config["OUTGOING"] = Outgoing(address="https://tidelog.bay.test")
    assert "holds a demo" in create(app).output


def test_as_long_as_there_is_none_the_first_pages_say_what_to_do(empty):
    browser = empty.test_client()
    for path in ("/", "/sign-in"):
        answer = browser.get(path)
        assert answer.status_code == 503
        assert "tidelog clinic create" in answer.text
    assert "tidelog clinic create" in browser.get("/", headers={"Accept-Language": "fr"}).text
    create(empty)
    assert browser.get("/").headers["Location"] == "/en/"
    assert browser.get("/sign-in").status_code == 200


@pytest.mark.parametrize("path", ["/", "/sign-in"])
def test_without_one_a_page_says_what_this_is_and_what_to_do_in_both_languages_and_leads_nowhere_in_a_ring(empty, path):
    page = empty.test_client().get(path)
    assert page.status_code == 503
    for said in (
        "a diary for people in ketamine therapy",
        "tidelog clinic create",
        "Your clinic sent you here?",
    ):
        assert said in page.text
    assert "Go to the start" not in page.text
    assert f'href="{path}?language=fr"' in page.text
    assert "un journal pour les personnes" in empty.test_client().get(f"{path}?language=fr").text

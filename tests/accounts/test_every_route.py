"""Every route of the application, tried by everyone. A new route fails here until it stands in the table."""

from __future__ import annotations

import pytest

from pwa.accounts.invitations import invite
from pwa.records import Alert, Invitation, Person, db
from pwa.records.base import begin_writing
from pwa.records.notices import Wanted, enqueue
from tests.conftest import CAST, CLINIC

ANA, MANAGER = CAST["ana"][1], CAST["manager"][1]
SECRET_NOTE = "a line that only her team may read"
SECRET_ENTRY = "the blue gate was open"
SECRET_JUDGEMENT = "what her clinician makes of it"

#: in a table's row: those who treat other patients, here and elsewhere; and everyone whose role the page is not for
STRANGERS = ("another-clinician", "stranger")
EVERYONE = (*CAST, "nobody")


def same(status: int, **but: int) -> dict[str, int]:
    return {who: but.get(who.replace("-", "_"), status) for who in EVERYONE}


def staff_page(right: int = 200, strangers: int = 404, **but: int) -> dict[str, int]:
    """`right` for her clinician, `strangers` for other clinicians, 403 for other roles, the sign-in page for nobody."""
    row = same(403, nobody=302) | {"clinician": right} | dict.fromkeys(STRANGERS, strangers)
    return row | {who.replace("_", "-"): status for who, status in but.items()}


def therapists_page(right: int = 200) -> dict[str, int]:
    """`right` for her therapist, 403 for every other role."""
    return staff_page(403, strangers=403, therapist=right)


def members_own(right: int) -> dict[str, int]:
    """`right` for all staff, of whatever clinic."""
    return same(right, ana=403, another_patient=403, patient_elsewhere=403, nobody=302)


def inviting_page(right: int = 200) -> dict[str, int]:
    """`right` for all who may invite patients."""
    return staff_page(right, strangers=right, manager=right, front_desk=right)


A_PATIENT, HER_ROOM = f"/clinic/patients/{ANA}", f"/clinic/room/{ANA}"
USER_FREE = (
    "",
    "check-in",
    "after-session",
    "body",
    "checks",
    "home-dose",
    "safety-plan",
    "journal",
    "journal/entry",
    "progress",
    "goal",
    "help",
    "more",
    "welcome",
    "waiting",
    "lock",
)
#: (method, rule) → the address that is tried, and what each gets
TABLE: dict[tuple[str, str], tuple[str, dict[str, int]]] = {
    ("GET", "/"): ("/", same(302)),
    ("GET", "/healthz"): ("/healthz", same(200)),
    ("GET", "/metrics"): ("/metrics", same(200)),
    ("GET", "/manifest.webmanifest"): ("/manifest.webmanifest", same(200)),
    ("GET", "/sw.js"): ("/sw.js", same(200)),
    ("GET", "/pages.json"): ("/pages.json", same(200)),
    ("GET", "/static/<path:missing>"): ("/static/pages/gone-ABCDEFGH.js", same(404)),
    **{
        ("GET", f"/{lang}/{path}"): (f"/{lang}/{path}", same(200, nobody=200))
        for lang in ("en", "fr")
        for path in USER_FREE
    },
    **{("GET", f"/{lang}/words.json"): (f"/{lang}/words.json", same(200)) for lang in ("en", "fr")},
    ("GET", "/me"): ("/me", same(200, nobody=401)),
    ("POST", "/sync"): ("/sync", same(403)),
    ("GET", "/push"): ("/push", same(200)),
    ("POST", "/push"): ("/push", same(403)),
    ("GET", "/reminders"): (
        "/reminders",
        same(403, ana=200, another_patient=200, patient_elsewhere=200, nobody=302),
    ),
    ("GET", "/reminders/off/<token>"): ("/reminders/off/guessed", same(404)),
    ("POST", "/reminders/off/<token>"): ("/reminders/off/guessed", same(404)),
    ("GET", "/sign-in"): ("/sign-in", same(302, nobody=200)),
    ("POST", "/sign-in"): ("/sign-in", same(422)),
    ("GET", "/sign-in/code"): ("/sign-in/code", same(302, nobody=200)),
    ("POST", "/sign-in/code"): ("/sign-in/code", same(422)),
    ("GET", "/invited"): ("/invited", same(200)),
    ("POST", "/invited"): ("/invited", same(422)),
    ("GET", "/invited/choose"): ("/invited/choose", same(302)),
    ("POST", "/invited/choose"): ("/invited/choose", same(302)),
    ("GET", "/sign-in/second"): ("/sign-in/second", same(302)),
    ("POST", "/sign-in/second"): ("/sign-in/second", same(302)),
    ("GET", "/terms"): ("/terms", same(200)),
    ("POST", "/terms"): ("/terms", same(422, nobody=302)),
    ("GET", "/account"): ("/account", same(200, nobody=302)),
    ("GET", "/account/looks"): (
        "/account/looks",
        same(403, ana=200, another_patient=200, patient_elsewhere=200, nobody=302),
    ),
    ("POST", "/account/hidden"): (
        "/account/hidden",
        same(403, ana=400, another_patient=400, patient_elsewhere=400, nobody=302),
    ),
    ("POST", "/account/sign-ins/end"): ("/account/sign-ins/end", same(302)),
    ("POST", "/account/sign-ins/<uuid:sign_in>/end"): (f"/account/sign-ins/{ANA}/end", same(404, nobody=302)),
    ("GET", "/account/password"): ("/account/password", same(200, nobody=302)),
    ("POST", "/account/password"): ("/account/password", same(422, nobody=302)),
    ("GET", "/account/prove"): ("/account/prove", same(200, nobody=302)),
    ("POST", "/account/prove"): ("/account/prove", same(422, nobody=302)),
    ("GET", "/account/second"): ("/account/second", members_own(200)),
    ("POST", "/account/second"): ("/account/second", members_own(422)),
    ("POST", "/account/recovery"): ("/account/recovery", same(403, nobody=302)),
    ("POST", "/account/passkeys/<uuid:passkey>/remove"): (f"/account/passkeys/{ANA}/remove", same(404, nobody=302)),
    ("POST", "/passkey/options/<any(make, use):what>"): ("/passkey/options/make", same(403)),
    ("POST", "/passkey/make"): ("/passkey/make", same(403)),
    ("POST", "/passkey/use"): ("/passkey/use", same(403)),
    ("POST", "/account/close"): ("/account/close", same(403)),
    ("POST", "/account/here"): ("/account/here", same(403)),
    ("POST", "/code"): ("/code", same(403)),
    ("POST", "/language"): ("/language", same(302)),
    ("GET", "/clinic/"): ("/clinic/", staff_page(strangers=200, therapist=200, manager=302, front_desk=302)),
    ("POST", "/clinic/names"): (
        "/clinic/names",
        staff_page(302, strangers=302, therapist=302, manager=302, front_desk=302),
    ),
    ("POST", "/clinic/keys"): ("/clinic/keys", staff_page(302, strangers=302, therapist=302)),
    ("GET", "/clinic/patients/<uuid:patient>"): (A_PATIENT, staff_page(therapist=200)),
    ("GET", "/clinic/patients/<uuid:patient>/journal"): (f"{A_PATIENT}/journal", staff_page(therapist=200)),
    ("GET", "/clinic/patients/<uuid:patient>/journal/<uuid:record>"): (
        A_PATIENT + "/journal/{entry}",
        staff_page(therapist=200),
    ),
    ("GET", "/clinic/patients/<uuid:patient>/shared"): (f"{A_PATIENT}/shared", staff_page(therapist=200)),
    ("GET", "/clinic/room"): ("/clinic/room", therapists_page()),
    ("GET", "/clinic/room/<uuid:patient>"): (HER_ROOM, therapists_page()),
    ("POST", "/clinic/room/<uuid:patient>/visits"): (f"{HER_ROOM}/visits", therapists_page(422)),
    ("POST", "/clinic/room/<uuid:patient>/goals/<uuid:record>"): (
        HER_ROOM + "/goals/{goal}",
        therapists_page(422),
    ),
    ("POST", "/clinic/room/<uuid:patient>/offers/<uuid:record>/end"): (
        HER_ROOM + "/offers/{offer}/end",
        therapists_page(302),
    ),
    ("POST", "/clinic/room/<uuid:patient>/visits/<uuid:record>/cancel"): (
        HER_ROOM + "/visits/{visit}/cancel",
        therapists_page(302),
    ),
    ("POST", "/clinic/room/<uuid:patient>/entries/<uuid:record>/<any(unread, read):what>"): (
        HER_ROOM + "/entries/{entry}/unread",
        therapists_page(302),
    ),
    **{
        ("POST", f"/clinic/room/<uuid:patient>/{what}"): (f"{HER_ROOM}/{what}", therapists_page(422))
        for what in ("notes", "raise", "offers", "goals")
    },
    ("GET", "/clinic/patients/<uuid:patient>/treatments/new"): (f"{A_PATIENT}/treatments/new", staff_page()),
    ("POST", "/clinic/patients/<uuid:patient>/treatments/new"): (f"{A_PATIENT}/treatments/new", staff_page(422)),
    ("GET", "/clinic/patients/<uuid:patient>/treatments/<uuid:record>"): (
        A_PATIENT + "/treatments/{treatment}",
        staff_page(),
    ),
    ("POST", "/clinic/patients/<uuid:patient>/treatments/<uuid:record>"): (
        A_PATIENT + "/treatments/{treatment}",
        staff_page(422),
    ),
    ("GET", "/clinic/patients/<uuid:patient>/summary"): (f"{A_PATIENT}/summary", staff_page(therapist=200)),
    ("GET", "/clinic/patients/<uuid:patient>/notes"): (f"{A_PATIENT}/notes", staff_page(therapist=200)),
    ("POST", "/clinic/patients/<uuid:patient>/notes"): (f"{A_PATIENT}/notes", staff_page(422, therapist=422)),
    ("GET", "/clinic/patients/<uuid:patient>/notes/<uuid:note>"): (A_PATIENT + "/notes/{note}", staff_page()),
    ("POST", "/clinic/patients/<uuid:patient>/notes/<uuid:note>"): (A_PATIENT + "/notes/{note}", staff_page(422)),
    ("GET", "/clinic/patients/<uuid:patient>/events/new"): (f"{A_PATIENT}/events/new", staff_page()),
    ("POST", "/clinic/patients/<uuid:patient>/events/new"): (f"{A_PATIENT}/events/new", staff_page(422)),
    ("GET", "/clinic/patients/<uuid:patient>/events/<uuid:event>"): (A_PATIENT + "/events/{event}", staff_page()),
    ("POST", "/clinic/patients/<uuid:patient>/events/<uuid:event>"): (A_PATIENT + "/events/{event}", staff_page(422)),
    ("GET", "/clinic/triage"): ("/clinic/triage", staff_page(strangers=200, therapist=200)),
    ("GET", "/clinic/triage/stand"): ("/clinic/triage/stand", staff_page(strangers=200, therapist=200)),
    ("GET", "/clinic/alerts/<uuid:alert>"): ("/clinic/alerts/{alert}", staff_page(therapist=200)),
    **{
        ("POST", f"/clinic/alerts/<uuid:alert>/{what}"): (f"/clinic/alerts/{{alert}}/{what}", staff_page(status))
        for what, status in (
            ("acknowledge", 302),
            ("take-back", 302),
            ("assign", 422),
            ("snooze", 403),
            ("act", 422),
            ("resolve", 302),
        )
    },
    ("GET", "/clinic/emergency"): ("/clinic/emergency", staff_page(strangers=200)),
    ("POST", "/clinic/emergency"): ("/clinic/emergency", staff_page(422, strangers=422)),
    ("POST", "/clinic/emergency/<uuid:emergency>/end"): (f"/clinic/emergency/{ANA}/end", staff_page(404)),
    ("GET", "/clinic/sessions"): ("/clinic/sessions", staff_page(strangers=200, therapist=200, front_desk=200)),
    ("GET", "/clinic/effects"): ("/clinic/effects", staff_page(strangers=200)),
    ("GET", "/clinic/effects.csv"): ("/clinic/effects.csv", staff_page(strangers=200)),
    ("GET", "/clinic/outcomes"): ("/clinic/outcomes", staff_page(strangers=200)),
    ("GET", "/clinic/outcomes.csv"): ("/clinic/outcomes.csv", staff_page(strangers=200)),
    ("GET", "/clinic/events"): ("/clinic/events", staff_page(strangers=200)),
    ("GET", "/clinic/events.csv"): ("/clinic/events.csv", staff_page(strangers=200)),
    ("GET", "/clinic/safety"): ("/clinic/safety", staff_page(403, strangers=403, manager=200)),
    ("POST", "/clinic/safety"): ("/clinic/safety", staff_page(403, strangers=403, manager=422)),
    ("GET", "/clinic/people"): ("/clinic/people", staff_page(403, strangers=403, manager=200)),
    ("GET", "/clinic/invitations"): ("/clinic/invitations", inviting_page()),
    ("GET", "/clinic/invitations/patient"): ("/clinic/invitations/patient", inviting_page()),
    ("POST", "/clinic/invitations/patient"): ("/clinic/invitations/patient", inviting_page(422)),
    ("GET", "/clinic/invitations/member"): (
        "/clinic/invitations/member",
        staff_page(403, strangers=403, manager=200),
    ),
    ("POST", "/clinic/invitations/member"): (
        "/clinic/invitations/member",
        staff_page(403, strangers=403, manager=422),
    ),
    ("POST", "/clinic/invitations/again"): ("/clinic/invitations/again", inviting_page(422)),
    ("POST", "/clinic/invitations/<uuid:invitation>/withdraw"): (
        "/clinic/invitations/{invitation}/withdraw",
        inviting_page(302) | dict.fromkeys(STRANGERS, 404),
    ),
    ("GET", "/clinic/doors"): ("/clinic/doors", staff_page(403, strangers=403, manager=200)),
    ("POST", "/clinic/doors"): ("/clinic/doors", staff_page(403, strangers=403, manager=422)),
    ("GET", "/clinic/keeping"): ("/clinic/keeping", staff_page(403, strangers=403, manager=200)),
    ("POST", "/clinic/keeping"): ("/clinic/keeping", staff_page(403, strangers=403, manager=422)),
    ("POST", "/clinic/keeping/export"): ("/clinic/keeping/export", staff_page(403, strangers=403, manager=422)),
    ("POST", "/clinic/keeping/<uuid:patient>/erase"): (
        f"/clinic/keeping/{ANA}/erase",
        staff_page(403, strangers=403, manager=404),
    ),
    ("GET", "/clinic/messages"): ("/clinic/messages", staff_page(403, strangers=403, manager=200)),
    ("GET", "/clinic/audit"): ("/clinic/audit", staff_page(403, strangers=403, manager=200)),
    ("GET", "/clinic/audit.csv"): ("/clinic/audit.csv", staff_page(403, strangers=403, manager=200)),
    ("POST", "/clinic/audit"): ("/clinic/audit", staff_page(403, strangers=403, manager=422)),
    ("POST", "/clinic/people/<uuid:person>/sign-out"): (
        f"/clinic/people/{ANA}/sign-out",
        staff_page(403, strangers=403, manager=302),
    ),
    ("POST", "/clinic/people/<uuid:person>/<any(close, open):what>"): (
        f"/clinic/people/{ANA}/open",
        staff_page(403, strangers=403, manager=302),
    ),
    ("GET", "/clinic/patients/<uuid:patient>/course"): (f"{A_PATIENT}/course", staff_page()),
    ("POST", "/clinic/patients/<uuid:patient>/course"): (f"{A_PATIENT}/course", staff_page(422)),
    ("POST", "/clinic/patients/<uuid:patient>/course/rhythm"): (f"{A_PATIENT}/course/rhythm", staff_page(422)),
    ("GET", "/clinic/protocols"): ("/clinic/protocols", staff_page(403, strangers=403, manager=200)),
    ("GET", "/clinic/protocols/new"): ("/clinic/protocols/new", staff_page(403, strangers=403, manager=200)),
    ("POST", "/clinic/protocols/new"): ("/clinic/protocols/new", staff_page(403, strangers=403, manager=422)),
    ("GET", "/clinic/protocols/<uuid:protocol>"): (
        f"/clinic/protocols/{ANA}",
        staff_page(403, strangers=403, manager=404),
    ),
    ("POST", "/clinic/protocols/<uuid:protocol>"): (
        f"/clinic/protocols/{ANA}",
        staff_page(403, strangers=403, manager=404),
    ),
    ("POST", "/clinic/protocols/<uuid:protocol>/<any(close, open):what>"): (
        f"/clinic/protocols/{ANA}/close",
        staff_page(403, strangers=403, manager=404),
    ),
    ("GET", "/clinic/asked"): ("/clinic/asked", staff_page(403, strangers=403, manager=200)),
    ("POST", "/clinic/asked"): ("/clinic/asked", staff_page(403, strangers=403, manager=302)),
    # last, since it ends what the others need
    ("POST", "/sign-out"): ("/sign-out", same(302)),
}
#: guarded by something else than a form's token: a script's header, what is signed in the address itself
OTHER_TOKENS = ("/sync", "/reminders/off/<token>")
#: pages that show nothing of any patient
OF_NOBODY = {"/clinic/triage/stand", "/clinic/protocols", "/clinic/protocols/new", "/clinic/asked", "/clinic/safety"}
OF_NOBODY |= {"/clinic/doors", "/clinic/keeping", "/clinic/invitations/patient", "/clinic/invitations/member"}
OF_NOBODY |= {"/clinic/emergency"}
#: counts over the whole clinic, with whoever is behind a chosen one
OF_NOBODY |= {"/clinic/effects", "/clinic/effects.csv", "/clinic/outcomes", "/clinic/outcomes.csv"}
#: which of the wordings on an open page may still stand there
OF_NOBODY |= {"/clinic/patients/<uuid:patient>/shared"}
#: who may read what she wrote
HER_TEAM = {"clinician", "therapist"}


def test_every_route_stands_in_the_table(app):
    routes = {(method, rule.rule) for rule in app.url_map.iter_rules() for method in rule.methods & {"GET", "POST"}}
    assert routes == set(TABLE)


@pytest.fixture
def ids(app, clock, says, treated, noted_by, judged_by) -> dict[str, str]:
    with app.app_context():
        begin_writing()
        enqueue([Wanted(CLINIC, ANA, "reminder", "evening", "reminder:evening:2026-11-20", "mail", clock())], clock())
        db.session.commit()
    says("ana", "check-in", {"mood": 2, "thoughts": "often", "note": SECRET_NOTE})
    entry = says("ana", "journal", {"text": SECRET_ENTRY, "audience": "care-team"})
    treated(days=-2, status="planned")
    visit = {"status": "planned", "at": "2026-11-27T13:00:00-05:00", "minutes": 50, "therapist": CAST["therapist"][1]}
    booked = says("ana", "visit", visit, by="therapist")
    goal = {"words": "Walk to the water.", "measure": "ten", "levels": []}
    aimed = says("ana", "goal", goal, by="therapist")
    offered = says("ana", "offer", {"offer": "slow-breaths", "until": "2026-11-27"}, by="therapist")
    with app.app_context():
        alert = db.session.scalars(db.select(Alert.id)).one()
        invite(db.session.get_one(Person, CAST["ana"][:2]), None)
        db.session.commit()
        invitation = db.session.scalars(db.select(Invitation.id)).one()
    records = {"entry": entry, "treatment": treated(days=2), "visit": booked, "offer": offered, "goal": aimed}
    noted = {"note": noted_by("clinician", SECRET_JUDGEMENT), "event": judged_by("clinician", words=SECRET_JUDGEMENT)}
    return {"alert": alert, "invitation": invitation, **noted, **{what: said.record for what, said in records.items()}}


@pytest.mark.parametrize("who", EVERYONE)
def test_each_route_opens_to_whom_it_should_and_to_nobody_else(app, signed_in, ids, who):
    browser = app.test_client() if who == "nobody" else signed_in(who)
    app.config["WTF_CSRF_ENABLED"] = False
    for (method, rule), (path, expected) in TABLE.items():
        answer = browser.open(path.format(**ids), method=method, data={"answers": "none"} if method == "POST" else None)
        assert answer.status_code == expected[who], f"{who}: {method} {rule}"
        if who not in HER_TEAM:
            assert SECRET_NOTE not in answer.text, f"{who}: {method} {rule}"
            assert SECRET_ENTRY not in answer.text, f"{who}: {method} {rule}"
            assert SECRET_JUDGEMENT not in answer.text, f"{who}: {method} {rule}"
        if rule.startswith("/clinic"):
            assert answer.headers["Cache-Control"] == "no-store"


def test_nothing_is_changed_by_a_form_that_carries_no_token(app, signed_in, ids, audit):
    browsers = {who: signed_in(who) for who in ("clinician", "therapist", "manager")}
    app.config["WTF_CSRF_ENABLED"] = True
    before = len(audit())
    for (method, rule), (path, expected) in TABLE.items():
        for who, browser in browsers.items():
            if method == "POST" and rule not in OTHER_TOKENS and expected[who] != 403:
                assert browser.post(path.format(**ids)).status_code == 400, f"{who}: {rule}"
    assert len(audit()) == before


def test_a_patient_of_another_clinic_is_nobodys_here(signed_in):
    elsewhere = CAST["patient-elsewhere"][1]
    for who in ("clinician", "therapist", "manager"):
        for path in ("", "/journal", "/shared", "/treatments/new"):
            assert signed_in(who).get(f"/clinic/patients/{elsewhere}{path}").status_code in (403, 404)
        assert signed_in(who).get(f"/clinic/room/{elsewhere}").status_code in (403, 404)
    manager = signed_in("manager")
    assert manager.post(f"/clinic/people/{elsewhere}/sign-out").status_code == 404


def test_a_page_that_needs_a_sign_in_leads_there_and_back(app):
    answer = app.test_client().get(f"/clinic/patients/{ANA}?days=91")
    assert answer.headers["Location"].startswith("/sign-in?next=/clinic/patients/")
    assert "days" in answer.headers["Location"]


def test_every_reading_page_of_the_clinic_leaves_exactly_one_audit_row(app, signed_in, ids, audit):
    for who in ("clinician", "therapist", "manager", "front-desk"):
        browser = signed_in(who)
        for (method, rule), (path, expected) in TABLE.items():
            if method == "GET" and rule.startswith("/clinic") and expected[who] == 200 and rule not in OF_NOBODY:
                before = len(audit())
                browser.get(path.format(**ids))
                [row] = audit()[before:]
                assert (row.action, row.role, row.person_id) == ("read", who, CAST[who][1]), rule
                assert row.patients, rule
                if "<uuid:patient>" in rule:
                    assert row.patients == [ANA], rule

"""Every route of the application, and what each gets there with what is Ana's; `places` says it for others."""

from __future__ import annotations

from tests.conftest import CAST

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


#: who finds nothing where her own therapist finds what a colleague wrote
OTHER_THERAPISTS = {"another_therapist": 404, "therapist_elsewhere": 404}
A_PATIENT, HER_ROOM = "/clinic/patients/{patient}", "/clinic/room/{patient}"
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
    ("GET", "/invited/mail"): ("/invited/mail", same(302)),
    ("POST", "/invited/mail"): ("/invited/mail", same(302)),
    ("GET", "/sign-in/second"): ("/sign-in/second", same(302)),
    ("POST", "/sign-in/second"): ("/sign-in/second", same(302)),
    ("GET", "/terms"): ("/terms", same(200)),
    ("POST", "/terms"): ("/terms", same(422, nobody=302)),
    ("GET", "/account"): ("/account", same(200, nobody=302)),
    ("GET", "/account/sharing"): (
        "/account/sharing",
        same(403, ana=200, another_patient=200, patient_elsewhere=200, nobody=302),
    ),
    ("GET", "/account/looks"): (
        "/account/looks",
        same(403, ana=200, another_patient=200, patient_elsewhere=200, nobody=302),
    ),
    ("GET", "/account/record"): (
        "/account/record",
        same(403, ana=200, another_patient=200, patient_elsewhere=200, nobody=302),
    ),
    ("POST", "/account/record"): (
        "/account/record",
        same(403, ana=200, another_patient=200, patient_elsewhere=200, nobody=302),
    ),
    ("GET", "/account/address"): ("/account/address", same(200, nobody=302)),
    ("POST", "/account/address"): ("/account/address", same(422, nobody=302)),
    ("POST", "/account/address/stop"): ("/account/address/stop", same(302)),
    ("GET", "/address/<token>"): ("/address/guessed", same(404)),
    ("POST", "/address/<token>"): ("/address/guessed", same(404)),
    ("POST", "/account/hidden"): (
        "/account/hidden",
        same(403, ana=400, another_patient=400, patient_elsewhere=400, nobody=302),
    ),
    ("POST", "/account/sign-ins/<uuid:sign_in>/end"): (
        "/account/sign-ins/{sign_in}/end",
        same(404, ana=302, nobody=302),
    ),
    ("POST", "/account/sign-ins/end"): ("/account/sign-ins/end", same(302)),
    ("GET", "/account/password"): ("/account/password", same(200, nobody=302)),
    ("POST", "/account/password"): ("/account/password", same(422, nobody=302)),
    ("GET", "/account/invitation"): (
        "/account/invitation",
        same(302, ana=200, another_patient=200, patient_elsewhere=200),
    ),
    ("POST", "/account/invitation"): (
        "/account/invitation",
        same(302, ana=422, another_patient=422, patient_elsewhere=422),
    ),
    ("GET", "/account/emergency"): ("/account/emergency", same(302)),
    ("POST", "/account/emergency"): ("/account/emergency", same(302)),
    ("GET", "/account/prove"): ("/account/prove", same(200, nobody=302)),
    ("POST", "/account/prove"): ("/account/prove", same(422, nobody=302)),
    ("GET", "/account/second"): ("/account/second", members_own(200)),
    ("POST", "/account/second"): ("/account/second", members_own(422)),
    ("POST", "/account/recovery"): ("/account/recovery", same(403, nobody=302)),
    ("POST", "/account/passkeys/<uuid:passkey>/remove"): (
        "/account/passkeys/{passkey}/remove",
        same(404, ana=302, nobody=302),
    ),
    ("POST", "/passkey/options/<any(make, use):what>"): ("/passkey/options/make", same(403)),
    ("POST", "/passkey/make"): ("/passkey/make", same(403)),
    ("POST", "/passkey/use"): ("/passkey/use", same(403)),
    ("GET", "/account/close"): (
        "/account/close",
        same(403, ana=200, another_patient=200, patient_elsewhere=200, nobody=302),
    ),
    ("POST", "/account/close"): ("/account/close", same(403)),
    ("GET", "/account/home-screen"): (
        "/account/home-screen",
        same(302, ana=200, another_patient=200, patient_elsewhere=200),
    ),
    ("GET", "/account/closed"): ("/account/closed", same(302)),
    ("POST", "/account/here"): ("/account/here", same(403)),
    ("POST", "/code"): ("/code", same(403)),
    ("POST", "/account/language/<any(en, fr):language>"): ("/account/language/fr", same(403)),
    ("POST", "/language"): ("/language", same(302)),
    ("GET", "/clinic/"): ("/clinic/", staff_page(strangers=200, therapist=200, manager=302, front_desk=302)),
    ("POST", "/clinic/"): ("/clinic/", staff_page(strangers=200, therapist=200, manager=302, front_desk=302)),
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
    ("GET", "/clinic/patients/<uuid:patient>/notes/<uuid:note>"): (
        A_PATIENT + "/notes/{note}",
        staff_page(**OTHER_THERAPISTS),
    ),
    ("POST", "/clinic/patients/<uuid:patient>/notes/<uuid:note>"): (
        A_PATIENT + "/notes/{note}",
        staff_page(422, **OTHER_THERAPISTS),
    ),
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
    ("POST", "/clinic/emergency/<uuid:emergency>/end"): ("/clinic/emergency/{patient}/end", staff_page(404)),
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
    ("POST", "/clinic/people"): ("/clinic/people", staff_page(403, strangers=403, manager=200)),
    ("GET", "/clinic/correct"): ("/clinic/correct", inviting_page()),
    ("POST", "/clinic/correct"): ("/clinic/correct", inviting_page(422)),
    ("GET", "/clinic/people/<uuid:person>/correct"): (
        "/clinic/people/{patient}/correct",
        staff_page(manager=200, front_desk=200),
    ),
    ("POST", "/clinic/people/<uuid:person>/correct"): (
        "/clinic/people/{patient}/correct",
        staff_page(422, manager=422, front_desk=422),
    ),
    ("POST", "/clinic/people/<uuid:person>/remove"): (
        "/clinic/people/{patient}/remove",
        staff_page(403, strangers=403, manager=404, front_desk=404),
    ),
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
    **{  # an invitation that nobody need agree to
        ("POST", f"/clinic/invitations/<uuid:invitation>/{what}"): (
            f"/clinic/invitations/{{invitation}}/{what}",
            staff_page(404),
        )
        for what in ("agree", "refuse")
    },
    ("GET", "/clinic/doors"): ("/clinic/doors", staff_page(403, strangers=403, manager=200)),
    ("POST", "/clinic/doors"): ("/clinic/doors", staff_page(403, strangers=403, manager=422)),
    ("GET", "/clinic/keeping"): ("/clinic/keeping", staff_page(403, strangers=403, manager=200)),
    ("POST", "/clinic/keeping"): ("/clinic/keeping", staff_page(403, strangers=403, manager=422)),
    ("POST", "/clinic/keeping/export"): ("/clinic/keeping/export", staff_page(403, strangers=403, manager=422)),
    ("POST", "/clinic/keeping/<uuid:patient>/erase"): (
        "/clinic/keeping/{patient}/erase",
        staff_page(403, strangers=403, manager=404),
    ),
    ("GET", "/clinic/messages"): ("/clinic/messages", staff_page(403, strangers=403, manager=200)),
    ("GET", "/clinic/audit"): ("/clinic/audit", staff_page(403, strangers=403, manager=200)),
    ("GET", "/clinic/audit.csv"): ("/clinic/audit.csv", staff_page(403, strangers=403, manager=200)),
    ("POST", "/clinic/audit/found"): ("/clinic/audit/found", staff_page(403, strangers=403, manager=200)),
    ("POST", "/clinic/audit.csv"): ("/clinic/audit.csv", staff_page(403, strangers=403, manager=200)),
    ("POST", "/clinic/audit"): ("/clinic/audit", staff_page(403, strangers=403, manager=422)),
    ("GET", "/clinic/people/<uuid:person>/team"): (
        "/clinic/people/{patient}/team",
        staff_page(403, strangers=403, manager=200),
    ),
    ("POST", "/clinic/people/<uuid:person>/team"): (
        "/clinic/people/{patient}/team",
        staff_page(403, strangers=403, manager=422),
    ),
    ("GET", "/clinic/people/<uuid:person>/hand-over"): (
        "/clinic/people/{patient}/hand-over",
        staff_page(403, strangers=403, manager=404),
    ),
    ("POST", "/clinic/people/<uuid:person>/hand-over"): (
        "/clinic/people/{patient}/hand-over",
        staff_page(403, strangers=403, manager=404),
    ),
    ("POST", "/clinic/people/<uuid:person>/sign-out"): (
        "/clinic/people/{patient}/sign-out",
        staff_page(302, manager=302, front_desk=302),
    ),
    ("POST", "/clinic/people/<uuid:person>/<any(close, open):what>"): (
        "/clinic/people/{patient}/open",
        staff_page(403, strangers=403, manager=302),
    ),
    ("GET", "/clinic/patients/<uuid:patient>/course"): (f"{A_PATIENT}/course", staff_page()),
    ("POST", "/clinic/patients/<uuid:patient>/course"): (f"{A_PATIENT}/course", staff_page(422)),
    ("POST", "/clinic/patients/<uuid:patient>/course/rhythm"): (f"{A_PATIENT}/course/rhythm", staff_page(422)),
    ("GET", "/clinic/protocols"): ("/clinic/protocols", staff_page(403, strangers=403, manager=200)),
    ("GET", "/clinic/protocols/new"): ("/clinic/protocols/new", staff_page(403, strangers=403, manager=200)),
    ("POST", "/clinic/protocols/new"): ("/clinic/protocols/new", staff_page(403, strangers=403, manager=422)),
    ("GET", "/clinic/protocols/<uuid:protocol>"): (
        "/clinic/protocols/{protocol}",
        staff_page(403, strangers=403, manager=200),
    ),
    ("POST", "/clinic/protocols/<uuid:protocol>"): (
        "/clinic/protocols/{protocol}",
        staff_page(403, strangers=403, manager=422),
    ),
    ("POST", "/clinic/protocols/<uuid:protocol>/<any(close, open):what>"): (
        "/clinic/protocols/{protocol}/close",
        staff_page(403, strangers=403, manager=302),
    ),
    ("GET", "/clinic/asked"): ("/clinic/asked", staff_page(403, strangers=403, manager=200)),
    ("POST", "/clinic/asked"): ("/clinic/asked", staff_page(403, strangers=403, manager=302)),
    # last, since it ends what the others need
    ("POST", "/sign-out"): ("/sign-out", same(302)),
}

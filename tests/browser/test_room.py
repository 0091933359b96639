"""The reading room and the phone of whoever wrote: what is taken back goes from an open page, what was read is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, expect
from sqlalchemy import select

from pwa.accounts import hiding
from pwa.clinic import emergency
from pwa.config import wall_clock
from pwa.records import Emergency, Person, db
from tests.browser.scene import ARGUMENTS, CHROMIUM, Live, Phone, come_in
from tests.browser.told import begin, go
from tests.clinic.conftest import TORONTO, Said, says_to
from tests.conftest import CAST

pytestmark = pytest.mark.browser
GATE = "The blue gate was open."
Says = Callable[..., Said]


@pytest.fixture
def says(live: Live) -> Says:
    return says_to(live.app, wall_clock)


@pytest.fixture
def entry(says: Says) -> Said:
    """Shared with the therapist, whom she sees tomorrow; another one is for herself alone."""
    at = (wall_clock() + timedelta(days=1)).astimezone(TORONTO).isoformat(timespec="seconds")
    visit = {"status": "planned", "at": at, "minutes": 50, "therapist": CAST["therapist"][1]}
    says("ana", "visit", visit, by="therapist")
    says("ana", "journal", {"text": "Only mine.", "audience": "me"})
    return says("ana", "journal", {"text": GATE, "audience": "therapist"}, ago=timedelta(minutes=5))


def room(desk: BrowserContext) -> Page:
    page = desk.new_page()
    come_in(page, "therapist")
    expect(page.get_by_role("heading", name="Reading room")).to_be_visible()
    return page


def test_the_room_opens_on_the_next_patient_and_on_nothing_that_is_not_shared(
    desk: BrowserContext, entry: Said
) -> None:
    page = room(desk)
    expect(page.get_by_role("article")).to_contain_text(GATE)
    expect(page.get_by_text("Only mine.")).to_have_count(0)
    expect(page.get_by_role("link", name="Record a session")).to_have_count(0)


def test_an_entry_that_is_taken_back_goes_from_an_open_page(desk: BrowserContext, says: Says, entry: Said) -> None:
    page = room(desk)
    other = says("ana", "journal", {"text": "This one stays.", "audience": "therapist"})
    page.reload()
    expect(page.get_by_role("article")).to_have_count(2)
    says("ana", "journal", {"text": GATE, "audience": "me"}, record=entry.record, parents=[entry.id])
    expect(page.get_by_text("The patient took this entry back or changed it.")).to_be_visible()
    assert GATE not in page.content()
    expect(page.get_by_role("article")).to_contain_text("This one stays.")
    says("ana", "journal", None, record=other.record, parents=[other.id])
    expect(page.get_by_role("article")).to_have_count(0)


@pytest.mark.parametrize("who", ["clinician", "therapist"])
def test_what_is_taken_back_goes_from_every_other_open_page_that_shows_its_words(
    desk: BrowserContext, says: Says, who: str
) -> None:
    shared, mine = {"audience": "care-team"}, {"audience": "me"}
    entry = says("ana", "journal", {"text": GATE, **shared})
    plan = says("ana", "safety-plan", {"people": "Mara, by the gate.", **shared})
    come_in(desk.new_page(), who)
    pages = [desk.new_page() for _ in range(3)]
    for page, path in zip(pages, ("", "/summary", "/journal"), strict=True):
        page.goto(f"/clinic/patients/{CAST['ana'][1]}{path}")
        expect(page.locator("main").get_by_text(GATE).last).to_be_visible()
    expect(pages[0].get_by_text("Mara, by the gate.")).to_be_visible()
    says("ana", "journal", {"text": GATE, **mine}, record=entry.record, parents=[entry.id])
    says("ana", "safety-plan", {"people": "Mara, by the gate.", **mine}, record=plan.record, parents=[plan.id])
    for page in pages:
        expect(page.get_by_text(GATE)).to_have_count(0)
        expect(page.get_by_text("The patient took this entry back or changed it.").first).to_be_visible()
    expect(pages[0].get_by_text("Mara, by the gate.")).to_have_count(0)


#: whoever drags over words chooses them so
CHOOSE = """(part, words) => {
    const [node, at] = [part.lastChild, part.lastChild.data.indexOf(words)];
    getSelection().setBaseAndExtent(node, at + words.length, node, at);
}"""


def listening(page: Page) -> Locator:
    """The script is there."""
    return page.get_by_role("button", name="Switch single keys off")


def test_the_room_is_walked_by_keys_and_a_note_is_on_chosen_words(
    desk: BrowserContext, says: Says, entry: Said
) -> None:
    first = says(
        "ana", "journal", {"text": "\N{WATER WAVE} At the gate.", "audience": "therapist"}, ago=timedelta(days=1)
    )
    page = room(desk)
    expect(listening(page)).to_be_visible()
    expect(page.get_by_role("button", name="Mark unread")).to_have_count(2, timeout=15_000)
    entries = page.get_by_role("article")
    for key, at in (("j", 0), ("j", 1), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(entries.nth(at)).to_be_focused()
    page.keyboard.press("m")
    expect(page.get_by_label("Note", exact=True)).to_be_focused()
    expect(page.get_by_label("About")).to_have_value(first.record)
    entries.nth(0).locator(".body p").evaluate(CHOOSE, "the gate")
    expect(page.locator("#chosen q")).to_have_text("the gate")
    entries.nth(0).focus()
    page.keyboard.press("m")
    page.keyboard.type("Gate again.")
    page.get_by_role("button", name="Keep the note").click()
    expect(entries.nth(0).locator("mark")).to_have_text("the gate")
    expect(page.locator(".ann")).to_contain_text("Gate again.")
    expect(listening(page)).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_text("Marked unread")).to_have_count(0)  # at no entry: none is meant
    page.keyboard.press("j")
    page.keyboard.press("u")
    expect(entries.nth(0)).to_contain_text("Marked unread")
    says("ana", "journal", {"text": "Nothing of it.", "audience": "therapist"}, record=first.record, parents=[first.id])
    expect(page.locator(".ann q")).to_have_count(0)
    page.reload()
    expect(page.locator(".ann")).to_contain_text("are no longer in it")
    page.get_by_role("button", name="Switch single keys off").click()
    expect(page.locator("[aria-keyshortcuts]")).to_have_count(0)
    page.keyboard.press("j")
    expect(entries.nth(0)).not_to_be_focused()
    page.get_by_role("button", name="Switch single keys on").click()
    expect(listening(page)).to_be_visible()
    page.keyboard.press("o")
    page.wait_for_url(f"**/clinic/patients/{CAST['ana'][1]}")


def test_words_that_are_taken_back_go_from_a_note_that_is_being_written(
    desk: BrowserContext, says: Says, entry: Said
) -> None:
    page = room(desk)
    expect(listening(page)).to_be_visible()
    page.get_by_role("article").locator(".body p").evaluate(CHOOSE, "blue gate")
    page.get_by_label("Note", exact=True).fill("Ask what it opens to.")
    expect(page.locator("#chosen q")).to_have_text("blue gate")
    says("ana", "journal", None, record=entry.record, parents=[entry.id])
    expect(page.locator("#chosen q")).to_have_count(0)
    page.get_by_role("button", name="Keep the note").click()
    expect(page.locator(".ann")).to_contain_text("Ask what it opens to.")
    assert "blue gate" not in page.content()


TIRED = "Too tired to go to the gate."
CLOSED = "This record, or a part of it, was closed to you while it lay open."


def test_what_a_patient_hides_goes_from_open_pages_and_what_is_being_written_stays(
    live: Live, desk: BrowserContext, says: Says, entry: Said
) -> None:
    says("ana", "check-in", {"mood": 4, "note": TIRED})
    reading = room(desk)
    reading.get_by_label("Note", exact=True).fill("Ask what it opens to.")
    pages = [desk.new_page() for _ in range(2)]
    for page, path in zip(pages, ("", "/summary"), strict=True):
        page.goto(f"/clinic/patients/{CAST['ana'][1]}{path}")
    expect(pages[0].get_by_text(TIRED).first).to_be_attached()
    with live.app.app_context():
        hiding.turn(db.session.get_one(Person, CAST["ana"][:2]), "check-ins", "therapist", hides=True)
    for page in (reading, *pages):
        expect(page.get_by_text(CLOSED)).to_be_visible()
        assert TIRED not in page.content()
    expect(reading.get_by_role("article")).to_contain_text(GATE)
    expect(reading.get_by_label("Note", exact=True)).to_have_value("Ask what it opens to.")
    pages[0].get_by_role("link", name="Load the page again").click()
    expect(pages[0].get_by_text("Hidden from you")).to_be_visible()
    expect(pages[0].get_by_text(CLOSED)).to_have_count(0)


def test_a_record_that_was_open_in_an_emergency_goes_from_the_page_when_that_ends(
    live: Live, desk: BrowserContext, says: Says
) -> None:
    says("ana", "check-in", {"mood": 4, "note": TIRED})
    who = CAST["another-clinician"]
    with live.app.app_context():
        emergency.open_to(db.session.get_one(Person, who[:2]), CAST["ana"][1], "Brought in by ambulance.")
    page = desk.new_page()
    come_in(page, "another-clinician")
    page.goto(f"/clinic/patients/{CAST['ana'][1]}")
    expect(page.get_by_text(TIRED).first).to_be_attached()
    with live.app.app_context():
        emergency.end(db.session.get_one(Person, who[:2]), db.session.scalars(select(Emergency)).one())
    expect(page.get_by_text(CLOSED)).to_be_visible()
    assert TIRED not in page.content()
    assert "KT-1001" not in page.locator("main, .head").all_inner_texts()


def test_a_page_that_cannot_ask_says_so(desk: BrowserContext, entry: Said) -> None:
    page = room(desk)
    page.route("**/shared?*", lambda route: route.abort())
    expect(page.get_by_text("cannot be checked just now")).to_be_visible()


@pytest.fixture
def coming_back(playwright: Playwright, live: Live) -> Iterator[BrowserContext]:
    """A browser that keeps pages as they are while one goes on and back."""
    off = ["--disable-back-forward-cache"]
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, ignore_default_args=off)
    yield browser.new_context(base_url=live.address)
    browser.close()


def test_a_page_that_one_comes_back_to_shows_nothing_that_was_taken_back(
    coming_back: BrowserContext, says: Says, entry: Said
) -> None:
    page = room(coming_back)
    expect(page.get_by_role("article")).to_contain_text(GATE)
    page.get_by_role("link", name="Sessions").click()
    says("ana", "journal", None, record=entry.record, parents=[entry.id])
    page.go_back()
    expect(page.get_by_text("Nothing new is shared with you.")).to_be_visible()
    assert GATE not in page.content()


def test_a_page_out_of_the_browsers_own_memory_is_emptied_before_it_is_asked_for_anew(
    desk: BrowserContext, says: Says, entry: Said
) -> None:
    page = room(desk)
    page.route("**/clinic/room", lambda route: route.abort())
    left = page.evaluate("""() => {
      dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
      return document.querySelector("main").textContent;
    }""")
    assert left.strip() == ""


def test_that_an_entry_was_read_stands_on_the_phone_offline_in_both_languages(
    phone: Phone, desk: BrowserContext, entry: Said
) -> None:
    page = begin(phone)
    go(page, "/en/journal")
    expect(page.get_by_role("link", name=GATE)).not_to_contain_text("Read by")
    expect(room(desk).get_by_role("button", name="Mark unread")).to_be_visible(timeout=15_000)  # it was looked at
    with page.expect_response("**/sync"):
        page.reload()
    expect(page.get_by_role("link", name=GATE)).to_contain_text("Read by your therapist, today")
    phone.offline()
    page.goto("/en/journal")
    expect(page.get_by_role("link", name=GATE)).to_contain_text("Read by your therapist, today")
    page.goto("/fr/journal")
    expect(page.get_by_role("link", name=GATE)).to_contain_text("Lu par votre thérapeute, aujourd’hui")


HIDDEN = 'Object.defineProperty(document, "hidden", { value: true, configurable: true })'
SEEN = """() => {
    Object.defineProperty(document, "hidden", { value: false });
    document.dispatchEvent(new Event("visibilitychange"));
}"""
#: what watches what is in view has heard of it
WATCHED = "() => new Promise((done) => new IntersectionObserver(done).observe(document.body))"
ANSWERED = "() => fetch('/me')"


def a_minute_passes(page: Page) -> None:
    page.evaluate(WATCHED)
    page.clock.fast_forward(60_000)
    page.evaluate(ANSWERED)


def test_an_entry_counts_as_read_when_its_end_was_in_view_for_a_while(
    desk: BrowserContext, says: Says, entry: Said
) -> None:
    says("ana", "journal", {"text": "One wave more.\n" * 90, "audience": "therapist"})
    page, told = desk.new_page(), list[str]()
    page.clock.install()
    page.add_init_script(HIDDEN)
    come_in(page, "therapist")
    expect(listening(page)).to_be_visible()
    page.on("request", lambda request: told.append(request.url) if "/entries/" in request.url else None)
    a_minute_passes(page)
    assert told == []
    page.evaluate(SEEN)
    a_minute_passes(page)
    of_short, of_long = (page.get_by_role("article").nth(at) for at in (0, 1))
    expect(of_short.get_by_role("button", name="Mark unread")).to_be_visible()
    assert len(told) == 1
    of_long.get_by_role("button", name="Mark read").scroll_into_view_if_needed()
    a_minute_passes(page)
    expect(of_long.get_by_role("button", name="Mark unread")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Mark unread")).to_have_count(2)


def test_without_script_a_button_says_that_an_entry_was_read(chromium: Browser, live: Live, entry: Said) -> None:
    page = room(chromium.new_context(base_url=live.address, java_script_enabled=False))
    page.get_by_role("button", name="Mark read").press("Enter")
    expect(page.get_by_role("button", name="Mark unread")).to_be_visible()


def test_on_paper_stands_only_what_is_shared_with_the_care_team(desk: BrowserContext, says: Says, entry: Said) -> None:
    says("ana", "journal", {"text": "For all of you.", "audience": "care-team"})
    page = room(desk)
    page.get_by_label("Note", exact=True).fill("For me alone.")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_text("For me alone.")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_text("For all of you.").first).to_be_visible()
    for kept_back in (GATE, "For me alone."):
        expect(page.get_by_text(kept_back)).to_be_hidden()


def test_of_all_that_was_shared_only_what_is_for_the_care_team_is_on_paper(desk: BrowserContext, entry: Said) -> None:
    page = room(desk)
    page.get_by_role("link", name="All that was shared").click()
    expect(page.get_by_role("article")).to_contain_text(GATE)
    page.emulate_media(media="print")
    expect(page.get_by_role("article")).to_have_count(0)
    expect(page.get_by_text("Only entries shared with the care team are on paper.")).to_be_visible()
    page.goto(f"/clinic/patients/{CAST['ana'][1]}")
    expect(page.get_by_text(GATE)).to_be_hidden()


def test_what_cannot_wait_is_raised_by_keyboard_and_without_script(chromium: Browser, live: Live, entry: Said) -> None:
    page = room(chromium.new_context(base_url=live.address, java_script_enabled=False))
    page.get_by_text("Ask a clinician to look").press("Enter")
    page.get_by_label("Call now").press("Space")
    page.get_by_label("What the clinic should know").press_sequentially("Please call her.")
    page.get_by_role("button", name="Raise it").press("Enter")
    expect(page.get_by_text("not acknowledged yet")).to_be_visible()


def test_what_the_therapist_offers_stands_on_today_offline_and_an_entry_begins_from_it(
    phone: Phone, desk: BrowserContext, entry: Said
) -> None:
    page = room(desk)
    page.get_by_text("Offer a prompt or a practice").click()
    page.get_by_label("Prompt or practice").select_option("One small step")
    page.get_by_label("A line of your own").fill("Perhaps the window?")
    page.get_by_role("button", name="Offer it").click()
    expect(page.get_by_text("One small step · Perhaps the window?")).to_be_visible()
    begin(phone)
    phone.offline()
    today = go(phone.page, "/en/")
    expect(today.get_by_role("heading", name="One small step")).to_be_visible()
    expect(today.get_by_text("Perhaps the window?")).to_be_visible()
    expect(today.get_by_text("Visit with your therapist")).to_be_visible()
    today.get_by_role("link", name="Write from it").click()
    expect(today.locator("#asked")).to_contain_text("Perhaps the window?")
    today.get_by_label("Your entry").fill("I opened it.")
    today.get_by_text("My therapist", exact=True).click()
    today.get_by_role("button", name="Done").click()
    today.wait_for_url("**/en/journal")
    phone.offline(False)
    phone.says("All sent")
    page.reload()
    expect(page.get_by_role("article").filter(has_text="I opened it.")).to_contain_text("One small step")


def test_what_is_put_aside_leaves_today_offline_and_stays_away_on_another_phone(
    phone: Phone, other_phone: Phone, says: Says
) -> None:
    until = {"until": (wall_clock() + timedelta(days=3)).date().isoformat()}
    for offer in ({"offer": "slow-breaths", **until}, {"line": "Say hello to the sea.", **until}):
        says("ana", "offer", offer, by="therapist")
    page = begin(phone)
    phone.offline()
    go(page, "/en/")
    card = page.locator("#offers .offer", has_text="Three slow breaths")
    card.get_by_role("button", name="Put it aside").click()
    expect(page.locator("#offers .offer")).to_have_count(1)
    expect(page.get_by_role("heading", name="Say hello to the sea.")).to_be_visible()
    phone.offline(False)
    phone.says("All sent")
    other = begin(other_phone)
    expect(other.get_by_role("heading", name="Say hello to the sea.")).to_be_visible()
    expect(other.get_by_role("heading", name="Three slow breaths")).to_have_count(0)
    go(other, "/fr/")
    expect(other.get_by_text("De votre thérapeute, si vous voulez")).to_be_visible()


def test_a_goal_that_was_set_at_a_visit_stands_on_the_phone_offline_and_is_changed_there(
    phone: Phone, desk: BrowserContext, entry: Said
) -> None:
    page = room(desk)
    page.get_by_text("A new goal").click()
    page.get_by_label("In the patient’s own words").fill("Walk to the water.")
    page.get_by_label("Not yet, a little, mostly").check()
    page.get_by_role("button", name="Set the goal").click()
    page.get_by_text("Set at this visit").click()
    page.get_by_label("A little", exact=True).check()
    page.get_by_role("button", name="Set it").click()
    expect(page.get_by_text(": A little")).to_be_visible()
    begin(phone)
    phone.offline()
    progress = go(phone.page, "/en/progress")
    expect(progress.locator("#goals")).to_contain_text("Walk to the water.")
    expect(progress.locator("#goals")).to_contain_text("a little")
    go(progress, "/fr/progress")
    expect(progress.locator("#goals")).to_contain_text("un peu")
    go(progress, "/en/progress")
    progress.get_by_role("link", name="Say how near, or change the words").click()
    progress.get_by_label("Mostly").check()
    progress.get_by_label("In my words").fill("Swim in the water.")
    progress.get_by_role("button", name="Save").click()
    progress.wait_for_url("**/en/progress")
    expect(progress.locator("#goals")).to_contain_text("Swim in the water.")
    expect(progress.locator("#goals")).to_contain_text("mostly")
    phone.offline(False)
    phone.says("All sent")
    page.reload()
    expect(page.locator(".goal")).to_contain_text("Swim in the water.")
    expect(page.locator(".goal")).to_contain_text("Mostly (by the patient)")

"""The phone's store under faults: it hangs, is full, was cleared, was copied; and the file that one can keep."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from pwa.records import db
from pwa.records.boxed import new_pair
from tests.browser.scene import Live, Phone, come_in
from tests.browser.test_main_job import check_in, report_headache, take_back, write
from tests.browser.told import begin, kept

pytestmark = pytest.mark.browser

WORDS = "The harbour was full of small boats."
#: nothing that is opened from now on answers
OPEN_HANGS = "indexedDB.open = () => new Proxy(IDBFactory.prototype.open.call(indexedDB, 'x'), { get: () => () => {} })"
#: the first save after this hangs, as on a handle that died in the background; one on a new handle does not
SAVE_HANGS = """() => {
  const real = IDBObjectStore.prototype.get;
  let dead = null;
  IDBObjectStore.prototype.get = function (...key) {
    const asking = real.apply(this, key);
    const { db, mode } = this.transaction;
    if (mode === "readwrite" && db.name.startsWith("tidelog-outbox-")) dead ??= db;
    if (dead === db) asking.addEventListener = () => {};
    return asking;
  };
}"""
NOTE_WHAT_IS_TOLD = """() => {
  const [told, text] = [document.querySelector("#told"), document.querySelector("#text")];
  new MutationObserver(() => {
    [sessionStorage.told, sessionStorage.text] = [told.textContent, text.value];
  }).observe(told, { childList: true });
}"""
#: a phone that is full until there is `room`
FULL = """() => {
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...row) {
    if (!window.room) throw new DOMException("", "QuotaExceededError");
    return put.apply(this, row);
  };
}"""
COME_BACK = "document.dispatchEvent(new Event('visibilitychange'))"
NO_LOCKS = "Object.defineProperty(navigator, 'locks', { value: undefined })"
NAMES = "indexedDB.databases().then((all) => all.map(({ name }) => name))"


def texts(live: Live) -> list[str]:
    return [version["body"]["text"] for version in kept(live) if version["kind"] == "journal" and version["body"]]


def clear(page: Page, *kinds: str) -> None:
    """As a browser does it: while no page of the app is open."""
    page.goto("/healthz")
    for name in page.evaluate(NAMES):
        if name.split("-")[1] in kinds:
            page.evaluate("name => new Promise((done) => (indexedDB.deleteDatabase(name).onsuccess = done))", name)


def saved_file(page: Page, press: str) -> tuple[str, str]:
    with page.expect_download() as saving:
        page.locator(press).click()
    return saving.value.suggested_filename, saving.value.path().read_text()


# ---- It does not answer ----


def test_a_store_that_hangs_when_a_page_opens_is_said_plainly_and_tried_again(phone: Phone, live: Live) -> None:
    page = begin(phone)
    write(page, WORDS, "Only me")
    hanging = phone.context.new_page()
    hanging.add_init_script("if (!sessionStorage.well) " + OPEN_HANGS)
    hanging.goto("/en/journal")
    alert = hanging.get_by_role("alert")
    expect(alert).to_contain_text("This phone’s store does not answer", timeout=15_000)
    expect(hanging.locator("tide-status")).to_contain_text("This phone’s store does not answer")
    hanging.evaluate("sessionStorage.well = 'yes'")
    alert.get_by_role("link", name="Try again").click()
    expect(hanging.get_by_text(WORDS)).to_be_visible()
    expect(alert).to_be_hidden()


def test_a_save_that_hangs_keeps_the_words_and_is_made_again_on_a_new_handle(phone: Phone, live: Live) -> None:
    page = begin(phone)
    page.goto("/en/journal/entry")
    page.locator("#text").fill(WORDS)
    page.evaluate(SAVE_HANGS)
    page.evaluate(NOTE_WHAT_IS_TOLD)
    page.get_by_role("button", name="Done").click()
    page.wait_for_url("**/en/journal")
    phone.says("All sent")
    assert page.evaluate("sessionStorage.told") == "This phone is slow to save. Your words are still here."
    assert page.evaluate("sessionStorage.text") == WORDS
    assert set(texts(live)) == {WORDS}
    expect(page.get_by_role("link", name=WORDS)).to_have_count(1)


# ---- It is full ----


def test_on_a_full_phone_words_stay_a_copy_is_offered_and_room_is_enough(phone: Phone, live: Live) -> None:
    page = begin(phone)
    phone.offline()
    check_in(page, mood=6, anxiety=4)
    page.goto("/en/journal/entry")
    expect(page.locator("#text")).to_be_visible()
    page.evaluate(FULL)
    page.locator("#text").fill(WORDS)
    expect(page.locator("#told")).to_contain_text("This phone is full")
    page.get_by_role("button", name="Done").click()
    expect(page.locator("#text")).to_have_value(WORDS)
    phone.says("This phone is full. Your last words are not saved")
    _, copy = saved_file(page, "#keep-copy")
    assert WORDS in copy
    assert "Your mood right now: 6 of 10" in copy
    page.evaluate("window.room = true")
    page.evaluate(COME_BACK)
    page.wait_for_url("**/en/journal")
    expect(page.get_by_role("link", name=WORDS)).to_be_visible()
    phone.offline(False)
    phone.says("All sent")
    assert texts(live) == [WORDS]


def test_a_form_on_a_full_phone_saves_itself_only_if_that_was_asked_for(phone: Phone) -> None:
    page = begin(phone)
    page.goto("/en/check-in")
    expect(page.locator("#entry")).to_be_visible()
    page.evaluate(FULL)
    page.locator("#mood").fill("6")
    expect(page.locator("#dock-says")).to_contain_text("This phone is full")
    expect(page.locator("#keep-copy")).to_be_visible()
    page.evaluate("window.room = true")
    page.evaluate(COME_BACK)
    expect(page.locator("#dock-says")).to_have_text("You can leave anything blank.")
    expect(page.locator("#keep-copy")).to_be_hidden()
    assert page.url.endswith("/en/check-in")
    page.reload()
    expect(page.locator("#drafted")).to_be_visible()


def test_words_that_stand_on_the_screen_alone_are_left_only_once_that_was_asked(phone: Phone) -> None:
    page = begin(phone)
    page.goto("/en/check-in")
    expect(page.locator("#entry")).to_be_visible()
    page.evaluate(FULL)
    page.locator("#note").fill("Only here")
    expect(page.locator("#dock-says")).to_contain_text("This phone is full")
    page.locator(".top .back").click()
    expect(page.locator("#dock-says")).to_have_text(
        "Your words are only on this screen. Tap again to leave without them."
    )
    page.locator("#note").fill("Only here, still")
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    expect(page.locator("#note")).to_have_value("Only here, still")
    page.locator(".top .back").click()
    page.locator(".top .back").click()
    page.wait_for_url("**/en/")


def test_help_opens_at_once_though_words_stand_on_the_screen_alone(phone: Phone) -> None:
    page = begin(phone)
    page.goto("/en/check-in")
    expect(page.locator("#entry")).to_be_visible()
    page.evaluate(FULL)
    page.locator("#note").press_sequentially("Only here")
    expect(page.locator("#keep-copy")).to_be_visible()
    page.locator(".help-link").click()
    page.wait_for_url("**/en/help")


# ---- It was cleared ----


def test_all_that_a_browser_cleared_is_said_with_what_to_do(phone: Phone, live: Live) -> None:
    page = begin(phone)
    live.kill()
    for text in (WORDS, "Another one."):
        write(page, text, "Only me")
    page.goto("about:blank")  # or it would send them when the server is back
    live.start()
    said_waiting(live, 2)
    clear(page, "door", "outbox", "mirror", "drafts")
    page.goto("/en/welcome")
    page.get_by_role("button", name="I have read this").click()
    page.wait_for_url("**/en/")
    expect(page.locator("#lost")).to_contain_text("2 entries had not been sent yet, and are gone.")
    expect(page.locator("#lost")).to_contain_text("you can write it again")
    page.locator("#lost button").click()
    expect(page.locator("#lost")).to_be_hidden()  # once it is noted, and a reload would cut that off
    page.reload()
    phone.says("All sent")
    expect(page.locator("#lost")).to_be_hidden()


def said_waiting(live: Live, count: int) -> None:
    """As if the phone had said so in its last call."""
    with live.app.app_context():
        db.session.execute(db.text("UPDATE device SET waiting = :count"), {"count": count})
        db.session.commit()
        db.session.remove()


def test_an_outbox_that_went_alone_is_said_without_a_network_too(phone: Phone) -> None:
    page = begin(phone)
    write(page, "This one was sent.", "Only me")
    phone.says("All sent")
    phone.offline()
    write(page, WORDS, "Only me")
    phone.says("1 saved on this phone")
    page.goto("/en/")
    expect(page.locator("#waits")).to_be_visible()
    clear_offline(page)
    page.goto("/en/")
    expect(page.locator("#lost")).to_contain_text("1 entry had not been sent yet, and is gone.")
    phone.offline(False)
    phone.says("All sent")
    page.goto("/en/journal")
    expect(page.get_by_role("link", name="This one was sent.")).to_be_visible()


def clear_offline(page: Page) -> None:
    """The page that is open lets go of it, as it must when a browser asks."""
    name = next(name for name in page.evaluate(NAMES) if name.startswith("tidelog-outbox-"))
    page.evaluate("name => new Promise((done) => (indexedDB.deleteDatabase(name).onsuccess = done))", name)


def test_entries_whose_key_went_are_neither_called_sent_nor_thrown_away(phone: Phone) -> None:
    page = begin(phone)
    phone.offline()
    write(page, WORDS, "Only me")
    page.goto("/en/")
    expect(page.locator("#waits")).to_be_visible()
    page.evaluate("""async () => {
      const { name } = (await indexedDB.databases()).find(({ name }) => name.startsWith("tidelog-outbox-"));
      await new Promise((done) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => {
          const tx = opening.result.transaction("keys", "readwrite");
          tx.objectStore("keys").clear();
          tx.oncomplete = () => (opening.result.close(), done());
        };
      });
    }""")
    page.goto("/en/journal")
    page.goto("/en/")
    expect(page.locator("#lost")).to_contain_text("1 entry had not been sent yet, and is gone.")
    phone.offline(False)
    phone.says("1 on this phone cannot be opened")
    page.goto("/en/waiting")
    expect(page.get_by_role("heading", name="1 entry on this phone cannot be opened")).to_be_visible()
    page.goto("/en/more")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="1 entry has not been sent yet")).to_be_visible()


# ---- A file to keep ----


def test_all_entries_become_a_file_that_anyone_can_read_without_a_network(phone: Phone, live: Live) -> None:
    page = begin(phone)
    check_in(page, mood=6, anxiety=4)
    report_headache(page)
    write(page, WORDS, "My therapist")
    write(page, "I take this back.", "Only me")
    take_back(page, "I take this back.")
    phone.says("All sent")
    phone.offline()
    write(page, "Written on a train.", "Only me")
    page.goto("/en/more")
    name, file = saved_file(page, "#save-all")
    assert re.fullmatch(r"tidelog-copy-\d{4}-\d\d-\d\d\.html", name)
    reader = phone.context.new_page()
    reader.set_content(file)
    words = reader.locator("body").inner_text()
    for said in (
        "My entries in Tidelog",
        "4 entries, the oldest first",
        "1 entry that you took back is left out.",
        "Your mood right now: 6 of 10",
        "Headache: Mild",
        WORDS,
        "Who can read this: My therapist",
        "Sent to your clinic.",
        "Written on a train.",
        "Who can read this: Only me",
        "Not sent yet: only on this phone.",
    ):
        assert said in words, said
    assert "I take this back." not in words
    page.goto("/fr/more")
    _, file = saved_file(page, "#save-all")
    assert "Votre humeur en ce moment: 6 sur 10" in file
    assert '<html lang="fr">' in file


# ---- Two tabs, two phones, another server ----


def test_two_tabs_without_locks_send_everything_once(phone: Phone, live: Live) -> None:
    phone.context.add_init_script(NO_LOCKS)
    page = begin(phone)
    other = phone.context.new_page()
    phone.offline()
    for at in range(3):
        write(page, f"First tab {at}", "Only me")
        write(other, f"Other tab {at}", "Only me")
    phone.offline(False)
    for tab in (page, other):
        tab.evaluate(COME_BACK)
        expect(tab.locator("tide-status")).to_contain_text("All sent")
    assert sorted(texts(live)) == sorted(f"{tab} tab {at}" for tab in ("First", "Other") for at in range(3))


def test_signing_out_in_one_tab_closes_the_other(phone: Phone) -> None:
    page = begin(phone)
    write(page, WORDS, "Only me")
    phone.says("All sent")
    other = phone.context.new_page()
    other.goto("/en/journal")
    expect(other.get_by_text(WORDS)).to_be_visible()
    page.goto("/en/more")
    page.get_by_role("button", name="Sign out").first.click()
    page.wait_for_url("**/sign-in")
    expect(other.get_by_role("main").get_by_role("link", name="Sign in")).to_be_visible()
    expect(other.get_by_text(WORDS)).to_have_count(0)


def test_a_backup_restored_onto_two_phones_sends_nothing_twice_and_both_go_on(
    phone: Phone, playwright: Playwright, live: Live, tmp_path: Path
) -> None:
    page = begin(phone)
    phone.offline()
    write(page, WORDS, "Only me")
    phone.close()
    shutil.copytree(phone.profile, tmp_path / "copy", ignore=shutil.ignore_patterns("Singleton*"))
    phone.is_offline = False
    twin = Phone(playwright, tmp_path / "copy", live.address)
    for one in (phone, twin):
        one.open().goto("/en/")
        one.says("All sent")
    assert texts(live) == [WORDS]
    write(phone.page, "From the first.", "Only me")
    write(twin.page, "From its twin.", "Only me")
    for one in (phone, twin):
        one.says("All sent")
    for one in (phone, twin):
        one.page.goto("/en/journal")
        one.page.reload()
        for text in (WORDS, "From the first.", "From its twin."):
            expect(one.page.get_by_role("link", name=text)).to_have_count(1)
    twin.close()


def test_a_server_restored_from_yesterday_hears_again_what_it_lost(phone: Phone, live: Live, tmp_path: Path) -> None:
    page = begin(phone)
    write(page, "Before the backup.", "Only me")
    phone.says("All sent")
    to, key = new_pair()
    live.command("backup", "--to", to, str(tmp_path / "backup"))
    write(page, WORDS, "My therapist")
    phone.says("All sent")
    live.kill()
    with live.app.app_context():
        db.engine.dispose()
    begin_empty(live)
    (tmp_path / "key").write_text(key)
    live.command("restore", "--key-file", str(tmp_path / "key"), str(tmp_path / "backup"))
    live.start()
    assert texts(live) == ["Before the backup."]
    come_in(page, "ana")
    page.goto("/en/journal")
    phone.says("All sent")
    for text in ("Before the backup.", WORDS):
        expect(page.get_by_role("link", name=text)).to_have_count(1)
    while len(texts(live)) < 2:
        page.wait_for_timeout(50)
    phone.says("All sent")
    assert sorted(texts(live)) == sorted(["Before the backup.", WORDS])
    page.reload()
    for text in ("Before the backup.", WORDS):
        expect(page.get_by_role("link", name=text)).to_have_count(1)


def begin_empty(live: Live) -> None:
    """The disk is gone, and there is another."""
    there = Path(live.url.removeprefix("sqlite:///"))
    for path in there.parent.glob(f"{there.name}*"):
        path.unlink()
    with live.app.app_context():
        db.create_all()
        db.session.remove()
        db.engine.dispose()


# ---- A clock that is years off ----


def test_a_clock_years_ahead_is_hinted_at_and_what_it_dated_can_be_mended(phone: Phone, live: Live) -> None:
    page = begin(phone)
    page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=3650))
    write(page, WORDS, "Only me")
    phone.says("Needs your attention")
    page.clock.set_fixed_time(datetime.now(UTC))
    page.goto("/en/waiting")
    page.get_by_role("link", name="Open", exact=True).first.click()
    expect(page.locator("#text")).to_have_value(WORDS)
    page.get_by_role("button", name="Done").click()
    page.wait_for_url("**/en/journal")
    phone.says("All sent")
    assert texts(live)[-1] == WORDS


def test_a_clock_years_behind_sends_and_says_that_the_date_looks_wrong(phone: Phone, live: Live) -> None:
    page = begin(phone)
    page.clock.set_fixed_time(datetime.now(UTC) - timedelta(days=3650))
    write(page, WORDS, "Only me")
    phone.says("The date on this phone looks wrong")
    page.goto("/en/waiting")
    expect(page.get_by_role("heading", name="The date on this phone looks wrong.")).to_be_visible()
    assert texts(live) == [WORDS]

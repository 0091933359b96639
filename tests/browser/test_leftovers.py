"""What can be read on the disk, or opened by the next person: nothing (invariant 12)."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.locks import begin_locked, lock, switch_on
from tests.browser.profile import lying_about
from tests.browser.scene import Live, Phone
from tests.browser.test_main_job import write
from tests.browser.test_owners import all_sign_ins_run_out, sign_in_again
from tests.browser.told import begin

pytestmark = pytest.mark.browser

WORDS = "Quivering zephyrs vex the jade harbour by midnight."


def test_the_scan_finds_what_lies_about_in_any_form(tmp_path: Path) -> None:
    for name, data in {
        "plain": WORDS.encode(),
        "wide": WORDS.encode("utf-16-le"),
        "packed": b"head" + gzip.compress(b"before " + WORDS.encode()),
        "none": b"nothing of it",
    }.items():
        (tmp_path / name).write_bytes(data)
    assert sorted(path.name for path in lying_about(tmp_path, WORDS)) == ["packed", "plain", "wide"]


def test_after_sign_out_with_nothing_waiting_no_word_lies_on_the_disk(phone: Phone, live: Live) -> None:
    page = begin(phone)
    draft_and_write(page)
    phone.says("All sent")
    page.goto("/en/more")
    page.get_by_role("button", name="Sign out").first.click()
    page.wait_for_url("**/sign-in")
    phone.close()
    assert lying_about(phone.profile, WORDS) == []
    phone.open()


def test_after_signing_out_while_locked_no_word_and_no_store_is_left(phone: Phone, live: Live) -> None:
    page = begin(phone)
    write(page, WORDS, "Only me")
    switch_on(page)
    lock(page)
    page.get_by_role("button", name="Forgot PIN").click()
    page.get_by_role("button", name="Sign out on this phone").click()
    page.wait_for_url("**/sign-in")
    names = page.evaluate("indexedDB.databases().then((all) => all.map(({ name }) => name))")
    assert names == ["tidelog-door"]
    phone.close()
    assert lying_about(phone.profile, WORDS) == []
    phone.open()


def test_while_another_person_is_signed_in_no_word_of_the_first_can_be_read(phone: Phone, live: Live) -> None:
    page = begin(phone)
    all_sign_ins_run_out(live)
    draft_and_write(page)
    phone.says("Sign in to send it")
    page = sign_in_again(phone, "another-patient")
    phone.says("All sent")
    for path in ("/en/journal", "/en/journal/entry", "/en/waiting", "/en/more"):
        page.goto(path)
        assert WORDS not in page.content()
    phone.close()
    assert lying_about(phone.profile, WORDS) == []
    phone.open()


def test_while_the_phone_is_locked_no_word_lies_on_the_disk(phone: Phone, live: Live) -> None:
    page = begin_locked(phone)
    phone.offline()
    page.get_by_text("Add without unlocking").click()
    page.get_by_role("link", name="A thought, for me alone").click()
    page.get_by_label("Your entry").fill(WORDS)
    page.get_by_role("button", name="Done").click()
    page.wait_for_url("**/en/lock**")
    phone.close()
    assert lying_about(phone.profile, WORDS) == []
    phone.open()


def test_the_cache_holds_the_same_bytes_whoever_is_signed_in(phone: Phone, other_phone: Phone, live: Live) -> None:
    page = begin(phone)
    write(page, WORDS, "Only me")
    switch_on(page)
    other = other_phone.sign_in("another-patient")
    mine, theirs = in_the_cache(page), in_the_cache(other)
    assert mine == theirs
    assert len(mine) > 20


def in_the_cache(page: Page) -> dict[str, str]:
    """Address → a hash of the bytes, for everything in Cache Storage."""
    found: dict[str, str] = page.evaluate("""async () => {
      const all = {};
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const { url } of await cache.keys()) {
          const bytes = await (await cache.match(url)).arrayBuffer();
          const hash = await crypto.subtle.digest("SHA-256", bytes);
          all[`${name} ${url}`] = [...new Uint8Array(hash)].join();
        }
      }
      return all;
    }""")
    return found


def draft_and_write(page: Page) -> None:
    """Typed, changed and saved: what a browser's own memory of forms might keep."""
    page.goto("/en/journal/entry")
    page.locator("#text").fill(WORDS)
    page.locator("#text").press("End")
    page.locator("#text").type(" And so on.")
    page.get_by_role("button", name="Done").click()
    page.wait_for_url("**/en/journal")
    expect(page.get_by_text(WORDS)).to_be_visible()

"""What browsers and networks do to a patient's words, in Firefox and WebKit too, and that nothing is lost by it. Then,
on the same phone, as a browser's start is most of such a test: her pages, and who holds the phone."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.browser.scene import Live
from tests.browser.test_owners import all_sign_ins_run_out, texts
from tests.browser.told import begin_a_course
from tests.conftest import CAST
from tests.engines import faults
from tests.engines.engine import Engine, button
from tests.engines.test_journey import write

pytestmark = pytest.mark.browser
#: tests/pages looks closer, in Chromium; and what each says when all of it is there
PAGES = dict.fromkeys(("", "check-in", "after-session", "body", "journal", "journal/entry", "progress"), "All sent")
PAGES["help"] = "Harbour clinic"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def words() -> str:
    """Found by nobody but the test that wrote them: the phone is the same for all tests of this file."""
    return f"The harbour was empty, {uuid4()}."


def test_a_handle_that_died_in_the_background_is_opened_again(phone: Engine, served: Live, words: str) -> None:
    begin(phone, words)
    phone.js(faults.HANDLES_DIE)
    save(phone)
    arrives(phone, served, words)


def test_on_a_full_disk_the_words_stay_on_the_screen(phone: Engine, served: Live, words: str) -> None:
    begin(phone, words)
    phone.js(faults.DISK_IS_FULL)
    phone.tap(button("Done"))
    phone.sees("This phone is full, so your words are only on this screen")
    phone.says("This phone is full. Your last words are not saved")
    assert typed(phone) == words
    phone.js(faults.ROOM_AGAIN)
    phone.at("/en/journal")
    arrives(phone, served, words)


def test_a_save_that_hangs_is_not_called_saved_until_it_is(phone: Engine, served: Live, words: str) -> None:
    begin(phone, words)
    phone.js(faults.OUTBOX_HANGS % CAST["ana"][1])
    phone.tap(button("Done"))
    phone.sees("This phone is slow to save. Your words are still here.")
    assert typed(phone) == words
    phone.js(faults.LET_GO)
    phone.at("/en/journal")
    arrives(phone, served, words)


def test_a_page_that_was_left_in_the_middle_of_its_work_shuts_no_other_out(
    phone: Engine, served: Live, words: str
) -> None:
    phone.go("/en/journal")
    phone.js(faults.READING_TAKES_LONG)
    begin(phone, words)
    save(phone)
    arrives(phone, served, words)


def test_a_sign_in_that_ran_out_keeps_the_words_until_the_next_one(phone: Engine, served: Live, words: str) -> None:
    all_sign_ins_run_out(served)
    write(phone, words, "Only me")
    phone.says("1 saved on this phone. Sign in to send it")
    phone.begin_again()
    phone.go("/en/journal")
    phone.sees(words)
    phone.sign_in("ana")
    arrives(phone, served, words)


def test_the_page_of_a_captive_portal_changes_nothing(phone: Engine, served: Live, words: str) -> None:
    served.kill()
    served.start("tests.engines.portal:app")
    write(phone, words, "Only me")
    phone.says("1 saved on this phone. The Wi-Fi may want you to sign in")
    phone.go("/en/")
    phone.misses("Free Wi-Fi")
    served.kill()
    served.start()
    arrives(phone, served, words)


def test_two_tabs_say_the_same(phone: Engine, served: Live, words: str) -> None:
    phone.go("/en/journal")
    with phone.other_tab():
        write(phone, words, "Only me")
    phone.sees(words)
    arrives(phone, served, words)


def test_no_page_scrolls_sideways(phone: Engine, served: Live) -> None:
    begin_a_course(served, last=1)
    for path, words in PAGES.items():
        phone.go(f"/en/{path}")
        phone.sees(words)
        assert phone.js(WIDER) <= 0, path


def test_another_patient_reads_nothing_of_the_first_who_finds_all_again(
    phone: Engine, served: Live, words: str
) -> None:
    all_sign_ins_run_out(served)
    write(phone, words, "Only me")
    phone.says("1 saved on this phone. Sign in to send it")
    phone.come_in("another-patient")
    phone.go("/en/journal")
    phone.sees("Nothing is written yet.")
    readable = phone.js(faults.READABLE)
    assert CAST["another-patient"][1] in readable
    assert words not in readable
    assert "a key that can be taken out" not in readable
    assert words not in texts(served)
    all_sign_ins_run_out(served)
    phone.come_in("ana")
    assert texts(served).count(words) == 1
    sign_out(phone, words)


def sign_out(phone: Engine, words: str) -> None:
    """Leaves no store of anyone who has nothing waiting, and no cookie."""
    phone.go("/en/more")
    phone.tap("#sign-out")
    phone.at("/sign-in")
    phone.whose = ""
    names = phone.js("indexedDB.databases().then((all) => all.map(({ name }) => name))")
    assert [name for name in names if CAST["ana"][1] in name] == []
    assert phone.js("document.cookie") == ""
    assert words not in phone.js(faults.READABLE)
    phone.go("/en/journal")
    phone.sees("Not signed in", "tide-status")


def begin(phone: Engine, words: str) -> None:
    phone.go("/en/journal/entry")
    phone.write("#text", words)


def save(phone: Engine) -> None:
    phone.tap(button("Done"))
    phone.at("/en/journal")


def typed(phone: Engine) -> str:
    return phone.js("document.querySelector('#text').value")


def arrives(phone: Engine, served: Live, words: str) -> None:
    """Is in the journal, goes to the server, and stands there once."""
    phone.go("/en/journal")
    phone.sees(words)
    phone.says("All sent")
    assert phone.words("#list").count(words) == 1
    assert served.thoughts().count(words) == 1

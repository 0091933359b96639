from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

from tests.browser.locks import unlock
from tests.pages.conftest import LOCKED_PAGES, OWN_PAGES, PATIENT_PAGES, STAFF, speak
from tools.screenshots import shut_lock

#: what passes is not told, that alone takes longer than looking; sounds and films are not fetched, as there are none
VIOLATIONS = {"resultTypes": ["violations"], "preload": False}
RULES = {**VIOLATIONS, "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
#: above the pages, so that these keep their language for as long as they can
BOTH_LANGUAGES = pytest.mark.parametrize("language", ["en", "fr"])


def settled(page: Page, path: str) -> None:
    """A page of the phone's draws itself, and once more after it has asked the clinic."""
    page.goto(path)
    page.wait_for_load_state("networkidle")


#: what a dock, or the bar of keys, half covers here is whole once one scrolls, so it is judged where nothing sticks
LET_GO = "document.querySelectorAll('.dock, .tabs, .keys').forEach((one) => { one.style.position = 'static' })"


#: all that a theme changes
COLOURS = {**VIOLATIONS, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


#: a page that is looked at in both languages is looked at in both themes so
THEMES = {"en": "light", "fr": "dark"}


def nothing_found(page: Page, rules: Any = RULES) -> None:
    _nothing_found(page, THEMES[page.evaluate("document.documentElement.lang")], rules)


def nothing_found_in_either_theme(page: Page) -> None:
    """Of a page that is looked at in one language alone."""
    _nothing_found(page, "light", RULES)
    _nothing_found(page, "dark", COLOURS)


def _nothing_found(page: Page, theme: Any, rules: Any) -> None:
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.evaluate(LET_GO)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = AxeResults(page.evaluate("rules => axe.run(rules)", rules))
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


@pytest.mark.parametrize("path", PATIENT_PAGES)
@BOTH_LANGUAGES
def test_a_patients_page_fits_and_is_reached_by_keyboard_and_axe_finds_nothing_nor_after_a_session(
    phone, path, language
):
    settled(phone, f"/{language}/{path}")
    is_for_everyone(phone)
    phone.evaluate("document.documentElement.dataset.mode = 'after'")
    nothing_found(phone, COLOURS)


def is_for_everyone(page: Page) -> None:
    """Looked at once it is loaded, as that takes as long as looking. What is reached is the same in each language."""
    fits_a_small_screen(page)
    nothing_found(page)
    if page.locator("html").get_attribute("lang") == "en":
        walk(page)


def own(page: Page, path: str, language: str) -> None:
    """In the language of the account, which the phone sets."""
    page.goto(path)
    if page.locator("html").get_attribute("lang") != language:
        token = page.locator("[name=csrf_token]").first.get_attribute("value")
        page.request.post("/language", form={"csrf_token": str(token), "language": language, "back": path})
        page.goto(path)
    assert page.locator("html").get_attribute("lang") == language


@pytest.mark.parametrize("path", OWN_PAGES)
@BOTH_LANGUAGES
def test_a_page_of_ones_own_account_fits_and_is_reached_by_keyboard_and_axe_finds_nothing(phone, path, language):
    own(phone, path, language)
    is_for_everyone(phone)


@pytest.mark.parametrize("path", LOCKED_PAGES)
@BOTH_LANGUAGES
def test_a_page_that_opens_while_locked_fits_and_is_reached_by_keyboard_and_axe_finds_nothing(locked, path, language):
    settled(locked, f"/{language}/{path}")
    is_for_everyone(locked)


@BOTH_LANGUAGES
def test_axe_finds_nothing_where_a_pin_is_forgotten(locked, language):
    settled(locked, f"/{language}/lock")
    locked.locator("#forgot-pin").click()
    nothing_found(locked)


@BOTH_LANGUAGES
def test_axe_finds_nothing_where_the_lock_is_changed(locked, language):
    settled(locked, f"/{language}/lock")
    unlock(locked)
    settled(locked, f"/{language}/more")
    locked.locator("#lock summary").click()
    nothing_found(locked)
    shut_lock(locked)


@BOTH_LANGUAGES
def test_axe_finds_nothing_where_a_safety_plan_stands_on_the_locked_screen(locked, language):
    settled(locked, f"/{language}/lock")
    locked.locator("#plan summary").click()
    nothing_found(locked)


@BOTH_LANGUAGES
@pytest.mark.parametrize("who", STAFF)
def test_the_pages_of_the_clinic_fit_and_are_reached_by_keyboard_and_axe_finds_nothing(desks, addresses, who, language):
    page = desks[who]
    page.goto("/clinic/")
    speak(page, language)
    for address in addresses[who]:
        page.goto(address)
        is_for_everyone(page)


def an_alert_beside_the_list(page: Page, language: str) -> None:
    page.goto("/clinic/")
    speak(page, language)
    page.goto("/clinic/triage")
    page.locator("#list .row").first.click()
    page.locator(".pane h2").first.wait_for()
    page.locator(".keys summary").click()


@BOTH_LANGUAGES
def test_axe_finds_nothing_where_an_alert_stands_beside_the_list(desks, language):
    page = desks["clinician"]
    an_alert_beside_the_list(page, language)
    nothing_found(page)


@BOTH_LANGUAGES
@pytest.mark.parametrize("width", [820, 1100, 1440])
def test_triage_never_scrolls_sideways_with_an_alert_beside_the_list(desks, language, width):
    page = desks["clinician"]
    an_alert_beside_the_list(page, language)
    page.set_viewport_size({"width": width, "height": 900})
    never_wider_than_the_screen(page)
    page.set_viewport_size({"width": 1440, "height": 900})


@BOTH_LANGUAGES
def test_axe_finds_nothing_where_all_of_the_reading_room_lies_open(desks, language):
    page = desks["therapist"]
    page.goto("/clinic/")
    speak(page, language)
    page.goto("/clinic/room")
    for folded in page.locator(".margin summary").all():
        folded.click()
    fits_a_small_screen(page)
    nothing_found(page)


@BOTH_LANGUAGES
def test_axe_finds_nothing_where_a_goal_is_changed_and_it_fits_a_small_screen(phone, language):
    settled(phone, f"/{language}/progress")
    phone.locator("#goals a").first.click()
    phone.locator("#entry").wait_for()
    fits_a_small_screen(phone)
    nothing_found(phone)


@BOTH_LANGUAGES
@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/code", "/invited", "/terms"])
def test_axe_finds_nothing_where_one_signs_in(chromium, demo, path, language):
    context = chromium.new_context(base_url=demo[0], locale=language)
    page = context.new_page()
    page.goto(path)
    nothing_found(page)
    context.close()


def fits_a_small_screen(page: Page) -> None:
    """The page is laid out anew as when a phone is turned; it is left as it was."""
    before = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 640})
    never_wider_than_the_screen(page)
    page.evaluate("document.documentElement.style.fontSize = ''")
    assert page.evaluate(TOO_WIDE) == {}, page.url
    page.set_viewport_size(before)


def never_wider_than_the_screen(page: Page) -> None:
    for size in ("100%", "200%"):
        page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        assert wider_than_the_screen(page) == [], f"{page.url}, {size}"


#: by the product's own sizes of words, by day and after a session: how wide the page is, if wider than the screen
TOO_WIDE = """() => {
  const root = document.documentElement;
  const { text, mode } = root.dataset;
  const sizes = ["normal", "large", "larger"].flatMap((text) => ["usual", "after"].map((mode) => ({ text, mode })));
  const widths = sizes.map((size) => {
    Object.assign(root.dataset, size);
    return [`${size.text} ${size.mode}`, root.scrollWidth];
  });
  for (const [name, value] of Object.entries({ text, mode })) {
    if (value) root.dataset[name] = value;
    else delete root.dataset[name];
  }
  return Object.fromEntries(widths.filter(([, width]) => width > root.clientWidth));
}"""


def wider_than_the_screen(page: Page) -> list[str]:
    return page.evaluate("""() => {
      const room = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= room) return [];
      return [...document.querySelectorAll("body *")]
        .filter((one) => one.getBoundingClientRect().right > room + 1)
        .map((one) => `${one.tagName} ${one.className} ${Math.round(one.getBoundingClientRect().right)}`).slice(0, 8);
    }""")


NOT_REACHED = """() => {
  const groups = new Set([...document.querySelectorAll("[type=radio][data-reached]")].map((one) => one.name));
  return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter((one) => one.ariaHidden !== "true")  // a name for the browser's keeper of passwords
    .filter((one) => !one.disabled && one.type !== "hidden" && one.checkVisibility({ checkVisibilityCSS: true }))
    .filter((one) => !one.dataset.reached && !(one.type === "radio" && groups.has(one.name)))
    .map((one) => one.outerHTML.slice(0, 120));
}"""


#: from the top, also where a field takes the focus by itself, which it does when the page is drawn; says how many steps
#: it is at most to the end
FROM_THE_TOP = """async () => {
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
  document.body.tabIndex = -1
  document.body.focus()
  document.body.removeAttribute('tabindex')
  document.addEventListener('focusin', ({ target }) => (target.dataset.reached = 'yes'))
  const some = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")
  return some.length + 20  // for what scrolls
}"""


def walk(page: Page) -> None:
    for _ in range(page.evaluate(FROM_THE_TOP)):
        page.keyboard.press("Tab")
    assert page.evaluate(NOT_REACHED) == [], page.url

"""Charts and their tables say the same, and nothing that nobody said."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.scene import until
from tests.browser.told import at, begin, bring, effects, go, treatment, version

pytestmark = pytest.mark.browser


def test_a_day_without_an_entry_is_a_gap_and_the_table_has_every_number(phone, live, course):
    page = begin(phone)
    go(page, "/en/progress")
    expect(page.locator("#headline")).to_contain_text("Your mood was 3 when you began.")
    expect(page.locator("#headline")).to_contain_text("This week it has been between 4 and 6.")
    assert page.locator("tide-chart .l.mood").count() == 2  # ten to six days ago, four to two: no line between them
    assert page.locator("tide-chart .d.mood").count() == 8
    assert page.locator("tide-chart .tag").count() == 4
    assert page.locator("tide-chart .as-chart").get_attribute("aria-hidden") == "true"
    page.get_by_role("radio", name="Table").check(force=True)
    rows = page.locator("#days tbody tr")
    assert rows.filter(has_text="no entry").count() == 3
    figures = [row.locator("td").all_inner_texts() for row in rows.all() if row.locator(".blank").count() == 0]
    assert [f[0] for f in figures] == ["5", "6", "5", "5", "4", "4", "4", "3", "3"]
    assert figures[1][:3] == ["6", "4", "6.5"]
    assert page.locator("#days thead th").all_inner_texts()[-1] == "Session"
    expect(page.locator("#how")).to_contain_text("the chart shows the last")


def test_energy_is_a_column_where_somebody_said_it(phone, live, course):
    bring(live, "ana", version("check-in", at(1, 9), {"mood": 6, "energy": 3}))
    page = begin(phone)
    go(page, "/en/progress")
    page.get_by_role("radio", name="Table").check(force=True)
    assert page.locator("#days thead th").all_inner_texts()[-1] == "Energy"
    assert "3" in [row.locator("td").last.inner_text() for row in page.locator("#days tbody tr").all()]


def test_progress_looks_back_three_months_and_lays_cycles_over_each_other(phone, live, course):
    page = begin(phone)
    go(page, "/en/progress")
    page.get_by_role("radio", name="3 months").check(force=True)
    assert page.locator("tide-chart .post").count() == 4
    page.get_by_role("radio", name="By session").check(force=True)
    assert page.locator("tide-chart .cycle").count() == 2
    expect(page.get_by_text("Each line is your mood from one session to the next.")).to_be_visible()
    page.get_by_role("radio", name="Table").check(force=True)
    first = page.locator("#days tbody tr").first.locator("td").all_inner_texts()
    assert first == ["4", "5"]


def test_effects_fade_by_the_answers_and_sessions_can_be_compared(phone, live, course):
    page = begin(phone)
    go(page, "/en/progress")
    expect(page.locator("#fading-say")).to_have_text("After session 3. Most were gone by the next day.")
    detached = page.locator("#fading .fade").first.get_by_role("row", name="Feeling detached")
    assert detached.locator("td").all_inner_texts() == ["severe", "none", "–"]
    page.get_by_role("button", name="Compare with other sessions").press("Enter")
    compared = page.locator("#others").get_by_role("row", name="Feeling detached")
    assert compared.locator("td").all_inner_texts() == ["mod.", "severe"]


def test_what_is_so_or_not_says_yes_and_an_effect_of_the_clinics_own_its_name(phone, live, course):
    own = {"effect": "own-0c0ffee0", "words": "Ears feel blocked", "severity": 1}
    session = treatment(at(0, 1), 4)
    said = effects(at(0, 2), session["record"], "acute", drove=1)
    said["body"]["effects"].append(own)
    bring(live, "clinician", session)
    bring(live, "ana", said, effects(at(0, 3), session["record"], "next-day", drove=0))
    page = begin(phone)
    go(page, "/en/progress")
    table = page.locator("#fading .fade").first
    drove = table.get_by_role("row", name="Drove, or plan to, before sleeping")
    assert drove.locator("td").all_inner_texts() == ["yes", "no", "–"]
    expect(table.get_by_role("row", name="Ears feel blocked")).to_be_visible()
    expect(page.locator("#fading-say")).to_have_text("After session 4.")


def test_what_the_server_could_not_take_in_is_no_part_of_a_chart(phone, live, course):
    odd = version("check-in", at(1, 20), {"mood": "six"}), effects(at(1, 21), "no treatment", "acute", dissociation=3)
    bring(live, "ana", *odd, outcome="parked")
    page = begin(phone, "Needs your attention")
    go(page, "/en/progress")
    expect(page.locator("#headline")).to_contain_text("This week it has been between 4 and 6.")
    assert page.locator("tide-chart .d.mood").count() == 8
    expect(page.locator("#entries").get_by_text("needs your attention").first).to_be_visible()


#: the drawing is as wide as its chart without the padding
FITS = """(() => {
  const [chart] = document.querySelectorAll("tide-chart .as-chart");
  const drawn = [...document.querySelectorAll("tide-chart svg")].at(-1);
  const [outer, inner] = [chart, drawn].map((one) => one.getBoundingClientRect().width);
  return outer > 0 && Math.abs(outer - inner - 24) < 2;
})()"""


def test_the_chart_takes_the_width_it_is_given(phone, live, course):
    page = begin(phone)
    go(page, "/en/progress")
    for width in (320, 500):
        page.set_viewport_size({"width": width, "height": 844})
        until(page, FITS)
        assert page.evaluate("document.documentElement.scrollWidth") == width

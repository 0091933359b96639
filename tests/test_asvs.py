"""docs/asvs.md stands for what there is: each requirement once, and what is met by something that can be opened."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest

from tools.trees import ROOT

LEVELS = json.loads((ROOT / "tests" / "asvs-5.0.0.json").read_text())["levels"]
ASKED = {level: [number for chapter in chapters for number in chapter.split()] for level, chapters in LEVELS.items()}
ROW = re.compile(r"^\| ([0-9.]+) \| ([0-9]) \| (.+?) \| (.+?) \| (.+) \|$", re.M)
ROWS = ROW.findall((ROOT / "docs" / "asvs.md").read_text())
STANDS = {"met", "not applicable", "deviation", "open"}
NAMED = re.compile(r"`([\w./-]+\.\w+|[\w/-]+/[\w.-]+)(?:::(\w+))?`")
PYTHON = sorted((ROOT / "pwa").rglob("*.py"))
SCRIPTS = sorted((ROOT / "pwa" / "static" / "js").rglob("*.js"))


def test_each_requirement_of_levels_1_and_2_stands_once_with_its_level():
    assert (len(ASKED["1"]), len(ASKED["2"])) == (70, 183)
    wanted = Counter((number, level) for level, numbers in ASKED.items() for number in numbers)
    assert Counter((number, level) for number, level, *_ in ROWS) == wanted


def test_each_row_says_how_it_stands_and_why():
    assert {stands for *_, stands, _ in ROWS} <= STANDS
    assert [number for number, _, asks, _, why in ROWS if not asks.strip() or len(why) < 4] == []


@pytest.mark.parametrize("row", [row for row in ROWS if row[3] in ("met", "deviation")], ids=lambda row: row[0])
def test_what_a_row_names_is_there(row):
    named = NAMED.findall(row[4])
    assert named or row[3] == "deviation", f"{row[0]} names no test and no file"
    for path, test in named:
        assert (ROOT / path).exists(), f"{row[0]}: {path}"
        assert not test or f"def {test}(" in (ROOT / path).read_text(), f"{row[0]}: {path}::{test}"


def test_what_a_page_is_said_to_say_stands_under_a_heading_of_it():
    for number, *_, why in ROWS:
        for path, headings in re.findall(r"`(docs/\w+\.md)` \((\*[^)]+\*)", why):
            for heading in re.findall(r"\*([^*]+)\*", headings):
                assert re.search(rf"^#+ {re.escape(heading)}$", (ROOT / path).read_text(), re.M), f"{number}: {heading}"


def test_the_product_runs_no_command_and_reads_no_object_that_could():
    able = re.compile(
        r"\b(subprocess|os\.system|popen|pickle|marshal|shelve|yaml|lxml|xml\.|render_template_string|from_string"
        r"|eval\(|exec\()"
    )
    assert [path.name for path in PYTHON if able.search(path.read_text())] == []
    assert [path.name for path in SCRIPTS if re.search(r"\beval\(|new Function\(", path.read_text())] == []


def test_no_script_puts_text_in_as_markup():
    able = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|createContextualFragment")
    assert [path.name for path in SCRIPTS if able.search(path.read_text())] == []

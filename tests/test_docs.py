"""Pages that are written from the code say what the code says."""

from tools import catalogue, rights


def test_the_page_of_the_catalogue_is_the_catalogue():
    """If this fails: `python -m tools.catalogue`."""
    assert catalogue.PAGE.read_text("utf-8") == catalogue.page()


def test_the_page_of_who_may_see_what_is_the_table_that_the_lookups_ask():
    """If this fails: `python -m tools.rights`."""
    assert rights.PAGE.read_text("utf-8") == rights.page()

"""Pages that are written from the code say what the code says."""

from tools import catalogue


def test_the_page_of_the_catalogue_is_the_catalogue():
    """If this fails: `python -m tools.catalogue`."""
    assert catalogue.PAGE.read_text("utf-8") == catalogue.page()

"""Runs every measurement in one go and prints ratios."""

from tests.bench import pages, pushing

if __name__ == "__main__":
    pushing.measure()
    pages.measure()

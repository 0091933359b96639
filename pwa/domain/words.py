"""Marks a sentence for translation where no language is known yet."""


def N_(text: str) -> str:
    return text

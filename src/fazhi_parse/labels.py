"""Words for people: what statuses, roles, dimensions and columns are called in English and Chinese."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

__all__ = ["LANGUAGES", "check_language", "label"]

LANGUAGES = ("en", "zh")
"""Languages that there are words in."""


@cache
def _labels() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads((files("fazhi_parse") / "data" / "labels.toml").read_text("utf-8"))


def check_language(lang: str) -> None:
    """Raise where there are no words in a language.

    Raises:
        ValueError: There are none.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"no words in {lang!r}; there are {', '.join(LANGUAGES)}")


def label(group: str, key: str, lang: str) -> str:
    """What a person calls something; the key itself where it has no name.

    >>> label("status", "planned", "zh"), label("dimension", "disputes", "en"), label("role", "mine", "en")
    ('计划', 'Disputes', 'mine')
    """
    words = _labels()[group].get(key)
    return words[lang] if words is not None else key

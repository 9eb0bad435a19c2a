"""Raised characters: powers are part of the text, the numbers of notes are not."""

from __future__ import annotations

import re

__all__ = ["raised"]

_NOTE = re.compile(r"\s*[\[【〔(（]?\s*(?:[0-9]{1,3}|[①-⑳*※])\s*[\]】〕)）]?\s*")


def raised(text: str, before: str) -> str:
    """What a raised piece adds to a line.

    Args:
        text: The piece.
        before: What stands before it.

    >>> raised("2", "120m"), raised("1", "审结45"), raised("[3]", "办结。"), raised("注", "表")
    ('2', '', '', '注')
    """
    of_a_unit = before[-1:].isascii() and before[-1:].isalpha()
    return "" if _NOTE.fullmatch(text) and not of_a_unit else text

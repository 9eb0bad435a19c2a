"""Pinyin that scraper mills glue behind characters: 監(jiān)管."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..deferred import deferred
from ..source import Change
from .traditional import simplified_forms

__all__ = ["GLOSS", "SYLLABLE", "TONES", "glosses"]

TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿếề"
_TONE = deferred(f"[{TONES}]")
SYLLABLE = f"[a-zü{TONES}]{{1,7}}"
"""Pattern of a syllable as the mills write it."""
GLOSS = deferred(rf"[(（]({SYLLABLE})[)）]")
_TONELESS = {"men", "me", "ma", "ne", "de", "le", "ge", "li", "zi", "tou", "er", "a", "ba", "la"}
_ENOUGH = 3


def glosses(text: str) -> Iterator[Change]:
    """Delete glosses.

    Sure only when the character before is one that t2s knows, the bracket holds one syllable
    with a tone mark (or a known toneless one), and the document has at least three of them;
    a single reading given in a text, 重(chóng)复, stays.
    """
    if not _TONE.search(text):
        return
    hits: list[re.Match[str]] = []
    toned = 0
    characters = simplified_forms()
    for match in GLOSS.finditer(text):
        if text[match.start() - 1 : match.start()] not in characters:
            continue
        tone = _TONE.search(match.group(1)) is not None
        if tone or match.group(1) in _TONELESS:
            hits.append(match)
            toned += tone
    if toned >= _ENOUGH:
        for match in hits:
            yield match.start(), match.end(), "", "glosses"

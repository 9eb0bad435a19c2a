"""Traditional to simplified characters, 1:1, from the dictionary files of opencc-python-reimplemented.

The package's `OpenCC("t2s").convert` looks up its 277 phrases and 4,113 characters one
by one; none of them changes the length. One search for the characters that phrases have in
common and one `str.translate` give the same output much faster, and keep every offset.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

__all__ = ["is_traditional", "simplified_forms", "simplify"]

_SAMPLE = 20_000
"""Characters of a text that are looked at to tell its script: far more than is needed to be sure."""
_ENOUGH = 2_000
"""So many of them, spread over all, tell that it is not the other one."""


def _folders() -> Iterator[Path]:
    """Where the dictionaries of the package may be.

    The official OpenCC distribution installs into the same `opencc` folder, or hides it from
    another place on the path, and may replace its `__init__`: so the package is never
    imported, and its own record of files is asked first.
    """
    from importlib.metadata import PackageNotFoundError, distribution  # only where a text is traditional

    with suppress(PackageNotFoundError):
        yield Path(str(distribution("opencc-python-reimplemented").locate_file("opencc")))
    for entry in sys.path:
        yield Path(entry or ".") / "opencc"


def _dictionary(name: str) -> dict[str, str]:
    """One dictionary file of the package: key, and the first of its readings."""
    for folder in _folders():
        path = folder / "dictionary" / name
        if path.is_file():
            rows = (line.split("\t") for line in path.read_text("utf-8").splitlines() if "\t" in line)
            return {key: values.split(" ")[0] for key, values in rows}
    raise ImportError(f"the dictionary {name} of opencc-python-reimplemented was not found")


@cache
def simplified_forms() -> Mapping[str, str]:
    """What t2s makes of each single character that it knows."""
    return _dictionary("TSCharacters.txt")


@cache
def _only() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of characters that only traditional, and only simplified, text uses."""
    to_simplified = simplified_forms()
    to_traditional = _dictionary("STCharacters.txt")
    traditional = [c for c, simple in to_simplified.items() if simple != c and c not in to_traditional]
    simplified = [c for c, trad in to_traditional.items() if trad != c and c not in to_simplified]
    return _one_of(traditional), _one_of(simplified)


def _one_of(characters: Iterable[str]) -> re.Pattern[str]:
    # a class with characters beyond the basic plane is searched one by one, 500 times slower
    return re.compile("[" + "".join(sorted(c for c in characters if ord(c) < 0x10000)) + "]")


def is_traditional(text: str) -> bool:
    """Whether a text is written in traditional characters.

    Names keep a traditional character here and there in simplified text (王濛, 毕昇), so
    characters of both scripts are counted, and the traditional ones must be the more.

    >>> is_traditional("辦理行政復議案件"), is_traditional("王濛同志主持会议")
    (True, False)
    """
    sample = text[:_SAMPLE]
    spread = sample[:: max(1, len(sample) // _ENOUGH)]
    # Nearly all traditional-only characters lack a place in GB 2312: a cheap no for most texts.
    foreign = len(spread) - len(spread.encode("gb2312", "ignore").decode("gb2312"))
    if foreign * 25 < len(spread):
        return False
    traditional, simplified = _only()
    seen = len(traditional.findall(sample))
    return seen >= 2 and seen * 10 >= len(sample) and seen > len(simplified.findall(sample))


@cache
def _phrases() -> tuple[re.Pattern[str], Mapping[str, Sequence[tuple[int, str]]], Mapping[str, str]]:
    """A pattern of the rarest character of each phrase, where that is in which phrases, and their readings."""
    readings = {key: value for key, value in _dictionary("TSPhrases.txt").items() if len(key) == len(value)}
    # in text of both scripts a phrase may stand in its simplified form: 乾县 keeps its first character, too
    readings |= {value: value for key, value in readings.items() if key != value and value not in readings}
    count = Counter(char for phrase in readings for char in set(phrase))
    places: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for phrase in readings:
        # the character that most phrases share keeps the pattern small, and it is a rare one in texts
        sign = max(phrase, key=lambda char: (count[char], char))
        places[sign].append((phrase.index(sign), phrase))
    return _one_of(places), places, readings


@cache
def _table() -> Mapping[int, str]:
    return str.maketrans(dict(simplified_forms()))


def simplify(text: str) -> str:
    """Simplified form of a traditional text, of the same length.

    Phrases come before single characters. Where phrases overlap the longest wins, then the
    first, as in the package's t2s; phrases are also known where some of their characters are simplified already.

    >>> simplify("一目瞭然的規範")
    '一目了然的规范'
    >>> simplify("乾县辦理行政復議案件")
    '乾县办理行政复议案件'
    """
    signs, places, readings = _phrases()
    found: list[tuple[int, int, str]] = []
    for match in signs.finditer(text):
        at = match.start()
        for offset, phrase in places[match.group()]:
            if at >= offset and text.startswith(phrase, at - offset):
                found.append((-len(phrase), at - offset, phrase))
    simple = text.translate(_table())
    if not found:
        return simple
    taken: dict[int, str] = {}
    covered: set[int] = set()
    for length, start, phrase in sorted(found):
        span = range(start, start - length)
        if covered.isdisjoint(span):
            covered.update(span)
            taken[start] = readings[phrase]
    pieces: list[str] = []
    here = 0
    for start in sorted(taken):
        pieces += (simple[here:start], taken[start])
        here = start + len(taken[start])
    return "".join([*pieces, simple[here:]])

"""Reports as bytes in every encoding that they come in, to see which are read right."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import attrs

from damaging import traditional

LENGTHS = (20, 60, 300, 3000)
_FOUR_BYTES = "㐂䶮𠮷𬱖"
_DECLARED = '<html><head><meta http-equiv="Content-Type" content="text/html; charset={}"></head><body>\n'


@attrs.frozen
class Encoded:
    """Bytes, the text that they were made of, and how."""

    label: str
    length: int
    data: bytes
    text: str
    cut: bool
    """Whether the bytes end in the middle of the last character."""


KINDS = {
    # label: (codec, script, what is put before, what is put in the middle)
    "UTF-8": ("utf-8", "simplified", "", ""),
    "UTF-8, BOM": ("utf-8-sig", "simplified", "", ""),
    "UTF-16, BOM": ("utf-16", "simplified", "", ""),
    "UTF-16 LE": ("utf-16-le", "simplified", "", ""),
    "UTF-16 BE": ("utf-16-be", "simplified", "", ""),
    "UTF-32 LE": ("utf-32-le", "simplified", "", ""),
    "GBK": ("gbk", "simplified", "", ""),
    "GBK, traditional": ("gbk", "traditional", "", ""),
    "GB 18030, four bytes": ("gb18030", "simplified", "", _FOUR_BYTES[:2]),
    "Big5": ("cp950", "traditional", "", ""),
    "Big5-HKSCS": ("big5hkscs", "traditional", "", "邨滙"),
    "GBK, declared gb2312": ("gbk", "simplified", _DECLARED.format("gb2312"), "镕"),
    "UTF-8, declared gb2312": ("utf-8", "simplified", _DECLARED.format("gb2312"), ""),
    "GBK, declared utf-8": ("gbk", "simplified", _DECLARED.format("utf-8"), ""),
    "Big5, declared gb2312": ("cp950", "traditional", _DECLARED.format("gb2312"), ""),
    "GBK, declared iso-8859-1": ("gbk", "simplified", _DECLARED.format("iso-8859-1"), ""),
}


def encoded(
    texts: Sequence[str], each: int, seed: int = 1, lengths: Sequence[int] = LENGTHS
) -> Iterator[Encoded]:
    """Pieces of the texts in all kinds and lengths, `each` of a kind and length, half of them cut by a byte."""
    rng = random.Random(seed)
    scripts = {"simplified": list(texts), "traditional": [traditional(text) for text in texts]}
    for label, (codec, script, before, inside) in KINDS.items():
        for length in lengths:
            for number in range(each):
                text = rng.choice(scripts[script])
                start = rng.randrange(max(1, len(text) - length))
                text = text[start : start + length]
                text = before + text[: length // 2] + inside + text[length // 2 :]
                text = text.encode(codec, "ignore").decode(codec)
                data = text.encode(codec)
                cut = number % 2 == 1
                yield Encoded(label, length, data[:-1] if cut else data, text, cut)


def right(text: str, wanted: str, cut: bool) -> bool:
    """Whether a text is the one that was wanted, but for the sign of a broken last character."""
    return text.rstrip("\ufffd") == wanted[:-1] if cut else text == wanted

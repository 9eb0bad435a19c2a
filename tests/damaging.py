"""Damages clean texts in the ways the web does, so that cleaning can be measured against the undamaged text."""

from __future__ import annotations

import re
from functools import cache
from random import Random

READINGS = {
    "監": "jiān", "優": "yōu", "聯": "lián", "執": "zhí", "現": "xiàn", "發": "fā", "數": "shù", "業": "yè",
    "網": "wǎng", "創": "chuàng", "節": "jié", "據": "jù", "經": "jīng", "協": "xié", "規": "guī", "續": "xù",
    "鄉": "xiāng", "區": "qū", "統": "tǒng", "衛": "wèi", "穩": "wěn", "養": "yǎng", "環": "huán", "態": "tài",
    "導": "dǎo", "學": "xué", "運": "yùn", "實": "shí", "應": "yīng", "標": "biāo", "識": "shí", "項": "xiàng",
    "場": "chǎng", "萬": "wàn", "開": "kāi", "設": "shè", "務": "wù", "辦": "bàn", "會": "huì", "組": "zǔ",
    "訓": "xùn", "處": "chǔ", "責": "zé", "們": "men", "麼": "me", "領": "lǐng",
}  # fmt: skip
"""Traditional characters and the pinyin that mills glue behind them."""


@cache
def traditional(text: str) -> str:
    """The text in traditional characters."""
    from opencc import OpenCC

    return OpenCC("s2t").convert(text)


def with_glosses(text: str, rate: float, rng: Random) -> str:
    """Pinyin behind traditional characters."""
    return "".join(
        f"{char}({READINGS[char]})" if char in READINGS and rng.random() < rate else char for char in text
    )


_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")


def read_gbk(data: bytes) -> str:
    """What a lenient decoder makes of GBK: ? for a byte left alone, which takes an opening bracket along."""
    chars: list[str] = []
    i = 0
    while i < len(data):
        if data[i] < 0x80:
            chars.append(chr(data[i]))
            i += 1
        elif _PAIR.match(data, i):
            chars.append(data[i : i + 2].decode("gb18030"))
            i += 2
        else:
            chars.append("?")
            i += 2 if data[i + 1 : i + 2] == b"(" else 1
    return "".join(chars)


def with_byte_shifts(text: str, rate: float, rng: Random) -> tuple[str, int]:
    """The text with lead bytes of punctuation lost before it was decoded, and how many."""
    pieces: list[bytes] = []
    count = 0
    for i, char in enumerate(text):
        data = char.encode("gb18030")
        follows = text[i + 1 : i + 2]
        if char in "。、“”《》" and len(follows.encode("gb18030")) == 2 and rng.random() < rate:
            data = b"?" + data[1:]
            count += 1
        pieces.append(data)
    return read_gbk(b"".join(pieces)), count


def wrapped(text: str, width: int) -> str:
    """Every line broken after so many characters, as PDF readers give it."""
    return "\n".join(
        "\n".join(line[i : i + width] for i in range(0, len(line), width)) for line in text.split("\n")
    )


def with_spaces_in_numbers(text: str, rate: float, rng: Random) -> str:
    """Spaces between the digits of a number or a date."""

    def spaced(match: re.Match[str]) -> str:
        if rng.random() >= rate:
            return match.group()
        at = rng.randrange(1, len(match.group()))
        return f"{match.group()[:at]} {match.group()[at:]}"

    return re.sub(
        r"(?<=[一-鿿])[0-9]{2,5}(?=[件次人名个份项起场家户条期万%])|[0-9]年[0-9]|[0-9]月[0-9]", spaced, text
    )


def full_width(text: str, rate: float, rng: Random) -> str:
    """Full-width digits, and ideographic spaces before paragraphs."""
    wide = {ord("0") + i: chr(0xFF10 + i) for i in range(10)} | {ord("%"): "％"}
    lines = ("　　" + line if line and rng.random() < rate else line for line in text.split("\n"))
    return "".join(
        part.translate(wide) if rng.random() < rate else part
        for part in re.split(r"([0-9.]+%?)", "\n".join(lines))
    )


def with_invisibles(text: str, rate: float, rng: Random) -> str:
    """Zero-width characters anywhere."""
    return "".join(
        char + rng.choice("\u200b\u200d\ufeff\u00ad") if rng.random() < rate else char for char in text
    )


def with_entities(text: str, rate: float, rng: Random) -> str:
    """Characters as HTML entities, by name where there is one."""
    names = {"“": "&ldquo;", "”": "&rdquo;", "—": "&mdash;", " ": "&nbsp;", "·": "&middot;", "%": "&#37;"}
    return "".join(
        names.get(char, f"&#{ord(char)};") if char != "\n" and rng.random() < rate else char for char in text
    )


def mojibake(text: str, right: str, wrong: str) -> str:
    """The bytes of the text in one encoding, read in another."""
    return text.encode(right).decode(wrong, "replace")

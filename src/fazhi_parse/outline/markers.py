"""Heading markers: which characters may begin a heading, and which number they carry.

A marker is a candidate only; `sections` decides which candidates are headings.
"""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Marker", "candidates"]


class Marker(NamedTuple):
    """A place where a heading may begin, in clean offsets."""

    start: int
    end: int
    kind: str
    style: str
    """What siblings share: `1.` and `1、` are one kind in two styles."""
    number: int
    at_line: bool
    """Whether it begins a line; the others stand inside a paragraph."""
    prefix: tuple[int, ...] = ()
    """The numbers before the last one, of a decimal marker: 1.2.3 is (1, 2)."""


CN = "一二三四五六七八九十"
_DIGIT = {c: i + 1 for i, c in enumerate(CN)}
_OPEN, _CLOSE = "(（﹙〔［", ")）﹚〕］"

_KINDS = rf"""
(?P<chapter>第[ ]?(?:[{CN}百零〇]{{1,5}}|\d{{1,3}})[ ]?(?P<unit>部分|编|章|节|篇|条)(?![是的之款和及或至到，,。；;、）)”]|规定|第))
|(?P<cn_comma>[{CN}]{{1,3}}[ ]?(?:\n[ ]?)?(?P<sep>[、.．])(?![、.．]))
|(?P<cn_paren>[{_OPEN}][ ]?(?P<cnp>[{CN}]{{1,3}})[ ]?[{_CLOSE}]|[㈠-㈩])
|(?P<arabic_paren>[{_OPEN}][ ]?\d{{1,2}}[ ]?[{_CLOSE}]|\d{{1,2}}[)）﹚](?!\d)|[⑴-⒇])
|(?P<decimal>\d{{1,2}}(?:[.．]\d{{1,2}}){{1,3}}[.．、]?(?=[ ]?[“《一-鿿]))
|(?P<arabic_dot>\d{{1,2}}[ ]?[.．、](?!\d)|\d{{1,2}}[.．、][ ]?(?=(?:19|20)\d\d年)|[⒈-⒛])
|(?P<circled>[①-⑳❶-❿])
|(?P<roman>[Ⅰ-Ⅻ](?:[ ]?[、.．)）]|(?=[ ])))
|(?P<word>首先|其次|再次|最后|最後)(?=[，,、：:是要]|[一-鿿]{{2}})
|(?P<ordinal>第[{CN}])(?=[，,、：:是])
|(?P<qi>其[{CN}])(?=[，,、：:是])
|(?P<item>[{CN}]{{1,2}}(?P<verb>[一-鿿]))
"""
_LINE = re.compile(rf"(?:^|\n)[ \t]*(?:[“\"][ \t]*)?(?:{_KINDS}|(?P<dash>——(?=[ ]?[“一-鿿])))", re.VERBOSE)
_INLINE_SEPARATOR = r"[。；;：:！!？?，,、）)”…\s]"
_INLINE = re.compile(
    rf"(?:(?<={_INLINE_SEPARATOR})|(?=[①-⑳❶-❿])|(?<=[将有为])(?=一是)|(?<=[一-鿿])(?=[{_OPEN}]一[{_CLOSE}][一-鿿]))(?:{_KINDS})",
    re.VERBOSE,
)
_AFTER_COMMA = {"item", "circled", "qi"}
_WORDS = {"首先": 1, "其次": 2, "再次": 3, "最后": 9, "最後": 9}
_ROUGH = re.compile(rf"(?P<next>[{CN}])(?![是要]|项|、[^{CN}])")
_COUNTED = frozenset("级审期批类线次季月年轮产人胎孩名位件个等组楼号标栋单三四五六七八九十、")
_COUNTS_THINGS = re.compile(
    r"第[^条节篇]{1,6}(?:条(?:规|第|生产|公交|专线|线|道路|铁路|高速|流水)|节(?:课|车厢|气)|篇(?:文章|报道|论文))"
)
_REFERENCE = frozenset("项款目的类班号、所和及或至")
_CIRCLED_REFERENCE = re.compile(r"[①-⑳❶-❿号联。，,；;]|所示")
_BEFORE_CIRCLED = frozenset("图注第选案为表式")
_NO_VERB = frozenset("、月年日时点级届章节条第百千万亿季等期类批次代号楼栋个名位件项起周旬")
"""What makes an ordinal or a count of the number before it: 一季度, 二等奖, 三期工程."""
_NUMERAL = re.compile(r"[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]")
_CHAPTER_TITLE = 30
_CHAPTER_LINE = re.compile(r"[一二三四五六七八九十]{1,3}、[^。；;，,\n]{2,24}")
_SAME = {"是": re.compile(rf"[{CN}]"), "要": re.compile(r"[素点害职闻么塞说道塔不]")}


def candidates(text: str) -> list[Marker]:
    """All places where a heading may begin, in order.

    >>> [(m.kind, m.number) for m in candidates("一、成效\\n(一)加强领导。一是健全机制。")]
    [('cn_comma', 1), ('cn_paren', 1), ('item', 1)]
    """
    found: dict[int, Marker] = {}
    for pattern, at_line in ((_LINE, True), (_INLINE, False)):
        for match in pattern.finditer(text):
            marker = _marker(text, match, at_line)
            if marker is not None and marker.start not in found:
                found[marker.start] = marker
    ordered = [found[start] for start in sorted(found)]
    kept: list[Marker] = []
    for marker in ordered:
        if not kept or marker.start >= kept[-1].end:
            kept.append(marker)
    return kept


def _marker(text: str, match: re.Match[str], at_line: bool) -> Marker | None:
    kind = next(name for name, value in match.groupdict().items() if name in _GROUPS and value is not None)
    start, end = match.span(kind)
    written = match.group(kind)
    before = text[start - 1 : start]
    if not at_line and _is_misplaced(text, kind, start, end):
        return None
    if kind in ("cn_comma", "cn_paren", "chapter"):
        return _structural(text, match, kind, start, end, written, at_line)
    if kind == "dash":
        return Marker(start, end, "item", "——", 0, at_line)
    if kind == "word":
        return Marker(start, end, "item", "首先", _WORDS[written], at_line)
    if kind in ("ordinal", "qi"):
        return Marker(start, end, "item", written[0] if kind == "qi" else "第", _DIGIT[written[1]], at_line)
    if kind == "item":
        return _item(text, match, start, end, at_line)
    if kind == "circled":
        if _CIRCLED_REFERENCE.match(text, end) or before in _BEFORE_CIRCLED:
            return None
        base = 0x2460 if written <= "⑳" else 0x2776
        return Marker(start, end, "circled", "①", ord(written) - base + 1, at_line)
    if kind == "roman":
        return Marker(start, end, "cn_comma", "Ⅰ", ord(written[0]) - 0x2160 + 1, at_line) if at_line else None
    return _arabic(text, kind, start, end, written, at_line)


def _structural(
    text: str, match: re.Match[str], kind: str, start: int, end: int, written: str, at_line: bool
) -> Marker | None:
    after = text[end : end + 3]
    if kind == "chapter":
        unit = match.group("unit")
        if not at_line or _COUNTS_THINGS.match(text, start):
            return None
        digits = written[1 : -len(unit)].strip()
        return Marker(
            start, end, "chapter", unit, int(digits) if digits.isdigit() else _cn_number(digits), True
        )
    if kind == "cn_comma":
        digits = written[: written.index(match.group("sep"))].strip()
        if not _NUMERAL.fullmatch(digits):
            return None  # 五一、国庆
        number = _cn_number(digits)
        # 一、二审案件; 三、四级标题; 十一、二月: two neighbouring numbers, not a heading
        rough = _ROUGH.match(text, end)
        if (
            rough
            and _DIGIT[rough["next"]] == number % 10 + 1
            and text[rough.end() : rough.end() + 1] in _COUNTED
        ):
            return None
        return Marker(start, end, kind, "一、", number, at_line)
    if at_line and after[:1] == "、" and after[1:2] not in tuple(_OPEN):
        end += 1
    elif (after[:1] in tuple(_OPEN) and after[1:2] in tuple(CN)) or after[:1] in _REFERENCE:
        return None  # (一)(二)项, (三)的规定
    number = ord(written) - 0x3220 + 1 if len(written) == 1 else _cn_number(match.group("cnp"))
    return Marker(start, end, kind, "(一)", number, at_line)


def _is_misplaced(text: str, kind: str, start: int, end: int) -> bool:
    """Whether a marker inside a line stands where no list begins or goes on."""
    before = text[start - 1 : start]
    if before in "，,、":
        return kind not in _AFTER_COMMA and not (kind == "ordinal" and text[end : end + 1] == "是")
    if kind != "cn_paren" or re.match(_INLINE_SEPARATOR, before):
        return False
    since = max(0, start - _CHAPTER_TITLE)
    line_start = max(since, text.rfind("\n", since, start) + 1)
    return _CHAPTER_LINE.fullmatch(text, line_start, start) is None


def _item(text: str, match: re.Match[str], start: int, end: int, at_line: bool) -> Marker | None:
    verb = match.group("verb")
    number = _cn_number(match.group("item")[:-1])
    after = text[end : end + 1]
    if verb in _SAME and _SAME[verb].match(after):
        return None  # 一是一、二是二; 一要素
    if verb not in "是要" and text[start - 1 : start] in ("，", ",", "、"):
        return None  # 一把手亲自抓，二把手具体抓
    if verb in _NO_VERB or not number:
        return None
    return Marker(start, end, "item", verb, number, at_line)


def _arabic(text: str, kind: str, start: int, end: int, written: str, at_line: bool) -> Marker | None:
    before = text[start - 1 : start] if start else ""
    if before and before.isascii() and (before.isalnum() or before in ".-/"):
        return None
    if kind == "decimal":
        if not at_line:
            return None
        numbers = [int(n) for n in re.findall(r"\d+", written)]
        if 0 in numbers or text[end : end + 1] == "版":
            return None
        return Marker(
            start, end, kind, f"1{'.1' * (len(numbers) - 1)}", numbers[-1], True, tuple(numbers[:-1])
        )
    if len(written) == 1:
        base = 0x2488 if kind == "arabic_dot" else 0x2474
        return Marker(
            start, end, kind, "⒈" if kind == "arabic_dot" else "⑴", ord(written) - base + 1, at_line
        )
    number = int(re.sub(r"\D", "", written))
    if kind == "arabic_paren" and text[end : end + 1] in _REFERENCE:
        return None
    if kind == "arabic_paren":
        style = "(1)" if written[0] in _OPEN else "1)"
    else:
        style = "1、" if "、" in written else "1."
    return Marker(start, end, kind, style, number, at_line)


def _cn_number(digits: str) -> int:
    """Number of a short Chinese numeral up to 百."""
    total = current = 0
    for char in digits:
        if char == "百":
            total += (current or 1) * 100
            current = 0
        elif char == "十":
            total += (current or 1) * 10
            current = 0
        elif char in _DIGIT:
            current = _DIGIT[char]
    return total + current


_GROUPS = frozenset(
    [
        "chapter",
        "cn_comma",
        "cn_paren",
        "arabic_paren",
        "decimal",
        "arabic_dot",
        "circled",
        "roman",
        "word",
        "ordinal",
        "qi",
        "item",
        "dash",
    ]
)

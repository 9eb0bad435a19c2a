"""Heading markers: which characters may begin a heading, and which number they carry.

A marker is a candidate only; `headings` decides which candidates are headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import attrs

from ..deferred import deferred
from ..errors import InvalidNumeral
from ..numerals import parse_numeral
from .marker_numbers import CN, DIGIT, OPEN, Reading, read_marker

__all__ = ["AS_MUCH", "SIGNS", "Marker", "MarkerKind", "candidates"]


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


def _compiles(_: object, __: object, pattern: str) -> None:
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise ValueError(f"the pattern {pattern!r} of a marker kind is wrong: {error}") from None
    if compiled.match(""):
        raise ValueError(f"the pattern {pattern!r} of a marker kind matches nothing at all")


@attrs.frozen
class MarkerKind:
    """A kind of heading marker of your own; it is looked for at the start of lines, before the built-in ones.

    >>> import fazhi_parse as fp
    >>> question = MarkerKind("question", r"问([一二三四五六七八九十]+)[：:]", rank=3)
    >>> for section in fp.parse_sections("问一：如何申请\\n一、条件\\n二、材料\\n问二：如何缴费", markers=[question]):
    ...     print(section)
    问一：如何申请
      一、条件
      二、材料
    问二：如何缴费
    """

    name: str
    """What `Section.kind` says."""
    pattern: str = attrs.field(validator=_compiles)
    """Pattern of the marker (standard `re`, verbose mode off); its first group, if any, holds the number."""
    rank: int = attrs.field(default=3, validator=attrs.validators.instance_of(int))
    """Usual depth where the document does not tell: 0 第一部分, 1 章, 2 节, 3 条, 4 一、, 5 （一）, 6 1., 7 (1), 8 ①."""

    def number_in(self, match: re.Match[str], at: int) -> int:
        """Number of the marker that is group `at` of a match: its first group, if that can be read, else 0."""
        written = match.group(at + 1) if re.compile(self.pattern).groups else None
        try:
            return int(parse_numeral(written.strip())) if written else 0
        except InvalidNumeral:
            return 0


_OPEN, _CLOSE = OPEN, ")）﹚〕］】〉＞>}｝"
_ONE = r"—–－\-"
"""What scanning programs read for 一."""
_CIRCLED = "①-⑳❶-❿"
_REFERENCE = (
    "(?!项目|项项|款项|款待|目标|目前|目录|类型|类别|类案|班子|班组|班长|班车|班列|号召|号准|号脉|所有|所需|所队|所属|所长"
    "|和谐|和睦|和解|和美|和平|和气|及时|及早|至诚|至今)[项款目类班号所和及至的、或]"
)
"""What follows a number that is referred to: (三)的规定, (1)项; but not (一)项目提速, (一)班子带头."""
_NO_VERB = "、月年日时点级届章节条第百千万亿季等期类批次代号楼栋个名位件项起周旬"
"""What makes an ordinal or a count of the number before it: 一季度, 二等奖, 三期工程."""

_CN_COMMA = rf"[{CN}]{{1,3}}[ ]?(?:\n[ ]?)?(?:、、(?=[^\W\x00-\x7f])|[、﹑.．﹒](?![、.．]))"
_MISREAD_COMMA = rf"(?:十?[{_ONE}]|十?ニ)、(?=[“《]|[^\W\x00-\x7f])"
_HOLIDAYS = "元旦|春节|清明|五一|端午|中秋|国庆|寒假|暑假|“?双十一"
_CN_PAREN = rf"[{_OPEN}][ ]?[{CN}]{{1,3}}[ ]?[{_CLOSE}]"
_BROKEN_PAREN = rf"[{_OPEN}](?:\n?[{CN}]{{1,3}}\n?[{_CLOSE}]|[ ]?十?[{_ONE}ニ][ ]?[{_CLOSE}](?=[ ]?(?:[“《]|[^\W\x00-\x7f])))"
_NO_CN_REFERENCE = rf"(?![{_OPEN}][{CN}]|{_REFERENCE}|(?!期望|期间|期待|期盼|期限)期|标段)"
_ARABIC_PAREN = rf"(?:[{_OPEN}][ ]?\d{{1,2}}[ ]?[{_CLOSE}]|\d{{1,2}}[)）﹚](?!\d))(?!{_REFERENCE})|[⑴-⒇]"
_ARABIC_DOT = r"\d{1,2}[ ]?[.．、](?:[.．、](?=[^\W\x00-\x7f]))?(?!\d)|\d{1,2}[﹒﹑]|\d{1,2}[.．、][ ]?(?=(?:19|20)\d\d年|12\d{3}(?:、|[^\W\x00-\x7f]))|[⒈-⒛]"
_FIRST = r"再者(?=[，,、：:])|(?:首先|其次|再次|最后|最後)(?=[，,、：:是要]|[^\W\x00-\x7f]{2})"
AS_MUCH = rf"[{CN}]{{1,2}}(?:[，,、。；;：:！!？?”\n]|[{CN}]?是|\Z)"
"""What makes 一是一、二是二 of a number and 是; 一是一些部门……, 二是三级网络…… are items."""
_MUST = "要(?![素害职闻么塞说道塔不]|点(?![名面亮对]))"
_IS_OR_MUST = rf"是(?!{AS_MUCH})|{_MUST}"

_CHAPTER = (
    rf"第[ ]?(?:[{CN}百零〇]{{1,5}}|\d{{1,3}})[ ]?(?!条(?:规|第|生产|公交|专线|线|道路|铁路|高速|流水)|节(?:课|车厢|气)|篇(?:文章|报道|论文))"
    r"(?:条|(?:部分|编|章|节|篇)(?=[ \t、：:.．]|[^，。；\n]{0,30}(?:\n|\Z)))(?![是的之款和及或至到，,。；;、）)”]|规定|第)"
)
_NO_CIRCLED_REFERENCE = rf"(?![{_CIRCLED}。，,；;]|(?!号召|号准|号脉|联合|联动|联系|联席|联防|联络|联审|联手|联户|联建|联勤)[号联]|所示)"
_ORDINAL, _QI = rf"第[{CN}](?=[，,、：:是])", rf"其[{CN}](?=[，,、：:是])"

SIGNS = "【“●■◆◼▪▲★►➢•▎▍▌◎◇☆✓✔※➤❖✦"
"""What may stand before a marker in its line."""
_SIGNS = SIGNS[2:]
_NO_MARKER = rf"(?![ ]{{0,3}}(?:[{CN}]{{1,3}}、|[{CN}]是))"
"""What does not follow a bullet, for it is the marker itself then: • 一、."""

_INSIDE = (
    ("arabic_paren", _ARABIC_PAREN),
    ("arabic_dot", _ARABIC_DOT),
    ("word", _FIRST),
    ("ordinal", _ORDINAL),
    ("qi", _QI),
    ("item", rf"[{CN}]{{1,2}}(?:[ ]?是(?!{AS_MUCH})|{_MUST}|(?![是要{_NO_VERB}])[^\W\x00-\x7f])"),
)
_AT_LINE = (
    ("chapter", _CHAPTER),
    ("cn_comma", rf"{_CN_COMMA}|{_MISREAD_COMMA}|[{CN}]{{1,3}}[，,：:](?=[^\W\x00-\x7f])"),
    (
        "cn_paren",
        rf"(?:{_CN_PAREN}|{_BROKEN_PAREN}|[{CN}]{{1,3}}[)）]|[㈠-㈩㊀-㊉])(?:、(?![{_OPEN}])|{_NO_CN_REFERENCE})",
    ),
    (
        "decimal",
        r"\d{1,2}(?:[.．]\d{1,2}){1,3}[.．、]?(?=[ ]?(?:[“《]|[^\W\x00-\x7f])|[ ]{1,2}(?:19|20)\d\d年)(?!版)",
    ),
    ("circled", rf"[{_CIRCLED}]{_NO_CIRCLED_REFERENCE}"),
    ("roman", r"[Ⅰ-Ⅻ](?:[ ]?[、.．)）]|(?=[ ]))"),
    ("letters", r"(?:I{1,3}|IV|VI{0,3}|IX|X)[、.．](?=[ ]?[^\W\x00-\x7f])"),
    ("arabic_paren", rf"[{_OPEN}][ ]?\d{{1,2}}[ ]?[{_CLOSE}]、(?=[“《]|[^\W\x00-\x7f])"),
    *_INSIDE,
    ("arabic_dot", r"\d{1,2}(?:\n[ ]?[.．、](?=[^\W\x00-\x7f])|[。，,·](?=[ ]?(?:[“《]|[^\W\x00-\x7f])))"),
    ("zero", r"0\d(?=[ ]{0,4}\n|[ ]{1,4}(?:[“《]|[^\W\x00-\x7f]))"),
    ("english", r"(?:PART|Part)[ .·]{0,2}\d{1,2}(?![\d.])"),
    ("item", rf"—是(?!{AS_MUCH})"),
    (
        "formal",
        r"[壹贰貳叁參肆伍陆陸柒捌玖拾]{1,3}(?:[、.．](?![、.．])|(?=[ ]{1,4}[^\W\x00-\x7f]|[ ]{0,4}\n))",
    ),
    (
        "bullet",
        rf"(?:——|[{_SIGNS}])(?=[ ]{{0,3}}(?:“|[^\W\x00-\x7f])){_NO_MARKER}|[-–—·](?=[ ]{{1,3}}(?:“|[^\W\x00-\x7f])){_NO_MARKER}",
    ),
    (
        "bare",
        rf"(?:[{CN}]{{1,3}}|\d{{1,2}})(?=[ ]{{1,4}}(?:“|[^\W\x00-\x7f]))|[{CN}]{{1,3}}(?=[ ]{{0,4}}\n)|[{CN}]{{1,3}}(?=[ ]{{1,4}}(?:19|20)\d\d年)",
    ),
)
_BEHIND_A_STOP = (
    ("item", rf"—是(?!{AS_MUCH})"),
    ("cn_comma", _CN_COMMA),
    ("cn_paren", rf"(?:{_CN_PAREN}|[㈠-㈩]){_NO_CN_REFERENCE}"),
    *_INSIDE,
    ("arabic_dot", r"\d{1,2}、(?=\d{1,4}[^\d、.．,，%])"),  # 。2、83名调解员: no list of figures begins there
)
_BEHIND_A_COMMA = (
    ("arabic_dot", r"[2-9]、(?=[^\W\x00-\x7f])"),
    ("arabic_paren", rf"[(（][2-9][)）](?!{_REFERENCE})(?=[^\W\x00-\x7f])"),
    ("item", rf"[{CN}]{{1,2}}(?:{_IS_OR_MUST})"),
    ("qi", _QI),
    ("ordinal", rf"第[{CN}](?=是)"),
    ("word", r"首先(?=[，,：:])"),
)


_FIRSTS = rf" \t“\"{CN}第{_OPEN}㈠-㈩㊀-㊉0-9０-９⑴-⒛{_CIRCLED}Ⅰ-Ⅻ首其再最壹贰貳叁參肆伍陆陸柒捌玖拾—–－ニPIVX·{_SIGNS}-"
"""With one of these begins a marker, or what may stand before it in its line."""


class _Group(NamedTuple):
    """What a group of the pattern stands for."""

    kind: str
    at_line: bool
    back: int = 0
    """Characters of the marker that stand before the group."""
    own: MarkerKind | None = None


_NO_GROUP = _Group("", False)


class _Grammar:
    """All kinds in one pattern, separator first: each separator is looked at once, so a scan is linear.

    Only the separator is consumed; the marker stands in a look-ahead, for it may itself end
    with the separator of the next one (一、（一）).
    """

    def __init__(self, own: Sequence[MarkerKind]) -> None:
        self._meanings: list[_Group] = []
        line = [self._group(kind.pattern, _Group(kind.name, True, 0, kind)) for kind in own]
        line += [self._group(pattern, _Group(kind, True)) for kind, pattern in _AT_LINE]
        stop = [self._group(pattern, _Group(kind, False)) for kind, pattern in _BEHIND_A_STOP]
        comma = [self._group(pattern, _Group(kind, False)) for kind, pattern in _BEHIND_A_COMMA]
        circled = self._group(_NO_CIRCLED_REFERENCE, _Group("circled", False, 1))
        glued = self._group(
            rf"一[{_CLOSE}](?=[^\W\x00-\x7f]){_NO_CN_REFERENCE}", _Group("cn_paren", False, 1)
        )
        firsts = r"\s\S" if own else _FIRSTS
        self.pattern = re.compile(
            rf"[\n \t。；;：:！!？?)）”…，,、{_CIRCLED}{_OPEN}](?:(?=[{firsts}])(?:"
            rf"(?<=\n)[ \t]*+(?:[“【\"][ \t]*+|[-–—·][ \t]{{1,3}}(?=[{CN}{_OPEN}\d])|[{_SIGNS}][ \t]{{0,3}}(?=[{CN}{_OPEN}\d]))?(?={'|'.join(line)})"
            rf"|(?<=[ \t。；;：:！!？?)）”…])(?={'|'.join(stop)})"
            rf"|(?<=[，,、])(?={'|'.join(comma)}))"
            rf"|(?<=[{_CIRCLED}{_OPEN}])(?:(?<=[{_CIRCLED}]){circled}|(?<=[^\W\x00-\x7f][{_OPEN}])(?={glued})))"
        )
        self.groups = [_NO_GROUP] * (self.pattern.groups + 1)
        """What each group of the pattern means; patterns may have groups of their own."""
        for name, number in self.pattern.groupindex.items():
            kind, _, place = name.partition("kind_")
            if not kind and place:
                self.groups[number] = self._meanings[int(place)]

    def _group(self, pattern: str, meaning: _Group) -> str:
        self._meanings.append(meaning)
        return f"(?P<kind_{len(self._meanings) - 1}>{pattern})"


@lru_cache(maxsize=16)
def _grammar(own: tuple[MarkerKind, ...]) -> _Grammar:
    return _Grammar(own)


_COUNTED = frozenset("级审期批类线次季月年轮产人胎孩名位件个等组楼号标栋单把成三四五六七八九十百千万、")
_DAY = deferred(rf"[{CN}]{{1,3}}[日月号时]")
_HOLIDAY = deferred(_HOLIDAYS)
_ROUGH = deferred(rf"[{CN}](?![是要]|项|、[^{CN}])")
_UNFINISHED = frozenset("、，和与及据照按至")
_BEFORE_CIRCLED = frozenset("图注第选案为表式")
_CHAPTER_TITLE = 45
_CHAPTER_LINE = deferred(r"[一二三四五六七八九十]{1,3}、[^。；;\n]{2,40}")


def candidates(text: str, own: Iterable[MarkerKind] = ()) -> list[Marker]:
    """All places where a heading may begin, in order.

    Args:
        text: A clean text.
        own: Kinds of your own.

    >>> [(m.kind, m.number) for m in candidates("一、成效\\n(一)加强领导。一是健全机制。")]
    [('cn_comma', 1), ('cn_paren', 1), ('item', 1)]
    """
    grammar = _grammar(tuple(own))
    groups = grammar.groups
    found: list[Marker] = []
    free = 0
    for match in grammar.pattern.finditer("\n" + text):
        at = match.lastindex or 0
        kind, at_line, back, kind_of_own = groups[at]
        start, end = match.span(at)
        start, end = start - 1 - back, end - 1
        if start < free:
            continue
        if kind_of_own is not None:
            read: Reading | None = (kind, kind, kind_of_own.number_in(match, at), ())
        else:
            read = read_marker(kind, text[start:end])
        if read is None or (kind in _IN_CONTEXT and _is_misread(text, kind, back, start, end, read[2])):
            continue
        # a third of the cost of calling the class, a thousand times a report
        found.append(tuple.__new__(Marker, (start, end, read[0], read[1], read[2], at_line, read[3])))
        free = end
    return found


_IN_CONTEXT = frozenset(["chapter", "cn_comma", "cn_paren", "circled"])


def _is_misread(text: str, kind: str, back: int, start: int, end: int, number: int) -> bool:
    """Whether what stands around a marker makes something else of it."""
    if kind == "chapter":  # 违反第九条、⏎第十条的规定
        return text[max(0, start - 20) : start].rstrip()[-1:] in _UNFINISHED
    if kind == "circled":
        return text[start - 1 : start] in _BEFORE_CIRCLED
    if kind == "cn_comma":
        if number == 11 and _HOLIDAY.match(text, end):
            return True  # 十一、元旦假期
        following = DIGIT.get(text[end : end + 1])
        if following is None:
            return False
        # 十、二十日; 一、二审案件; 三、四级标题; 十一、二月: two numbers, not a heading
        if _DAY.match(text, end):
            return True
        neighbours = following == number % 10 + 1 and text[end + 1 : end + 2] in _COUNTED
        return neighbours and _ROUGH.match(text, end) is not None
    if not back:
        return False
    since = max(0, start - _CHAPTER_TITLE)
    begins = max(since, *(text.rfind(stop, since, start) + 1 for stop in "\n。：:"))
    return _CHAPTER_LINE.fullmatch(text, begins, start) is None

"""Hard-wrapped text, as it comes out of PDFs: join the lines of a paragraph again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from ..deferred import deferred
from ..source import Change
from ..spans import lines

__all__ = ["PAGE_NUMBER", "wraps"]

PAGE_NUMBER = deferred(
    r"[-—–―－]{1,2} *\d{1,4} *[-—–―－]{1,2}|第 *\d{1,4} *页(?:[ /,，]*共 *\d{1,4} *页)?|\d{1,4} */ *\d{1,4}|\d{1,3}"
)
"""A line that holds nothing but a page number."""

_SHORTEST, _WIDEST = 40, 140
"""Columns of a wrapped line: 20 to 70 Chinese characters."""
_NARROW = 24
"""The least where the text is narrow throughout, as in the columns of a gazette, and half of its lines are full."""
_SLACK = 4
"""A full line may fall short of the wrap width by two characters (no punctuation at a line's start) …"""
_INDENT = 2
"""… or by the indent of a paragraph: two wide spaces, which are single ones by now, …"""
_TOKEN = deferred(r"[0-9A-Za-z.,%]+")
"""… or by as much as the number that opens the next line, which was not to be split."""
_ENDS = "。！？；：!?;:…”》）)】|｜"
_STOPS = "。！？!?"
_BUTTON = deferred(r"[【\[].*[】\]]$")
_SIGN_OFF = deferred(r"(?:特此|专此)(?:报告|汇报|函告)[。.]?$")
_MARKER = deferred(
    r"\s*(?:[一二三四五六七八九十]{1,3} ?[、.．]|[(（﹙][一二三四五六七八九十\d]{1,3}[)）﹚]|\d{1,2} ?[、．)）]|\d{1,2}\.(?!\d)|\d{1,2}(?:\.\d{1,2})+ |[—－]{2}"
    r"|第[一二三四五六七八九十百\d]{1,3}(?:[章节编条]|部分)|[①-⑳㈠-㈩⒈-⒛])"
)
_ADDRESSEE = deferred(r"[一-鿿、，]{2,30}(?:政府|委员?会?|办公室|[厅局])[：:]")
"""A line that names whom the report is for: it goes on from no title, however full that is."""

_FURNITURE = deferred(
    r"(?:(?:发布|更新|成文|生成)?(?:时间|日期)|(?:信息)?来源|作者|索引号|浏览次数|名称|标题|(?:发布|发文)(?:机构|机关))[:：]"
    r"|[一-鿿:：]{2,20} ?> ?[^\W\x00-\x7f]|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?:\s|$)"
)
"""A line of the page around an article: where it came from, and where on the site it stands."""

_TITLE = deferred(r"\s*[^，。；：,;:\n]{0,30}(?:19|20)\d\d ?年[^，。；：,;:\n]{2,30}(?:报告|总结|汇报)")
"""A line that is the title of a report, all of it."""

_ENTRY = deferred(r"\d[余多]?[万亿]?[余多]?[^\W\d]{0,2}%?$")
"""How a line ends that is an entry of a list: 受理案件数：126件."""

_PAGES = 2
"""A line beside so many page numbers is a running header."""

_CONTENTS = deferred(r"[…．.·]{3,}\s*\d{1,3}$")
"""A line of a table of contents: leader dots and a page number."""


def _least(view: str) -> int:
    """The least width of a full line."""
    return _NARROW if len(view) < _SHORTEST // 2 * view.count("\n") else _SHORTEST


def _wrap_width(widths: list[int], least: int) -> int | None:
    """The width that the text was wrapped at, or None if it was not."""
    long = [w for w in widths if w >= least]
    if len(long) < 2:
        return None
    near = Counter(w // 2 for w in long)
    common = max(near, key=lambda w: (near[w] + near[w - 1] + near[w + 1], w))
    width = 2 * max(w for w in (common - 1, common, common + 1) if near[w]) + 1
    wider = sum(w > width + 2 for w in long)
    if width > _WIDEST or wider > max(1, len(long) // 20):
        return None
    if least == _NARROW and 2 * sum(w >= width - 1 - _SLACK for w in long) < len(widths):
        return None
    return width


def _columns(line: str) -> int:
    """Width as a page shows it: everything but ASCII is a full character wide, quotation marks and dashes too."""
    return 2 * len(line) - len(line.encode("ascii", "ignore"))


def _code_points(line: str) -> int:
    """Width as a program counts that wraps after so many characters, in the same measure."""
    return 2 * len(line)


def _may_be_wrapped(view: str) -> bool:
    """Whether two lines of any length in question end in the middle of a sentence: a cheap no for most texts."""
    broken, least = 0, _least(view)
    for line in view.split("\n"):
        if 2 * len(line) >= least and line[-1] not in _ENDS:
            broken += 1
            if broken == 2:
                return True
    return False


_AFTER_PAUSE = deferred(
    r"[，、](?<=[^\n]{4}[，、])([ \t\u3000]*\n\s*)(?=[^\W\x00-\x7f]|[“《\d])"
    r"(?![一二三四五六七八九十][是要]|其[一二三四五六次]|首先|最后|另外|此外|第[一二三四五六七八九十])"
)
"""A line end in the middle of a sentence, whatever the lines around look like; an item of an enumeration stays on its line."""


_LONGEST_HEAD = 60
"""So many characters of a line tell whether it begins anew."""


def wraps(view: str) -> Iterator[Change]:
    """Join hard-wrapped lines with nothing in between; page numbers between them and running headers go too.

    Only where the text as a whole looks wrapped: lines of one width (in columns or in
    characters), most of which end in the middle of a sentence. Headings and paragraphs stay
    apart: a line is joined to the next only if it is full and the next is neither indented
    nor begins with a marker. In any other text only a line that ends with a comma goes on.
    """
    joined = list(_of_wrapped(view)) if _may_be_wrapped(view) else []
    yield from joined
    if not joined and ("，\n" in view or "、\n" in view):
        for match in _AFTER_PAUSE.finditer(view):
            behind = view[match.end() : match.end() + _LONGEST_HEAD].partition("\n")[0]
            if (
                not PAGE_NUMBER.fullmatch(behind.strip())
                and not _MARKER.match(behind)
                and not _FURNITURE.match(behind)
                and not _ADDRESSEE.fullmatch(behind)
            ):
                yield *match.span(1), "", "wraps"


def _of_wrapped(view: str) -> Iterator[Change]:
    spans = list(lines(view))
    is_page = [PAGE_NUMBER.fullmatch(view, start, end) is not None for start, end in spans]
    rows = [(view.rfind("\n", 0, start) + 1, end) for start, end in spans]
    texts = [view[start:end] for start, end in rows]
    headers = _running_headers(texts, is_page)
    is_page = [page or i in headers for i, page in enumerate(is_page)]
    joins = max(
        (_joins(view, rows, texts, is_page, measure) for measure in (_columns, _code_points)), key=len
    )
    for i in headers:
        yield *rows[i], "", "page_number"
    for i, j in joins:
        end = rows[i][1]
        for k in range(i + 1, j):
            yield end, rows[k][0], "", "wraps"
            yield rows[k][0], rows[k][1], "", "page_number"
            end = rows[k][1]
        yield end, rows[j][0] + _indent(texts[j]), "", "wraps"


def _is_row(line: str) -> bool:
    """Whether a line is a row of a table."""
    return line[0] in "|｜" or line[-1] in "|｜" or "\t" in line.lstrip()


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _running_headers(texts: Sequence[str], is_page: Sequence[bool]) -> set[int]:
    """Lines that stand again and again beside page numbers."""
    beside = [
        i
        for i, text in enumerate(texts)
        if not is_page[i] and text[-1] not in _ENDS and any(is_page[max(0, i - 1) : i + 2])
    ]
    count = Counter(texts[i].strip() for i in beside)
    return {i for i in beside if count[texts[i].strip()] >= _PAGES}


def _joins(
    view: str,
    rows: Sequence[tuple[int, int]],
    texts: Sequence[str],
    is_page: Sequence[bool],
    measure: Callable[[str], int],
) -> list[tuple[int, int]]:
    """Pairs of lines that belong together, if the text is wrapped by this measure; else none."""
    widths = [measure(text) for text in texts]
    width = _wrap_width(widths, _SHORTEST)
    if width is None and (least := _least(view)) < _SHORTEST:
        width = _wrap_width(widths, least)
    if width is None:
        return []
    blank, indent = _usual(view, rows, texts)
    pairs: list[tuple[int, int]] = []
    broken = whole = entries = 0
    i = 0
    while i + 1 < len(rows):
        j = i + 1
        while j + 1 < len(rows) and is_page[j]:
            j += 1
        token = _TOKEN.match(texts[j].lstrip())
        slack = max(_SLACK, measure(token.group()) + 1 if token else 0)
        slack += _INDENT if _indent(texts[i]) == _INDENT else 0
        if width - 1 - slack <= widths[i] <= width + 2 and not is_page[j]:
            whole += texts[i][-1] in _ENDS
            gaps = view.count("\n", rows[i][1], rows[j][0])
            apart = (
                _indent(texts[j]) > indent
                or _is_row(texts[i])
                or _is_row(texts[j])
                or _FURNITURE.match(texts[i]) is not None
                or _FURNITURE.match(texts[j]) is not None
                or (gaps > blank * (j - i) and not (j > i + 1 and texts[i][-1] not in _ENDS))
                or (_MARKER.match(texts[j]) is not None and not _quoted(texts[i], texts[j]))
                or _ADDRESSEE.fullmatch(texts[j]) is not None
                or _CONTENTS.search(texts[i]) is not None
                or _TITLE.fullmatch(texts[i]) is not None
                or (texts[i][-1] in _STOPS and _own_line(texts[j], widths[j] < width - 1 - _SLACK))
            )
            if not apart:
                broken += texts[i][-1] not in _ENDS
                entries += _ENTRY.search(texts[i]) is not None
                pairs.append((i, j))
        i = j
    if 2 * entries > broken:
        return []
    return pairs if broken >= 2 and broken >= 2 * whole // 3 else []


def _usual(view: str, rows: Sequence[tuple[int, int]], texts: Sequence[str]) -> tuple[int, int]:
    """How many line ends usually part two lines, and the indent that nine lines of ten have at least.

    Some programs set each line as a paragraph; in a printed margin a deeper indent still opens one.
    """
    gaps = Counter(view.count("\n", above[1], below[0]) for above, below in pairwise(rows))
    return gaps.most_common(1)[0][0], sorted(map(_indent, texts))[len(texts) // 10]


def _quoted(line: str, following: str) -> bool:
    """Whether a quotation goes on over a line's end: “战训合 / 一、轮值轮训”."""
    closes, opens = following.find("”"), following.find("“")
    return line.rfind("“") > line.rfind("”") and closes >= 0 and not 0 <= opens < closes


def _own_line(line: str, short: bool) -> bool:
    """Whether a line behind a full stop begins anew: a signature, a date, a site's buttons.

    A paragraph that goes on fills the line or ends in a stop of its own.
    """
    if _BUTTON.match(line) or _SIGN_OFF.match(line):
        return True
    return short and line[-1] not in _ENDS

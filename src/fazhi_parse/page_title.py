"""The title of a report among the first lines of its page."""

from __future__ import annotations

from .deferred import deferred
from .page import TITLE_LINES, TITLE_MAX, Line, Patterns

__all__ = [
    "SENTENCE_END",
    "TITLE_LABEL",
    "find_title",
    "is_report_title",
    "repeats",
    "title_words",
    "unquoted",
]

SENTENCE_END = deferred(r"[。；;！？!?：:]”?$")
"""How a line of running text ends, and no title."""
TITLE_LABEL = deferred(r"(?:[-•·]?\s*标\s*题\s*[:：]?\s*[|｜]?|【[^】\n]{2,8}】)\s*(?=.{8})")
"""What may stand before a title in the table of a page."""
_PERIOD = deferred(r"(?:19|20)\d{2}年度?$")
_SAYS_WHOSE = deferred(
    r"(?:19|20)\d{2}|二[〇○零0O]|关于|[省市州盟县区旗乡镇局厅委院部办][^，]{0,8}法|街道|政府(?!建)"
)
_DAY = deferred(
    r"[（(\[]?(?:19|20)\d\d ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2} ?日?[)）\]]?(?: +\d{1,2}:\d\d(?::\d\d)?)?"
)
"""A line that is a date, with or without the time."""
_PERIOD_BELOW = deferred(
    r"[（(〔\[【] ?(?:(?:19|20)\d\d ?(?:年度?)?|二[〇○零0O][〇○零0O一二三四五六七八九]{2}年度?) ?[)）〕\]】]|(?:19|20)\d\d ?年度"
)
"""The period of a report on a line of its own under its title: （2023年）."""
_LINK_WORDS = deferred(r"关于|的|办事处|人民政府|(?<=\d\d)年?度?")
"""What one of two forms of a title has and the other has not."""


def find_title(
    lines: list[Line], chrome: list[bool], upto: int, patterns: Patterns
) -> tuple[int, int] | None:
    """First and last line of the title: the first that says whose or of which year it is, else the first at all.

    Where it comes again with the organ's name before it, or without a label, it was the page's (标题：…, 法治政府建设年度报告),
    and this is the report's.
    """
    best: tuple[int, int] | None = None
    told = ""
    labelled = False
    for i in range(min(upto, len(lines))):
        if (
            best
            and not chrome[i]
            and SENTENCE_END.search(lines[i].text)
            and not patterns.header.is_in(lines[i].text)
        ):
            break  # the text has begun
        last = _title_from(lines, chrome, i, upto, patterns)
        if last is None:
            continue
        whole = title_words(lines, i, last)
        label = TITLE_LABEL.match(whole)
        words = whole[label.end() :] if label else whole
        says = _SAYS_WHOSE.search(words) is not None
        fuller = told and words.endswith(told) and (len(words) > len(told) or (labelled and not label))
        if best is None or (says and not told) or fuller:
            best, told, labelled = (i, last), words if says else "", label is not None
    if best and best[1] + 1 < upto and _PERIOD_BELOW.fullmatch(lines[best[1] + 1].text):
        return best[0], best[1] + 1
    return best or _any_title(lines, chrome, upto, patterns)


_OF_REPORT = deferred("报告|总结|汇报")


def is_report_title(line: str, patterns: Patterns) -> bool:
    """Whether a line of the text has the form of a report's title; headings have a marker, or tell of 情况 and 打算."""
    if _OF_REPORT.search(line) is None:
        return False
    match = patterns.kind.search(line := unquoted(line))
    return (
        match is not None
        and _OF_REPORT.match(match.group()) is not None
        and patterns.topic.search(line) is not None
        and _SAYS_WHOSE.search(line) is not None
        and patterns.marker.match(line) is None
    )


def title_words(lines: list[Line], first: int, last: int) -> str:
    """What some lines say, without white space."""
    return "".join("".join(line.text.split()) for line in lines[first : last + 1])


def unquoted(title: str) -> str:
    """A title without the marks of a book title that hold all of it.

    >>> unquoted("《云岫县2023年法治政府建设报告》"), unquoted("《纲要》落实情况报告")
    ('云岫县2023年法治政府建设报告', '《纲要》落实情况报告')
    """
    return title[1:-1] if title.startswith("《") and title.find("》") == len(title) - 1 else title


_SPACED = deferred(r"(?:[^\W\x00-\x7f] {1,4}){2,8}[^\W\x00-\x7f]")
"""A line set wide: 工 作 报 告."""


def _title_from(lines: list[Line], chrome: list[bool], i: int, upto: int, patterns: Patterns) -> int | None:
    """Last line of a title of a report that begins with a line, if one does."""
    head, whole = lines[i].text, ""
    for last in range(i, min(i + TITLE_LINES, upto)):
        line = lines[last].text
        if _SPACED.fullmatch(line):
            line = "".join(line.split())
        whole = unquoted(whole + line)
        if chrome[last] or len(whole) > TITLE_MAX or SENTENCE_END.search(line):
            return None
        if last > i and (line == head or _DAY.fullmatch(line)):
            return None  # the head of the page; the title begins below it
        if not (patterns.topic.search(whole) and patterns.kind.search(whole)):
            continue
        if last == i:
            return last
        complete = patterns.topic.search(line) and patterns.kind.search(line)
        named = (patterns.organ.match(head) and not _other_organ(head, line)) or _PERIOD.search(head)
        broken = ("关于" in whole or patterns.topic.search(head)) and not patterns.header.is_in(head)
        # a line above a title that is complete belongs to it only as the organ's name
        if complete:
            joined = head.endswith("关于") or (bool(named) and not line.startswith(head))
        else:
            joined = bool(named or broken)
        return last if joined else None
    return None


_OWN_ORGAN = deferred(r"([^，。：；\d]{2,30}?[局厅委会府处办院])(?=关于|(?:19|20)\d\d年)")


def _other_organ(head: str, title: str) -> bool:
    """Whether a title names an organ of its own, and not that of the line above, which is then the site's (云岫县人民政府)."""
    own = _OWN_ORGAN.match(title)
    return own is not None and not head.startswith("中共") and own[1] not in head


def _any_title(
    lines: list[Line], chrome: list[bool], upto: int, patterns: Patterns
) -> tuple[int, int] | None:
    """The first lines of a document of another kind, if they end like a title (…条例, …的通知)."""
    first = next((i for i in range(upto) if not chrome[i]), None)
    if first is None:
        return None
    for last in range(first, min(first + TITLE_LINES, upto)):
        line = lines[last].text
        whole = "".join(row.text for row in lines[first : last + 1])
        if chrome[last] or SENTENCE_END.search(line) or "，" in line or len(whole) > TITLE_MAX:
            return None
        if patterns.other.search(line):
            return first, last
    return None


def repeats(lines: list[Line], title: tuple[int, int], begin: int, upto: int, patterns: Patterns) -> int:
    """Number of lines in which the title, or its end, is given once more (above the text, after the head of the page)."""
    wanted = _LINK_WORDS.sub("", title_words(lines, *title))
    for i in range(begin, min(begin + TITLE_LINES, upto)):
        given = _LINK_WORDS.sub("", title_words(lines, begin, i))
        if given == wanted or (patterns.topic.search(given) and wanted.endswith(given)):
            return i + 1 - begin
    return 0

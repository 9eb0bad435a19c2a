"""Who reports on which year: title, region, issuer, year, dates."""

from __future__ import annotations

import datetime
import re
from functools import cache

import attrs

from .deferred import deferred
from .errors import InvalidNumeral
from .layout import Layout, find_layout, layout_table, title_line
from .numerals import parse_numeral
from .outline import Outline, build_outline
from .source import SourceText
from .years import ends_of, year_in_words

__all__ = ["Metadata", "find_metadata", "region_of"]


@attrs.frozen
class Metadata:
    """What the text says about itself; None where it does not say."""

    title: str | None = None
    """Title in clean text, in one line."""
    region: str | None = None
    """Place that the report is about, as named in it (云岫县, 鸢浦高新技术产业开发区)."""
    issuer: str | None = None
    """Organ that reports, from the title, else the signature."""
    year: int | None = None
    """Year reported on: from the title (2023年, （2023年度）, 2023, 二〇二三年), else the text; never from page banners or
    dates of publication."""
    published: str | None = None
    """Date of publication on the page, ISO."""
    date: str | None = None
    """Date below the signature or the title, ISO (day 1 where only the month is given)."""
    addressee: str | None = None
    """Who the report is for."""
    document_number: str | None = None
    """Number of the document (云政〔2018〕3号)."""


_DATE_CN = deferred(r"年([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})日)?")
_LABELLED = r"(?:时间|日期)[\s:：\]】|｜]{0,6}((?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2})"
_PUBLISHED, _DATED = deferred(rf"(?:发布|公开|发稿){_LABELLED}"), deferred(_LABELLED)
_STAMP = deferred(r"^[-•·]?\s*((?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2})日?(?:\s|$)", re.MULTILINE)
_NUMBER = deferred(r"[^\W\x00-\x7f]{1,8}[〔\[（(]\s*(?:19|20)\d{2}\s*[〕\]）)]\s*\d{1,5}\s*号")
_PERIOD_FIRST = deferred(
    r"^(?:关于(?:对|[印转颁下]发|批转|公布|发布|[报上呈]报|报送)?《?)?"
    r"(?:(?:19|20)\d{2} ?(?:年度?)?|二[〇○零0O][〇○零0O一二三四五六七八九]{2}年度?)?(?:关于对?)?"
)
"""What may stand before the organ in a title."""
_AROUND_NAME = deferred(r"^[^\W\x00-\x7f]{2,4}单位[:：]|[（(](?:盖章|公章|章|代章)[)）]$")
_CENTRAL = deferred(r"^(?:国家)?[^\W\x00-\x7f]{2,6}总局(?=[^\W\x00-\x7f]{2,}局)")


@cache
def _organ() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = layout_table()["organ"]
    region, suffix = f"(?!{table['no_region']})(?:{table['county']}|{table['region']})", str(table["suffix"])
    return (
        re.compile(rf"(?:中共)?((?:{region})+)(?:[^\W\x00-\x7f]{{2,8}}局({region})(?=分局))?"),
        re.compile(rf"(?:{suffix})$"),
        re.compile(
            rf"(?:^|[,，。；;\s]|年度?|来|下|中(?!共))\s*(?:现[将就把]《?)?+((?:{region})+)(?:(?:法治(?:政府)?建设|依法行政)(?:各项)?工作|人民政府|[^\W\x00-\x7f]{{0,12}}(?:局|厅|委(?:员会)?|办公室|办事处|中心|大队|支队|管委会|系统)|委、[省市州盟县区旗](?:人民)?政府)?[，,]?(?:在|坚持|认真|深入|全面|以|紧|始终|按照|贯彻|牢|围绕|立足|聚焦|坚定|切实|积极|党委|政府|(?:19|20)\d\d年)"
        ),
    )


def find_metadata(
    source: SourceText, layout: Layout | None = None, outline: Outline | None = None
) -> Metadata:
    """What a text says about itself.

    Args:
        source: The text.
        layout: Its page, where it is known already.
        outline: Its outline, where it is known already.

    >>> from fazhi_parse import clean
    >>> meta = find_metadata(clean("云岫县人民政府关于2023年法治政府建设情况的报告\\n一、成效"))
    >>> meta.region, meta.issuer, meta.year
    ('云岫县', '云岫县人民政府', 2023)
    """
    text = source.text
    layout = layout or find_layout(text)
    outline = outline or build_outline(source, layout)

    def part(span: tuple[int, int] | None) -> str:
        return " ".join(text[span[0] : span[1]].split()) if span else ""

    title = title_line(text, layout)
    opening = ends_of(text, *outline.preamble) if outline.preamble else ""
    signature, chrome = part(layout.signature), "\n".join(text[s:e] for s, e in layout.chrome)
    issuer = _issuer(title) or _AROUND_NAME.sub("", signature) or _host(chrome) or None
    published = _PUBLISHED.search(chrome) or _DATED.search(chrome) or _STAMP.search(chrome)
    number = _NUMBER.search(chrome)
    return Metadata(
        title=title or None,
        region=region_of(title) or region_of(issuer or "") or _acting(opening),
        issuer=issuer,
        year=outline.year,
        published=_iso(published.group(1)) if published else None,
        date=_iso(part(layout.date)),
        addressee=part(layout.addressee).rstrip("：:") or None,
        document_number=number.group() if number else None,
    )


def _issuer(title: str) -> str:
    """Organ named in a title: 云岫县人民政府关于…, 关于云岫县自然资源局2025年… (empty if none)."""
    head = _PERIOD_FIRST.sub("", title)
    head = re.split(r"关于|(?:19|20)\d{2}|二[〇○零0O]|（|\(|法治|依法|推进|贯彻|落实|履行|发布", head)[
        0
    ].strip()
    return head if _organ()[1].search(head) else ""


def _host(chrome: str) -> str:
    """The government that runs the site (主办：云岫县人民政府办公室), where nothing else names the issuer."""
    match = re.search(r"主办(?:单位)?\s*[:：]\s*([^\W\x00-\x7f]{2,20}?人民政府)", chrome)
    return match.group(1) if match else ""


def region_of(title: str) -> str | None:
    """The place that a title or the name of an organ begins with; None where it begins with none.

    >>> region_of("关于云岫县2023年法治政府建设情况的报告")
    '云岫县'
    """
    name = re.split(r"关于|(?:19|20)\d{2}|二[〇○零0O]", _PERIOD_FIRST.sub("", title))[0].strip()
    match = _organ()[0].match(_CENTRAL.sub("", name))
    return "".join(filter(None, match.groups())) if match else None  # 沣阳市公安局云岫区分局 is of both


def _acting(opening: str) -> str | None:
    match = _organ()[2].search(opening)
    return match.group(1) if match else None


def _iso(date: str) -> str | None:
    """A date in digits or words as ISO; None where it is none (13月, 二三月)."""
    match = re.search(r"((?:19|20)\d{2})\D{1,2}(\d{1,2})(?:\D{1,2}(\d{1,2}))?", date)
    if match is not None:
        year, month, day = int(match.group(1)), int(match.group(2)), int(match.group(3) or 1)
    else:
        words, named = _DATE_CN.search(date), year_in_words(date)
        if words is None or named is None:
            return None
        try:
            year, month, day = named, *(int(parse_numeral(part or "一")) for part in words.groups())
        except InvalidNumeral:
            return None
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None

"""Why an observation or a section is what it is, in plain words: English or Chinese."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from .extractors import Observation
from .indicators import Catalogue, Rule, load_catalogue
from .labels import check_language, label
from .outline import Section
from .quantities import value_words
from .spans import sentence_span

if TYPE_CHECKING:
    from .report import Report

__all__ = ["explain"]


@attrs.frozen
class _Words:
    """The sentences of one language; {} is filled in."""

    quote: str = "「{}」"
    figure: str = "{name} ({id}): {value}"
    said: str = "said as {quote}, characters {start} to {end} of the text"
    where: str = "under the headings {path}"
    nowhere: str = "outside of all numbered sections"
    sentence: str = "in the sentence: {}"
    words: str = "indicator: {evidence} (rule {rule})"
    extractor: str = "indicator: found by the extractor {rule}{evidence}"
    zero: str = "zero: {quote} says that there was none; no figure is printed"
    before: str = "the words {} before the figure"
    behind: str = "the words {} behind the figure"
    near: str = "{} in the sentence or its headings"
    topic: str = "the topic {}"
    plain: str = "the words {}"
    no_words: str = "no words"
    joint: str = "; "
    year: str = "year: {year}, {reason}"
    year_named: str = "named in the sentence"
    year_report: str = "the year that the report is about"
    year_before: str = "the year before the report's"
    year_after: str = "the year after the report's"
    year_other: str = "told from the sentence"
    no_year: str = "year: not known, {reason}"
    no_year_several: str = "for the figure sums up several years"
    no_year_said: str = "for the text does not say it"
    status: str = "status: {status}, {reason}"
    by_section: str = "; the section speaks of plans"
    by_words: str = "; see {}"
    also: str = "also considered: {name} ({id}) by {evidence}, {why} ({score} against {best}; rule {rule})"
    weaker: str = "weaker"
    tied: str = "as strong; the earlier id is taken"
    section: str = "{heading}: level {level} {kind}; {why}"
    statuses: dict[str, str] = attrs.Factory(
        lambda: {
            "actual": "what the report states as reached; nothing marks it as a plan, a demand or another year's",
            "previous": "a figure of an earlier year, given for comparison",
            "planned": "intended, not reached yet",
            "required": "what is demanded, not what was reached",
            "cumulative": "a sum over several years",
        }
    )


_ENGLISH = _Words()
_CHINESE = _Words(
    quote="“{}”",
    figure="{name}（{id}）：{value}",
    said="原文：{quote}，全文第 {start} 至 {end} 个字符",
    where="所在标题：{path}",
    nowhere="不在任何编号标题之下",
    sentence="原句：{}",
    words="指标依据：{evidence}（规则 {rule}）",
    extractor="指标依据：由提取程序 {rule} 找到{evidence}",
    zero="零值依据：{quote}表明没有发生，原文没有数字",
    before="数字之前的{}",
    behind="数字之后的{}",
    near="句中或标题中的{}",
    topic="主题“{}”",
    plain="{}",
    no_words="没有词语",
    joint="、",
    year="年份：{year}，{reason}",
    year_named="句中写明",
    year_report="即报告所述年份",
    year_before="即报告年份的上一年",
    year_after="即报告年份的下一年",
    year_other="根据句子判断",
    no_year="年份：不详，{reason}",
    no_year_several="该数字为多年累计",
    no_year_said="原文没有写明",
    status="性质：{status}，{reason}",
    by_section="，因为所在部分谈的是计划",
    by_words="，见{}",
    also="也考虑过：{name}（{id}），依据{evidence}，{why}（得分 {score}，入选者 {best}；规则 {rule}）",
    weaker="但较弱",
    tied="同样强，取编号在前者",
    section="{heading}：第 {level} 级，{kind}；{why}",
    statuses={
        "actual": "报告陈述的实际结果，没有词语表明它是计划、要求或其他年份的数字",
        "previous": "用于比较的以往年份数字",
        "planned": "打算达到、尚未达到的数字",
        "required": "要求达到的数字，不是实际结果",
        "cumulative": "多年累计数",
    },
)
_WORDS = {"en": _ENGLISH, "zh": _CHINESE}
_CUES = {
    "previous": r"上年|去年|上一年|前一年|同期|往年|年初|(?:由|从)[^，,。；;]{0,14}$|(?:19|20)\d\d年",
    "planned": r"力争|计划|拟|预计|目标|争取|打算|将|下一步|明年|来年|确保|每|人均|平均",
    "required": r"要求|不低于|不少于|不高于|不超过|控制在|应当?|须|需|必须|规定|原则上|至少|达标",
    "cumulative": r"[^，,。；;]{0,8}以来|累计|(?:19|20)\d\d年?[至到—－~～-]{1,2}(?:19|20)\d\d年|近?[两三四五六七八九]年",
}
"""Words before a figure that commonly give it a status: what a reader is pointed to."""


def explain(report: Report, record: Observation | Section, lang: str, catalogue: Catalogue | None) -> str:
    """The reasons for one record of a report, a line each.

    Raises:
        ValueError: There is no such language.
    """
    check_language(lang)
    words = _WORDS[lang]
    if isinstance(record, Section):
        return words.section.format(
            heading=record.heading, level=record.level, kind=record.kind, why=record.why
        )
    catalogue = catalogue or load_catalogue()
    rule = _rule(record, catalogue)
    section = report.section_at(record.start)
    extent = None if section is None else (section.body_start, section.end)
    span = sentence_span(report.raw, record.start, record.end, extent)
    before = report.raw[span[0] : record.start]
    sentence = f"{before}【{record.text}】{report.raw[record.end : span[1]]}"
    path = " > ".join(section.path) if section is not None else ""
    lines = [
        words.figure.format(
            name=_name(record.indicator, catalogue, lang),
            id=record.indicator,
            value=value_words(record, lang),
        ),
        words.said.format(quote=words.quote.format(record.text), start=record.start, end=record.end),
        words.where.format(path=path) if path else words.nowhere,
        words.sentence.format(" ".join(sentence.split())),
        _why_indicator(record, rule, words),
        _why_year(report, record, words, before),
        _why_status(report, record, words, lang, before),
    ]
    for rival in record.rivals:
        lines.append(
            words.also.format(
                name=_name(rival.indicator, catalogue, lang),
                id=rival.indicator,
                evidence=_quoted(rival.evidence, words),
                score=f"{rival.score:g}",
                best=f"{record.score:g}",
                rule=rival.rule,
                why=words.weaker if rival.score < record.score else words.tied,
            )
        )
    return "\n  ".join(lines)


def _rule(record: Observation, catalogue: Catalogue) -> Rule | None:
    entry = catalogue.indicators.get(record.indicator)
    return next((rule for rule in entry.rules if rule.id == record.rule), None) if entry else None


def _name(identity: str, catalogue: Catalogue, lang: str) -> str:
    entry = catalogue.indicators.get(identity)
    if entry is None:
        return identity
    return entry.zh if lang == "zh" or entry.en == entry.zh else f"{entry.en}, {entry.zh}"


def _quoted(evidence: tuple[str, ...], words: _Words) -> str:
    return words.joint.join(words.quote.format(word) for word in evidence) or words.no_words


def _why_indicator(record: Observation, rule: Rule | None, words: _Words) -> str:
    if record.implied:
        return words.zero.format(quote=words.quote.format(record.text))
    if rule is None and "#" in record.rule:  # a rule of a catalogue that is not at hand
        return words.words.format(
            evidence=words.plain.format(_quoted(record.evidence, words)), rule=record.rule
        )
    if rule is None:
        evidence = f" ({_quoted(record.evidence, words)})" if record.evidence else ""
        return words.extractor.format(rule=record.rule, evidence=evidence)
    asked = [
        template
        for pattern, template in (
            (rule.left, words.before),
            (rule.right, words.behind),
            (rule.tail, words.behind),
            (rule.near, words.near),
        )
        if pattern is not None
    ]
    found = list(record.evidence)
    reasons = [words.topic.format(found.pop())] if rule.topic and found and found[-1] == rule.topic else []
    if len(found) != len(asked):  # a part of the rule matched without words
        asked = [words.plain] * len(found)
    quoted = [template.format(words.quote.format(word)) for template, word in zip(asked, found, strict=True)]
    return words.words.format(evidence=words.joint.join(quoted + reasons) or words.no_words, rule=record.rule)


def _why_year(report: Report, record: Observation, words: _Words, before: str) -> str:
    own = report.metadata.year
    if record.year is None:
        several = record.status == "cumulative"
        return words.no_year.format(reason=words.no_year_several if several else words.no_year_said)
    if str(record.year) in before:
        reason = words.year_named
    elif own is None:
        reason = words.year_other
    else:
        near = {0: words.year_report, -1: words.year_before, 1: words.year_after}
        reason = near.get(record.year - own, words.year_other)
    return words.year.format(year=record.year, reason=reason)


def _why_status(report: Report, record: Observation, words: _Words, lang: str, before: str) -> str:
    reason = words.statuses[record.status]
    section = report.section_at(record.start)
    cues = _CUES.get(record.status)
    cue = list(re.finditer(cues, before + record.text)) if cues else []
    if record.status == "planned" and section is not None and section.role == "plan":
        reason += words.by_section
    elif cue:
        reason += words.by_words.format(words.quote.format(cue[-1].group()))
    return words.status.format(status=label("status", record.status, lang), reason=reason)

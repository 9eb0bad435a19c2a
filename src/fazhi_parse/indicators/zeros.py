"""Stated zeros: 未发生行政败诉案件 is a value, though there is no figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from ..deferred import deferred
from ..extractors import Observation
from ..prefilter import Ending
from .context import Context
from .definitions import Rule, RuleTimeout
from .index import Catalogue
from .status import Statuses
from .topics import Topics

__all__ = ["stated_zeros"]

_ALL_WON = "(?:(?<=[均都皆])|(?<=全)部?)(?=(?:获得?|取得)?胜诉)"
"""Who won every case lost none."""
_NO = "(?<=均)(?:未|没有?|无|从未|尚无|不存在|零)|(?<=[未无零])|(?<=没)有?|(?<=从)未|(?<=尚)无|(?<=不)存在"
_NEGATION = deferred(
    rf"[均全都皆未没无从尚不零](?:{_ALL_WON}|(?:{_NO})(?:发生过?|出现过?|发现|收到|接到|有|受理|作出|制定|制发|出台|承办|判决)?(?:任何|过|一[起件例宗名项份]|因|新的)?)"
)
"""From one of its first characters `re` skips to the next."""
_BEHIND = deferred(r"零(?:发[生案]|增加|申请|受理|(?<=[为是]零))(?=[，,。；;、”\n]|$)")
"""What states zero behind its subject: 进京越级访零发生, 行政诉讼零发案, 败诉案件为零."""
_SUBJECT = deferred(r"[^，,。；;“”\n]{2,30}(?=“?$)")
_AND = deferred("、|和(?!解)|与|及|以及")
_LISTED = ("reconsideration.", "litigation.", "petition.")
"""What is named in front of others of which there was none, too; 行政处罚、行政许可行政复议案件为零 says nothing of penalties."""
_NARROWED = deferred(r"[败误]|撤销|变更|纠|错|超期|逾期|积压|违法|违规|问题|投诉|引发|导致|引起|因|等|未")
"""What says of several things together which of them there are none of: 行政复议、行政诉讼败诉案件为零 tells of no reconsideration."""
_PART_ONLY = deferred(
    r"\d+[个家名所]|领域|类|涉|企业?|学校|税务|信息公开|依申请|超期|逾期|积压|未|引发|导致|引起|因"
    r"|^(?![全各我本该])[^\W\d]{2,4}(?<![全各我本该])(?:镇|乡|街道|县|区|局)(?=行政|信访|复议|诉讼)"
)
"""What makes of a subject that of some only, or another one: 8个乡镇行政诉讼案件, 涉企行政处罚案件, 石桥镇行政复议案件."""
_OPENING = deferred("(?:全[年县区市镇乡]|今年|本年度?|年内|我[县区市镇乡局])*")
_ADVERBS = Ending("(?:实现|保持|均|全部|都|继续|持续|始终|数量?|总数|(?<!行)为|是)+$")
_CAUSE = deferred(r"因[^，。；]{2,}(?:引发|导致|引起|造成|被(?:申请|提起|复议|诉))|(?:引发|导致)的")
_CLAUSE_END = deferred(r"[，,。；;！？\n]|、(?=“?[无未零]|没有)")
_HALF_END = deferred(r"[。；;\n]")
_OF_SOME = deferred(
    r"(?:有的|有些|部分|个别|一些|[大绝]?多数|少数|其他|其它|兄弟)[^，,。；;、\n]{0,10}$|(?:对于?|凡是?|如果?|若|除)$"
    r"|(?:有|尚|仍|其中)\d+[个家名][^，,。；;、\n]{0,8}$"
    r"|(?:未能?|没有?)(?:完全|真正)?(?:实现|做到|保持|达到)[^，,。；;、\n]{0,8}$|[离距]“?$"
)
"""Before a negation: it speaks of some only (部分单位未制定…, 有4个乡镇没有…), of whom it describes (对未受理的…), of what is not reached (未能实现零败诉)."""
_ONE_BODY = deferred(
    r"(?:^|[，。；：\n])(?![全各我本该]|[^，。；：\n]{0,8}(?:部门|单位|[和及与]|乡镇|镇街|下属|所有|直属|司法局|复议局|信访局))[^，。；：\n\d]{2,12}(?<![各全我本该])(?:镇|乡|街道|局|派出所|大队|中队|村|社区)(?:全年|今年|年内|连续[^，。；]年|均|继续|保持|实现)*$"
)
"""A body below the government that reports, of which alone it speaks: 青石镇未发生行政诉讼案件."""
_AIMED_AT = deferred(
    r"[^，,。；;、\n]{0,8}(?:目标[^，,。；;、\n]{0,4}(?:未|没)|还?有[^，,。；;、\n]{0,4}差距)"
)
"""Behind a negation that is not reached: “零败诉”目标尚未实现."""
_STATES = "情[况形]|现象|行为|问题|事[件项]|案件|[记纪]录|发生|良?好|局面|态势|成绩|(?:主要)?原因|同时|基础"
_DESCRIBES = deferred(
    rf"(?:[^，,。；;\n]{{0,8}}的(?!{_STATES}|[^，,。；;\n]*(?:情[况形]|现象|行为|事件|案件)$)[^\W\x00-\x7f]"
    r"|(?:年度|制定|管理|备案)*(?:计划|台账|目录|清单|制度|机制)|[^，,。；;\n]{0,4}(?:不(?:等于|代表|意味)|才))"
)
"""Behind what a negation denies: 未发生败诉案件的单位 says which units, and no more."""
_SENTENCE_END = deferred(r"[。！？\n]")
_LONGEST_CLAUSE, _LONGEST_HALF, _LONGEST_SENTENCE = 40, 120, 400
_SCORE = 10.0


def stated_zeros(
    context: Context, catalogue: Catalogue, topics: Topics, statuses: Statuses, slow: dict[str, str]
) -> Iterator[Observation]:
    """Observations of value 0, in the order of the text.

    Args:
        context: The report.
        catalogue: The rules.
        topics: What its passages are about.
        statuses: Which of them tell plans, earlier years or other places.
        slow: Takes the ids of the rules that run out of time, and why.
    """
    text, of_government = context.text, _is_of_a_government(context)
    told: set[tuple[str, int]] = set()
    for start, zero in _behind(context, catalogue, topics, statuses, slow):
        told |= {(zero.indicator, start), (zero.indicator, _half_start(text, start))}
        yield zero
    for match in _NEGATION.finditer(text):
        start, end = match.span()
        if context.skip.touches(*context.clean(start, end)) or _OF_SOME.search(
            text, max(0, start - 14), start
        ):
            continue
        if _AIMED_AT.match(text, end) or (
            of_government and _ONE_BODY.search(text, max(0, start - _LONGEST_CLAUSE), start)
        ):
            continue
        stop = _CLAUSE_END.search(text, end, end + _LONGEST_CLAUSE)
        clause = text[end : stop.start() if stop else end + _LONGEST_CLAUSE]
        if clause.startswith("的"):
            continue
        if "“" not in clause:
            clause = clause.removesuffix("”")  # it closes what was opened before the negation: “零诉讼”
        longest: dict[str, tuple[int, Rule]] = {}  # each indicator has one zero of a negation
        for rule in _in_time(catalogue.zeros.possible(clause), slow):
            try:
                length = _stated(rule, context, start, end, clause)
                holds = length is not None and _on_topic(rule, topics, start, clause)
            except RuleTimeout as error:
                slow[rule.id] = str(error)
                continue
            if length is not None and holds and length > longest.get(rule.indicator, (-1, rule))[0]:
                longest[rule.indicator] = length, rule
        for length, rule in longest.values():
            # 零 alone is said of what its half sentence names: 积案为零，进京访为零 names it once
            once = rule.indicator, start if length else _half_start(text, start)
            if once not in told:
                told.add(once)
                yield from _zero(context, catalogue, statuses, rule, start, end + length)


def _half_start(text: str, at: int) -> int:
    """Where the half sentence of an offset begins."""
    since = max(0, at - _LONGEST_SENTENCE)
    return max(since, *(text.rfind(mark, since, at) + 1 for mark in "。；;\n"))


def _is_of_a_government(context: Context) -> bool:
    """Whether a county, city or province reports, and no organ of it."""
    issuer, region = context.metadata.issuer or "政府", context.metadata.region or ""
    return issuer.endswith("政府") and region.endswith(("县", "区", "旗", "市", "州", "盟", "省"))


def _in_time(rules: Iterable[Rule], slow: Mapping[str, str]) -> Iterator[Rule]:
    return (rule for rule in rules if rule.id not in slow)


def _on_topic(rule: Rule, topics: Topics, at: int, clause: str) -> bool:
    return rule.topic is None or topics.of_zero(rule.topic, at, clause)


def _behind(
    context: Context, catalogue: Catalogue, topics: Topics, statuses: Statuses, slow: dict[str, str]
) -> Iterator[tuple[int, Observation]]:
    """Zeros that stand behind what they are about, by the same rules, each with its offset."""
    text = context.text
    for match in _BEHIND.finditer(text):
        start, end = match.span()
        subject = _SUBJECT.search(text, max(0, start - _LONGEST_CLAUSE), start)
        if subject is None or context.skip.touches(*context.clean(start, end)):
            continue
        subjects = _ADVERBS.stripped(_OPENING.sub("", subject.group(), count=1))
        *others, last = _AND.split(subjects)
        if _PART_ONLY.search(subjects):
            continue
        for clause in (last,) if _NARROWED.search(subjects) else (*others, last):
            # what is cut off by a quotation mark may be anything: “医闹”实现零发生; rates have rules of their own
            if not clause or clause.endswith("率"):
                continue
            for rule in _in_time(catalogue.zeros.possible(clause), slow):
                named = clause is last or rule.indicator.startswith(_LISTED)
                if named and _is_behind(rule, topics, start, clause, slow):
                    for zero in _zero(context, catalogue, statuses, rule, start, end):
                        yield start, zero


def _is_behind(rule: Rule, topics: Topics, start: int, clause: str, slow: dict[str, str]) -> bool:
    """Whether a clause is all that a rule denies, and nothing else."""
    assert rule.zero is not None
    try:
        hit = rule.zero.match(clause)
        whole = hit is not None and hit.end() > 0 and _REST.fullmatch(clause, hit.end()) is not None
        forbidden = rule.without is not None and rule.without.search(clause) is not None
        return whole and not forbidden and _on_topic(rule, topics, start, clause)
    except RuleTimeout as error:
        slow[rule.id] = str(error)
        return False


_REST = deferred("(?:案件|事件|事项|情况|情形|现象|行为|问题|数|人次|的|发生|均|全年)*")


def _stated(rule: Rule, context: Context, start: int, end: int, clause: str) -> int | None:
    """How many characters behind a negation a rule takes for a stated zero; None where it is none."""
    assert rule.zero is not None
    hit = rule.zero.match(clause)
    if hit is None or (rule.without and rule.without.search(clause)) or _DESCRIBES.match(clause, hit.end()):
        return None
    if "零" in hit[0]:
        return None  # 零败诉、行政复议零纠错: what is denied there has a negation of its own
    if rule.unless is not None:
        text = context.text
        half = _half_start(text, start)
        stop = _HALF_END.search(text, end + hit.end(), end + _LONGEST_HALF)
        if rule.unless.search(text[half : stop.start() if stop else end + hit.end()]):
            return None
    if _CAUSE.search(context.text, start, end + hit.end()):
        return None  # 未发生因信息公开引发的败诉案件: none of a kind, not none
    return hit.end()


def _zero(
    context: Context, catalogue: Catalogue, statuses: Statuses, rule: Rule, start: int, end: int
) -> Iterator[Observation]:
    text, source = context.text, context.source
    since = max(0, start - _LONGEST_SENTENCE)
    begin = max(since, *(text.rfind(mark, since, start) + 1 for mark in "。！？\n"))
    stop = _SENTENCE_END.search(text, end, end + _LONGEST_SENTENCE)
    said, section = text[begin:start], context.section_at(start)
    status, year = statuses.of_zero(said, text[begin : stop.start() if stop else end], start, section)
    if status == "cumulative":
        status = "actual"  # what has not happened in several years has not in this one
    if status not in ("actual", "previous"):
        return
    before = source.text[context.clean(begin, start)[0] : context.clean(start, end)[0]]
    start, end = context.clean(start, end)
    raw_start, raw_end = source.to_raw(start, end)
    yield Observation(
        indicator=rule.indicator,
        value=Decimal(0),
        value_max=None,
        unit=catalogue.indicators[rule.indicator].unit,
        approx="",
        year=year,
        status=status,
        implied=True,
        start=raw_start,
        end=raw_end,
        text=source.raw[raw_start:raw_end],
        section=section,
        rule=rule.id,
        evidence=(source.text[start:end],),
        score=_SCORE,
        sentence=before.lstrip() + source.text[start:end],
        section_path=context.path(section),
    )

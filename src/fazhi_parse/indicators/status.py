"""Whether a figure is this report's achieved level, and which year it is about."""

from __future__ import annotations

import re

from .context import LEADS, Context, Figure

__all__ = ["status_of"]

_CHANGE = re.compile(
    r"(?:增长|增加|上升|提高|提升|下降|减少|降低|降幅|增幅|上涨|回落|压减|压缩|缩短|缩减|精简|减|降|增|多了?|少了?|高出|高|低|净增|新增|翻)(?:了|近|约|达|超|超过|逾|将近)*$"
)
_COMPARED = re.compile(r"(?:同比|环比|较|比|与)[^，,。；;]{0,14}$")
_TO = re.compile(r"(?:至|到|为|达|成)(?:了|近|约)*$")
_FROM = re.compile(r"(?:由|从)[^，,。；;到至]{0,16}$")
_FROM_TO = re.compile(
    r"^[^，,。；;]{0,10}?(?:压缩|压减|缩短|缩减|提高|提升|增加|增长|增|上升|扩展|发展|下降|降|减少|减|精简|调整|上涨|扩|变|压|跃|攀升|提|整合|合并|撤并)[^，,。；;]{0,4}(?:至|到|为|成)?"
)
_PREVIOUS = re.compile(
    r"(?:上年|去年|上一年|上年度|前一年|上年同期|去年同期|同期|往年|年初|此前|原来|以前|改革前|过去)(?:的|为|是|共|有|仅|度)*$"
)
_COMPARED_WITH = re.compile(r"(?:比|较|与)(?:上年|去年|上一年|前一年)[^，,。；;]{0,14}$")
_BASIS = re.compile(r"^[^，,。；;]{0,4}(?:的)?(?:基础上|相比|增长|上升到|相比较)")
_REQUIRED = re.compile(
    r"要达到|(?<![按照合据再])要求(?!的|整改)|不低于|不少于|不高于|不超过|控制在|应(?:当|安排|不)|须|(?<![确只急亟所])需(?!要?(?:的|求|整改))|必须|省定|规定(?:的)?(?:不|时限|期限|学时|课时|标准|任务)|原则上|至少|达标"
)
"""What opens a demand: the figure is one that somebody asks for."""
_PLAN = re.compile(
    r"力争|计划(?!生育|内|任务|项目)|(?<!模)拟(?!出台|提请|提交|制[定发]|印发|签|以|作出|提拔|任|处罚|[定订稿])|预计|目标(?!任务完成)|争取|打算|将(?:再|继续|新|于|达|要|进一步|开展|实现)|下一步|明年|来年|每(?:名|年|人|个|季度|半年|月|学期|周|村|案)|人均|平均每|确保|年度任务"
)
"""What opens an intention, or a rate by head or unit that is no level either."""
_NEXT_YEAR = re.compile(r"(?:^|[，,；;])(?:明年|来年|下一年度?|下一步|下步)[，,]?(?!就|准备)")
_SINCE = re.compile(
    r"((?:19|20)\d\d)年?(?:度|\d{1,2}月)?(?:份)?以来|(?:成立|改革|启动|开展|建成|实施|“?[一二三四五六七八九十]+五”?(?:普法|规划|时期)?)[^，,。；;]{0,6}以来"
)
_SEVERAL_YEARS = re.compile(
    r"(?:19|20)\d\d年?(?:度)?(?:[至到—－~～-]{1,2})(?:19|20)\d\d年[^，,。；;]{0,4}[，,]?(?:累计|共|合计|总)|(?<![一-鿿])近?[两三四五六七八九]年(?:来|间|里|内)?[，,]?(?:以?来)?(?:累计|共|合计|总)"
)
_THIS_YEAR = re.compile(r"其中|今年|本年|全年")
_YEAR = re.compile(
    r"(?<![〔\[\d比较是与同对至到自从由])((?:19|20)\d\d)年(?!以来|版|以前|之前|前|底前|\d{1,2}月\d{0,2}日?(?:以前|之前|以来)|出台|制[发定]|度?考核|度?反馈)"
)
_RELATIVE = re.compile(r"(?:^|(?<=[，,；;：:。]))(?:去年|上年|上年度)(?=[^同底以来相末的之])|今年|本年")
"""去年 opens a clause that goes on about last year; in 比去年 and 去年同期 it only compares."""
_TODAY = re.compile(r"今年|本年度?|全年|年内|目前|截至")


def status_of(
    figure: Figure, context: Context, rule_change: bool, rule_since: bool
) -> tuple[str, int | None]:
    """Status and year of a figure; a change is no level and has the status "change"."""
    text = context.source.text
    found, year = figure.found, context.metadata.year
    start, end = figure.sentence
    sentence = _without_asides(text[start : found.start])
    clause = sentence[_last(sentence, len(sentence), "，,；;：:") :]
    if not rule_change and found.kind not in ("multiple",) and _is_change(clause, figure):
        return "change", year
    if _FROM.search(clause) and _FROM_TO.match(text[found.end : found.end + 14]):
        return "previous", None if year is None else year - 1
    compared = _COMPARED_WITH.search(clause) and not _TO.search(clause)
    if compared or _PREVIOUS.search(LEADS.sub("", clause)) or _BASIS.match(figure.right):
        return "previous", None if year is None else year - 1
    role = (
        context.sections[figure.section].role
        if figure.section is not None
        else _closing_role(text, found.start, year)
    )
    if role == "plan":
        return "planned", None if year is None else year + 1
    worded = clause + text[found.start : found.end] if found.approx else clause
    if _PLAN.search(clause) or (_NEXT_YEAR.search(sentence) and not _THIS_YEAR.search(sentence)):
        return "planned", year
    if _REQUIRED.search(worded):
        return "required", year
    if _elsewhere(clause, context):
        return "other place", year
    if not rule_since and _is_cumulative(sentence, clause, year):
        return "cumulative", None
    if rule_since or year is None:
        return "actual", year
    return _by_named_year(sentence, clause, text[start:end], year)


def _by_named_year(sentence: str, clause: str, whole: str, year: int) -> tuple[str, int]:
    """Status and year by the years that the clause names, else the sentence so far."""
    this_year = year if "今年" in whole or "本年" in whole else None
    named = _named_years(clause, this_year)
    if not named and not _TODAY.search(clause):
        named = _named_years(sentence, this_year)
    if not named:
        return "actual", year
    if named[-1] == year + 1:
        return "planned", year + 1
    return ("previous" if named[-1] < year else "actual"), min(named[-1], year)


_ASIDE = re.compile(r"[（(][^（()）]{0,80}[)）]|《[^》]{0,60}》")


def _without_asides(text: str) -> str:
    """The text without brackets that are closed and titles: what they say is not about what follows."""
    return _ASIDE.sub("", text)


def _named_years(text: str, this_year: int | None) -> list[int]:
    """Years that date what follows: not those of comparisons (比2016年) or of objects (2015年以前的文件).

    去年 is the year before only where 今年 stands against it: a report written in January
    calls the year that it reports on 去年.
    """
    found = [(match.start(), int(match.group(1))) for match in _YEAR.finditer(text)]
    if this_year is not None:
        found += [
            (match.start(), this_year - (match.group()[0] in "去上")) for match in _RELATIVE.finditer(text)
        ]
    return [named for _, named in sorted(found)]


def _is_cumulative(sentence: str, clause: str, year: int | None) -> bool:
    """Whether a figure sums up several years: 2018年以来累计, 改革以来."""
    if (several := _SEVERAL_YEARS.search(sentence)) and not _THIS_YEAR.search(sentence, several.end()):
        return True
    since = next(reversed(list(_SINCE.finditer(sentence))), None)
    if since is None:
        return False
    first = since.group(1)
    if first is not None and year is not None and int(first) >= year:
        return False
    behind = sentence[since.end() :]
    if re.match(r"的|制[发定]|出台|印发|形成|签订", behind) or re.search(r"其中|今年|本年|全年", behind):
        return False
    return (
        "累计" in behind
        or "累计" in clause
        or (first is not None and "，" not in behind[3:] and "," not in behind[3:])
    )


def _last(text: str, at: int, stops: str) -> int:
    return max(text.rfind(stop, 0, at) for stop in stops) + 1


def _is_change(clause: str, figure: Figure) -> bool:
    if figure.found.kind == "percentage_point":
        return True
    bare = re.sub(r"[\s“”]+$", "", clause)
    if _TO.search(bare):
        return False
    if not _CHANGE.search(bare):
        return False
    counted = figure.found.kind in ("count", "money")
    return (
        not counted
        or bool(_COMPARED.search(_CHANGE.sub("", bare)))
        or not re.search(r"新增$|精简$|压减$", bare)
    )


def _closing_role(text: str, at: int, year: int | None) -> str:
    """Role of a place outside of all sections: the closing speaks of plans behind 下一步 or next year."""
    paragraph = text[text.rfind("\n", 0, at) + 1 : at]
    next_year = f"{year + 1}年" if year else "明年"
    return "plan" if re.search(rf"下一步|下步|今后|{next_year}，?[^。]{{0,30}}将", paragraph) else "done"


_ANOTHER = re.compile(r"(?:邻|兄弟|外)[省市县区](?!级)|该[省市县区]")
_QUOTED = re.compile(r"“[^”]{1,24}”")


def _elsewhere(clause: str, context: Context) -> bool:
    """Whether the clause speaks of a wider place than the report's own."""
    region = context.metadata.region or ""
    if region.endswith(("省", "自治区")):
        wider = "全国"
    elif region.endswith("市") and not re.search(r"[县区]|局$", context.metadata.issuer or ""):
        wider = "全(?:省|国)|省平均"
    else:
        wider = "全(?:市|省|国|州)|[省市]平均"
    clause = _QUOTED.sub("", clause)
    if _ANOTHER.search(clause):
        return True
    match = next(reversed(list(re.finditer(wider, clause))), None)
    if match is None:
        return False
    after = clause[match.end() :]
    return not re.search(r"我[县区市局乡镇]|本[县区市局]", after) and not re.match(
        r"各级|各地|第|首|率先|前|十佳|先进|范围|统一|民主法治|文明|优秀|示范|百|重点|一体化|人大|政协", after
    )

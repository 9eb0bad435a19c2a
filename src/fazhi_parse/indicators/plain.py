"""Words around a figure without what officials add to a statement: frames, adverbs, attributes, remarks in brackets."""

from __future__ import annotations

import re
from functools import cache
from operator import itemgetter

from ..data_files import load_table
from ..deferred import deferred
from ..patterns import edge

__all__ = [
    "REMARK",
    "has_remarks",
    "in_usual_words",
    "is_unusual",
    "plain",
    "terse",
    "unpraised",
    "without_remarks",
]

# Alternatives begin with literals wherever that is possible: `re` then skips to them at the speed of C.
_MARKER = (
    r"(?:[一二三四五六七八九十]是|（[0-9一二三四五六七八九十]{1,2}）|[0-9]{1,2}[.、．][ ]?|[①-⑳]|——|[●•])"
)
_FRAME = (
    r"(?:(?:首先|其次|最后|第[一二三四五]|其[一二三四五]|同时|此外|另外|与此同时|其间|期间|据统计|据不完全统计|经统计|总的来看|工作中|在此基础上|[一半]年来|全年|年内|今年以来|今年|本年度|目前"
    r"|(?:紧紧|全力|着力|大力|不断|进一步)?(?:为|通过|坚持|按照|根据|围绕|聚焦|紧扣|结合|深入|认真|强化|压实|采取|加大|创新|深化|立足|贯彻|落实|充分|在)[^，。；：\d]{2,30}|截[至止][^，。；：]{2,10})，)+"
)
_ADVERB = (
    r"(?:依法(?:依规|及时)?|及时|第一时间|(?:在全[国省市州县区]范围内|在全[国省市州县区])?(?:率先|首[创次])|主动(?!公开)|认真|扎实|积极|高质量|高效率?|全面(?!依法|推[行进]|实行)|持续|集中|深入|有序|规范(?!性|化)|稳妥|重点(?=[审检排整开评梳清])|分[批期](?:次)?|常态化|有效|切实"
    r"|顺利|圆满|妥善|按期|均?已(?:经)?|先后|广泛|定期|统一|适时|创新|精心|联合(?:相关|有关)?(?:部门)?|会同(?:相关|有关)部门|一共|总共|合?共计?|合计|总计|全年|年内|年度内?|今年以来|今年|[一半]年来|本年度|现|目前|截至目前"
    r"|(?:全年|今年|年内|本年度|[我全][县市区])累计|同时|并|又|还|另|期间|其间|[我本][县市区省州旗乡镇局]|全[县市区省州旗乡镇局](?:上下)?|[县市区]域内|(?:全[县市区])?各级(?:各部门|行政机关)|各部门|各乡镇（街道）|县直各(?:部门|单位))+"
)
_OPENING = deferred(f"(?:{_MARKER})?(?:{_FRAME})?(?:{_ADVERB})?")


@cache
def _opens() -> frozenset[str]:
    """First characters of what an opening may be."""
    return edge(f"^(?:{_MARKER}|{_FRAME}|{_ADVERB})", last=False) or frozenset()


@cache
def _behind_pause() -> re.Pattern[str]:
    goes_on = "".join(sorted(edge(f"^(?:{_FRAME}|{_ADVERB})", last=False) or ()))
    return re.compile(rf"([，；、])(?=[{goes_on}])(?:(?<=[，；]){_FRAME})?(?:{_ADVERB})?")


_ATTRIBUTE = deferred(r"各(?:类|种|项(?!目))|相关的?|有关的?|了(?<![为除明终]了)(?![解结断])")
_PAUSE = itemgetter(1)
_VERBS = (
    "受理", "办理", "办结", "审结", "化解", "答复", "回复", "整改", "采纳", "移送", "接收", "调处",
)  # fmt: skip
_BESIDE_VERB = deferred(r"(?:现已|目前已|均已|已经?|依法|及时|全部|顺利|共|累计|全年|实际){1,2}(?=..$)")
_TOTAL = "(?:一共|共计?|总[共计]|累计|合计|达到?)"
_COUNTED = deferred(
    rf"，{_TOTAL}+(?=\d)|一共(?=\d)|共计?(?=\d)|总[共计](?=\d)|累计(?=\d)|合计(?=\d)|达到?(?=\d)"
)
REMARK = deferred(
    r"（(?:(?:不?含|包括|不计|除)[^（）\d]{0,30}|(?:详?见|具体见|附|次)[^（）\d]{0,12}|(?:截[至止]|同比|环比|较[上去\d]|比[上去\d]|[上去]年|[增降]幅|增长|下降)[^（）]{2,16})）"
)
"""What adds nothing to a figure or its noun: 建议（含街道）66件, 690项（次）, 12场（详见附表）, 19件（同比增长12%）."""
_RANKED = "(?:稳?居|位居|位列|列|排名?|名列|跻身|走在|处于)(?:全[国省市州县区]|[省市县区]内|同类|同级|前列|首位)[^，。；、]{0,8}"
_COMPARED = "(?:同比|环比|[与较比][上去]年(?:同期)?(?:相比)?)(?:基本|大致|总体)?(?:持平|相当|保持稳定)"
_REACHED = "(?:超额|提前|圆满|如期|顺利|超)完成[^，。；\\d]{0,6}(?:任务|目标|指标|计划)"
_PRAISED = "创[^，。；\\d]{0,8}新高|[受得]到[^，。；\\d]{1,12}(?:好评|肯定|认可|称赞)|有[效力](?!期)[^，。；\\d]{3,24}"
_CLAUSE = deferred(
    rf"，(?=[稳居位列排名跻走处同环与较比超提圆如顺创受得有])(?:{_RANKED}|{_COMPARED}|{_REACHED}|{_PRAISED})(?=[，。；])"
)
"""The same as a clause: 立案46件，位居全市前列，罚款8万元."""


def without_remarks(text: str) -> str:
    """A text without remarks in brackets, and without clauses that only rank or praise.

    >>> without_remarks("建议（含街道）66件（详见附表），创历史新高，答复率100%")
    '建议66件，答复率100%'
    """
    return _CLAUSE.sub("", REMARK.sub("", text))


def has_remarks(text: str, start: int, end: int) -> bool:
    """Whether there is a remark between two offsets."""
    return REMARK.search(text, start, end) is not None or _CLAUSE.search(text, start, end) is not None


@cache
def _usual_words() -> dict[str, str]:
    """Usual words, and the pattern of what stands for each of them."""
    table: dict[str, str] = load_table("usual_words.toml")["usual"]
    return table


@cache
def _unusual() -> re.Pattern[str]:
    return re.compile("|".join(_usual_words().values()))  # without groups `re` skips to first characters


@cache
def _replaced() -> re.Pattern[str]:
    return re.compile("|".join(f"({words})" for words in _usual_words().values()))


def is_unusual(text: str) -> bool:
    """Whether a text has words for which there are more usual ones."""
    return _unusual().search(text) is not None


def in_usual_words(text: str) -> str:
    """A text in the words of the rules.

    >>> in_usual_words("到庭应诉6次，处理完毕5件")
    '出庭应诉6次，办结5件'
    """
    if not is_unusual(text):
        return text
    usual = tuple(_usual_words())
    return _replaced().sub(lambda match: usual[(match.lastindex or 1) - 1], text)


def plain(words: str) -> str:
    """The words before a figure in usual words and without what adds nothing to them.

    >>> plain("为提升依法行政水平，我县依法及时修订了各类"), plain("，目前已处理完毕")
    ('修订', '，办结')
    """
    if words[:1] in _opens() and (opening := _OPENING.match(words)):
        words = words[opening.end() :]
    words = in_usual_words(_behind_pause().sub(_PAUSE, _ATTRIBUTE.sub("", words)))
    return _BESIDE_VERB.sub("", words) if words.endswith(_VERBS) else words


def terse(text: str) -> str:
    """A sentence, or the rest of one, without what adds nothing to its figures.

    >>> terse("建议累计14件，年内取消各类证明6项")
    '建议14件，取消证明6项'
    """
    return in_usual_words(_behind_pause().sub(_PAUSE, _ATTRIBUTE.sub("", _COUNTED.sub("", text))))


_PRAISE = (
    "有力", "有效", "切实", "进一步", "营造", "取得", "得到", "受到", "促进", "推动", "助力", "确保", "不断", "充分", "做到", "群众满意度",
    "社会", "工作质效", *(f"全面{verb}" for verb in ("推", "提", "规范", "落实", "加强", "促进", "营造", "激发", "增强", "展", "优化", "压实", "完成")),
)  # fmt: skip
_FOR, _ENDS = ("为", "实现"), ("保障", "基础", "支撑", "氛围", "环境", "护航", "统一", "提升")


def unpraised(text: str) -> str:
    """A sentence without the praise that it closes with: results of every work, no subject of any.

    >>> unpraised("检查12次，有效规范了行政执法行为，为高质量发展提供了法治保障")
    '检查12次'
    """
    while (at := text.rfind("，") + 1) and (
        text.startswith(_PRAISE, at) or (text.startswith(_FOR, at) and text.endswith(_ENDS))
    ):
        if _DIGIT.search(text, at):
            break
        text = text[: at - 1]
    return text


_DIGIT = deferred("[0-9]")

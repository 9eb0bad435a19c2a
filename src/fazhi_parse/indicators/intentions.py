"""What is only intended, asked for or aimed at: plans, demands and goals, by the words around a figure."""

from __future__ import annotations

from ..deferred import deferred
from ..prefilter import Guarded
from .dating import BY_NOW, THIS_YEAR, by_then
from .figures import Figure

__all__ = [
    "INTENTIONS",
    "REQUIRED",
    "intended",
    "is_coming",
    "is_demanded",
    "is_goal",
    "is_standard",
    "is_told",
]

_REALISED = deferred("实现|达成|保持|做到|达到?了?$")
_ACTUALLY = deferred("实际|共|已")
REQUIRED = deferred(
    r"要达到|要求(?<![按照合据再到民]要求)(?<!(?:革|求|势|规)要求)(?<![批指]示要求)(?<!提出要求)(?!的|整改)|不低于|不少于|不高于|不超过|控制在(?!$|[\d.]+万?[余多几来][^内下]*$)|(?<![适响对反供相效])应(?:当(?![前地年事])|安排|不|达)|须|需(?<![确只仅急亟所特军供]需)(?!要?(?:的|求|整改))|必须|省定(?!$)|规定(?:的)?(?:不|[时期]限(?!内)|学时|课时|标准|任务)|原则上|至少|达标(?!率)"
)
"""What opens a demand: the figure is one that somebody asks for."""
_COMPLIES = deferred(
    r"(?:按照?|根据|依照|对照|围绕|结合|贯彻|落实)[^，。；\d]{1,16}要求(?![为是：]|[^，。；]{0,4}[每各])"
)
"""What tells that a demand was met: 按上级要求开展清理2次."""
_PLAN = deferred(
    r"力争|原定(?!于|的)|预定(?<!按预定)(?<!照预定)(?=[^，。；\d]{0,2}(?:开展|举办|组织|培训|评查|检查|完成))|计划(?!生育|内|任务|项目|明确|确定的|共?列|分解)|拟(?<!模拟)(?<!代拟)(?!上会|上常|上报(?=[^，。；\d]{0,6}(?:审[议批核]|常务会|常委会))|审议(?!出台|通过)|决策(?!出台)|出台|发[文布]|提请|提交|制[定发]|印发|签|以|作出|提拔|任|处罚|[定订稿])|预计|预期(?<![照按如超]预期)|准备(?<![心织分真]准备)(?=举|开|组|召|培|建|制|实)|届时|有望|目标(?!任务完成)|争取|打算|将(?:再|继续|新|于|达|要|进一步|开展|实现|组织(?!部|领导|建设|机构|生活|保障|实施的)|举[办行](?!的)|召开(?!的)|建成(?!的)|选派(?!的)|聘(?!任?[的了])|新建(?!的)|发放(?!的)|推出(?!的)|在[^，。；\d]{1,10}(?:举办|举行|开展|组织|召开)(?!的))|下一步|明年|来年|确保(?!了)|年度任务(?<![出确成达解署置排]年度任务)(?!(?:逐项|逐一|进一步)?(?:细化|分解|明确|梳理|拆|列|清单|台账))"
)
"""What opens an intention."""
_AS_A_GOAL = deferred(
    r"(?:[^，。；\d]{0,8}的[^，。；\d]{0,4}|以[上内])(?:目标|指标)|的(?:年度|全年)?任务(?:目标|指标)?[，。；]"
)
"""What follows a figure that was aimed at: 50场的年度目标任务; what was reached may be another."""
_FOLLOWS = deferred(r"(?:按照?|根据|依照|落实|坚持|执行|遵循|对照)(?![^，。；]*(?:，|共|已))[^，。；]*$")
_AS_A_STANDARD = deferred(r"[^，。；]{0,24}的(?:标准|要求|原则|比例|配比|规定|规范)(?!化)")
"""What makes the figures of a clause that opens with 按照 those of a rule: 按照每村1名以上专职调解员的标准."""
_MARKED = deferred(r"[^，。；\d]{0,10}，?(?:每[件次起人场])?[扣加减]\d[\d.]*分")
"""What makes it a rule of marks: 败诉1件扣2分."""
_AS_PLANNED = deferred(
    r"(?:按照?|根据|依[据照])(?:年度)?计划|(?:按照?|根据|依[据照]|围绕|对照|列入|纳入|执行|落实|完成|制[定订]|编制|印发|研究|审[议定]|讨论|听取)[^，。；\d]{0,12}?(?:(?:19|20)\d\d年度?|年度|工作|立法|检查|抽查|评查|培训|轮训|学习|学法|普法|宣传|清理|制定|审计|执法|监督|督察|演练|整改)计划"
)
"""What makes a plan the measure of what was done: 按照年度计划举办5期."""
_NEXT_YEAR = Guarded(r"(?:^|[，,；;])到?(?:明年|来年|下一年度?|下一步|下步)[底末]?[，,]?(?!就|准备)")


def intended(sentence: str, clause: str, year: int | None) -> tuple[str, int | None] | None:
    """Status and year of what is only intended, in the report on a year; None where nothing says so."""
    if year is not None and (goal := by_then(sentence, clause)) > year:
        return "planned", goal
    coming = _NEXT_YEAR.search(sentence)
    if coming and not THIS_YEAR.search(sentence) and not BY_NOW.search(sentence, coming.end()):
        return "planned", None if year is None else year + 1
    if "计划" in clause:
        clause = _AS_PLANNED.sub("", clause)
    return ("planned", year) if _PLAN.search(clause) or _is_another_goal(sentence, clause) else None


_AS_IT_IS = deferred(r"目前|现有|截[至止]|今年以来|((?:19|20)\d\d)年度?(?=[，全我])")


def is_demanded(words: str) -> bool:
    """Whether words ask for a figure.

    >>> is_demanded("按上级要求开展清理"), is_demanded("要求各部门开展清理")
    (False, True)
    """
    return REQUIRED.search(_COMPLIES.sub("", words) if "要求" in words else words) is not None


def is_told(sentence: str, clause: str, year: int | None) -> bool:
    """Whether a sentence among plans opens with what there is, or was in the report's year (2023年，全县案件达148件，压力较大)."""
    opening = _AS_IT_IS.match(sentence)
    return (
        opening is not None
        and (opening[1] is None or int(opening[1]) == year)
        and not _PLAN.search(sentence)
        and not is_demanded(clause)
    )


_GOAL = deferred(
    r"(?:力争|争取|确保(?!了)|(?:计划|拟(?<![草模代]拟)|将(?![^，；。]*(?:的|报备|备案|分解|纳入|作为|列入|录入|写入))|预计)(?=(?:举办|举行|开展|组织|召开|新建|聘|培训|培育|发放|制定|出台|修订|完成|实施(?!方案)|推出)(?!的|后|对象|内容|情况|工作)))[^，；。\d]*\d[^，；。]*，(?:[^，；。\d]{0,14}\d[^，；。]*，)*$"
)
"""What opens a list of goals or intentions: 力争受理率达到100%，…; 计划举办讲座30场，…."""
_AIMS = ("力争", "争取", "确保", "计划", "拟", "将", "预计")
_DONE = deferred("已|实际|目前|现有|完成|全年|今年|年内")


_COMING = deferred(
    r"[^，。；\d]{0,10}(?<!即)将(?:于[^，。；]{1,10}|在[^，。；]{1,10})?(?:全部)?(?:实现|建成|配[备齐]|完成|开展|投入|启用)(?![^，。；]*(?:[了已]|作为|列为|纳入))"
    r"|(?:尚?待|有待|准备|打算|计划|拟)(?:于[^，。；]{1,10})?(?:予以|进行|作)?(?:修[订改]|废止|清理|出台|制定|印发|审[查结]|整改)(?=[，。；、）]|$)"
)
"""What follows a figure of what is to be: 6561个村将实现法律顾问全覆盖, 6件准备修改."""


def is_coming(figure: Figure) -> bool:
    """Whether a figure is that of what is still to be reached or done."""
    return _COMING.match(figure.tail) is not None


def is_standard(clause: str, figure: Figure) -> bool:
    """Whether a figure stands in a standard that is followed: 按照乡镇2名、村1名以上专职调解员的标准; or in a rule of marks."""
    if _FOLLOWS.search(clause) is not None and _AS_A_STANDARD.match(figure.tail) is not None:
        return True
    return _MARKED.match(figure.tail) is not None


def is_goal(clause: str, figure: Figure) -> bool:
    """Whether a figure was aimed at and is not said to be reached: 完成50场的目标，实际举办56场."""
    if not _AS_A_GOAL.match(figure.right) or _REALISED.search(clause):
        return False
    return "完成" not in clause or _ACTUALLY.search(figure.tail) is not None


def _is_another_goal(sentence: str, clause: str) -> bool:
    """Whether the clause goes on with goals that one before it opened."""
    before = sentence[: len(sentence) - len(clause)]
    if "计划" in before:
        before = _AS_PLANNED.sub("", before)
    goal = _GOAL.search(before) if any(word in before for word in _AIMS) else None
    return goal is not None and _DONE.search(before + clause, before.index("，", goal.start())) is None


INTENTIONS = (_PLAN, _NEXT_YEAR, _GOAL)
"""What opens an intention: for people who ask why."""

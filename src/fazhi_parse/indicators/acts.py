"""What is done to things that are counted, and the orders in which act, thing and number stand."""

from __future__ import annotations

from collections.abc import Sequence

from ..deferred import deferred
from ..prefilter import Ending

__all__ = [
    "ACTS",
    "ANY_ACT",
    "LEADING_ACT",
    "act_of",
    "head_of",
    "in_order",
    "stem_of",
    "thing_of",
    "undergone",
]

_VERBS = (
    "受理 接到 接收 收到 收悉 承办 承接 办理 办结 办复 答复 回复 解答 接待 审查 审核 审结 审议 把关 清理 梳理 排查 摸排 化解 调解 调处 处理 评查 抽查 抽取 检查 录入 查处 查办 发现 整改 公布 公开 公示 发布 "
    "编制 制定 制发 出台 印发 下发 下达 送达 派发 散发 分发 发放 发送 报备 备案 修订 修改 废止 取消 保留 减少 列入 纳入 进驻 听取 提出 提供 反馈 出具 指派 组织 开展 举办 召开 实施 作出 推送 刊发 播放 "
    "拍摄 制作 录制 悬挂 张贴 摆放 设置 设立 建成 建立 打造 创建 命名 培训 轮训 培育 培养 聘请 聘任 选聘 配备 配发 购置 拥有 确定 认定 收集 核发 换发 颁发"
)
ACTS = frozenset(_VERBS.split())
"""What is done to things that are counted, two characters each."""
ANY_ACT = "|".join(sorted(ACTS))
_THING = deferred(
    r"(?!全年|年内|共|.*(?:提供|参与|参加|进行|开展|实施|担任|组成(?!的)))(?:以上|[^均都已未不拟被由以经将在对各有（(]){2,16}"
)
"""The number may stand between an act and its object: 审查37份政府合同 is read as 审查政府合同, 37份, too."""
_FRONT = deferred(
    r"(?:^|[，,；;：:。])(?:全年|年内|共)*((?!.{0,6}(?:办理|参与|组织|开展|推进|加强|做好))[^，,、；;：:。（）()\d和与及]{2,20})$"
)
"""The object may stand before the act: 行政复议案件共受理6件 is read as 受理行政复议案件, 6件, too."""
_OF = deferred(
    rf"(?:^|[，,；;：:。])([^未不没无拟待，,；;：:。]{{0,12}}?(?:{ANY_ACT}))的([^，,、；;：:。（）()的]{{2,16}})$"
)
"""So it may with 的 between them: 受理的行政复议案件共6件."""
_ADVERBS = Ending(r"(?:总共|一共|共计|合计|共|累计|全年|年内|先后|已经?|均|依法)+$")
_UNDERGOES = deferred(
    rf"([^，,、；;：:。（）()]{{2,16}}?)(?:进行|予以|开展|实施|得到|均?被|接受)了?[^，,、；;：:。（）()未不]{{0,6}}?((?:{ANY_ACT}))$"
)
"""Or the number and the object before what is done to them: 对12份合同进行合法性审查 is read as 合法性审查合同, 12份, too."""
_UNDERGONE = deferred(
    rf"(?:(?:现|目前)?已经?|全部|均|都|依法|先后)*(?:予以|得到|获得?|被|(?:经(?![营济办])过?|交?由(?![于此]))[^未不]{{2,12}}?|进行了?)?((?:{ANY_ACT}))$"
)
"""Or what is done may stand alone behind the number: 核对证明材料，63项被取消 is read as 取消, 63项, too."""
_AMONG_THEM = deferred("(?:^|[，、；（])(?:其中[，：]?)?[另已共]?有?$")
"""What opens what was done to some of the things before: 证明86项，其中有63项被取消."""
LEADING_ACT = deferred(rf"(?:[，；]|全年|年内|今年|共|累计|先后|依法)*((?:{ANY_ACT})了?)")
_PAUSES = "，,；;：:。"
_COUNTS = deferred(r"(?:(?:总|数|件)?量|件?数)?(?:达到?|为|共)?$")
_BARE_ACT = deferred(
    rf"(?:{ANY_ACT}|不予受理|胜诉|败诉|撤诉|撤回|中止|维持|撤销|驳回|变更|终止|失效|结案|调解结案|和解)(?:{_COUNTS.pattern})"
)


def thing_of(right: str) -> str:
    """The thing that words behind a figure name, without what leads to the next one (3名律师和1名教授); empty where they say more."""
    thing = right.rstrip("和与及")
    return thing if _THING.fullmatch(thing) else ""


def act_of(words: str) -> str:
    """The act that words end with, 了 and 过 taken in; empty where they end otherwise.

    >>> act_of("全年受理了"), act_of("行政复议案件")
    ('受理了', '')
    """
    if words[-2:] in ACTS:
        return words[-2:]
    return words[-3:] if words[-3:-1] in ACTS and words[-1] in "了过" else ""


def undergone(before: str, right: str) -> str:
    """The words behind a figure with the act first; empty where they name no act.

    Behind a pause the act may be all that they name, as what is done to the things before.

    >>> undergone("对", "份合同进行合法性审查"), undergone("梳理证明材料，有", "予以取消")
    ('审查份合同', '，取消')
    """
    if right[-2:] not in ACTS:
        return ""
    if (found := _UNDERGONE.match(right)) is not None:
        return "，" + found[1] if _AMONG_THEM.search(before) else ""
    found = _UNDERGOES.match(right)
    return found[2] + found[1] if found is not None else ""


def in_order(left: str, act: str, *, follows: bool) -> str:
    """The words before a figure with the act before its object; empty where they say no such thing.

    Not 108件 in 112件建议已办结108件: the object has a number of its own.
    """
    if not act:
        at = left.rfind("的")
        found = _OF.search(left) if at > 1 and left[at - 2 : at] in ACTS else None
        return "".join(found.groups()) if found is not None else ""
    front = _FRONT.search(_ADVERBS.stripped(left[: -len(act)]))
    if front is None or (follows and front[0][0] not in _PAUSES) or act[-1] == "训":
        return ""
    return act + front[1]


def head_of(first: str, others: Sequence[str]) -> str:
    """What the first of several acts is done to, if the others name but acts: 复议案件受理、办结分别为60件和52件."""
    act = act_of(first)
    bare = act and all(_BARE_ACT.fullmatch(other) for other in others)
    return first[: -len(act)] if bare else ""


def stem_of(act: str) -> str:
    """An act without what counts it: 废止 in 废止数为."""
    return _COUNTS.sub("", act)

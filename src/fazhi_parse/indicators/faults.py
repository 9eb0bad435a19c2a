"""What is missing, due, wrong or only looked at: figures of things that are no level of them (尚缺18部, 抽查16个, 22项超时办结)."""

from __future__ import annotations

from ..deferred import deferred
from ..prefilter import Guarded
from .definitions import Rule
from .figures import Figure

__all__ = ["is_about_faults", "is_due", "is_of_other_things"]

_DUE = deferred(
    r"(?:[尚还仍共]缺(?!席)|缺口|短缺|欠缺|[还尚仍]差"
    r"|(?:^|[：、全共计年县区市准定])(?:依法|按规定|按标准|本年)?应(?!诉|急|届|用|邀|聘|对|答|约|考|清理|[^，。；]{0,3}尽)(?![^，。；]*率)(?=[^，。；\d])"
    r"|建议(?<!代表建议)(?<!人大建议)(?<!政协建议)(?<!检察建议)(?<!司法建议)(?:再|新|适当|尽快|进一步)*(?:增加(?![至到了])|增设|增配|新增|补充|配备))[^，。；\d]{0,16}$"
)
"""What is missing, would have to be there or is advised: 尚缺执法记录仪18部, 应公开320条, 建议增配车辆3辆."""
_OMITTED = Guarded(
    r"(?:未(?:落实|建立|配备|开展|完成|及时|按[^，。；\d]{1,8})|漏[报登填]|[迟误虚]报|退回|发现的?(?:不合格|不规范|违规|超期|逾期))[^，。；\d]{0,12}$"
)
_DEFECTIVE = deferred(
    r"[^，。；、（(\d未无没不零中]{0,16}(?:未(?!引发|进入|发生|出现|收到|成年|发现|造成|被|间断|增加|经)[^，。；]{2}|(?:逾期|超期|超时)(?!率)"
    r"|不(?:规范|到位|及时|合格|达标|符合|准确|健全)|存在[^，。；]{0,10}(?:问题|瑕疵|隐患|不足)|[正尚仍]在(?!岗|用|使用|运行|发挥|逐步|成为|参与)|被退回|因故|流于形式|空转|闲置)"
)
_SAMPLED = Guarded(
    r"(?:抽查|抽取|抽检|抽样|抽看|抽阅|暗访|审计(?!局|法|署|厅|委|部门|专家|普法|、|和|与|等)(?:发现)?|(?:重点|挂牌)督办)了?[^，。；\d]{0,14}$"
)
_NAMES = deferred("[未不抽查漏迟退]|问题|瑕疵|逾期|超[期时]|暗访|审计|案卷|随机|检查|督办")
"""What a rule speaks of that counts such things itself."""


_DEALT_WITH = ("废止", "修改", "取消", "纠正", "撤销", "清理", "名录")
"""Behind these, faulty things are what was done: 废止12件不符合上位法的文件."""
_ALL_DONE = deferred(r"[^，。；\d]{0,12}，(?:现已|目前已|已|均|全部|全都)[^，。；\d]*(?:[，。；]|$)")
"""What follows a number that was due and reached: 应公开信息1260条，已全部公开."""


def is_due(clause: str, figure: Figure) -> bool:
    """Whether the words before a count make it one that is missing or would have to be reached."""
    if figure.found.kind != "count":
        return False
    named = "缺" in clause or "差" in clause or "应" in clause or "建议" in clause
    return named and _DUE.search(clause) is not None and _ALL_DONE.match(figure.tail) is None


def is_of_other_things(figure: Figure) -> bool:
    """Whether a figure counts what was left undone, done badly or only sampled."""
    clause = figure.before
    if clause.endswith(_DEALT_WITH):
        return False
    return (
        (figure.right.strip() == "" and _OMITTED.search(clause) is not None)
        or (_SAMPLED.search(clause) is not None and "参加" not in figure.right)
        or _DEFECTIVE.match(figure.tail) is not None
    )


def is_about_faults(rule: Rule) -> bool:
    """Whether a rule counts such things itself."""
    patterns = (rule.left, rule.right, rule.tail, rule.near)
    return _NAMES.search(rule.topic or "") is not None or any(
        words is not None and _NAMES.search(words.pattern) for words in patterns
    )

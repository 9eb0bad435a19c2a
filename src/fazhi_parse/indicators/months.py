"""Whether a figure is that of some months of the year only."""

from __future__ import annotations

from ..deferred import deferred
from .places import last_clause

__all__ = ["is_of_some_months"]

_PART_OF_YEAR = deferred(
    r"(?:(?:19|20)\d\d年|[^\d，,。；;]{0,6})(?:[上下]半年|(?:第?[一二三四]|[1-4])季度|前三季度|(?!0?1月?份?\D{1,2}1[0-2]月)\d{1,2}月?份?[—－~～至-]{1,2}\d{1,2}月)(?!以来)"
)
"""What makes it that of some months only: 上半年受理30件; reports of November tell of 1至10月 as of the year."""
_FIRST_MONTHS = deferred(
    r"(?:(?:19|20)\d\d年|今年)?(?:[上下]半年|(?:第?[一二三四]|[1-4])季度|前三季度|1月?份?[—－~～至-]{1,2}[2-9]月)份?(?=，)"
)
"""What a statistic of some months opens with; 5月至9月，清理文件 only tells when that was done."""
_RUNNING = deferred("受理|收到|新收|接|审结|办[理结]|立案|调[解处]|化解|处罚|罚没|应诉|出庭|热线|援助")
"""What goes on all year; what else was done in some months (评查案卷120卷) is mostly all of the year."""
_WHOLE = deferred("全年|年内|本年|今年|当年|目前|现有|累计|截[至止]|年底|半年|季度|月")
"""What turns from some months to the year."""


def is_of_some_months(sentence: str, clause: str) -> bool:
    """Whether the clause, or what its sentence or half sentence opens with (1至6月，), says which months it is about."""
    if not ("月" in sentence or "半年" in sentence or "季度" in sentence):
        return False
    if _PART_OF_YEAR.match(clause):
        return True
    opening = last_clause(sentence[: -len(clause) - 1])
    months = _PART_OF_YEAR.match(opening)
    if months is not None and months.end() == len(opening) > 0:
        return True
    return _RUNNING.search(clause) is not None and any(
        (months := _FIRST_MONTHS.match(sentence, at)) is not None
        and not _WHOLE.search(sentence, months.end())
        for at in {0, sentence.rfind("；") + 1}
    )

"""Whether a figure is that of each head, place, month or year, or a mean, and so no level of the place."""

from __future__ import annotations

from ..deferred import deferred
from ..prefilter import Ending
from .figures import Figure

__all__ = ["EACH_YEAR", "is_mean", "is_of_each", "is_of_each_place"]

_EACH = deferred(
    r"每(?:名|年|人|个|季度|半年|月|学期|周|天|日|村|案)|(?:半年|季度)(?<![上下前后](?:半年|季度))(?:听取|研究|召开|开展|组织|通报|调度)$|人均(?<!(?:负责|责任|当事|申请|代理|代表)人均)(?!增)|[年月日]均(?<![全近两三四五六七八九十今本当每作假\d][年月日]均)(?!增)|平均每"
)
"""What makes a figure that of one head, unit or month."""
_EACH_PLACE = deferred(
    r"(?:所有|全部|各|\d[所个家]|^)[^，。；\d]{0,8}(?:乡镇|镇街|街镇|街道|[村镇乡]|社区|（社区）|（街道）|部门|单位|机关|站所?|所|学校|中小学)(?:均|都|各)已?[^，。；\d]{0,4}(?:[配设聘建选]|有|开展|举办|组织|评查|抽查|报送|审查|制定|培训|培养|培育|落实|明确|安排|确定|组建|成立)(?![^，。；]*(?:(?<!公)共(?!同)|总|合计|累计))[^，。；\d]*$"
)
"""What makes it that of each place: 所有乡镇均配备专职调解员2名."""
_AT_LEAST_EACH = deferred(r"各(?:行政)?(?:村|乡镇|镇街|街道|社区|单位|部门|科室|学校)[^，。；\d]*$")
_STAFFED = deferred(r"(?:级|各|每)[^，。；\d]*(?:[配设]|选聘|聘请)[^，。；\d]*$")
_EVERY_PLACE = deferred(
    r"每[所个家支]?(?:行政|基层|执法)?(?:[乡镇校县村所]|街道|学校|社区|单位|部门|机关|科室|队)[^，。；\d]*$"
)
_MOST_FOR_EACH = 10
"""各乡镇均成立调委会16个 rather tells how many there are of all."""
EACH_YEAR = deferred(
    r"(?![^，。；]*(?:不少于|不低于|不超过|至少|学时|课时|经费|预算|比例|要求))[^，。；\d]{0,12}(?:每年|年均|月均)[^，。；\d]{0,20}\d(?:\d|[\d.]*万)(?![^。；]*(?:今年|全年|年内|本年|目前|现有|累计|共|总|\d年))"
)
"""What opens a half sentence of means: 每年调处纠纷5万多件，办理公证1万件; 每月开展1次检查 is but a habit, and 每年不少于40学时 a demand."""
_MEAN = deferred(
    r"平均[^，,。；;率]{0,6}$|[年月日]均(?<![全本当今\d一二三四五六七八九十][年月日]均)(?![衡等])|[户村]均(?<![各全每所有家农商住行本个\d][户村]均)[^，。；\d]{0,4}$"
)
"""What makes a count a mean and no level: 平均达到1.3名, 年均办理320件."""
_OF_EACH = Ending(r"各(?:自)?(?:配[备有]?|设立?|聘请?|选派|安排|明确|确定|建立?|建成)了?$")
"""What makes it that of each: 16个社区各配1名."""


def is_mean(clause: str) -> bool:
    """Whether the words before a count make it a mean: 平均达到1.3名."""
    return _MEAN.search(clause) is not None


def is_of_each(clause: str) -> bool:
    """Whether the words before a figure make it that of one head, unit or month: 人均12.5小时."""
    named = "每" in clause or "均" in clause or "半年" in clause or "季度" in clause
    return named and _EACH.search(clause) is not None


def is_of_each_place(clause: str, figure: Figure, text: str) -> bool:
    """Whether a count is that of each place, not of all: 每校配备副校长1名.

    Args:
        clause: The words before the figure.
        figure: The figure.
        text: The text that they are in.
    """
    if "各" in clause and _OF_EACH.search(clause):
        return True
    if figure.found.value > _MOST_FOR_EACH:
        return False
    if _EVERY_PLACE.search(clause) or (figure.found.value_max is not None and _STAFFED.search(clause)):
        return True  # 镇级配备专职调解员2至3名, 每校配备副校长1名
    if text.endswith("以上", 0, figure.found.end) and _AT_LEAST_EACH.search(clause):
        return True
    if not ("均" in clause or "都" in clause or "各" in clause):
        return False
    return _EACH_PLACE.search(clause) is not None

"""Who reports: which reports of two years are one row of a panel, and are compared with each other."""

from __future__ import annotations

import re

__all__ = ["reporter"]

_WHOLE = re.compile(r"全[省市县区州盟旗乡镇]")
_GOVERNMENT = re.compile(
    r"(?:人民)?政府(?:办公[室厅])?|管(?:理)?委(?:员)?会|(?:街道)?办事处|党(?:工)?委|党委办公室"
    r"|委(?:员会)?[、和]?[^局厅]{0,12}政府(?:办公[室厅])?|党委[、和]?政府|党政(?:综合)?办(?:公室)?"
    r"|委?(?:员会)?(?:办公[室厅])?|.{0,4}依法治.{1,3}(?:委员会)?(?:办公室)?|.{0,4}法治政府建设.*|"
)
"""What stands behind the place in the name of an organ that reports for the whole place."""


def reporter(region: str | None, issuer: str | None, title: str | None) -> tuple[str, str]:
    """Place and department, as far as the text says so; the department is empty for the government's report.

    Args:
        region: The place that the report is about.
        issuer: Who issued it.
        title: Its title.

    >>> reporter("云岫县", None, None) == reporter("云岫县", "云岫县人民政府", "2023年法治政府建设情况报告")
    True
    >>> reporter("云岫县", "云岫县委、县政府", None)
    ('云岫县', '')
    >>> reporter("云岫县", "云岫县司法局", "云岫县司法局2023年法治政府建设情况报告")
    ('云岫县', '云岫县司法局')
    """
    place, issuer = region or "", (issuer or "").removeprefix("中共")
    if not place:
        return issuer, ""
    if not issuer:
        return place, ""
    # who is not named in the title may only have signed; 云岫县司法局关于云岫县… reports on the county
    rest = "".join((title or "").split()).replace(issuer, "", 1)
    if place in rest or _WHOLE.search(rest):
        return place, ""
    return place, "" if _GOVERNMENT.fullmatch(issuer.removeprefix(place)) else issuer

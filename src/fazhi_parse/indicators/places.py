"""Which place the words before a figure are about: the report's own, a wider one, another one."""

from __future__ import annotations

import re

from ..deferred import deferred
from ..prefilter import Guarded
from .context import Context
from .dating import NUMBER
from .dress import wide
from .leads import LIGHT

__all__ = ["OF_TOWNS", "Places", "last_clause"]


class Places:
    """The report's own place, and what it calls others."""

    def __init__(self, context: Context) -> None:
        self._region = context.metadata.region or ""
        self._wider = _other_places(context)
        self._is_small = not self._region or self._region.endswith(OF_TOWNS)
        self._called = wide("该" + self._region[-1:])

    def is_another(self, sentence: str, clause: str) -> bool:
        """Whether the words before a figure tell of another or a wider place.

        Args:
            sentence: Its sentence so far.
            clause: The last clause of that.
        """
        if self._is_example(sentence):
            return True
        if self._wider.search(sentence) is None and _ANOTHER.search(sentence) is None:
            return False
        if (
            self._region
            and self._called in sentence
            and not _NAMED.search(sentence.partition(self._called)[0])
        ):
            # 该县 in a county's report is the county itself where no other one has been named
            sentence, clause = (text.replace(self._called, self._region) for text in (sentence, clause))
        return _elsewhere(_where(sentence, clause), self._wider) or _goes_on_elsewhere(sentence, self._wider)

    def _is_example(self, sentence: str) -> bool:
        """Whether a half sentence tells what one town or village has come up with: 东屏镇探索“板凳调解”，化解纠纷92件."""
        if self._is_small:
            return False
        told = _EXAMPLE.match(sentence, sentence.rfind("；") + 1)
        return told is not None and told[1] not in self._region and _BACK.search(sentence, told.end()) is None

    def is_one_below(self, clause: str, worded: str) -> bool:
        """Whether a clause opens with a smaller place by name, or some of them: 石桥区出庭应诉率100%, 2个县区败诉率超过15%.

        Args:
            clause: The clause up to the figure.
            worded: The same with the figure where that has an approximator (超过15%).
        """
        if _SOME_BELOW.match(worded):
            return True
        below = _PLACE_BELOW.match(clause) if self._region else None
        return below is not None and not self._region.endswith(below[1]) and below[1] not in self._region

    def tells_of_one_below(self, sentence: str) -> bool:
        """Whether a half sentence opens with what a smaller place did, by its name: 东阳县受理61件，审结58件."""
        if self._is_small:
            return False
        begin = sentence.rfind("；") + 1
        below = _ACTS_BELOW.match(sentence, begin)
        if below is None or self._region.endswith(below[1]) or below[1] in self._region:
            return False
        return _BACK.search(sentence, below.end()) is None

    def is_another_level(self, sentence: str) -> bool:
        """Whether a figure is that of one place of several, or of another level of government: 市县两级分别受理120件、360件."""
        if "分别" in sentence and _SEVERAL_PLACES.search(sentence) is not None:
            return True
        if "分别" not in sentence or "级" not in sentence or (match := _OF_LEVELS.search(sentence)) is None:
            return False
        levels = [char for char in match[1] if char not in "级、"]
        own = next((names for names, ends in _LEVELS if self._region.endswith(ends)), "")
        number = len(NUMBER.findall(match[2]))
        return number >= len(levels) or levels[number] not in own


_BELOW = r"(?:其中|如)?((?![全各我本该两某省市州国主农]|示范|试点|重点|基层|涉农|下辖|功能|试验|乡镇|街道|[^，。；]{0,4}(?:[和与及、]|以上))[^\W\x00-\x7f]{2,3}(?<![社辖园片城小山库牧林校厂街景矿郊特灾疫老新开发])[县区镇乡])(?![级属直委政人内域本里村民间镇镇长）]|公安|司法|法院)"
"""A smaller place by its name."""
_PLACE_BELOW = deferred(_BELOW + "[^，。；]*率")
_ACTS_BELOW = deferred(
    r"(?![分赴到在向为对给由被与和从将把去上今本])"
    + _BELOW
    + r"(?<!乡镇)(?<![全各我本该][县区镇乡])(?:政府|人民政府)?(?:共|全年|年内|今年|累计|先后|已)?(?:受理|办结|审结|收到|调解|化解|举办|开展|立案|查处|评查|办理|作出)"
)

OF_TOWNS = ("镇", "乡", "街道", "村", "社区")
_EXAMPLE = Guarded(
    r"(?:[一二三四五六七八九十]是|如：?|例如：?|比如：?|其中，?)?((?![全各本我该每两某乡城农下行进入以在对向为将把由小驻培训组现依建开推发聘举创设选打走送给加深充积持先有使让助指])(?!试点|示范|重点|其他|其它|部分|多个|相关|有关|特色|智慧|赋权|街镇|中心|边[境远]|沿边|移民|搬迁|[一二三四五六七八九十几数]个)[^\W\d]{2}(?<![农乡城])(?:镇(?!村|街)|乡|街道|村|社区))(?![级委政民务旅干容])"
    r"[^，。；\d]{0,4}(?:创新|推行|打造|依托|探索|实行|率先|运用|首创|采取|立足|以“)"
)
_BACK = deferred("[，,](?:[^，,。；;]{0,6})(?:全[省市县区州旗]|我[市县区]|各(?:乡镇|镇街|县区))")
_SOME_BELOW = deferred(
    r"(?:其中|仍?有)?\d+[个家](?:县区|区县|县|区|乡镇|镇街|街道|部门|单位|机关)(?!.*(?:均|都|全部|各|覆盖|配备))[^，。；\d]{0,14}率[^，。；\d]{0,4}(?:不足|未达|低于|超过|偏|不到|高于|不高|较)"
    r"|(?:[但而]|其中|如)?(?:仍有|还有)?(?:有的|有些|极?少数(?!民族)|个别|部分|一些|某些)(?!地)[^，。；\d]{2,14}率"
)
"""What tells of the rates of some: 有2个县区败诉率超过15%, 少数单位网办率为40%."""
_NAMED = deferred("(?<![全我本该各省市州县区两])[省市县区](?!级|直)")
"""How the name of a place ends; 全县, 各区 and 县级 name none."""
_SEVERAL_PLACES = deferred(
    r"(?:[^\W\d]{2,4}(?:镇|乡|街道|县|区|旗)、){1,}[^\W\d]{2,4}(?:镇|乡|街道|县|区|旗)(?:的|等)?[^，。；：\d]{0,16}分别[^，。；\d]{0,10}(?:\d[^，。；]*)?$"
)
"""What opens a figure for each of several places by name: 东山镇、西坪镇案件数分别为35件、31件."""
_OF_LEVELS = deferred(
    r"([省市县区乡镇村][省市县区乡镇村级、]{1,6})[两二三四]级[^，。；]{0,24}分别([^；，]*)$"
)
"""What opens a figure for each of several levels of government: 省市县三级分别有24人、318人、1906人."""
_LEVELS = (
    ("省", ("省", "自治区")),
    ("市", ("市", "州", "盟")),
    ("县区", ("县", "区", "旗")),
    ("乡镇", ("镇", "乡", "街道")),
)
"""How each level is called in such a list, and how its places end."""


def last_clause(text: str) -> str:
    """What follows the last comma, semicolon or colon."""
    find = text.rfind
    return text[max(find("，"), find("；"), find("：")) + 1 :]


_TOTALS = ("共", "一共", "总", "累计", "合计", "全年", "年内", "现")


def _where(sentence: str, clause: str) -> str:
    """The clause, with the one before it where it is but the lead to its number: 全省有法律顾问，共2600名."""
    if not clause.startswith(_TOTALS) or LIGHT.stripped(clause):
        return clause
    before = last_clause(sentence[: -len(clause) - 1])
    return clause if _DIGIT.search(before) else before


_DIGIT = deferred(r"\d")


_ANOTHER = Guarded(
    r"邻[省市县区](?!级)|(?:^|(?<=，))[而但]?(?:邻近|相邻|毗邻|周边)的?[^\W\d]{2,6}(?<![小社校景园厂片牧山林辖活街])[省市县区州旗镇乡](?!级)|同类(?:地区|城市|县区)(?=平均|[^，。；\d]{0,8}率)|兄弟[省市县区](?!级)|外[省市县区](?!级)|(?:浙江|江苏|广东|山东|福建|四川|湖北|湖南|河南|河北|安徽|江西|陕西|北京|上海|天津|重庆)[省市][^，。；\d]{0,10}(?:推行|创新|打造|探索)|(?<![^\W\x00-\x7f])某(?:[省市县区局镇乡村]|公司|企业|单位|医院|学校|小区)"
)
"""Other places, and one of whom a case is told."""
_QUOTED = deferred(r"“(?!民主法治|文明|优秀|先进)[^”]{1,24}”")
_OWN = deferred(r"我[县区市局乡镇]|本[县区市局]")
_AND_OWN = deferred(r"(?:[和及与、][本全]?(?:自治)?[省市县区州旗])+")
"""What follows 全国 where the place is named beside it: 全国和省人大代表建议."""
_ALL_OVER = deferred(
    r"各级|各地|第|首|率先|前|十佳|“?先进|范围|统一|“?民主法治|“?文明|“?优秀|百|重点|一体化|人大|政协|代表(?=建议|议案)|委员(?=提案)"
    r"|“?两会|[^\W\x00-\x7f]{1,8}[日周月]|[^，,。；]{0,10}(?:平台|信息系统)|(?:法治政府建设)?示范"
)
"""What follows 全省 where that is no place that the figure is about: grades, days (全国土地日), platforms."""


_THAT = "该[省市县区]|"
"""Another place in a report; in a news item, which has no place of its own, the one that it is about."""
_OF_COUNTY, _OF_CITY, _OF_PROVINCE = "全市|全省|全国|全州|全盟|省平均|市平均", "全省|全国|省平均", "全国"
_OF_TOWN = f"{_OF_COUNTY}|全[县区旗]"
"""What names a wider place than a county, a city, a province or a town."""
_OUR = "(?:我|(?<![资基根样])本)"  # 资本市场 is no city
_CALLS_ITSELF = (
    (deferred(f"{_OUR}(?:[县区旗镇乡局](?!域)|街道)"), _OF_COUNTY),
    (deferred(f"{_OUR}[市州盟]"), _OF_CITY),
    (deferred(f"{_OUR}省"), _OF_PROVINCE),
    (deferred("全[县区旗镇乡](?!域)|全局(?=干部|系统|上下|各|职工|党员|执法|工作人员|人员|共)"), _OF_COUNTY),
    (deferred("全[市州盟]"), _OF_CITY),
    (deferred("街道办|党工委"), _OF_COUNTY),
    (deferred("全省"), _OF_PROVINCE),
)
"""By what it calls its own, else by the smallest place of which it tells all, a text without a title tells which place it reports on."""


def _wider_place(context: Context) -> re.Pattern[str]:
    """What names a wider place than the report's own; nothing does in a text that knows no smaller one than the country."""
    region = context.metadata.region or ""
    if region.endswith(("省", "自治区")):
        return re.compile(_THAT + _OF_PROVINCE)
    if region.endswith(("市", "州", "盟")) and not re.search(r"[县区]", context.metadata.issuer or ""):
        return re.compile(_THAT + _OF_CITY)
    if region:
        return re.compile(_THAT + (_OF_TOWN if region.endswith(("镇", "乡", "街道")) else _OF_COUNTY))
    return re.compile(next((wider for own, wider in _CALLS_ITSELF if own.search(context.text)), "(?!)"))


_NEIGHBOUR = deferred(
    r"(?:邻近|相邻|毗邻|周边)的?((?![全本我各该])[^\W\x00-\x7f]{2,4}?[县区旗市州镇乡])(?![级区县域])"
)


def _other_places(context: Context) -> re.Pattern[str]:
    """What names a wider place than the report's own, or opens a clause with a neighbour that it has named (与毗邻的青屏县…；青屏县作出处罚34件)."""
    wider, region = _wider_place(context), context.metadata.region or ""
    names = {name for name in _NEIGHBOUR.findall(context.text) if name not in region}
    return re.compile(f"{wider.pattern}|(?:^|(?<=[，；]))(?:{'|'.join(sorted(names))})") if names else wider


_TAKES_PART = ("参加", "参与", "入选", "报送", "选送", "获评", "荣获", "列入", "跻身")
"""What is done in what a wider place holds: 参加全省法治知识测试76人."""


def _elsewhere(clause: str, wider: re.Pattern[str]) -> bool:
    """Whether the clause speaks of another or a wider place than the report's own."""
    if "“" in clause:
        clause = _QUOTED.sub("", clause)
    if _ANOTHER.search(clause):
        return True
    end = -1
    for match in wider.finditer(clause):
        if not clause.endswith(_TAKES_PART, 0, match.start()):
            end = match.end()
    if end >= 0 and (joined := _AND_OWN.match(clause, end)):
        end = joined.end()
    return end >= 0 and not _OWN.search(clause, end) and not _ALL_OVER.match(clause, end)


def _goes_on_elsewhere(sentence: str, wider: re.Pattern[str]) -> bool:
    """Whether a clause before, in the same half sentence, began to tell another place's figures: 全市受理300件，审结280件."""
    *before, clause = sentence[sentence.rfind("；") + 1 :].split("，")
    if not before or _OWN.search(clause):
        return False
    told = False
    for words in before:
        match = wider.match(words) or _ANOTHER.match(words)
        if match is not None and _DIGIT.search(words, match.end()):
            told = _ALL_OVER.match(words, match.end()) is None and not _OWN.search(words)
        elif _OWN.search(words):
            told = False
    return told

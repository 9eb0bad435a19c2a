"""Word files to text: what Word shows, with the numbers that it draws."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pytest

import fazhi_parse as fp
from fazhi_parse.loaders.numbering import in_format
from word_files import archive, definition, in_list, level, num, paragraph, picture, run, word_file

pytest.importorskip("docx")

OFFICIAL = (
    level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3．")
)


def read(body: str, numbering: str = "", styles: str = "") -> list[str]:
    """Lines of a Word file with this body."""
    return fp.load(word_file(body, numbering, styles), ".docx").split("\n")


def listed(levels: list[int], numbering: str, number: int = 1) -> list[str]:
    """Markers of paragraphs at these levels."""
    body = "".join(paragraph("文", in_list(at, number)) for at in levels)
    return [line.removesuffix("文") for line in read(body, numbering)]


@pytest.mark.parametrize(
    ("form", "drawn"),
    [
        ("decimal", ["1", "2", "10", "11", "21", "105"]),
        ("chineseCounting", ["一", "二", "十", "十一", "二十一", "一百零五"]),
        ("chineseCountingThousand", ["一", "二", "十", "十一", "二十一", "一百零五"]),
        ("japaneseCounting", ["一", "二", "十", "十一", "二十一", "一百零五"]),
        ("taiwaneseCountingThousand", ["一", "二", "十", "十一", "二十一", "一百零五"]),
        ("ideographDigital", ["一", "二", "一〇", "一一", "二一", "一〇五"]),
        ("chineseLegalSimplified", ["壹", "贰", "壹拾", "壹拾壹", "贰拾壹", "壹佰零伍"]),
        ("ideographTraditional", ["甲", "乙", "癸", "11", "21", "105"]),
        ("ideographZodiac", ["子", "丑", "酉", "戌", "21", "105"]),
        ("decimalFullWidth", ["１", "２", "１０", "１１", "２１", "１０５"]),
        ("decimalEnclosedCircle", ["①", "②", "⑩", "⑪", "㉑", "105"]),
        ("decimalEnclosedCircleChinese", ["①", "②", "⑩", "⑪", "㉑", "105"]),
        ("decimalEnclosedParen", ["⑴", "⑵", "⑽", "⑾", "21", "105"]),
        ("decimalEnclosedFullstop", ["⒈", "⒉", "⒑", "⒒", "21", "105"]),
        ("decimalZero", ["01", "02", "10", "11", "21", "105"]),
        ("upperRoman", ["I", "II", "X", "XI", "XXI", "CV"]),
        ("lowerLetter", ["a", "b", "j", "k", "u", "aaaaa"]),
        ("ordinal", ["1st", "2nd", "10th", "11th", "21st", "105th"]),
        ("none", ["", "", "", "", "", ""]),
        ("custom", ["1", "2", "10", "11", "21", "105"]),
    ],
)
def test_formats_of_numbers(form: str, drawn: list[str]) -> None:
    """Numbers are drawn as Word draws them; what it does not know is digits."""
    assert [in_format(number, form) for number in (1, 2, 10, 11, 21, 105)] == drawn


def test_levels_count_and_begin_anew() -> None:
    """A level begins anew behind one above it."""
    markers = listed([0, 1, 1, 2, 2, 1, 2, 0, 1], definition(OFFICIAL) + num(1))
    assert markers == ["一、", "（一）", "（二）", "1．", "2．", "（三）", "1．", "二、", "（一）"]


def test_a_level_may_go_on() -> None:
    """lvlRestart 0: the level counts on through the whole document."""
    steady = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%2．", '<w:lvlRestart w:val="0"/>')
    assert listed([0, 1, 1, 0, 1], definition(steady) + num(1)) == ["一、", "1．", "2．", "二、", "3．"]


def test_levels_may_show_those_above() -> None:
    """1.2.1, also where the level above counts in Chinese (isLgl)."""
    levels = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    levels += level(2, "decimal", "%1.%2.%3", '<w:isLgl/><w:suff w:val="space"/>')
    assert listed([0, 1, 0, 1, 2, 2], definition(levels) + num(1)) == [
        "一、",
        "1.1 ",
        "二、",
        "2.1 ",
        "2.1.1 ",
        "2.1.2 ",
    ]


def test_lists_of_one_definition_go_on_unless_one_overrides() -> None:
    """Word counts by the abstract definition; startOverride begins anew, once."""
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = definition(OFFICIAL) + num(1) + num(2) + num(3, 0, override)
    body = "".join(paragraph("文", in_list(0, number)) for number in (1, 1, 2, 3, 3, 1))
    assert [line[0] for line in read(body, numbering)] == list("一二三一二三")


def test_a_list_may_have_a_level_of_its_own() -> None:
    """w:lvlOverride with w:lvl; start of 5."""
    own = level(0, "decimal", "第%1条").replace('w:start w:val="1"', 'w:start w:val="5"')
    numbering = definition(OFFICIAL) + num(1, 0, f'<w:lvlOverride w:ilvl="0">{own}</w:lvlOverride>')
    assert listed([0, 0], numbering) == ["第5条 ", "第6条 "]


def test_numbers_come_from_styles() -> None:
    """By the chain of styles; the level is the one that names the style; a paragraph may say none."""
    linked = level(0, "chineseCounting", "%1、", '<w:pStyle w:val="1"/>')
    linked += level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="2"/>')
    listed = "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>"
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{at}"><w:name w:val="heading {at}"/>{listed}</w:style>'
        for at in (1, 2)
    )
    styles += '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="节"/><w:basedOn w:val="2"/></w:style>'
    body = paragraph("甲", '<w:pStyle w:val="1"/>') + paragraph("乙", '<w:pStyle w:val="2"/>')
    body += paragraph("丙", '<w:pStyle w:val="x"/>') + paragraph(
        "丁", '<w:pStyle w:val="1"/>' + in_list(0, 0)
    )
    body += paragraph("戊", '<w:pStyle w:val="1"/>')
    assert read(body, definition(linked) + num(1), styles) == [
        "一、甲",
        "（一）乙",
        "（二）丙",
        "丁",
        "二、戊",
    ]


def test_a_list_style_is_followed() -> None:
    """numStyleLink: the definition stands with the style."""
    styles = '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    numbering = (
        definition("", 0, '<w:numStyleLink w:val="L"/>') + definition(OFFICIAL, 1) + num(1) + num(2, 1)
    )
    assert read(paragraph("文", in_list(0)), numbering, styles) == ["一、文"]


@pytest.mark.parametrize(
    "levels",
    [
        level(0, "bullet", "\uf0b7"),
        level(0, "none", ""),
        level(0, "decimal", "%1.", "<w:rPr><w:vanish/></w:rPr>"),
        "",
    ],
    ids=["bullet", "none", "hidden", "no level"],
)
def test_what_is_no_number_is_not_drawn(levels: str) -> None:
    """Bullets and hidden numbers leave the text alone."""
    assert listed([0], definition(levels) + num(1)) == [""]


@pytest.mark.parametrize(
    "numbering",
    [
        "",
        num(1, 9),
        definition(OFFICIAL, 0, '<w:numStyleLink w:val="none"/>') + num(1),
        "<w:num/><w:abstractNum/>",
    ],
)
def test_broken_lists_cost_no_text(numbering: str) -> None:
    """A list that is not defined draws nothing."""
    assert read(paragraph("文", in_list(0)), numbering)[0].endswith("文")


def _wrapped(name: str, inside: str) -> str:
    return f"<w:p><w:{name}>{inside}</w:{name}></w:p>"


_MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
_RAISED = '<w:vertAlign w:val="superscript"/>'
_SHOWN = '<w:vanish w:val="0"/>'
_STYLED = '<w:rStyle w:val="h"/>'
_CELL = "<w:tc><w:tcPr>{}</w:tcPr>{}</w:tc>"
_BOX = "<wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx>"
_TOC = (
    '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    "<w:sdtContent>{}</w:sdtContent></w:sdt>"
)


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (paragraph("全年受理1235件"), ["全年受理1235件"]),
        (f"<w:p>{run('受理')}<w:ins>{run('46')}</w:ins><w:del><w:r><w:delText>45</w:delText></w:r></w:del>{run('件')}</w:p>", ["受理46件"]),
        (f"<w:p><w:moveFrom>{run('旧')}</w:moveFrom><w:moveTo>{run('新')}</w:moveTo></w:p>", ["新"]),
        (f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('上')}</w:p>{paragraph('下')}", ["上下"]),
        (_wrapped("hyperlink", run("《云岫县条例》")), ["《云岫县条例》"]),
        (_wrapped("smartTag", run("2023年")), ["2023年"]),
        (_wrapped("fldSimple", run("3")), ["3"]),
        (f"<w:sdt><w:sdtContent>{paragraph('甲')}</w:sdtContent></w:sdt>", ["甲"]),
        (_wrapped("sdt", f"<w:sdtContent>{run('甲')}</w:sdtContent>"), ["甲"]),
        (_TOC.format(paragraph("一、成效 1")) + paragraph("正文"), ["正文"]),
        (f"<w:p>{run('显')}{run('隐', '<w:vanish/>')}{run('现', _SHOWN)}</w:p>", ["显现"]),
        (f"<w:p>{run('申请')}{run('99', '<w:strike/>')}{run('56件')}{run('7', '<w:dstrike/>')}</w:p>", ["申请56件"]),
        (f"<w:p>{run('审结45')}{run('1', _RAISED)}{run('件，120m')}{run('2', _RAISED)}</w:p>", ["审结45件，120m2"]),
        (f"<w:p>{run('一')}<w:r><w:tab/></w:r>{run('二')}<w:r><w:br/></w:r>{run('三')}</w:p>", ["一\t二", "三"]),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r>" + run("甲") + "</w:p>", ["甲"]),
        (f"<w:p>{run('甲')}<w:r><w:footnoteReference w:id='1'/></w:r></w:p>", ["甲"]),
        (f"<w:p><w:r><w:ruby><w:rt>{run('jiān')}</w:rt><w:rubyBase>{run('监')}</w:rubyBase></w:ruby></w:r></w:p>", ["监"]),
        ("<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>" + _BOX.format(paragraph("框"))
         + "</w:drawing></mc:Choice><mc:Fallback><w:pict>" + _BOX.format(paragraph("框"))
         + "</w:pict></mc:Fallback></mc:AlternateContent></w:r>" + run("文") + "</w:p>", ["文", "框"]),
        ("<w:tbl><w:tr>" + _CELL.format("", paragraph("受理")) + _CELL.format("<w:gridSpan w:val='2'/>", paragraph("46件"))
         + "</w:tr></w:tbl>", ["受理\t46件"]),
        ("<w:tbl><w:tr>" + _CELL.format("<w:vMerge w:val='restart'/>", paragraph("复议")) + _CELL.format("", paragraph("受理"))
         + "</w:tr><w:tr>" + _CELL.format("<w:vMerge/>", "<w:p/>") + _CELL.format("", paragraph("审结")) + "</w:tr></w:tbl>",
         ["复议\t受理", "审结"]),
        ("<w:tbl><w:tr>" + _CELL.format("", paragraph("行政") + paragraph("复议")) + _CELL.format("", paragraph("6件"))
         + "</w:tr></w:tbl>", ["行政复议\t6件"]),
        ("<w:tbl><w:tr>" + _CELL.format("", paragraph("一、成效") + paragraph("受理6件。") + paragraph("审结5件。"))
         + "</w:tr></w:tbl>", ["一、成效", "受理6件。", "审结5件。"]),
        ("<w:tbl><w:tr>" + _CELL.format("", "<w:tbl><w:tr>" + _CELL.format("", paragraph("内")) + "</w:tr></w:tbl><w:p/>")
         + _CELL.format("", paragraph("外")) + "</w:tr></w:tbl>", ["内\t外"]),
        ("<w:tbl><w:tr><w:trPr><w:del/></w:trPr>" + _CELL.format("", paragraph("删")) + "</w:tr></w:tbl>" + paragraph("留"), ["留"]),
        ("<w:tbl><w:sdt><w:sdtContent><w:tr>" + _CELL.format("", paragraph("甲")) + "</w:tr></w:sdtContent></w:sdt></w:tbl>", ["甲"]),
        (f"<w:p>{run('占')}<m:oMath {_MATH}><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den>"
         "</m:f></m:oMath></w:p>", ["占1/2"]),
        ("<!-- 注 -->" + paragraph("甲") + "<w:p><!-- 注 --></w:p>" + paragraph("乙"), ["甲", "", "乙"]),
    ],
)  # fmt: skip
def test_what_word_shows(body: str, lines: list[str]) -> None:
    """Insertions, links, controls, text boxes (once) and tables are text; deletions, fields' codes and notes are not."""
    assert read(body) == lines


def test_a_style_may_hide_text() -> None:
    """Hidden by a character style."""
    styles = (
        '<w:style w:type="character" w:styleId="h"><w:name w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    assert read(f"<w:p>{run('显')}{run('隐', _STYLED)}</w:p>", "", styles) == ["显"]


def test_a_contents_list_by_styles_is_left_out() -> None:
    """Lines of a table of contents would be headings for a second time."""
    styles = '<w:style w:type="paragraph" w:styleId="11"><w:name w:val="toc 1"/></w:style>'
    body = paragraph("一、成效 1", '<w:pStyle w:val="11"/>') + paragraph("正文")
    assert read(body, "", styles) == ["正文"]


def test_styles_that_are_based_on_each_other_end() -> None:
    """A circle in a damaged file is no loop."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>'
        for a, b in ("xy", "yx")
    )
    assert read(paragraph("文", '<w:pStyle w:val="x"/>'), "", styles) == ["文"]


def test_pictures_only_is_no_text() -> None:
    """A scan in a Word file is no empty success."""
    with pytest.raises(fp.NoText):
        read("<w:p/>")


def test_bombs_are_refused() -> None:
    """Archives that grow beyond measure, and entities that do."""
    with pytest.raises(fp.UnreadableFile, match="too large"):
        fp.load(word_file(paragraph("文"), **{"word/bomb.xml": b" " * (65 << 20)}), ".docx")
    entities = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "' + "&a;" * 1000 + '">]>'
    data = word_file("<w:p><w:r><w:t>文&b;</w:t></w:r></w:p>")
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"?>\n", b"?>\n" + entities.encode(), 1)
    with contextlib.suppress(fp.UnreadableFile):
        assert len(fp.load(archive(dict(parts)), ".docx")) < 100


def test_depth_is_an_error_not_a_crash() -> None:
    """XML nested beyond what a document needs."""
    body = "<w:p>" + "<w:ins>" * 5000 + run("文") + "</w:ins>" * 5000 + "</w:p>"
    with pytest.raises(fp.UnreadableFile, match="not a readable Word file"):
        read(body)


def test_pictures_and_names_of_members_do_no_harm() -> None:
    """Members with paths that lead elsewhere are never written."""
    data = word_file(paragraph("文"), **{"../../evil.xml": b"<a/>", "word/media/a.png": picture()})
    assert fp.load(data, ".docx") == "文"

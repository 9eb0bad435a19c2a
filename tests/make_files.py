"""Write the files in tests/cases/files as the programs that officials use write them:  python tests/make_files.py

One report of an invented county in all of them (report.txt). Word, WPS and LibreOffice are imitated in their XML, the
content systems of government sites in their HTML. The PDFs need reportlab, fpdf2 and fontTools; the files are kept,
so that the tests need none of them.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from word_files import definition, in_list, level, num, paragraph, picture, word_file

FILES = Path(__file__).parent / "cases" / "files"
TITLE = "云岫县2023年法治政府建设情况报告"
ROWS = (
    ("项目", "2022年", "2023年"),
    ("受理行政复议案件", "31件", "46件"),
    ("审结行政复议案件", "30件", "44件"),
)
BODY = (
    # level of the heading (0 for text), text without its number
    (0, "2023年，云岫县坚持以习近平法治思想为指导，扎实推进法治政府建设。现将有关情况报告如下："),
    (1, "主要举措和成效"),
    (2, "依法全面履行政府职能"),
    (0, "深化放管服改革，取消行政许可事项12项，全程网办事项达到1235项，群众满意率99.6%。"),
    (2, "健全依法行政制度体系"),
    (0, "制定行政规范性文件8件，备案8件，清理文件146件，废止21件。"),
    (2, "有效化解矛盾纠纷"),
    (3, "加强行政复议。全年受理行政复议案件46件，审结44件，纠错5件。"),
    (3, "做实人民调解。调解矛盾纠纷2310件，调解成功率98.5%。"),
    (1, "存在的不足"),
    (0, "执法力量不足，部分单位负责人出庭应诉率偏低。"),
    (1, "下一步工作打算"),
    (0, "2024年，计划举办行政执法培训班4期，培训执法人员300人次。"),
)
SIGNED = ("云岫县人民政府", "2024年1月18日")
_CN = "一二三四五六七八九十"


def numbered() -> list[tuple[int, str]]:
    """The body with its numbers, as a clerk would type them."""
    counts = [0, 0, 0, 0]
    lines: list[tuple[int, str]] = []
    for depth, text in BODY:
        if depth:
            counts[depth] += 1
            counts[depth + 1 :] = [0] * (3 - depth)
        number = counts[depth]
        marker = ("", f"{_CN[number - 1]}、", f"（{_CN[number - 1]}）", f"{number}．")[depth]
        lines.append((depth, marker + text))
    return lines


def report(table: bool = True) -> list[str]:
    """Lines of the report as plain text."""
    rows = ["\t".join(row) for row in ROWS] if table else []
    return [TITLE, *(text for _, text in numbered()), *rows, *SIGNED]


# --- HTML


def _table(cell: str = "{}") -> str:
    rows = ("".join(f"<td>{cell.format(escape(entry))}</td>" for entry in row) for row in ROWS)
    return "<table border=1 cellspacing=0>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def trs_page() -> bytes:
    """A page of TRS WCM: meta tags, an editor's style sheet, spans around every figure, indents of wide spaces."""
    paragraphs = "".join(
        '<p style="text-indent:2em;font-family:仿宋_GB2312;font-size:16pt">　　'
        + re.sub(
            r"\d+", lambda m: f'<span lang="EN-US">{m.group()[:1]}</span><span>{m.group()[1:]}</span>', text
        )
        + "</p>\n"
        for _, text in numbered()
    )
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<meta name="SiteName" content="云岫县人民政府" /><meta name="ArticleTitle" content="{TITLE}" />
<meta name="PubDate" content="2024-01-20 09:30" /><title>{TITLE}_法治政府_云岫县人民政府</title>
<script type="text/javascript">var t = "<p>四、假标题</p>";</script></head><body>
<div class="nav"><a href="../">首页</a>&nbsp;&gt;&nbsp;<a href="./">法治政府建设</a></div>
<h1>{TITLE}</h1>
<div class="TRS_Editor"><style type="text/css">.TRS_Editor P{{margin-top:0;line-height:2}}</style>
{paragraphs}{_table('<p align="center">{}</p>')}
<p style="text-align:right">{SIGNED[0]}</p><p style="text-align:right">{SIGNED[1]}</p></div>
<div style="display:none" id="share">五、隐藏的内容12件</div><noscript>请启用脚本</noscript>
</body></html>""".encode()


def dahan_page() -> bytes:
    """A page of 大汉: everything in nested tables, the body in one cell with <br>, declared gb2312 with GBK signs."""
    text = "<br>\n".join("&nbsp;&nbsp;&nbsp;&nbsp;" + text for _, text in numbered())
    menu = "<br>".join(("机构职能", "政策文件", "年度报告", "政府采购"))
    return f"""<html><head><meta http-equiv=Content-Type content="text/html; charset=gb2312">
<title>云岫县政府信息公开</title></head><body><table width=1000 align=center><tr><td width=180 valign=top>{menu}
</td><td width=10>&nbsp;</td><td><table width=100%><tr><td class=title align=center>{TITLE}</td></tr>
<tr><td align=center>索引号：014-2024-00012 编辑：朱镕</td></tr><tr><td><div id=zoom><!--ZJEG_RSS.content.begin-->
{text}<br>{_table()}<div align=right>{SIGNED[0]}<br>{SIGNED[1]}</div><!--ZJEG_RSS.content.end--></div></td></tr></table>
</td></tr></table></body></html>""".encode("gbk")


def word_page() -> bytes:
    """A page saved by Word: lines of the source end anywhere, numbers stand in spans of their own."""
    paragraphs = "".join(
        f"<p class=MsoNormal style='text-indent:32.0pt'><span style='font-family:仿宋'>{_broken(text)}</span>"
        "<o:p></o:p></p>\n"
        if not depth
        else f"<p class=MsoNormal><![if !supportLists]><span style='mso-list:Ignore'>{text[:2]}</span><![endif]>"
        f"<b>{_broken(text[2:])}</b></p>\n"
        for depth, text in numbered()
    )
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312"><meta name=Generator content="Microsoft Word 15">
<style><!-- p.MsoNormal {{mso-style-unhide:no;}} --></style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]--></head>
<body lang=ZH-CN><div class=WordSection1><p class=MsoNormal align=center>{TITLE}</p>
{paragraphs}{_table("<p class=MsoNormal>{}<o:p></o:p></p>")}
<p class=MsoNormal>{SIGNED[0]}</p><p class=MsoNormal>{SIGNED[1]}</p></div></body></html>""".encode("gb18030")


def _broken(text: str) -> str:
    return re.sub(r"(.{24})(?![\d.%]|$)", "\\1\n", text)  # never inside a figure


def list_page() -> bytes:
    """A page whose numbers the browser draws, with a BOM."""
    items = "".join(f"<li>{text}</li>" for depth, text in BODY if depth == 3)
    return f"<html><body><h1>{TITLE}</h1><ol>{items}</ol></body></html>".encode("utf-8-sig")


# --- Word

OFFICIAL = (
    level(0, "chineseCountingThousand", "%1、", '<w:suff w:val="nothing"/>')
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3．", '<w:suff w:val="space"/>')
)
"""The levels of official documents: 一、 （一） 1．"""


def _word_table() -> str:
    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{paragraph(entry)}</w:tc>" for entry in row) + "</w:tr>"
        for row in ROWS
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>"


def word_numbered() -> bytes:
    """Word: numbers are list numbers of the paragraphs."""
    body = "".join(paragraph(text, in_list(depth - 1) if depth else "") for depth, text in BODY)
    ends = "".join(map(paragraph, SIGNED))
    return word_file(paragraph(TITLE) + body + _word_table() + ends, definition(OFFICIAL) + num(1))


def word_styled() -> bytes:
    """Word, WPS: numbers come from heading styles, that of the second level by way of the style it is based on."""
    linked = "".join(
        level(at, form, text, f'<w:pStyle w:val="{at + 1}"/><w:suff w:val="nothing"/>')
        for at, (form, text) in enumerate(
            (("japaneseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3．"))
        )
    )
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        + "".join(
            f'<w:style w:type="paragraph" w:styleId="{depth}"><w:name w:val="heading {depth}"/><w:basedOn w:val="a"/>'
            f'<w:pPr><w:numPr><w:ilvl w:val="{depth - 1}"/><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
            for depth in (1, 2, 3)
        )
    )
    styles += (
        '<w:style w:type="paragraph" w:styleId="own"><w:name w:val="小标题"/><w:basedOn w:val="2"/></w:style>'
    )
    names = {1: "1", 2: "own", 3: "3"}
    body = "".join(
        paragraph(text, f'<w:pStyle w:val="{names[depth]}"/>' if depth else "") for depth, text in BODY
    )
    ends = "".join(map(paragraph, SIGNED))
    lists = definition(linked, 4) + num(7, 4)
    return word_file(paragraph(TITLE) + body + _word_table() + ends, lists, styles)


def libreoffice_file() -> bytes:
    """LibreOffice: numbers are typed, each paragraph has a style and each change of script a run."""
    texts = [TITLE, *(text for _, text in numbered())]
    body = "".join(paragraph(text, '<w:pStyle w:val="Normal"/><w:bidi w:val="0"/><w:rPr/>') for text in texts)
    ends = "".join(map(paragraph, SIGNED))
    styles = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    return word_file(body + _word_table() + ends, "", styles)


def pictures_only() -> bytes:
    """A scan pasted into a Word file."""
    drawing = '<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="picture"/></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    return word_file(drawing, **{"word/media/image1.png": picture()})


# --- PDF


def pdf_of_word(encrypted: bool = False) -> bytes:
    """Printed from Word: fonts by name (STSong), lines of 28 characters, page numbers — 1 — inside a paragraph."""
    from reportlab.lib import pdfencrypt
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    data = io.BytesIO()
    lock = pdfencrypt.StandardEncryption("geheim", canPrint=0) if encrypted else None
    canvas = Canvas(data, pagesize=(595, 842), invariant=1, encrypt=lock)
    for number, lines in enumerate(_pages(), 1):
        canvas.setFont("STSong-Light", 16)
        for row, line in enumerate(lines):
            text = line.lstrip("　")  # Word stores an indent as a place, not as spaces
            canvas.drawString(74 + 16 * (len(line) - len(text)), 760 - 29 * row, text)
        canvas.drawCentredString(297, 40, f"— {number} —")
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def _pages() -> list[list[str]]:
    """The report as a page holds it: paragraphs indented by two characters and broken at 28."""
    lines = [TITLE.center(28, "　").rstrip("　")]
    for text in report(table=False)[1:-2]:
        text = "　　" + text
        lines.extend(text[i : i + 28] for i in range(0, len(text), 28))
    lines.extend(text.rjust(24, "　") for text in SIGNED)
    end = next(
        i for i in range(8, len(lines)) if not lines[i].startswith("　")
    )  # in the middle of a paragraph
    return [lines[:end], lines[end:]]


def pdf_embedded() -> bytes:
    """Printed from WPS: a font embedded in part, with a table of what its glyphs mean (ToUnicode)."""
    from fpdf import FPDF

    pdf = FPDF(format="A4")
    pdf.set_creation_date(datetime(2024, 1, 18, tzinfo=UTC))
    with tempfile.NamedTemporaryFile(suffix=".ttf") as font:
        font.write(_blank_font())
        font.flush()
        pdf.add_font("Blank", fname=font.name)
    for number, lines in enumerate(_pages(), 1):
        pdf.add_page()
        pdf.set_font("Blank", size=16)
        for row, line in enumerate(lines):
            pdf.text(26, 30 + 10 * row, line)
        pdf.text(100, 285, f"- {number} -")
    return bytes(pdf.output())


def _blank_font() -> bytes:
    """A TrueType font that has a box for every character of the report."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    signs = sorted(set("".join(report()) + "　- 0123456789"))
    names = [".notdef", *(f"uni{ord(sign):04X}" for sign in signs)]
    pen = TTGlyphPen(None)
    for move, point in ((pen.moveTo, (50, 0)), (pen.lineTo, (50, 700)), (pen.lineTo, (900, 700))):
        move(point)
    pen.closePath()
    box = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(sign): f"uni{ord(sign):04X}" for sign in signs})
    builder.setupGlyf(dict.fromkeys(names, box))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 50)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Blank", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = 3_786_912_000
    data = io.BytesIO()
    builder.save(data)
    return data.getvalue()


def pdf_scanned() -> bytes:
    """Two pages that are pictures; the scanner added page numbers."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(595, 842), invariant=1)
    for _ in range(2):
        canvas.drawImage(ImageReader(io.BytesIO(picture())), 0, 0, 595, 842)
        canvas.drawString(290, 20, f"- {canvas.getPageNumber()} -")
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def pdf_with_table() -> bytes:
    """A table of figures without units: each cell is drawn at its place."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(595, 842), invariant=1)
    canvas.setFont("STSong-Light", 14)
    for row, cells in enumerate((("受理案件", "31", "346件"), ("审结案件", "1 030", "1 044件"))):
        for column, cell in enumerate(cells):
            canvas.drawString(74 + 90 * column, 700 - 25 * row, cell)
    canvas.save()
    return data.getvalue()


def main() -> None:
    """Write all files."""
    FILES.mkdir(exist_ok=True)
    files: dict[str, bytes] = {
        "report.txt": ("\n".join(report()) + "\n").encode(),
        "trs.html": trs_page(),
        "dahan_gb2312.htm": dahan_page(),
        "word_page.htm": word_page(),
        "browser_numbers.html": list_page(),
        "word_numbered.docx": word_numbered(),
        "word_styled.docx": word_styled(),
        "libreoffice.docx": libreoffice_file(),
        "pictures_only.docx": pictures_only(),
        "word.pdf": pdf_of_word(),
        "locked.pdf": pdf_of_word(encrypted=True),
        "embedded.pdf": pdf_embedded(),
        "table.pdf": pdf_with_table(),
        "scanned.pdf": pdf_scanned(),
    }
    for name, data in files.items():
        (FILES / name).write_bytes(data)
        print(f"{name:24} {len(data):7}", file=sys.stderr)


if __name__ == "__main__":
    main()

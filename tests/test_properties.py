"""What holds for any text whatever: nothing raises, spans slice back, regions tile."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

import fazhi_parse as fp
from fazhi_parse.cleaning import PASSES
from invariants import check, check_chunks

PIECES = [
    "一、", "二、", "(一)", "（二）", "1.", "2、", "(3)", "①", "一是", "二是", "第一章", "——", "1.1 ", "首先，", "\n", "\n\n", "  ",
    "。", "，", "；", "：", "“", "”", "《", "》", "(", ")", "（", "）", "受理行政复议案件", "6件", "3.5万余份", "百分之六十", "近百场", "三四百人",
    "2023年", "1月 1日", "半年", "一半", "十几", "１２０人次", "９８．５％", "監(jiān)管", "數(shù)", "規(guī)范", "萬", "\u200b", "\ufeff", "\r\n",
    "<p>", "</p>", "&nbsp;", "**", "# ", "法治政府建设情况报告", "云岫县人民政府", "特此报告。", "发布时间：2024-01-02", "— 1 —", "未发生败诉",
    "均达100%", "分别为3件和4件", "其中", "去年的", "1,234.5", "13万2", "一一一一", "百百", "点五", "-11%", "80%—90%", "1/3", "\x00", "😀", "\ud7ff",
    "二〇二四年", "一月", "三", "五日", "2024-01-05", "2024年13月", "标题：", "抄送：", "¥5", "半数以上", "七八成", "5个、3个百分点", "12万、8万元",
    "今年", "合计", "共", "比上年", "由2022年的", "明年，", "一两", "零次", "第一部分", "\n1\n", "\n- 2 -\n", "法 治 政 府 建 设 ",
]  # fmt: skip
mangled = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=60).map("".join)


@given(mangled, st.integers(1, 4), st.integers(1, 300))
def test_chunks_lose_and_double_nothing(raw: str, level: int, max_chars: int) -> None:
    """Chunks of any depth and length hold the whole text once."""
    check_chunks(fp.parse(raw), level, max_chars)


@given(mangled)
def test_any_mangled_report_parses(raw: str) -> None:
    """Pieces of reports in any order parse, and every record leads back to the raw text."""
    check(raw)


@given(mangled, st.sets(st.sampled_from(PASSES)))
def test_the_map_is_monotone_and_exact_for_any_passes(raw: str, skip: set[str]) -> None:
    """Whatever passes run, offsets are in order and a kept character maps to its own raw character."""
    source = fp.clean(raw, skip=skip)
    last = 0
    for position in range(len(source.text)):
        start, end = source.to_raw(position, position + 1)
        assert last <= start < end <= len(raw)
        last = start if any(e.text and e.start <= start < e.end for e in source.edits) else end
        assert source.to_clean(start) <= position
    assert source.to_raw(0, len(source.text))[1] <= len(raw)


def test_sample_reports_keep_the_invariants(sample: str) -> None:
    """The invariants hold for whole reports."""
    check(sample)


def test_sample_reports_keep_the_invariants_when_lines_are_shuffled(sample: str) -> None:
    """… and for the same lines in a wrong order."""
    lines = sample.split("\n")
    random.Random(7).shuffle(lines)
    check("\n".join(lines))


def test_sample_reports_keep_the_invariants_when_characters_are_damaged(sample: str) -> None:
    """… and for reports with characters deleted, doubled and replaced."""
    chance = random.Random(11)
    for _ in range(10):
        text = list(sample[: chance.randint(50, 3000)])
        for _ in range(chance.randint(1, 60)):
            at = chance.randrange(len(text))
            text[at : at + chance.randint(0, 9)] = list(chance.choice(PIECES))
            text = text or ["一"]
        check("".join(text))


def test_nothing_of_a_report_is_lost(sample: str) -> None:
    """Every visible character stands in a part or a section, or was removed by a recorded edit."""
    report = fp.parse(sample)
    owned = [False] * len(sample)
    spans = [(p.start, p.end) for p in report.parts] + [(s.start, s.end) for s in report.sections]
    spans += [(e.start, e.end) for e in fp.clean(sample).edits]
    for start, end in spans:
        owned[start:end] = [True] * (end - start)
    lost = "".join(c for c, o in zip(sample, owned, strict=True) if not o and not c.isspace())
    assert lost == ""

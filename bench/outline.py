"""Heading scan plus tree with public nodes, as ratios to regex passes:  python bench/outline.py

The pass is one separator-first pattern of the `regex` package, behind the ends of clauses only: 。；： and line ends.
The wide pass looks behind commas, brackets and spaces too, as the tree does, and so finds every marker that it has.
The stage gets a clean text and its page parts, and gives public sections with titles, paths, extents; roles and
dimensions are worked out when they are first asked for (last column).
"""

from __future__ import annotations

from collections.abc import Callable

import regex
from common import medians, sample_text, table

from fazhi_parse.cleaning import clean
from fazhi_parse.layout import Layout, find_layout
from fazhi_parse.outline import Outline, build_outline
from fazhi_parse.source import SourceText

CN = "一二三四五六七八九十"
KINDS = (
    rf"第[{CN}百\d]+(?:部分|编|章|节|条)|[{CN}]{{1,3}}[、．.]|[{CN}]{{1,2}}[是要]|[(（][{CN}\d]+[)）]|\d+(?:\.\d+)*[.、．)）]"
    rf"|[①-⑳⑴-⒇㈠-㈩⒈-⒛Ⅰ-Ⅻ]|首先|其次|再次|最后|其[{CN}]|第[{CN}](?=[，,、：:是])|——"
)
PASS = regex.compile(rf"[。;；:：\n]\s*(?:{KINDS})")
WIDE = regex.compile(rf"[。；;：:！!？?，,、）)”…\s]\s*(?:{KINDS})")
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
"""Bytes of UTF-8; three a Chinese character."""

ADVERSARIAL: dict[str, Callable[[int], str]] = {
    "markers 一、": lambda n: "一、甲\n" * n,
    "markers counting": lambda n: "\n".join(f"{i % 99 + 1}.甲" for i in range(n)),
    "items in a line": lambda n: "一是甲；二是乙；" * n,
    "deep nesting": lambda n: "一、甲\n(一)乙\n1.丙\n(1)丁\n①戊\n一是己；二是庚。\n" * (n // 6),
    "one line": lambda n: "全年开展检查，一是督查到底不留死角，全年召开专题会议听取汇报并且研究工作，" * n,
    "brackets": lambda n: "(（" * n,
    "quotes": lambda n: "“一是甲；" * n,
    "spaces": lambda n: " \t" * n + "一、甲",
    "line ends": lambda n: "\n" * n,
    "chapters": lambda n: "\n".join(f"第{i % 900 + 1}条 甲。" for i in range(n)),
}


def labelled(outline: Outline) -> None:
    for top in outline.sections:
        for section in top.walk():
            _ = section.role, section.dimensions


def main() -> None:
    rows: list[tuple[str, ...]] = []
    for size, prose in [*((size, False) for size in SIZES), (100_000, True)]:
        source = clean(sample_text(size // 3, prose=prose))
        layout = find_layout(source.text)

        def scan(source: SourceText = source) -> list[tuple[int, int]]:
            return [match.span() for match in PASS.finditer(source.text)]

        def wide(source: SourceText = source) -> list[tuple[int, int]]:
            return [match.span() for match in WIDE.finditer(source.text)]

        def stage(source: SourceText = source, layout: Layout = layout) -> Outline:
            return build_outline(source, layout)

        jobs: dict[str, Callable[[], object]] = {
            "pass": scan,
            "wide": wide,
            "stage": stage,
            "labelled": lambda stage=stage: labelled(stage()),
        }
        seconds = medians(jobs, rounds=9 if size < 1_000_000 else 5)
        nodes = len(stage().nodes)
        rows.append(
            (
                f"{size // 1000:,} kB{' of usual density' if prose else ''}",
                f"{nodes:,}",
                f"{seconds['pass'] * 1000:.2f} ms",
                f"{seconds['stage'] * 1000:.2f} ms",
                f"{seconds['stage'] / seconds['pass']:.2f}",
                f"{seconds['stage'] / seconds['wide']:.2f}",
                f"{seconds['labelled'] / seconds['pass']:.2f}",
            )
        )
    print(table(("text", "nodes", "pass", "stage", "× pass", "× wide pass", "with labels"), rows))
    print()
    rows = []
    for name, make in ADVERSARIAL.items():
        small, large = make(25_000), make(100_000)
        jobs = {
            "small": lambda t=small: build_outline(clean(t)),
            "large": lambda t=large: build_outline(clean(t)),
        }
        seconds = medians(jobs, rounds=3)
        ratio = seconds["large"] / seconds["small"]
        rows.append(
            (
                name,
                f"{len(large):,}",
                f"{seconds['large']:.2f} s",
                f"{ratio:.2f}",
                "" if ratio < 5 else "not linear",
            )
        )
    print(table(("input", "characters", "time", "4n / n", ""), rows))


if __name__ == "__main__":
    main()

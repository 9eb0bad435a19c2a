"""Readers of the plain-text golden files in tests/cases."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import fazhi_parse as fp
from fazhi_parse.outline import Labels
from fazhi_parse.testing import page

CASES = Path(__file__).parent / "cases"
SHARED = Path(__file__).parents[2] / "shared"


class QuantityCase(NamedTuple):
    """A sentence, and per quantity: start, end, value, value_max, unit, kind, approx."""

    label: str
    text: str
    quantities: list[tuple[int, int, str, str | None, str, str, str]]


def quantity_cases(path: Path = CASES / "quantities.txt") -> Iterator[QuantityCase]:
    """`text with [brackets] => value[..max] unit kind [approx]; …`; `## class`; `# comment`."""
    label = ""
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if line.startswith("## "):
            label = line[3:].strip()
        elif line.strip() and not line.startswith("#"):
            marked, _, wanted = line.rpartition("=>")
            marked = marked.rstrip(" ") if not marked.endswith("  ") else marked[:-1]
            spans: list[tuple[int, int]] = []
            text = ""
            for piece in re.split(r"(\[[^\]]*\])", marked):
                if piece.startswith("["):
                    spans.append((len(text), len(text) + len(piece) - 2))
                    piece = piece[1:-1]
                text += piece
            rows = [row.split() for row in wanted.split(";") if row.strip()]
            assert len(rows) == len(spans), f"{path.name}:{number}: brackets and values differ in number"
            quantities = []
            for (start, end), (value, unit, kind, *approx) in zip(spans, rows, strict=True):
                low, _, high = value.partition("..")
                quantities.append(
                    (start, end, low, high or None, "" if unit == "-" else unit, kind, "".join(approx))
                )
            yield QuantityCase(f"{label}:{number}", text, quantities)


class HeadingCase(NamedTuple):
    """A text, and per node in document order: start, marker with the characters behind it, level."""

    label: str
    text: str
    nodes: list[tuple[int, str, int]]


def heading_cases(path: Path = CASES / "headings.txt") -> Iterator[HeadingCase]:
    """`=== class: what is tested`, the text, `--- tree`, one indented line a node."""
    body = re.sub(r"(?m)^### .*\n", "", path.read_text("utf-8"))
    for block in re.split(r"(?m)^=== ", body)[1:]:
        head, _, rest = block.partition("\n")
        text, _, tree = rest.partition("--- tree\n")
        text = text.rstrip("\n")
        here = 0
        nodes: list[tuple[int, str, int]] = []
        for line in tree.split("\n"):
            if line.strip():
                wanted = line.strip(" ")
                if wanted.startswith("@2 "):
                    wanted = wanted[3:]
                    here = text.index(wanted, here) + 1
                start = text.index(wanted, here)
                here = start + len(wanted)
                nodes.append((start, wanted, (len(line) - len(line.lstrip(" "))) // 2 + 1))
        yield HeadingCase(head, text, nodes)


def label_rows(path: Path = CASES / "labels.txt") -> list[tuple[str, str, str, list[str]]]:
    """`heading => role primary-dimension [other dimensions…]`; `# comment`."""
    rows: list[tuple[str, str, str, list[str]]] = []
    for line in path.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            heading, _, wanted = line.rpartition(" => ")
            role, dimension, *more = wanted.split()
            rows.append((heading, role, dimension, more))
    return rows


def labels_of(row: str) -> Labels:
    """Labels of a heading as a report gives them: `[chapter above >] heading [| first words of its text]`."""
    above, _, rest = row.rpartition(" > ")
    heading, _, body = rest.partition(" | ")
    chapter = f"一、{above}\n（一）" if above else "一、"
    section = fp.parse_sections(
        f"甲县法治政府建设情况报告\n{chapter}{heading}\n{body or '全年各项工作平稳推进。'}\n"
    )[0]
    return (section.children[0] if above else section).labels


def page_above(case: dict[str, Any]) -> str:
    """The title and the heading under which a coded sentence stands."""
    heading = case["heading"] or "主要工作"
    marked = heading if heading[0] in "（(第一二三四五六七八九十0123456789" else f"一、{heading}"
    place = page(case["text"]).partition("2")[0]
    return f"{place}{case['report_year']}年法治政府建设情况报告\n{marked}\n"


def page_cases(path: Path = CASES / "pages.toml") -> list[dict[str, Any]]:
    """Pages with the parts and the metadata that are to be found."""
    return list(tomllib.loads(path.read_text("utf-8"))["case"])

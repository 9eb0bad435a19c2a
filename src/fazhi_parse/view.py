"""A report to look at: its outline, its text with the figures marked, its values, its doubts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from .extractors import Observation
from .html_parts import Mark, marked_text, outline, style_sheet, styled, table
from .labels import check_language, label, message_in
from .outline import Section
from .quantities import value_words

if TYPE_CHECKING:
    from .indicators import Catalogue
    from .report import Report

__all__ = ["report_fragment", "report_page"]


def report_page(report: Report, catalogue: Catalogue, lang: str) -> str:
    """A whole HTML page: nothing is loaded from elsewhere, nothing of the text runs.

    Args:
        report: What to show.
        catalogue: Where the indicators' names and dimensions stand.
        lang: en or zh.

    Raises:
        ValueError: There is no such language.
    """
    check_language(lang)
    view = _View(report, catalogue, lang, "")
    doubts = (
        f'<h2>{view.word("doubts")}</h2><div class="wide">{view.doubts()}</div>' if report.diagnostics else ""
    )
    title = escape(report.metadata.title or label("view", "untitled", lang))
    return (
        f'<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f'<style>{style_sheet()}</style></head><body><div class="fazhi page"><header>{view.head()}</header>'
        f"<nav><h2>{view.word('outline')}</h2>{view.outline()}</nav><main>"
        f'<h2>{view.word("text")}</h2>{view.key()}<p class="text">{view.text()}</p>'
        f'<h2>{view.word("values")}</h2><div class="wide">{view.values()}</div>'
        f"{doubts}</main></div></body></html>\n"
    )


def report_fragment(report: Report, catalogue: Catalogue, lang: str) -> str:
    """The same in parts that fold, for notebooks."""
    # several reports may stand in one notebook: their anchors must differ
    digest = hashlib.sha256(report.raw.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    view = _View(report, catalogue, lang, f"f{digest}-")

    def folded(name: str, content: str, shown: str = "") -> str:
        return f"<details{shown}><summary>{view.word(name)}</summary>{content}</details>"

    return styled(
        view.head()
        + folded("outline", f"<nav>{view.outline()}</nav>", " open")
        + folded("text", f'{view.key()}<div class="scroll text">{view.text()}</div>')
        + folded("values", f'<div class="scroll">{view.values()}</div>')
        + (folded("doubts", view.doubts()) if report.diagnostics else "")
    )


class _View:
    def __init__(self, report: Report, catalogue: Catalogue, lang: str, prefix: str) -> None:
        self.report = report
        self.catalogue = catalogue
        self.lang = lang
        self.prefix = prefix

    def word(self, key: str) -> str:
        return label("view", key, self.lang)

    def head(self) -> str:
        report, meta = self.report, self.report.metadata
        facts = [
            f"{self.word('place')}: {meta.region or self.word('unknown')}",
            f"{self.word('year')}: {meta.year or self.word('unknown')}",
            *(
                f"{count} {self.word(name)}"
                for count, name in (
                    (sum(1 for _ in report.walk()), "headings"),
                    (len(report.quantities), "figures"),
                    (len(report.observations), "found"),
                )
            ),
        ]
        return f"<h1>{escape(meta.title or self.word('untitled'))}</h1><p>{escape(' · '.join(facts))}</p>"

    def outline(self) -> str:
        return outline(self.report.sections, self._heading_anchor, self.lang)

    def _heading_anchor(self, section: Section) -> str:
        return f"{self.prefix}s{section.start}"

    def key(self) -> str:
        """Which colour is which dimension, of those that occur."""
        found = dict.fromkeys(self._family(o) for o in self.report.observations)
        spans = (
            f'<span class="{family or "other"}">{escape(label("dimension", family, self.lang))}</span>'
            for family in sorted(found)
        )
        return f'<p class="key">{" ".join(spans)}</p>' if found else ""

    def _family(self, observation: Observation) -> str:
        entry = self.catalogue.indicators.get(observation.indicator)
        family = entry.dimension.partition("/")[0] if entry is not None else ""
        return family if label("dimension", family, "en") != family else ""

    def text(self) -> str:
        return marked_text(self.report.raw, self._marks())

    def _marks(self) -> Iterator[Mark]:
        report = self.report
        for part in report.parts:
            if part.kind in ("chrome", "title"):
                yield Mark(part.start, part.end, "c" if part.kind == "chrome" else "h")
        for section in report.walk():
            end = section.body_start if section.title is not None else section.start + len(section.marker)
            anchor = self._heading_anchor(section)
            yield Mark(section.start, end, "h", anchor=anchor)
        taken = {(o.start, o.end) for o in report.observations}
        for q in report.quantities:
            if (q.start, q.end) not in taken:
                words = value_words(q, self.lang)
                yield Mark(q.start, q.end, "q", "" if words.replace(" ", "") == q.text else words)
        for number, o in enumerate(report.observations):
            style = f"o {self._family(o) or 'other'}" + ("" if o.status == "actual" else " not")
            yield Mark(
                o.start, o.end, style, self._told(o), f"{self.prefix}o{o.start}", f"{self.prefix}r{number}"
            )

    def _told(self, o: Observation) -> str:
        year = "" if o.year is None else f" {o.year}"
        status = label("status", o.status, self.lang)
        return f"{self._name(o.indicator)} {value_words(o, self.lang)}\n{status}{year} · {' … '.join(o.evidence)}"

    def _name(self, indicator: str) -> str:
        entry = self.catalogue.indicators.get(indicator)
        return indicator if entry is None else f"{entry.zh if self.lang == 'zh' else entry.en} ({indicator})"

    def values(self) -> str:
        head = ("indicator", "value", "year", "status", "words", "evidence")
        rows = (
            (
                escape(self._name(o.indicator)),
                escape(value_words(o, self.lang)),
                str(o.year or ""),
                escape(label("status", o.status, self.lang)),
                f'<a href="#{self.prefix}o{o.start}">{escape(o.text)}</a>',
                escape(f"{' … '.join(o.evidence)} ({o.rule})"),
            )
            for o in self.report.observations
        )
        anchors = (f"{self.prefix}r{number}" for number in range(len(self.report.observations)))
        return table([self.word(name) for name in head], rows, anchors)

    def doubts(self) -> str:
        items = (
            f"<li><code>{escape(d.code)}</code> {escape(message_in(self.lang, d.code, d.message))}</li>"
            for d in self.report.diagnostics
        )
        return f"<ul>{''.join(items)}</ul>"

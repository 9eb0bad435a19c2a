"""parse(): raw text to a Report. The only place where the stages are put together."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING, Any

import attrs

from . import records
from .cleaning import check_passes, clean
from .errors import Diagnostic
from .extractors import Extractor, Observation
from .indicators import Catalogue, Context, find_observations, load_catalogue
from .layout import chrome_set, find_layout
from .metadata import Metadata, find_metadata
from .outline import Part, Section, build_outline
from .quantities import Quantity, from_found, number_text
from .quantities.scan import scan
from .source import SourceText
from .spans import Nested, SpanSet

if TYPE_CHECKING:
    import pandas

__all__ = ["Parser", "Report", "parse"]


@attrs.frozen(slots=False, eq=False, repr=False)
class Report:
    """Everything that was found in one text. All offsets are code points into `raw`, half-open."""

    raw: str
    """The input, untouched."""
    metadata: Metadata
    """What the text says about itself."""
    parts: tuple[Part, ...]
    """Title, addressee, preamble, closing, signature, date and chrome."""
    sections: tuple[Section, ...]
    """Top-level sections; each holds its children."""
    quantities: tuple[Quantity, ...]
    """Every figure of the report's text (not of the site around it), in order."""
    observations: tuple[Observation, ...]
    """Indicator values, in order."""
    diagnostics: tuple[Diagnostic, ...]
    """What was doubtful."""

    def walk(self) -> Iterator[Section]:
        """All sections in document order; an observation's `section` is an index into this order."""
        for section in self.sections:
            yield from section.walk()

    @cached_property
    def _flat(self) -> tuple[Section, ...]:
        return tuple(self.walk())

    @cached_property
    def _extents(self) -> Nested:
        return Nested((section.start, section.end) for section in self._flat)

    def section_at(self, offset: int) -> Section | None:
        """The innermost section that holds a raw offset, or None."""
        index = self._extents.at(offset)
        return self._flat[index] if index is not None else None

    def explain(self, record: Observation | Section) -> str:
        """Why an observation or a section is what it is, in a few lines for a person."""
        if isinstance(record, Section):
            return f"{record.heading}: level {record.level} {record.kind}; {record.why}"
        where = (
            " > ".join(self._flat[record.section].path)
            if record.section is not None
            else "outside of the sections"
        )
        lines = [
            f"{record.indicator} = {number_text(record.value)} {record.unit} ({record.status}, {record.year})",
            f"  said as {record.text!r} at {record.start}-{record.end}, in {where}",
            f"  rule {record.rule}: {' + '.join(record.evidence) or 'no words'}",
            f"  {record.sentence}",
        ]
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """The dictionary form: JSON-serialisable, values as decimal strings, `raw` included."""
        return {
            "schema": records.SCHEMA,
            "metadata": records.metadata_to_dict(self.metadata),
            "parts": [attrs.asdict(part) for part in self.parts],
            "sections": records.sections_to_list(self.sections),
            "quantities": [records.quantity_to_dict(q) for q in self.quantities],
            "observations": [records.observation_to_dict(o) for o in self.observations],
            "diagnostics": [attrs.asdict(d) for d in self.diagnostics],
            "raw": self.raw,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Report:
        """The report again from its dictionary form.

        Raises:
            ValueError: The dictionary is of another schema.
        """
        if data.get("schema") != records.SCHEMA:
            raise ValueError(f"this is schema {data.get('schema')!r}; this version reads {records.SCHEMA}")
        raw = data["raw"]
        return cls(
            raw,
            Metadata(**data["metadata"]),
            tuple(records.part_from_dict(d) for d in data["parts"]),
            records.sections_from_list(data["sections"], raw),
            tuple(records.quantity_from_dict(d) for d in data["quantities"]),
            tuple(records.observation_from_dict(d) for d in data["observations"]),
            tuple(records.diagnostic_from_dict(d) for d in data["diagnostics"]),
        )

    def to_json(self, *, indent: int | None = None) -> str:
        """The dictionary form as JSON, with Chinese characters as they are."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def to_records(self, kind: str = "observations") -> list[dict[str, Any]]:
        """Flat records (observations, quantities, sections, diagnostics or parts) with place and year."""
        return records.rows(self.to_dict(), kind)

    def to_frame(self, kind: str = "observations") -> pandas.DataFrame:
        """The same records as a pandas data frame (extra `frame`)."""
        return records.frame(self.to_records(kind))

    def __str__(self) -> str:
        return "\n".join([self.metadata.title or "(no title)", *map(str, self.sections)])

    def __repr__(self) -> str:
        return (
            f"<Report {self.metadata.title or '(no title)'!r}: {len(self._flat)} sections, "
            f"{len(self.quantities)} quantities, {len(self.observations)} observations>"
        )


def _names(names: Iterable[str]) -> frozenset[str]:
    return frozenset(names)


def _passes(names: Iterable[str]) -> frozenset[str]:
    check_passes(names := frozenset(names))
    return names


def _paths(paths: str | PathLike[str] | Iterable[str | PathLike[str]]) -> tuple[str, ...]:
    several = [paths] if isinstance(paths, (str, PathLike)) else paths
    return tuple(os.fspath(path) for path in several)


def _extractors(extractors: Iterable[Extractor]) -> tuple[Extractor, ...]:
    return tuple(extractors)


@attrs.frozen
class Parser:
    """A configured, reusable, picklable parser.

    >>> parser = Parser(skip=["wraps"])
    >>> parser.parse("一、成效\\n受理行政复议案件6件。").observations[0].indicator
    'reconsideration.accepted'
    """

    extractors: tuple[Extractor, ...] = attrs.field(default=(), converter=_extractors)
    """Extractors of your own, called with each report after the built-in rules."""
    rules: tuple[str, ...] = attrs.field(default=(), converter=_paths)
    """TOML files with indicators of your own; an id that exists already is replaced."""
    disable: frozenset[str] = attrs.field(default=frozenset[str](), converter=_names)
    """Ids of indicators that are not wanted."""
    skip: frozenset[str] = attrs.field(default=frozenset[str](), converter=_passes)
    """Cleaning passes to leave out (see `fazhi_parse.cleaning.PASSES`)."""

    def __attrs_post_init__(self) -> None:
        if self.rules or self.disable:
            load_catalogue(self.rules, self.disable)  # a wrong file is told here, not at the first report

    @property
    def catalogue(self) -> Catalogue:
        """The indicators that this parser looks for."""
        return load_catalogue(self.rules, self.disable)

    def parse(self, text: str) -> Report:
        """Everything that a text states. Any `str` parses; doubts become diagnostics.

        Raises:
            TypeError: The argument is no string (a missing value of a table, say).
        """
        if not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"text must be str, not {type(text).__name__}")
        source = clean(text, skip=self.skip)
        layout = find_layout(source.text)
        outline = build_outline(source, layout)
        metadata = find_metadata(source, layout, outline.preamble)
        body = chrome_set(layout)
        markers = SpanSet((start, start + 1) for start, _, _ in outline.nodes)
        found = tuple(markers.outside(body.outside(scan(source.text)[0])))
        flat = tuple(s for section in outline.sections for s in section.walk())
        quantities = from_found(source, found)
        context = Context(source, found, quantities, outline.nodes, flat, body, metadata)
        observations, slow = find_observations(context, self.catalogue)
        report = Report(
            text,
            metadata,
            outline.parts,
            outline.sections,
            quantities,
            observations,
            (*_source_diagnostics(source), *outline.diagnostics, *slow),
        )
        return self._extended(report) if self.extractors else report

    def _extended(self, report: Report) -> Report:
        """With what the user's extractors find; one that raises becomes a diagnostic."""
        observations = list(report.observations)
        doubts: list[Diagnostic] = []
        for extractor in self.extractors:
            name = getattr(extractor, "__name__", type(extractor).__name__)
            try:
                found = list(extractor(report))
                for observation in found:
                    _check(observation, report.raw)
                observations.extend(found)
            except Exception as error:
                doubts.append(Diagnostic("extractor.failed", f"{name}: {type(error).__name__}: {error}"))
        observations.sort(key=lambda o: (o.start, o.end, o.indicator))
        return attrs.evolve(
            report, observations=tuple(observations), diagnostics=(*report.diagnostics, *doubts)
        )


def _check(observation: object, raw: str) -> None:
    """Refuse what is no observation, or has a span that does not lead back to the raw text."""
    if not isinstance(observation, Observation):
        raise TypeError(f"yielded {type(observation).__name__} instead of Observation")
    start, end = observation.start, observation.end
    if not 0 <= start < end <= len(raw) or raw[start:end] != observation.text:
        raise ValueError(f"{observation.indicator}: raw[{start}:{end}] is not {observation.text!r}")


def _source_diagnostics(source: SourceText) -> Iterator[Diagnostic]:
    """What cleaning repaired, by pass, in counts; and a text without text."""
    if not source.text.strip():
        yield Diagnostic("text.empty", "there is no text (a scanned document?)")
    counts: dict[str, list[int]] = {}
    for edit in source.edits:
        seen = counts.setdefault(edit.reason, [0, edit.start, edit.end])
        seen[0] += 1
        seen[2] = edit.end
    for reason in sorted(counts):
        count, start, end = counts[reason]
        yield Diagnostic(f"repaired.{reason}", f"{count} repaired by the pass {reason!r}", start, end)
    if source.traditional:
        yield Diagnostic("repaired.traditional", "traditional characters were converted")


_DEFAULT = Parser()


def parse(text: str) -> Report:
    """Parse one report with the default rules.

    Args:
        text: The raw text of a report, however damaged.

    Returns:
        A report; it never raises on content.

    >>> report = parse("云岫县2023年法治政府建设情况报告\\n一、主要成效\\n全年受理行政复议案件6件。")
    >>> [(o.indicator, int(o.value), o.text) for o in report.observations]
    [('reconsideration.accepted', 6, '6件')]
    """
    return _DEFAULT.parse(text)

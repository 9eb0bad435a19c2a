"""parse(): raw text to a Report. The only place where the stages are put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from . import records
from .annual import as_planned, find_not_annual
from .checks import Finding, find_disagreements
from .chunks import Chunk, make_chunks
from .cleaning import clean, find_damage, passes_of
from .errors import Diagnostic, in_words
from .extractors import Extractor, Observation, checked, described
from .frames import make_frame
from .given import names_of, paths_of
from .indicators import Catalogue, Context, find_observations, load_catalogue, make_catalogue
from .layout import chrome_set, find_layout
from .metadata import Metadata, find_metadata
from .outline import MarkerKind, Part, Section, build_outline
from .plugins import Sources, find_sources
from .quantities import Quantity, Units, from_found
from .quantities.grammar import grammar
from .quantities.scan import scan
from .relations import Relation
from .several import find_several
from .side_by_side import tell_columns
from .source import SourceText
from .spans import Nested, SpanSet, sentence_span
from .vetting import check_observation, found_by

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

    def chunks(self, *, level: int = 2, max_chars: int = 800, chrome: bool = False) -> tuple[Chunk, ...]:
        """The text in pieces for retrieval, each with its headings and its raw span; nothing lost or doubled.

        Args:
            level: Depth down to which each section begins a chunk of its own.
            max_chars: Most code points of a chunk; longer ones are cut at line ends, sentence ends, commas.
            chrome: Whether site chrome is kept.

        Raises:
            ValueError: `level` or `max_chars` is less than 1.

        >>> for chunk in parse("一、成效\\n(一)复议。办理3件。\\n(二)普法。举办2场。\\n二、打算").chunks():
        ...     print(chunk.breadcrumb, "|", " ".join(chunk.text.split()))
        成效 > 复议 | 一、成效 (一)复议。办理3件。
        成效 > 普法 | (二)普法。举办2场。
        打算 | 二、打算
        """
        return make_chunks(
            self.raw, self.sections, self.parts, level=level, max_chars=max_chars, chrome=chrome
        )

    def to_markdown(self) -> str:
        """The report as Markdown: its title, the text outside of the sections, and the sections; no site chrome.

        >>> print(parse("云岫县2023年法治政府建设情况报告\\n一、成效\\n办理3件。").to_markdown())
        # 云岫县2023年法治政府建设情况报告
        <BLANKLINE>
        ## 一、成效
        <BLANKLINE>
        办理3件。
        """
        blocks: list[tuple[int, str]] = [(s.start, s.to_markdown(2)) for s in self._outside_closing()]
        for part in self.parts:
            text = self.raw[part.start : part.end].strip()
            if part.kind == "title":
                blocks.append((part.start, "# " + " ".join(text.split())))
            elif part.kind != "chrome":
                blocks.append((part.start, _paragraphs(text)))
        rest = self.chunks(level=1, max_chars=len(self.raw) + 1)
        blocks += ((chunk.start, _paragraphs(chunk.text)) for chunk in rest if chunk.part == "text")
        return "\n\n".join(block for _, block in sorted(blocks))

    def _outside_closing(self) -> Iterator[Section]:
        closing = next((part.start for part in self.parts if part.kind == "closing"), len(self.raw))
        return (section for section in self.sections if section.start < closing)

    def observe(
        self,
        indicator: str,
        start: int,
        end: int,
        value: Decimal | Fraction | int | str,
        *,
        value_max: Decimal | Fraction | int | str | None = None,
        unit: str = "",
        approx: str = "",
        year: int | None = None,
        status: str | None = None,
        implied: bool = False,
        rule: str = "",
        evidence: Iterable[str] = (),
        score: float = 1.0,
    ) -> Observation:
        """An observation of raw characters of this report, for extractors; the report knows the rest.

        Args:
            indicator: Id of the indicator.
            start: First raw code point.
            end: One behind the last raw code point.
            value: The value, as a whole number or exact.
            value_max: High end of a range.
            unit: Unit of the value.
            approx: above, below, about or empty.
            year: Year that the value is about; by default the report's, in sections with plans the next one.
            status: By default planned in sections with plans, else actual.
            implied: Whether it is a zero stated in words.
            rule: What made it; by default the indicator's id.
            evidence: Words that led to it.
            score: How sure it is.

        Raises:
            ValueError: The span is empty or not within the text, or status or value are none.
            TypeError: The value is a float, which is not exact.

        >>> report = parse("甲县2023年法治政府建设情况报告\\n一、成效\\n设立茶馆调解点12个。")
        >>> q = report.quantities[0]
        >>> o = report.observe("mediation.tea_houses", q.start, q.end, q.value, unit=q.unit)
        >>> o.year, o.status, o.section_path, o.sentence
        (2023, 'actual', ('成效',), '设立茶馆调解点12个')
        """
        index = self._extents.at(start)
        section = None if index is None else self._flat[index]
        extent = None if section is None else (section.body_start, section.end)
        plan = section is not None and section.role == "plan"
        if year is None and self.metadata.year is not None:
            year = self.metadata.year + plan
        observation = Observation(
            indicator,
            _exact(value),
            None if value_max is None else _exact(value_max),
            unit,
            approx,
            year,
            status or ("planned" if plan else "actual"),
            implied,
            start,
            end,
            self.raw[start:end],
            index,
            rule or indicator,
            tuple(evidence),
            score,
            self.raw[slice(*sentence_span(self.raw, start, end, extent))].strip(),
            () if section is None else section.path,
        )
        check_observation(observation, self.raw, len(self._flat))
        return observation

    def check(self, relations: Iterable[Relation] | None = None) -> tuple[Finding, ...]:
        """Figures of this report that do not agree with each other, for a person to look at.

        Args:
            relations: What must hold; by default the built-in relations (see `load_relations`).

        >>> report = parse("一、成效\\n收到行政复议申请9件，受理8件，不予受理3件。")
        >>> [(finding.relation, finding.message) for finding in report.check()]
        [('reconsideration.received', '受理行政复议案件 8件 + 不予受理行政复议申请 3件 = 11 > 收到行政复议申请 9件')]
        """
        return find_disagreements(self.raw, self.observations, relations)

    def explain(
        self,
        record: Observation | Quantity | Section,
        *,
        lang: str = "en",
        catalogue: Catalogue | None = None,
    ) -> str:
        """Why an observation, a quantity or a section is what it is, in a few lines for a person.

        Args:
            record: An observation, a quantity or a section of this report. Of a quantity that is no value of an
                indicator it is told which rules come near it, and what they lack.
            lang: en or zh.
            catalogue: Where the indicators' names stand; by default the built-in catalogue.

        Raises:
            ValueError: There is no such language, or the record is of another report.
            TypeError: The record is none of these.
        """
        from .explain import explain  # only where a person asks

        return explain(self, record, lang, catalogue)

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
        import json

        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def to_records(
        self, kind: str = "observations", *, catalogue: Catalogue | None = None
    ) -> list[dict[str, Any]]:
        """Flat records with place and year; values are exact decimal strings.

        Args:
            kind: observations, quantities, sections, diagnostics or parts, or the singular.
            catalogue: Where the indicators' names stand; by default the built-in catalogue.

        Raises:
            ValueError: There is no such kind.
        """
        return records.rows(self, kind, catalogue or load_catalogue())

    def to_frame(self, kind: str = "observations", *, catalogue: Catalogue | None = None) -> pandas.DataFrame:
        """The same records as a pandas data frame (extra `frame`): values are floats, and the columns always the same.

        Args:
            kind: observations, quantities, sections, diagnostics or parts, or the singular.
            catalogue: Where the indicators' names stand; by default the built-in catalogue.

        Raises:
            ValueError: There is no such kind.
            MissingExtra: pandas is not installed.
        """
        frame: pandas.DataFrame = make_frame(
            records.record_columns(kind), self.to_records(kind, catalogue=catalogue), "pandas"
        )
        return frame

    def to_html(self, *, lang: str = "en", catalogue: Catalogue | None = None) -> str:
        """A page to look at: outline, text with the figures marked, values, doubts; it holds all that it needs.

        Args:
            lang: en or zh.
            catalogue: Where the indicators' names stand; by default the built-in catalogue.

        Raises:
            ValueError: There is no such language.
        """
        from .view import report_page  # only where a person looks

        return report_page(self, catalogue or load_catalogue(), lang)

    def save_html(
        self, path: str | PathLike[str], *, lang: str = "en", catalogue: Catalogue | None = None
    ) -> None:
        """Write `to_html` to a file.

        Raises:
            OSError: The file cannot be written.
        """
        page = self.to_html(lang=lang, catalogue=catalogue)
        Path(path).write_text(page, "utf-8", errors="backslashreplace")

    def _repr_html_(self) -> str:
        from .view import report_fragment

        return report_fragment(self, load_catalogue(), "en")

    def __str__(self) -> str:
        return "\n".join([self.metadata.title or "(no title)", *map(str, self.sections)])

    def __repr__(self) -> str:
        return (
            f"<Report {self.metadata.title or '(no title)'!r}: {len(self._flat)} sections, "
            f"{len(self.quantities)} quantities, {len(self.observations)} observations>"
        )


def _paragraphs(text: str) -> str:
    lines = (line.strip() for line in text.splitlines())
    return "\n\n".join(line for line in lines if line)


def _exact(value: Decimal | Fraction | int | str) -> Decimal | Fraction:
    if isinstance(value, float):
        raise TypeError(f"value {value!r} is a float; give a Decimal, a whole number or a string")
    if isinstance(value, (Decimal, Fraction)):
        return value
    try:
        return Fraction(value) if isinstance(value, str) and "/" in value else Decimal(value)
    except ArithmeticError as error:
        raise ValueError(f"value {value!r} is no number") from error


def _marker_kinds(kinds: Iterable[MarkerKind]) -> tuple[MarkerKind, ...]:
    return tuple(kinds)


def _extractors(extractors: Extractor | Iterable[Extractor]) -> tuple[Extractor, ...]:
    several = (extractors,) if callable(extractors) else extractors
    return tuple(checked(extractor) for extractor in several)


def _plugins(plugins: bool | str | Iterable[str]) -> bool | tuple[str, ...]:
    if isinstance(plugins, bool):
        return plugins
    return (plugins,) if isinstance(plugins, str) else tuple(plugins)


@attrs.frozen
class Parser:
    """A configured, reusable, picklable parser.

    >>> parser = Parser(skip=["wraps"])
    >>> parser.parse("一、成效\\n受理行政复议案件6件。").observations[0].indicator
    'reconsideration.accepted'
    """

    extractors: tuple[Extractor, ...] = attrs.field(default=(), converter=_extractors)
    """Extractors of your own, called with each report after the rules; one with the id of an indicator replaces it."""
    rules: tuple[str, ...] = attrs.field(default=(), converter=paths_of)
    """TOML files with indicators of your own, read when the parser is made; an id of the built-in catalogue or of a
    plugin is replaced."""
    disable: frozenset[str] = attrs.field(default=frozenset[str](), converter=names_of)
    """Ids of indicators and extractors that are not wanted."""
    skip: frozenset[str] = attrs.field(default=frozenset[str](), converter=passes_of)
    """Cleaning passes to leave out (see `fazhi_parse.cleaning.PASSES`)."""
    markers: tuple[MarkerKind, ...] = attrs.field(default=(), converter=_marker_kinds)
    """Kinds of heading markers of your own, beside the built-in ones."""
    units: Units | None = None
    """A table of units in place of the built-in one (see `load_units`, which extends that)."""
    plugins: bool | tuple[str, ...] = attrs.field(default=False, converter=_plugins)
    """True for the extractors and rules of all installed plugins, or names of plugins or of their distributions."""
    _sources: Sources = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        found = find_sources(self.extractors, self.rules, self.disable, self.plugins)
        object.__setattr__(self, "_sources", found)

    @property
    def catalogue(self) -> Catalogue:
        """The indicators that this parser looks for by rules."""
        return make_catalogue(self._sources.rules, self._sources.disable)

    @property
    def rule_files(self) -> tuple[str, ...]:
        """The rule files in use, those of plugins first, then your own."""
        return tuple(path for path, _ in self._sources.rules)

    @property
    def all_extractors(self) -> tuple[Extractor, ...]:
        """The extractors in use, those of plugins first, then your own."""
        return self._sources.extractors

    def parse(self, text: str) -> Report:
        """Everything that a text states. Any `str` parses; doubts become diagnostics.

        Raises:
            TypeError: The argument is no string (a missing value of a table, say).
        """
        if not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"text must be str, not {type(text).__name__}")
        return self._extended(self._found(text))

    def _found(self, text: str) -> Report:
        """What the stages find, without extractors."""
        source = clean(text, skip=self.skip)
        layout = find_layout(source.text)
        outline = build_outline(source, layout, own=self.markers)
        metadata = find_metadata(source, layout, outline)
        several = find_several(source, layout, metadata)
        not_annual = find_not_annual(source, layout, metadata)
        body = chrome_set(layout)
        markers = SpanSet((start, start + 1) for start, _, _ in outline.nodes)
        found = tuple(markers.outside(body.outside(scan(source.text, grammar(self.units))[0])))
        flat = tuple(s for section in outline.sections for s in section.walk())
        quantities = from_found(source, found)
        context = Context.of(source, found, quantities, outline.nodes, flat, body, metadata)
        observations, slow = find_observations(context, self.catalogue)
        observations, columns = tell_columns(source, found, quantities, observations, metadata.year)
        observations = as_planned(observations, metadata)
        return Report(
            text,
            metadata,
            outline.parts,
            outline.sections,
            quantities,
            observations,
            (*_source_diagnostics(source), *several, *not_annual, *outline.diagnostics, *columns, *slow),
        )

    def _extended(self, report: Report) -> Report:
        """With what extractors find, and with doubts about figures that do not agree; what raises or exits becomes a diagnostic."""
        observations = list(report.observations)
        doubts: list[Diagnostic] = []
        sections = sum(1 for _ in report.walk()) if self._sources.extractors else 0
        for extractor in self._sources.extractors:
            try:
                observations += found_by(extractor, report, sections)
            except (Exception, SystemExit) as error:
                doubts.append(Diagnostic("extractor.failed", f"{described(extractor)}: {in_words(error)}"))
        if len(observations) > len(report.observations):
            observations.sort(key=lambda o: (o.start, o.end, o.indicator, o.rule))
            report = attrs.evolve(report, observations=tuple(observations))
        doubts.sort(key=lambda doubt: doubt.message)
        doubts += (finding.diagnostic for finding in report.check())
        return attrs.evolve(report, diagnostics=(*report.diagnostics, *doubts)) if doubts else report


def _source_diagnostics(source: SourceText) -> Iterator[Diagnostic]:
    """What cleaning repaired or only saw; and a text without text."""
    if not source.text.strip():
        yield Diagnostic("text.empty", "there is no text (a scanned document?)")
    yield from find_damage(source)


def warm_up(parser: Parser) -> None:
    """Read tables and compile rules now, without a call of any extractor: the first report need not wait for that."""
    parser._found("一、成效\n（一）复议。受理行政复议案件6件。")  # pyright: ignore[reportPrivateUsage]


def rule_texts(parser: Parser) -> tuple[str, ...]:
    """What the rule files of a parser held when it was made."""
    return tuple(text for _, text in parser._sources.rules)  # pyright: ignore[reportPrivateUsage]


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

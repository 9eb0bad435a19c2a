"""`fazhi-parse check`: an exception list for people who audit figures."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import attrs

from .checks import Finding, check_years
from .exports import write_csv
from .extractors import Observation
from .inputs import cannot_write, configured, input_options, parse_inputs, source_options
from .labels import counted, label, message_in
from .relations import Relation, load_relations
from .report import Report
from .spans import sentence_span
from .tables import Result
from .terminal import OK, SOME_FAILED, fail, language_option

__all__ = ["add_check"]

_COLUMNS = (
    "file", "region", "year", "level", "code", "relation", "message", "note", "sentence", "section_path", "spans",
    "other_file",
)  # fmt: skip


@attrs.frozen
class _Exception:
    """One finding with where it is: in one file, or between the file and that of the year before."""

    name: str
    report: Report
    finding: Finding
    other_name: str = ""
    other: Report | None = None


def add_check(command: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    input_options(command)
    command.add_argument("-o", "--output", type=Path, metavar="CSV", help="write the list here")
    command.add_argument(
        "--relations",
        action="append",
        default=[],
        metavar="TOML",
        help="a file with relations of your own (may be repeated)",
    )
    language_option(command)
    source_options(command)
    command.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> int:
    output: Path | None = options.output
    if output is not None and (fault := cannot_write(output, (".csv",))):
        return fail(fault)
    relations = load_relations(options.relations)
    results = list(parse_inputs(options, configured(options)))
    exceptions = list(_exceptions(results, relations))
    lang = options.lang
    for line in _lines(exceptions, lang):
        print(line)
    read = sum(result.report is not None for result in results)
    reports = counted(read, "report", lang)
    for result in results:
        if result.status == "empty":
            print(label("command", "empty", lang).format(result.document))
    print(label("command", "read", lang).format(reports, _summary(exceptions, lang)))
    if output is not None:
        try:
            write_csv(output, _COLUMNS, (_row(each, lang) for each in exceptions))
        except OSError as error:
            return fail(f"cannot write {output}: {error.strerror}")
        print(label("command", "written", lang).format(output))
    return SOME_FAILED if exceptions or read < len(results) else OK


def _exceptions(results: Sequence[Result], relations: Sequence[Relation]) -> Iterator[_Exception]:
    names = {id(result.report): result.document for result in results}
    reports = [result.report for result in results if result.report is not None]
    for report in reports:
        for finding in report.check(relations):
            yield _Exception(names[id(report)], report, finding)
    for earlier, later, finding in check_years(reports, relations):
        yield _Exception(names[id(later)], later, finding, names[id(earlier)], earlier)


def _lines(exceptions: Iterable[_Exception], lang: str) -> Iterator[str]:
    here = ""
    for exception in exceptions:
        if exception.name != here:
            here = exception.name
            meta = exception.report.metadata
            yield f"{here} ({meta.region or '?'}, {meta.year or '?'})"
        finding = exception.finding
        message = message_in(lang, finding.code, finding.message)
        told = label("command", "doubt", lang).format(finding.code, message)
        yield f"  {label('level', finding.level, lang)} {told}"
        if finding.note:
            yield "    " + label("command", "but", lang).format(message_in(lang, "note", finding.note))
        for sentence in _sentences(exception):
            yield f"    {sentence}"
        yield ""


def _summary(exceptions: Sequence[_Exception], lang: str) -> str:
    errors = sum(exception.finding.level == "error" for exception in exceptions)
    if not exceptions:
        return label("command", "agree", lang)
    warnings = counted(len(exceptions) - errors, "warning", lang)
    return label("command", "found", lang).format(counted(errors, "error", lang), warnings)


def _row(exception: _Exception, lang: str) -> dict[str, str]:
    finding, meta = exception.finding, exception.report.metadata
    figures = finding.figures[:1] if exception.other else finding.figures
    return {
        "file": exception.name,
        "region": meta.region or "",
        "year": str(meta.year or ""),
        "level": finding.level,
        "code": finding.code,
        "relation": finding.relation,
        "message": message_in(lang, finding.code, finding.message),
        "note": message_in(lang, "note", finding.note),
        "sentence": " … ".join(_sentences(exception)),
        "section_path": "; ".join(dict.fromkeys(" > ".join(_path(exception.report, o)) for o in figures)),
        "spans": ";".join(f"{o.start}-{o.end}" for o in figures),
        "other_file": exception.other_name,
    }


def _path(report: Report, figure: Observation) -> tuple[str, ...]:
    section = report.section_at(figure.start)
    return section.path if section is not None else ()


def _sentences(exception: _Exception) -> list[str]:
    """The sentences that hold the figures, each figure in 【】; long stretches without figures are cut."""
    figures = exception.finding.figures
    if exception.other is None:
        return list(_marked(exception.report, figures))
    return [*_marked(exception.report, figures[:1]), *_marked(exception.other, figures[1:])]


def _marked(report: Report, figures: Iterable[Observation]) -> Iterator[str]:
    by_sentence: dict[int, list[Observation]] = {}
    for figure in figures:
        by_sentence.setdefault(sentence_span(report.raw, figure.start, figure.end)[0], []).append(figure)
    for start in sorted(by_sentence):
        inside = sorted({(o.start, o.end) for o in by_sentence[start]})
        at, parts = start, list[str]()
        for first, last in inside:
            parts += [_cut(report.raw[at:first]), f"【{report.raw[first:last]}】"]
            at = last
        end = sentence_span(report.raw, *inside[-1])[1]
        parts.append(_cut(report.raw[at:end]))
        yield "".join(parts)


_LONGEST = 44


def _cut(text: str) -> str:
    text = " ".join(text.split())
    half = _LONGEST // 2
    return text if len(text) <= _LONGEST else f"{text[:half]}…{text[-half:]}"

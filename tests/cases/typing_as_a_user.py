"""What a type checker must say of code that uses the library; checked, never run."""

# pyright: strict, reportUnnecessaryTypeIgnoreComment=true

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any, assert_type

import fazhi_parse as fp

report = fp.parse("一、成效\n受理行政复议案件6件。")
assert_type(report, fp.Report)
assert_type(report.metadata.year, int | None)
assert_type(report.metadata.region, str | None)
assert_type(report.sections, tuple[fp.Section, ...])
assert_type(report.walk(), Iterator[fp.Section])
assert_type(report.to_dict(), dict[str, Any])
assert_type(report.to_json(indent=2), str)
assert_type(report.to_records("quantities"), list[dict[str, Any]])
assert_type(report.section_at(3), fp.Section | None)
assert_type(report.chunks(level=1, max_chars=500), tuple[fp.Chunk, ...])
assert_type(fp.Report.from_dict(report.to_dict()), fp.Report)

for observation in report.observations:
    assert_type(observation, fp.Observation)
    assert_type(observation.value, Decimal | Fraction)
    assert_type(observation.value_max, Decimal | Fraction | None)
    assert_type(observation.section, int | None)
    assert_type(observation.sentence, str)
for quantity in fp.find_quantities("近百场"):
    assert_type(quantity, fp.Quantity)
    assert_type((quantity.start, quantity.end), tuple[int, int])
for section in fp.parse_sections("一、成效"):
    assert_type(section.title, str | None)
    assert_type(section.children, tuple[fp.Section, ...])
for doubt in report.diagnostics:
    assert_type(doubt.start, int | None)
    assert_type(doubt.code, str)

assert_type(fp.parse_quantity("百分之六十"), fp.Quantity)
assert_type(fp.clean("１２件").text, str)
assert_type(fp.clean("１２件").to_raw(0, 2), tuple[int, int])
assert_type(fp.read("report.txt"), fp.Report)
assert_type(fp.load_file("report.docx"), fp.Loaded)
assert_type(fp.load(b"report"), str)
assert_type(fp.load_catalogue(), fp.Catalogue)
assert_type(fp.load_catalogue().indicators["legal_aid.cases"].unit, str)

parser = fp.Parser(rules=["own.toml"], disable=["legal_aid.cases"])
assert_type(parser.parse("一、成效"), fp.Report)
for result in fp.parse_many([("a", "一、成效"), ("b", "二、问题")], workers=2):
    assert_type(result, fp.Result)
    assert_type(result.report, fp.Report | None)


@fp.extractor("mediation.tea_houses")
def tea_houses(report: fp.Report) -> Iterable[fp.Observation]:
    """An extractor of one's own."""
    for quantity in report.quantities:
        yield report.observe("mediation.tea_houses", quantity.start, quantity.end, quantity.value)


fp.Parser(extractors=[tea_houses])

fp.parse(None)  # type: ignore[arg-type]
fp.parse_everything("一、成效")  # type: ignore[attr-defined]
report.metadata.year = 2023  # type: ignore[misc]
report.observe("x", 0, 1, 1.5)  # type: ignore[arg-type]

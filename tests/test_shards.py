"""Documents' rows in files: what is read back is what was written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fazhi_parse as fp
from fazhi_parse.shards import arrow_schema, read_documents, write_documents
from fazhi_parse.tables import columns, document_row

TEXT = "云岫县2023年法治政府建设情况报告\n一、主要成效\n受理行政复议案件6件。未发生败诉案件。\n三、其他\n甲乙丙。"
HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+1",
    "@SUM(A1)",
    "\t甲",
    "a\x00b",
    "字" * 40_000,
    "😀𠮷",
    "\ud800",
    'a,"b"\r\nc\x85d\u2028',
]
ENDINGS = pytest.mark.parametrize("ending", [".jsonl", ".parquet"])


def rows(texts: dict[str, Any]) -> list[dict[str, Any]]:
    """Documents' rows of texts."""
    return [document_row(result, fp.load_catalogue()) for result in fp.parse_many(texts)]


@ENDINGS
def test_what_is_read_is_what_was_written(tmp_path: Path, ending: str) -> None:
    """Values to the last digit, missing cells, unreadable inputs, order of the columns; the same bytes each time."""
    path = tmp_path / f"rows{ending}"
    given = rows({"a": TEXT, "b": "", "c": None, **{text: TEXT + text for text in HOSTILE}})
    given[0]["observations"][0]["value"] = "12345678901234567890.000000000000000000001"
    given[0]["observations"][1]["value"] = "2/3"
    assert write_documents(path, iter(given)) == len(given)
    first = path.read_bytes()
    again = list(read_documents(path))
    assert again == given
    assert list(again[0]) == list(given[0])
    assert [list(row) for row in again[0]["observations"]] == [list(row) for row in given[0]["observations"]]
    assert write_documents(path, given) == len(given)
    assert path.read_bytes() == first
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


@ENDINGS
def test_no_documents_are_a_file_too(tmp_path: Path, ending: str) -> None:
    """An empty shard is read as no rows."""
    path = tmp_path / f"rows{ending}"
    assert write_documents(path, []) == 0
    assert list(read_documents(path)) == []


@ENDINGS
def test_a_failure_leaves_what_stood_there(tmp_path: Path, ending: str) -> None:
    """Documents that end in an error leave no half file, and no file beside it."""

    def failing() -> Any:
        yield from rows({"a": TEXT})
        raise RuntimeError("the source broke")

    path = tmp_path / f"rows{ending}"
    write_documents(path, rows({"b": TEXT}))
    before = path.read_bytes()
    with pytest.raises(RuntimeError):
        write_documents(path, failing())
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


@ENDINGS
def test_other_files_are_refused_by_name(tmp_path: Path, ending: str) -> None:
    """What holds no documents' rows is told, with the line where there are lines."""
    path = tmp_path / f"rows{ending}"
    path.write_bytes(b'{"indicator": "litigation.lost", "value": "3"}\n')
    with pytest.raises(fp.FazhiError, match=path.name):
        list(read_documents(path))
    path.write_bytes(b"PAR1 and then nothing")
    with pytest.raises(fp.FazhiError, match=path.name):
        list(read_documents(path))
    with pytest.raises(ValueError, match="the ending must be"):
        write_documents(tmp_path / "rows.csv", [])


def test_the_schema_has_the_columns_of_the_tables() -> None:
    """A column of tables.toml is a field of the schema, in order."""
    schema = arrow_schema()
    for table in ("observation", "problem"):
        inside = schema.field(f"{table}s").type.value_type
        assert [inside.field(i).name for i in range(inside.num_fields)] == [c.name for c in columns(table)]
    assert schema.names[:-2] == [c.name for c in columns("document")]


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
CELLS = {
    "text": TEXTS,
    "number": st.decimals(allow_nan=False, allow_infinity=False).map(str),
    "flag": st.booleans(),
}
CELLS["integer"] = st.integers(-(2**63), 2**63 - 1)


def _row(table: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({c.name: st.none() | CELLS[c.type] for c in columns(table)})


DOCUMENT = st.builds(
    lambda document, observations, problems: document | {"observations": observations, "problems": problems},
    _row("document"),
    st.lists(_row("observation"), max_size=3),
    st.lists(_row("problem"), max_size=3),
)


@ENDINGS
@given(documents=st.lists(DOCUMENT, max_size=4))
def test_any_rows_come_back(tmp_path_factory: pytest.TempPathFactory, ending: str, documents: Any) -> None:
    """Whatever text, number or gap a cell holds."""
    path = tmp_path_factory.mktemp("shard") / f"rows{ending}"
    write_documents(path, documents)
    assert list(read_documents(path)) == documents


def test_json_lines_are_one_object_a_document(tmp_path: Path) -> None:
    """Any program reads them, also where a line end of another kind stands inside a text."""
    path = tmp_path / "rows.jsonl"
    write_documents(path, rows(dict.fromkeys(HOSTILE, TEXT)))
    lines = path.read_bytes().split(b"\n")
    assert lines.pop() == b""
    assert [json.loads(line)["values"] for line in lines] == [2] * len(HOSTILE)

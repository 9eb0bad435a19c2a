"""The same results on the plain loop, on processes, in Arrow batches, on Ray and on Spark; and nothing is ever missing."""

from __future__ import annotations

import os
import pickle
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

import fazhi_parse as fp
from conftest import REPORTS
from faults import die_or_hang
from fazhi_parse.engines.arrow import ArrowParser, flat_table, versions
from fazhi_parse.tables import columns, document_row, flat_rows

pyarrow = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
parquet = pytest.importorskip("pyarrow.parquet", reason="the extra parquet is not installed")

GOOD = (
    "{}县{}年法治政府建设情况报告\n一、主要成效\n(一)复议。受理行政复议案件{}件，审结{}件。未发生败诉案件。\n"
)
Row = dict[str, Any]


def documents() -> dict[str, str | None]:
    """Reports, good and damaged, and what is none."""
    texts: dict[str, str | None] = {
        f"云岫/{n}": GOOD.format("云岫沣阳明澄"[n % 6], 2015 + n % 9, n * 13 + 5, n * 7) for n in range(24)
    }
    texts |= {path.stem: path.read_text("utf-8") for path in REPORTS[:3]}
    long = GOOD.format("松岭", 2023, 9, 8)
    bad = {
        "null": None,
        "empty": "",
        "blank": " \n\u3000",
        "nul": "\0" * 50,
        "broken": "一、\ufffd\ufffd受理6件\x07",
    }
    odd = {
        "page": f"<html><p>{long}</p></html>",
        "line": long.replace("\n", "") * 40,
        "cut": long[:31],
        "emoji": "😀3件",
    }
    return texts | bad | odd


TEXTS = documents()


def plain_rows(texts: dict[str, str | None], **options: Any) -> list[Row]:
    """What parse_many gives, as rows."""
    return [document_row(result, fp.load_catalogue()) for result in fp.parse_many(texts, **options)]


@pytest.fixture(scope="module")
def golden() -> list[Row]:
    """What each engine is to give."""
    return plain_rows(TEXTS)


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Rows in the order of the inputs."""
    place = {identity: n for n, identity in enumerate(TEXTS)}
    return sorted(rows, key=lambda row: place[row["document"]])


def as_table(texts: dict[str, str | None], id: str = "document", text: str = "text") -> Any:
    """An Arrow table of ids and texts."""
    return pyarrow.table({id: list(texts), text: pyarrow.array(texts.values(), pyarrow.string())})


# -- Arrow -------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 5, 1000])
def test_batches_of_any_size_give_what_the_plain_loop_gives(size: int, golden: list[Row]) -> None:
    """One row an input row, in order, with the columns of the schema."""
    work = ArrowParser()
    done = [work(batch) for batch in as_table(TEXTS).to_batches(size)]
    assert [row for batch in done for row in batch.to_pylist()] == golden
    assert all(batch.schema.equals(work.output_schema, check_metadata=True) for batch in done)
    assert {row["status"] for row in golden} == {"ok", "empty", "error"}


def test_processes_give_what_the_plain_loop_gives(golden: list[Row]) -> None:
    """A pool of two."""
    assert plain_rows(TEXTS, workers=2) == golden


def test_a_stream_and_a_table_give_what_batches_give(golden: list[Row]) -> None:
    """However the rows come; none at all gives none."""
    work, table = ArrowParser(), as_table(TEXTS)
    assert [row for batch in work.map(table.to_batches(7)) for row in batch.to_pylist()] == golden
    assert work(table).to_pylist() == golden
    assert work(table.slice(0, 0)).num_rows == 0 and list(work.map([])) == []


def test_it_is_pickled_with_its_rules(tmp_path: Path) -> None:
    """A copy gives the same, also in a process where its rule files are gone; a process with another version says so."""
    rules = tmp_path / "own.toml"
    own = '[[indicator]]\nid = "tea.houses"\nname = { zh = "茶馆调解点" }\nunit = "个"\nraw_units = ["个"]\n'
    rules.write_text(own + "rules = [{ left = '茶馆调解点$' }]\n", "utf-8")
    batch = as_table({"a": "一、成效\n建成茶馆调解点12个。"})
    work = ArrowParser(fp.Parser(rules=[rules]))
    copy = pickle.loads(pickle.dumps(work))
    assert copy == work and copy(batch).equals(work(batch))
    assert copy.parser.catalogue is work.parser.catalogue  # compiled once a process
    assert [value["value"] for value in copy(batch).to_pylist()[0]["observations"]] == ["12"]
    rules.unlink()
    there = "import pickle, sys; work, batch = pickle.load(sys.stdin.buffer); print(work(batch).to_pylist())"
    done = subprocess.run(
        [sys.executable, "-c", there], input=pickle.dumps((work, batch)), capture_output=True
    )
    assert b"tea.houses" in done.stdout
    object.__setattr__(work, "_version", "0.0.1")
    with pytest.raises(fp.FazhiError, match=r"made with 0\.0\.1"):
        work(batch)


@pytest.mark.parametrize(
    ("ids", "texts", "error"),
    [
        (["a"], pyarrow.array([None], pyarrow.string()), "not a text but NoneType"),
        (["a"], pyarrow.array([3.5]), "not a text but float"),
        (["a"], pyarrow.array([b"\xb7\xa8"]), "not a text but bytes"),
        (["a"], pyarrow.array([b"\xff\xfe"]).cast(pyarrow.string(), safe=False).view(pyarrow.string()), "utf-8"),
        ([None], ["一、成效"], "the row has no id"),
        ([""], ["一、成效"], "the row has no id"),
        (pyarrow.nulls(1), pyarrow.nulls(1), "the row has no id"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_read_costs_itself(ids: Any, texts: Any, error: str) -> None:
    """It has the status error, a reason, and one problem."""
    (row,) = ArrowParser()(pyarrow.table({"document": ids, "text": texts})).to_pylist()
    assert (row["status"], row["document"] or None) == ("error", ids[0] if ids == ["a"] else None)
    assert error in row["error"] and [problem["code"] for problem in row["problems"]] == ["input.error"]


def test_text_may_come_as_any_kind_of_string(golden: list[Row]) -> None:
    """Large strings, dictionaries; ids as numbers."""
    table = as_table(TEXTS)
    for kind in (pyarrow.large_string(), pyarrow.dictionary(pyarrow.int32(), pyarrow.string())):
        assert ArrowParser()(table.set_column(1, "text", table["text"].cast(kind))).to_pylist() == golden
    numbered = ArrowParser(id="n")(table.append_column("n", pyarrow.array(range(len(TEXTS)))))
    assert numbered.column("document").to_pylist() == [str(n) for n in range(len(TEXTS))]


def test_files_come_as_paths_or_as_their_bytes(tmp_path: Path) -> None:
    """Both give what parse_many gives for the files, whatever is wrong with them."""
    files = {
        "a.txt": "一、成效\n受理行政复议案件6件。".encode("gbk"),
        "b.html": "<p>一、成效</p>".encode(),
        "c.pdf": b"%PDF-1.4 no",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    names = [str(tmp_path / name) for name in [*files, "none.docx"]]
    contents = [*files.values(), None]
    table = pyarrow.table({"path": names, "content": pyarrow.array(contents, pyarrow.binary())})
    expected = [document_row(result, fp.load_catalogue()) for result in fp.parse_many(names)]
    by_path = ArrowParser(id="path", text="path", holds="path")(table).to_pylist()
    by_bytes = ArrowParser(id="path", text="content", holds="bytes")(table).to_pylist()
    assert [row["status"] for row in by_path] == ["ok", "ok", "error", "error"]
    assert [(row["sha256"], row["values"]) for row in by_path] == [
        (row["sha256"], row["values"]) for row in expected
    ]
    assert by_bytes[:3] == by_path[:3] and by_bytes[3]["error"] == "not bytes but NoneType"


def year_beyond_time(report: fp.Report) -> Iterator[fp.Observation]:
    """An extractor that puts into a record what no column of numbers holds."""
    if report.quantities:
        q = report.quantities[0]
        yield attrs.evolve(report.observe("own.id", q.start, q.end, 1), year=10**30)


def test_a_record_that_no_column_can_hold_costs_its_document_only() -> None:
    """The others of the batch are there."""
    work = ArrowParser(fp.Parser(extractors=[year_beyond_time]))
    first, second = work(as_table({"a": "一、成效", "b": "一、成效\n受理行政复议案件6件。"})).to_pylist()
    assert (first["status"], second["status"], second["sha256"] != "") == ("ok", "error", True)
    assert second["error"].startswith("no row of a table: ")


def test_wrong_use_is_told_at_once() -> None:
    """A column that is not there, with those that are; a kind that there is not: no fault of a row."""
    with pytest.raises(fp.FazhiError, match="no columns 'body'; there are document, text"):
        ArrowParser(text="body")(as_table(TEXTS))
    with pytest.raises(ValueError, match="holds"):
        ArrowParser(holds="pdf")  # type: ignore[arg-type]


def test_with_a_limit_of_time_a_document_that_kills_or_hangs_costs_itself() -> None:
    """It is found and marked, without help of an engine."""
    texts = {"a": GOOD.format("甲", 2023, 3, 2), "b": "进程终止", "c": "永不返回", "d": ""}
    work = ArrowParser(fp.Parser(extractors=[die_or_hang]), timeout=3)
    assert [row["status"] for row in work(as_table(texts)).to_pylist()] == ["ok", "error", "timeout", "empty"]


def test_flat_tables_hold_the_rows_that_files_hold(golden: list[Row]) -> None:
    """Made in Arrow, they are equal to those made in Python."""
    results = ArrowParser()(as_table(TEXTS))
    for table in ("document", "observation", "problem"):
        flat = flat_table(results, table)
        assert flat.to_pylist() == [row for document in golden for row in flat_rows(document, table)]
        assert flat.schema.names == [column.name for column in columns(table)]
        assert flat_table(results.slice(0, 0), table).schema.equals(flat.schema)
        assert flat_table(results.to_batches()[0], table).equals(flat)


def test_a_table_says_what_made_it(tmp_path: Path) -> None:
    """Version of the columns, of the library, hash of rules and settings: also from a Parquet file."""
    parquet.write_table(ArrowParser()(as_table({"a": ""})), tmp_path / "a.parquet")
    known = versions(parquet.read_schema(tmp_path / "a.parquet"))
    assert (known["schema"], known["version"]) == ("1", fp.__version__)
    assert known["rules"] == ArrowParser().rules != ArrowParser(fp.Parser(skip=["wraps"])).rules
    assert versions(pyarrow.schema([])) == {}


# -- Ray ---------------------------------------------------------------------------------------

of_ray = pytest.mark.filterwarnings(r"ignore:`use_\w+` is deprecated:DeprecationWarning:ray\.data\.context")
"""Ray's own, about settings of its own."""


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    """A small Ray on this machine, which calls nobody and writes nothing into the home folder."""
    ray = pytest.importorskip("ray", reason="the extra ray is not installed")
    pytest.importorskip("ray.data", reason="the extra ray is not installed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parent))  # for the extractors of faults.py
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.setenv("RAY_AUTH_TOKEN", secrets.token_hex(32))  # else Ray writes one into the home folder
        ray.init(
            address="local", num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="CRITICAL",
            object_store_memory=100 * 2**20,
        )  # fmt: skip
        ray.data.DataContext.get_current().enable_progress_bars = False
        yield ray
        ray.shutdown()


@pytest.mark.engines
@of_ray
@pytest.mark.parametrize("timeout", [None, 60.0])
def test_ray_gives_what_the_plain_loop_gives(ray: Any, golden: list[Row], timeout: float | None) -> None:
    """Rows and schema, from several blocks, in Ray's own process or in one beside it."""
    from fazhi_parse.engines.ray import missing_documents, parse_dataset

    dataset = ray.data.from_arrow(as_table(TEXTS, "name", "body")).repartition(3)
    results = parse_dataset(dataset, id="name", text="body", timeout=timeout).materialize()
    assert in_order(results.take_all()) == golden
    assert results.schema().base_schema.equals(ArrowParser().output_schema)
    assert missing_documents(dataset, results, id="name").count() == 0


@pytest.mark.engines
@of_ray
def test_ray_loses_no_document_when_workers_die(ray: Any, tmp_path: Path) -> None:
    """The document at fault is marked; what a half-written job lacks is missing, and only that is parsed."""
    from fazhi_parse.engines.ray import missing_documents, parse_dataset, parse_missing

    broken = {"3": "进程终止", "4": "永不返回"}
    texts = {f"{n}": broken.get(f"{n}", GOOD.format("甲", 2023, n, n)) for n in range(8)}
    parser = fp.Parser(extractors=[die_or_hang])
    dataset, out = ray.data.from_arrow(as_table(texts)).repartition(2), str(tmp_path)
    parse_dataset(dataset.limit(2), parser).write_parquet(out)
    results = ray.data.read_parquet(out)
    assert sorted(row["document"] for row in missing_documents(dataset, results).take_all()) == list("234567")
    parse_missing(dataset, results, parser, timeout=3).write_parquet(out)
    results = ray.data.read_parquet(out)
    assert {versions(parquet.read_schema(path))["schema"] for path in tmp_path.glob("*.parquet")} == {"1"}
    assert {row["document"]: row["status"] for row in results.take_all()} == {
        n: {"3": "error", "4": "timeout"}.get(n, "ok") for n in texts
    }
    assert missing_documents(dataset, results).count() == 0


@pytest.mark.engines
@of_ray
def test_the_examples_for_ray_run(ray: Any, tmp_path: Path) -> None:
    """Those of docs/cluster.md, one after the other."""
    run_examples("Ray", tmp_path)


# -- Spark -------------------------------------------------------------------------------------

of_spark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
"""It asks for pandas, which the functions used here do without."""


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A small Spark on this machine."""
    sql = pytest.importorskip("pyspark.sql", reason="the extra spark is not installed")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("there is no Java, which Spark runs on")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parent))
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        builder = sql.SparkSession.builder.master("local[2]")
        settings = {
            "spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.driver.memory": "512m",
            "spark.sql.shuffle.partitions": "2", "spark.sql.warehouse.dir": str(tmp_path_factory.mktemp("spark")),
        }  # fmt: skip
        for key, value in settings.items():
            builder = builder.config(key, value)
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("OFF")
        yield session
        session.stop()


@pytest.mark.engines
@of_spark
@pytest.mark.parametrize("timeout", [None, 60.0])
def test_spark_gives_what_the_plain_loop_gives(spark: Any, golden: list[Row], timeout: float | None) -> None:
    """Rows, types and the versions, in Spark's own process or in one beside it."""
    from fazhi_parse.engines.spark import missing_documents, parse_frame

    frame = spark.createDataFrame(list(TEXTS.items()), "name string, body string").repartition(2)
    results = parse_frame(frame, id="name", text="body", timeout=timeout)
    assert in_order(row.asDict(recursive=True) for row in results.collect()) == golden
    assert missing_documents(frame, results, id="name").count() == 0


@pytest.mark.engines
@of_spark
def test_spark_loses_no_document_when_workers_die(spark: Any, tmp_path: Path) -> None:
    """The document at fault is marked; what a half-written job lacks is missing, and only that is parsed."""
    from fazhi_parse.engines.spark import missing_documents, parse_frame, parse_missing

    broken = {3: "进程终止", 4: "永不返回"}
    texts = {n: broken.get(n, GOOD.format("甲", 2023, n, n)) for n in range(8)}
    parser = fp.Parser(extractors=[die_or_hang])
    frame = spark.createDataFrame(list(texts.items()), "document long, text string").repartition(2)
    out = str(tmp_path / "out")
    parse_frame(frame.where("document < 2"), parser).write.parquet(out)
    results = spark.read.parquet(out)
    assert sorted(row.document for row in missing_documents(frame, results).collect()) == [2, 3, 4, 5, 6, 7]
    parse_missing(frame, results, parser, timeout=3).write.mode("append").parquet(out)
    results = spark.read.parquet(out)
    assert results.schema["document"].metadata["fazhi_parse.version"] == fp.__version__
    status = {int(row.document): row.status for row in results.collect()}
    assert status == {n: {3: "error", 4: "timeout"}.get(n, "ok") for n in texts}
    assert missing_documents(frame, results).count() == 0


@pytest.mark.engines
@of_spark
def test_spark_is_told_of_wrong_columns_at_once(spark: Any) -> None:
    """A column that is not there; ids that are written in more than one way."""
    from fazhi_parse.engines.spark import parse_frame

    frame = spark.createDataFrame([(1.0, "一、成效")], "document double, text string")
    with pytest.raises(fp.FazhiError, match="holds double"):
        parse_frame(frame)
    with pytest.raises(fp.FazhiError, match="no column 'name'; there are document, text"):
        parse_frame(frame, id="name")


@pytest.mark.engines
@of_spark
def test_the_examples_for_spark_run(spark: Any, tmp_path: Path) -> None:
    """Those of docs/cluster.md, one after the other."""
    run_examples("Spark", tmp_path)


def run_examples(engine: str, folder: Path) -> None:
    """Run the examples under a heading of docs/cluster.md in a folder with reports; what they assert must hold."""
    parquet.write_table(as_table(TEXTS), folder / "reports.parquet")
    (folder / "files").mkdir()
    for n in range(3):
        (folder / "files" / f"{n}.txt").write_text(GOOD.format("甲", 2023, n, n), "utf-8")
    text = (Path(__file__).parents[1] / "docs" / "cluster.md").read_text("utf-8")
    section = text.partition(f"\n## {engine}\n")[2].partition("\n## ")[0]
    section = section.replace("s3://bucket", str(folder))
    known: dict[str, Any] = {}
    for block in re.findall(r"```python\n(.*?)```", section, re.DOTALL):
        exec(compile(block, f"docs/cluster.md ({engine})", "exec"), known)
    assert known, f"no examples under {engine}"

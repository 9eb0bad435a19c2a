"""A long run in a folder: shards that are complete or not there, so that a run that was killed can go on."""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Generator, Iterable, Iterator, Mapping
from functools import partial
from hashlib import sha256
from html import escape
from os import PathLike
from pathlib import Path
from typing import Any, Literal

import attrs

from .corpus import each_document, in_chunks, read_row
from .documents import Document, Inputs, digest, prepared
from .errors import FazhiError
from .files import replacing
from .fingerprint import fingerprint
from .html_parts import styled, table
from .progress import Progress
from .report import Parser
from .shards import SHARD_SUFFIXES, read_documents, write_documents
from .tables import document_row

__all__ = ["Run", "open_run", "parse_into", "stored_documents"]

_MANIFEST, _SHARDS = "manifest.json", "shards"
_SCHEMA = 1


@attrs.frozen(repr=False)
class Run:
    """A folder with what became of many inputs; iterating gives a row an input, in the order of the inputs.

    Each row has the columns of the document table, and `observations` and `problems` with the rows of those tables.
    """

    folder: Path
    """Where it stands."""
    complete: bool
    """Whether all inputs are done."""
    shards: tuple[str, ...]
    """Names of its files, in order."""
    counts: Mapping[str, int]
    """How many inputs there are of each status."""
    fingerprint: str
    """Hash of the rules, settings and versions that it was made with."""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        if not self.complete:
            raise FazhiError(f"the run in {self.folder} was stopped before its end: resume it")
        for name in self.shards:
            yield from read_documents(self.folder / _SHARDS / name)

    def __len__(self) -> int:
        return sum(self.counts.values())

    def _repr_html_(self) -> str:
        cells = ((escape(status), str(count)) for status, count in self.counts.items())
        return styled(f"<p>{escape(repr(self)[1:-1])}</p>{table(('status', 'inputs'), cells)}")

    def __repr__(self) -> str:
        counts = ", ".join(f"{status} {count}" for status, count in self.counts.items()) or "empty"
        return f"<Run {str(self.folder)!r}: {counts}{'' if self.complete else '; not complete'}>"


def open_run(folder: str | PathLike[str]) -> Run:
    """A run that was written with `parse_into` or `fazhi-parse parse -o FOLDER`.

    Raises:
        FazhiError: The folder holds no run, or one of another version of its form.
    """
    path = Path(folder)
    try:
        manifest = json.loads((path / _MANIFEST).read_text("utf-8"))
        if manifest["schema"] != _SCHEMA:
            raise FazhiError(
                f"{path} holds a run of schema {manifest['schema']}; this version reads {_SCHEMA}"
            )
        return Run(
            path, manifest["complete"], tuple(manifest["shards"]), manifest["counts"], manifest["fingerprint"]
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FazhiError(f"{path} holds no run: its {_MANIFEST} is missing or damaged") from error


def stored_documents(path: Path) -> Iterator[dict[str, Any]] | None:
    """Rows that stand in a run's folder or in a file of rows; None for what holds reports that are still to be read.

    Args:
        path: A folder or a file.

    Raises:
        FazhiError: It is a run that was stopped before its end, or damaged; or a table that was made out of rows.
    """
    if (path / _MANIFEST).exists():
        return iter(open_run(path))
    if path.suffix.lower() in _MADE_OF_ROWS:
        raise FazhiError(f"{path}: {_NO_ROWS}")
    return _rows_of(path) if path.suffix.lower() in SHARD_SUFFIXES else None


_MADE_OF_ROWS = (".csv", ".xlsx", ".dta")
_NO_ROWS = "a table that was written for people holds not all that is needed here: give the reports, or a run"


def _rows_of(path: Path) -> Iterator[dict[str, Any]]:
    try:
        yield from read_documents(path)
    except FazhiError as error:
        raise FazhiError(f"{error}; {_NO_ROWS}") from error


def parse_into(
    folder: str | PathLike[str],
    inputs: Inputs,
    *,
    parser: Parser | None = None,
    workers: int | None = 1,
    timeout: float | None = None,
    encoding: str | None = None,
    resume: bool = False,
    retry: bool = False,
    format: Literal["jsonl", "parquet"] = "jsonl",
    shard_size: int = 64,
    progress: bool = False,
) -> Run:
    """Parse many documents into a folder; what is killed on the way can go on where it was.

    The inputs are cut into shards of `shard_size`, each a file that appears when it is
    complete, under a name that is the hash of its inputs, the rules, the settings and the
    versions. A run that goes on keeps the files that it would write again, and gives the
    same output as one that was never stopped; at most one shard a worker is done again.

    Args:
        folder: Is made; or holds a run that goes on.
        inputs: See `parse_many`; ids must differ.
        parser: A configured parser; by default the built-in rules.
        workers: Processes; None for one a core.
        timeout: Seconds that a document may take.
        encoding: Encoding of the files of text, where it is known.
        resume: Whether a run that stands in the folder goes on.
        retry: Whether shards with inputs that failed are done again.
        format: jsonl, or parquet (extra `parquet`).
        shard_size: Inputs a shard.
        progress: Whether a bar tells how far it is.

    Raises:
        FazhiError: The folder holds something else, or a run and `resume` is not asked for; two inputs have one id.
        LookupError: `encoding` is unknown.
        ValueError: `format` or `shard_size` are none.
    """
    if f".{format}" not in SHARD_SUFFIXES:
        raise ValueError(f"format is jsonl or parquet, not {format!r}")
    if shard_size < 1:
        raise ValueError(f"shard_size is 1 or more, not {shard_size}")
    parser = parser or Parser()
    documents, total = prepared(inputs, encoding, count=progress)
    bar = Progress(total, shown=progress)
    writer = _Writer(Path(folder), fingerprint(parser), format, bar, retry=retry)
    writer.begin(resume=resume)
    left = writer.left(_different(documents), shard_size)
    of_lost = partial(document_row, catalogue=parser.catalogue)
    with bar:
        for row in each_document(read_row, of_lost, left, parser, workers, timeout):
            writer.add(row)
    return writer.finish()


def _different(documents: Iterable[Document]) -> Iterator[Document]:
    seen: set[str] = set()
    for document in documents:
        if document.document in seen:
            raise FazhiError(
                f"two inputs have the id {document.document!r}: nobody could tell their rows apart"
            )
        seen.add(document.document)
        yield document


class _Writer:
    """What is written of a run: shards as they become complete, then the manifest that lists them."""

    def __init__(self, folder: Path, fingerprint: str, format: str, bar: Progress, *, retry: bool) -> None:
        self._folder = folder
        self._fingerprint = fingerprint
        self._format = format
        self._bar = bar
        self._retry = retry
        self._order: list[str] = []
        self._counts = Counter[str]()
        self._waiting: deque[tuple[str, int]] = deque()
        self._rows: list[dict[str, Any]] = []

    def begin(self, *, resume: bool) -> None:
        """Make the folder, or look whether what stands there is a run that may go on."""
        self._folder.mkdir(parents=True, exist_ok=True)
        # a run that was killed while it wrote its first manifest has nothing that could be lost
        if {path.name for path in self._folder.iterdir()} - {f"{_MANIFEST}.part"}:
            open_run(self._folder)
            if not resume:
                raise FazhiError(f"{self._folder} holds a run: resume it (--resume), or name another folder")
        self._write_manifest(complete=False)
        (self._folder / _SHARDS).mkdir(exist_ok=True)

    def left(self, documents: Iterable[Document], shard_size: int) -> Generator[Document, None, None]:
        """The documents of shards that are not there yet; those that are there are counted."""
        for shard in in_chunks(documents, shard_size):
            name = self._name(shard)
            self._order.append(name)
            if not self._is_done(name, len(shard)):
                self._waiting.append((name, len(shard)))
                yield from shard

    def _name(self, shard: Iterable[Document]) -> str:
        inputs = [
            (document.document, digest(document), document.fault, document.encoding) for document in shard
        ]
        known = json.dumps([_SCHEMA, self._fingerprint, inputs], ensure_ascii=False)
        return f"{sha256(known.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.{self._format}"

    def _is_done(self, name: str, size: int) -> bool:
        """Whether a shard is there, and whole: a machine that lost power may leave less than was written."""
        path = self._folder / _SHARDS / name
        try:
            counts = (
                Counter(row["status"] for row in read_documents(path)) if path.exists() else Counter[str]()
            )
        except FazhiError:
            return False
        if counts.total() != size or (self._retry and counts.keys() - {"ok", "empty"}):
            return False
        self._counts += counts
        self._bar.add(counts.total())
        return True

    def add(self, row: dict[str, Any]) -> None:
        """Take the next row; a shard that is complete with it is written."""
        self._rows.append(row)
        self._counts[row["status"]] += 1
        self._bar.add(failed=row["values"] is None)
        name, size = self._waiting[0]
        if len(self._rows) == size:
            write_documents(self._folder / _SHARDS / name, self._rows)
            self._waiting.popleft()
            self._rows = []

    def finish(self) -> Run:
        """Write the manifest; shards of other inputs or rules go."""
        kept = set(self._order)
        for path in (self._folder / _SHARDS).iterdir():
            if path.name not in kept:
                path.unlink()
        self._write_manifest(complete=True)
        return open_run(self._folder)

    def _write_manifest(self, *, complete: bool) -> None:
        manifest = {
            "schema": _SCHEMA,
            "complete": complete,
            "fingerprint": self._fingerprint,
            "counts": dict(sorted(self._counts.items())),
            "shards": self._order,
        }
        with replacing(self._folder / _MANIFEST) as path:
            path.write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")

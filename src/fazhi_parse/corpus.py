"""Many documents: one result each, in order, whatever becomes of any of them."""

from __future__ import annotations

import glob
import hashlib
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

import attrs

from .errors import FazhiError
from .loaders import SUFFIXES, load
from .pool import Lost, Workers
from .progress import progress_bar
from .report import Parser
from .tables import Result, Status

__all__ = [
    "IN_FOLDERS",
    "Document",
    "Inputs",
    "alone",
    "find_documents",
    "in_chunks",
    "parse_documents",
    "parse_many",
    "read_result",
]

CHUNK = 16
"""Documents that a worker is given at a time: passing them costs little beside parsing them."""
IN_FOLDERS = tuple(suffix for suffix in SUFFIXES if suffix != ".md")
"""Endings of the files of a folder that are taken for reports."""

Item = TypeVar("Item")
Inputs = Iterable[Any] | str | PathLike[str]
"""Paths, patterns or folders; pairs of an id and a text; a mapping or a column of a data frame."""


@attrs.frozen
class Document:
    """An input before it is read: a file, or a text that was given with its id."""

    document: str
    """Its id."""
    path: str | None = None
    """Path of the file; None for a text."""
    text: Any = None
    """What was given as its text."""
    fault: str = ""
    """Why it cannot be read, where that is known without opening it."""


def parse_many(
    inputs: Inputs,
    *,
    parser: Parser | None = None,
    workers: int | None = 1,
    timeout: float | None = None,
    on_error: Literal["record", "raise"] = "record",
    progress: bool = False,
) -> Iterator[Result]:
    """Parse many documents: one result each, in the order given; what cannot be read costs nobody else's result.

    Only a few documents are held at a time, so that the memory does not grow with their number.

    Args:
        inputs: Paths of files, folders (with all reports in them) or patterns such as
            `reports/**/*.html`; or pairs of an id and a text, a mapping of ids to texts, a
            column of a data frame (its index gives the ids).
        parser: A configured parser; by default the built-in rules.
        workers: Processes to work in; None for one a core. The results are the same for any number. With more than
            one, a document at which a process dies has the status error, and the others go on (extra `batch`).
            In a script the call must stand under `if __name__ == "__main__":`.
        timeout: Seconds that a document may take before it is given up with the status timeout (extra `batch`).
        on_error: record gives a result with the status error, no_text or timeout; raise stops at the first.
        progress: Whether a bar on standard error tells rate, time left and errors (extra `batch`).

    Raises:
        FazhiError: Where `on_error` is raise: an input could not be read.
        MissingExtra: pebble or tqdm is not installed, and workers, timeout or progress need it.
        ValueError: `workers`, `timeout` or `on_error` are none.

    >>> texts = {"a": "云岫县2023年法治政府建设情况报告\\n一、成效\\n受理行政复议案件6件。", "b": "", "c": None}
    >>> for result in parse_many(texts):
    ...     print(result.document, result.status, result.error, result.report and len(result.report.observations))
    a ok  1
    b empty  0
    c error not a text but NoneType None
    """
    if on_error not in ("record", "raise"):
        raise ValueError(f"on_error is record or raise, not {on_error!r}")
    if workers is not None and workers < 1:
        raise ValueError(f"workers is 1 or more, not {workers}")
    if timeout is not None and timeout <= 0:
        raise ValueError(f"timeout is more than 0 seconds, not {timeout}")
    documents = find_documents(inputs)
    results: Iterator[Result] = parse_documents(
        documents, parser or Parser(), workers=workers, timeout=timeout
    )
    if progress:
        results = progress_bar(results, total=_known(inputs), failed=lambda result: result.report is None)
    return _raising(results) if on_error == "raise" else results


def _known(inputs: Inputs) -> int | None:
    """How many documents there are, where that is known before they are looked for."""
    paths = isinstance(inputs, (str, PathLike)) or any(isinstance(i, (str, PathLike)) for i in _first(inputs))
    return None if paths or not hasattr(inputs, "__len__") else len(cast(Sequence[Any], inputs))


def _first(inputs: Iterable[Any]) -> Sequence[Any]:
    return inputs[:1] if isinstance(inputs, (list, tuple)) else ()


def _raising(results: Iterable[Result]) -> Iterator[Result]:
    for result in results:
        if result.report is None:
            raise FazhiError(f"{result.document}: {result.error}")
        yield result


# -- what there is to read ---------------------------------------------------------------------


def find_documents(inputs: Inputs, skipped: Counter[str] | None = None) -> Iterator[Document]:
    """The documents that inputs name, in a stable order; a file that is named twice comes once.

    Args:
        inputs: See `parse_many`.
        skipped: Counts the endings of files in folders that are no reports.
    """
    if isinstance(inputs, (str, PathLike)):
        inputs = [inputs]
    elif hasattr(inputs, "columns"):
        raise TypeError('a whole table: give one column with its ids, table.set_index("id")["text"]')
    elif hasattr(inputs, "items"):  # a mapping, or a column of a data frame
        inputs = cast(Mapping[Any, Any], inputs).items()
    seen: set[str] = set()
    for item in inputs:
        if isinstance(item, (str, PathLike)):
            for document in _in_path(fspath(cast("str | PathLike[str]", item)), skipped):
                if document.document not in seen:
                    seen.add(document.document)
                    yield document
        elif isinstance(item, tuple) and len(item) == 2:  # pyright: ignore[reportUnknownArgumentType]
            yield Document(str(item[0]), None, item[1])  # pyright: ignore[reportUnknownArgumentType]
        else:
            raise TypeError(
                f"an input is a path or a pair of an id and a text, not {type(cast(object, item)).__name__}"
            )


def _in_path(name: str, skipped: Counter[str] | None) -> Iterator[Document]:
    path = Path(name)
    if path.is_dir():
        inside = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
        reports = [p for p in inside if p.suffix.lower() in IN_FOLDERS]
        if skipped is not None:
            skipped.update(p.suffix.lower() for p in inside if p.suffix.lower() not in SUFFIXES)
        if not reports:
            yield Document(name, name, fault=f"the folder holds no report ({' '.join(IN_FOLDERS)})")
        yield from (Document(str(p), str(p)) for p in reports)
    elif path.exists():
        yield Document(name, name)
    elif glob.has_magic(name):
        matches = sorted(match for match in glob.glob(name, recursive=True) if Path(match).is_file())
        if not matches:
            yield Document(name, name, fault="no file matches the pattern")
        yield from (Document(match, match) for match in matches)
    else:
        yield Document(name, name, fault="no such file or folder")


# -- one document ------------------------------------------------------------------------------


def read_result(document: Document, parser: Parser) -> Result:
    """The result of one document; nothing that it holds raises."""
    result = partial(Result, document.document)
    if document.fault:
        return result("error", error=document.fault)
    if document.path is not None:
        return _of_file(result, Path(document.path), parser)
    if not isinstance(document.text, str):
        return result("error", error=f"not a text but {type(document.text).__name__}")
    digest = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
    return _parsed(result, document.text, parser, sha256=digest)


def _of_file(result: Callable[..., Result], path: Path, parser: Parser) -> Result:
    try:
        data = path.read_bytes()
    except OSError as error:
        return result("error", error=error.strerror or str(error))
    digest = hashlib.sha256(data).hexdigest()
    try:
        text = load(data, path.suffix)
    except FazhiError as error:
        return result("error", error=str(error), sha256=digest)
    except Exception as error:  # a fault of a loader is one document's, too
        return result("error", error=f"{type(error).__name__}: {error}", sha256=digest)
    return _parsed(result, text, parser, sha256=digest)


def _parsed(result: Callable[..., Result], text: str, parser: Parser, **known: str) -> Result:
    try:
        report = parser.parse(text)
    except Exception as error:  # a parser never raises on content; if it does, that costs one document
        return result("error", error=f"{type(error).__name__}: {error}", **known)
    status: Status = "ok" if text.strip() else "empty"
    return result(status, report, **known)


# -- many documents ----------------------------------------------------------------------------


def in_chunks(items: Iterable[Item], size: int = CHUNK) -> Iterator[tuple[Item, ...]]:
    """Items by `size`; the last ones may be fewer.

    >>> list(in_chunks("abcde", 2))
    [('a', 'b'), ('c', 'd'), ('e',)]
    """
    left = iter(items)
    while chunk := tuple(islice(left, size)):
        yield chunk


def parse_documents(
    documents: Iterable[Document], parser: Parser, *, workers: int | None = 1, timeout: float | None = None
) -> Generator[Result, None, None]:
    """The results of documents, in order; see `parse_many`."""
    if workers == 1 and timeout is None:
        yield from (read_result(document, parser) for document in documents)
        return
    with Workers(workers, parser) as pool:
        for chunk, results in pool.each(_results, in_chunks(documents), timeout):
            # which of them was at fault is not known: each again, alone
            yield from alone(pool, chunk, timeout) if isinstance(results, Lost) else results


def alone(pool: Workers[Parser], documents: Iterable[Document], timeout: float | None) -> Iterator[Result]:
    """The results of documents that are each given to a worker alone, so that what is lost is the one at fault."""
    for (document,), results in pool.each(_results, in_chunks(documents, 1), timeout):
        if isinstance(results, Lost):
            status: Status = "timeout" if results.slow else "error"
            yield Result(document.document, status, error=str(results))
        else:
            yield from results


def _results(documents: Sequence[Document], parser: Parser) -> list[Result]:
    return [read_result(document, parser) for document in documents]

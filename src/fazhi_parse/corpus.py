"""Many documents: one result each, in order, whatever becomes of any of them."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import PurePath
from typing import Any, Literal, TypeVar

import attrs

from .documents import Document, Inputs, digest, prepared
from .errors import FazhiError, NoText, in_words
from .extractors import Extractor, described
from .loaders import Loaded, load_bytes, load_file
from .pool import Lost, Workers
from .progress import Progress
from .report import Parser, warm_up
from .tables import Result, Status, document_row

__all__ = [
    "each_document",
    "in_chunks",
    "parse_many",
    "read_result",
    "read_row",
    "same",
]

CHUNK = 8
"""Documents that a worker is given at a time: passing them costs little beside parsing them."""
Item = TypeVar("Item")
Done = TypeVar("Done")


def parse_many(
    inputs: Inputs,
    *,
    parser: Parser | None = None,
    workers: int | None = 1,
    timeout: float | None = None,
    encoding: str | None = None,
    on_error: Literal["record", "raise"] = "record",
    progress: bool = False,
) -> Iterator[Result]:
    """Parse many documents: one result each, in the order given; what cannot be read costs nobody else's result.

    Only a few documents are held at a time, so that the memory does not grow with their number. The results can be gone
    through once; `list(parse_many(…))` keeps them for a panel and an export.

    Args:
        inputs: Paths of files, folders (with all reports in them) or patterns such as
            `reports/**/*.html`; or pairs of an id and a text (or the bytes of a file), a mapping of ids to texts, a
            column of a pandas data frame (its index gives the ids; of a polars one `zip(table["id"], table["text"])`).
        parser: A configured parser; by default the built-in rules.
        workers: Processes to work in; None for one a core. The results are the same for any number. With more than
            one, a document at which a process dies has the status error, and the others go on.
            In a script the call must stand under `if __name__ == "__main__":`.
        timeout: Seconds that a document may take before it is given up with the status timeout.
        encoding: Encoding of the files of text, where it is known; told from the bytes where it is not.
        on_error: record gives a result with the status error, no_text or timeout; raise stops at the first.
        progress: Whether a bar on standard error tells rate, time left and errors (extra `progress`).

    Raises:
        FazhiError: Where `on_error` is raise: an input could not be read. Of several processes, or with a time limit: an
            extractor cannot go to another process.
        MissingExtra: tqdm is not installed, and `progress` is asked for.
        LookupError: `encoding` is unknown.
        ValueError: `workers`, `timeout` or `on_error` are none.
        FazhiError: On going through the results a second time.

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
    documents, total = prepared(inputs, encoding, count=progress)
    results = each_document(read_result, same, documents, parser or Parser(), workers, timeout)
    return _Results(_watched(results, Progress(total, shown=progress), on_error == "raise"))


class _Results(Iterator[Result]):
    """Results that can be gone through once: a second time there would be none, without a word."""

    def __init__(self, results: Generator[Result, None, None]) -> None:
        self._results, self._ended = results, False

    def __iter__(self) -> _Results:
        if self._ended:
            raise FazhiError(
                "these results have been gone through; to use them twice keep them: list(parse_many(…))"
            )
        return self

    def __next__(self) -> Result:
        try:
            return next(self._results)
        except BaseException:
            self._ended = True
            raise

    def close(self) -> None:
        """End the work early, with its processes."""
        self._ended = True
        self._results.close()


def same(result: Result) -> Result:
    """The result itself, for `each_document`."""
    return result


def _watched(results: Iterable[Result], progress: Progress, strict: bool) -> Generator[Result, None, None]:
    with progress:
        for result in results:
            if strict and result.report is None:
                raise FazhiError(f"{result.document}: {result.error}")
            progress.add(failed=result.report is None)
            yield result


# -- one document ------------------------------------------------------------------------------


def read_result(document: Document, parser: Parser) -> Result:
    """The result of one document; nothing that it holds raises."""
    result = partial(Result, document.document, sha256=digest(document))
    try:
        loaded = _loaded(document)
        # a parser never raises on content, nor a loader; should one do so, that costs one document
        report = parser.parse(loaded.text)
    except NoText as error:
        return result("no_text", error=str(error))
    except FazhiError as error:
        return result("error", error=str(error))
    except OSError as error:
        return result("error", error=error.strerror or str(error))
    except Exception as error:
        return result("error", error=in_words(error))
    if loaded.diagnostics:
        report = attrs.evolve(report, diagnostics=(*loaded.diagnostics, *report.diagnostics))
    status: Status = "ok" if loaded.text.strip() else "empty"
    read_as = f"{loaded.encoding} ({loaded.found})" if loaded.encoding else loaded.found
    return result(status, report, encoding=read_as)


def read_row(document: Document, parser: Parser) -> dict[str, Any]:
    """The row of one document, as `document_row` makes it of its result."""
    return document_row(read_result(document, parser), parser.catalogue)


def _loaded(document: Document) -> Loaded:
    if document.fault:
        raise FazhiError(document.fault)
    if document.path is not None:
        return load_file(document.path, encoding=document.encoding)
    if isinstance(document.text, bytes):
        suffix = PurePath(document.document).suffix
        return load_bytes(document.text, suffix, encoding=document.encoding)
    if not isinstance(document.text, str):
        raise FazhiError(f"not a text but {type(document.text).__name__}")
    return Loaded(document.text, "text", None, "text")


# -- many documents ----------------------------------------------------------------------------


def in_chunks(items: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    """Items by `size`; the last ones may be fewer.

    >>> list(in_chunks("abcde", 2))
    [('a', 'b'), ('c', 'd'), ('e',)]
    """
    left = iter(items)
    while chunk := tuple(islice(left, size)):
        yield chunk


def each_document(
    function: Callable[[Document, Parser], Done],
    of_lost: Callable[[Result], Done],
    documents: Iterable[Document],
    parser: Parser,
    workers: int | None,
    timeout: float | None,
) -> Generator[Done, None, None]:
    """What a function makes of each document, in order.

    Args:
        function: Importable; called with a document and the parser, in a process where there are several.
        of_lost: Makes the same of the result of a document at which a process died, or took too long.
        documents: What to read.
        parser: What to parse it with.
        workers: Processes; None for one a core.
        timeout: Seconds that a document may take.

    Raises:
        FazhiError: An extractor cannot go to other processes.
    """
    if workers == 1 and timeout is None:
        yield from (function(document, parser) for document in documents)
        return
    for extractor in parser.all_extractors:
        if why := _stays(extractor):
            raise FazhiError(
                f"extractor {described(extractor)} cannot go to other processes: {why}; {_ELSEWHERE}"
            )
    work = partial(_each, function)
    with Workers(workers, warm_up, parser) as pool:
        chunks = in_chunks(documents, CHUNK if timeout is None else 1)
        for chunk, done in pool.each(work, chunks, timeout):
            if not isinstance(done, Lost):
                yield from done
            elif len(chunk) == 1:
                yield of_lost(_lost(chunk[0], done))
            else:  # which of them was at fault is not known: each again, alone
                for (document,), again in pool.each(work, in_chunks(chunk, 1)):
                    yield of_lost(_lost(document, again)) if isinstance(again, Lost) else again[0]


_ELSEWHERE = "put it at the top level of a module that can be imported, or work in this process (workers=1, no timeout)"


def _stays(extractor: Extractor) -> str:
    """Why an extractor cannot be found in another process; empty where it can."""
    try:
        passed_on = pickle.dumps(extractor)
    except Exception as error:  # whatever its parts raise
        return in_words(error)
    # others import the script that starts them; the lines of a prompt or of a notebook are in no file
    main = sys.modules["__main__"]
    nowhere = getattr(main, "__spec__", None) is None and not hasattr(main, "__file__")
    return "it stands in a notebook or at a prompt" if nowhere and b"__main__" in passed_on else ""


def _each(
    function: Callable[[Document, Parser], Done], documents: Sequence[Document], parser: Parser
) -> list[Done]:
    return [function(document, parser) for document in documents]


def _lost(document: Document, lost: Lost) -> Result:
    status: Status = "timeout" if lost.slow else "error"
    return Result(document.document, status, error=str(lost), sha256=digest(document))

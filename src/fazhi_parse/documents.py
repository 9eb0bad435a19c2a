"""What there is to read: the documents that paths, folders, patterns and texts name, before they are opened."""

from __future__ import annotations

import codecs
import errno
import glob
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from os import PathLike, fspath
from pathlib import Path
from typing import Any, cast

import attrs

from .loaders import SUFFIXES

__all__ = ["IN_FOLDERS", "Document", "Inputs", "digest", "find_documents", "prepared"]

IN_FOLDERS = tuple(suffix for suffix in SUFFIXES if suffix != ".md")
"""Endings of the files of a folder that are read."""
_OTHER_DOCUMENTS = (".doc", ".docm", ".wps", ".rtf", ".odt", ".ofd", ".mht", ".mhtml")
"""Endings of files that are reports, too, and mostly cannot be read: each is an input, whose error says what to do."""

Inputs = Iterable[Any] | str | PathLike[str]
"""Paths, patterns or folders; pairs of an id and a text; a mapping or a column of a pandas data frame."""


@attrs.frozen
class Document:
    """An input before it is read: a file, or a text that was given with its id."""

    document: str
    """Its id."""
    path: str | None = None
    """Path of the file; None for a text."""
    text: Any = None
    """What was given as its text, or as the bytes of its file."""
    fault: str = ""
    """Why it cannot be read, where that is known without opening it."""
    encoding: str | None = None
    """Encoding of a file of text, where it is known."""


def find_documents(inputs: Inputs, skipped: Counter[str] | None = None) -> Iterator[Document]:
    """The documents that inputs name, in a stable order; a file that is named twice comes once.

    Args:
        inputs: See `parse_many`.
        skipped: Counts the endings of files in folders that are no documents.
    """
    if isinstance(inputs, (str, PathLike)):
        inputs = [inputs]
    elif hasattr(inputs, "columns"):
        raise TypeError('a whole table: give ids and texts, zip(table["id"], table["text"])')
    elif hasattr(inputs, "items"):  # a mapping, or a column of a pandas data frame
        inputs = cast(Mapping[Any, Any], inputs).items()
    seen: set[str] = set()
    for item in inputs:
        if isinstance(item, Document):
            yield item
        elif isinstance(item, (str, PathLike)):
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


def prepared(inputs: Inputs, encoding: str | None, *, count: bool) -> tuple[Iterable[Document], int | None]:
    """The documents that inputs name, with their number where it is asked for and no generator is used up for that.

    Args:
        inputs: See `parse_many`.
        encoding: Encoding of the files of text, where it is known.
        count: Whether the number is asked for.

    Raises:
        LookupError: The encoding is unknown.
    """
    documents: Iterable[Document] = find_documents(inputs)
    if encoding is not None:
        codecs.lookup(encoding)
        documents = (attrs.evolve(document, encoding=encoding) for document in documents)
    if not count or isinstance(inputs, Iterator):
        return documents, None
    documents = list(documents)
    return documents, len(documents)


_A_TEXT = "no path but a text: give pairs of an id and a text"


def _in_path(name: str, skipped: Counter[str] | None) -> Iterator[Document]:
    path = Path(name)
    try:
        exists, is_folder = path.exists(), path.is_dir()
    except OSError as error:
        overlong = error.errno == errno.ENAMETOOLONG
        yield Document(name, name, fault=_A_TEXT if overlong else error.strerror or str(error))
        return
    if is_folder:
        inside = sorted(
            p
            for p in path.rglob("*")
            if (p.is_file() or _is_dead_link(p)) and not _is_by_the_way(p.relative_to(path))
        )
        reports = [p for p in inside if p.suffix.lower() in (*IN_FOLDERS, *_OTHER_DOCUMENTS)]
        if skipped is not None:
            skipped.update(p.suffix.lower() for p in set(inside).difference(reports))
        if not reports:
            yield Document(name, name, fault=f"the folder holds no report ({' '.join(IN_FOLDERS)})")
        for p in reports:
            yield Document(str(p), str(p), fault="the link leads nowhere" if _is_dead_link(p) else "")
    elif exists:
        # a pipe or a device may never end, and is read more than once
        yield Document(name, name, fault="" if path.is_file() else "neither a file nor a folder")
    elif any(sign in name for sign in "\n\r。"):
        yield Document(name, name, fault=_A_TEXT)
    elif glob.has_magic(name):
        matches = sorted(match for match in glob.glob(name, recursive=True) if Path(match).is_file())
        if not matches:
            yield Document(name, name, fault="no file matches the pattern")
        yield from (Document(match, match) for match in matches)
    else:
        yield Document(name, name, fault="no such file or folder")


def _is_dead_link(path: Path) -> bool:
    """Whether it is a link to nothing, or to itself."""
    return path.is_symlink() and not path.exists()


def _is_by_the_way(path: Path) -> bool:
    """Whether programs keep a file for themselves: hidden ones, Word's locks (~$), what a browser saves beside a page."""
    kept = any(part.startswith((".", "~$")) for part in path.parts)
    return kept or any(part.endswith(("_files", ".files")) for part in path.parts[:-1])


def digest(document: Document) -> str:
    """SHA-256 of a document's bytes, of a text's UTF-8 bytes; empty where there are none.

    >>> digest(Document("a", None, "六件"))[:8]
    'a8849145'
    """
    if document.fault:
        return ""
    if document.path is not None:
        try:
            return hashlib.sha256(Path(document.path).read_bytes()).hexdigest()
        except OSError:
            return ""
    if isinstance(document.text, bytes):
        return hashlib.sha256(document.text).hexdigest()
    if not isinstance(document.text, str):
        return ""
    return hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()

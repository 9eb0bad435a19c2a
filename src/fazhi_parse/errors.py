"""What can go wrong, and what was doubtful: exceptions for wrong use, diagnostics for doubtful text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import attrs

from .pickles import pickled_by_fields

__all__ = [
    "Diagnostic",
    "FazhiError",
    "InvalidNumeral",
    "MissingExtra",
    "NoText",
    "UnreadableFile",
    "display_width",
    "in_words",
    "near_to",
]


class FazhiError(Exception):
    """Base of every error that this library raises on purpose."""


class InvalidNumeral(FazhiError, ValueError):
    """A string that is not one numeral, or not one quantity.

    The message draws a caret under the first character that cannot be read; wide
    characters count as two columns, so that the caret stands right in a terminal.

    >>> print(InvalidNumeral("三十十", 2))
    not a numeral: unexpected '十'
      三十十
          ^
    """

    def __init__(self, text: str, position: int, what: str = "numeral") -> None:
        self.text = text
        """The string as it was given."""
        self.position = position
        """Offset of the fault in `text`, in code points."""
        found = repr(text[position]) if position < len(text) else "end of text"
        caret = " " * display_width(text[:position]) + "^"
        super().__init__(f"not a {what}: unexpected {found}\n  {text}\n  {caret}")


class MissingExtra(FazhiError, ImportError):
    """An optional dependency is not installed; the message names the extra to install."""

    def __init__(self, package: str, extra: str, purpose: str) -> None:
        super().__init__(f"{purpose} needs {package} (extra {extra!r}): pip install {package}")
        self.extra = extra
        """Name of the extra that brings the package."""


class UnreadableFile(FazhiError, OSError):
    """A file that cannot be read as text of any kind that the loaders know."""


class NoText(UnreadableFile):
    """A file of a known kind that holds no text: a scanned PDF, a Word file or page of pictures only.

    An empty file is none: its text is the empty string.
    """


@pickled_by_fields
@attrs.frozen
class Diagnostic:
    """A doubt about the text: what was repaired, skipped or left alone, and where.

    >>> Diagnostic("heading.gap", "三、 follows 一、", 12, 14).code
    'heading.gap'
    """

    code: str
    """Stable dotted name, e.g. `heading.gap`; the docs list them all."""
    message: str
    """One English sentence for a person, with the Chinese text in question."""
    start: int | None = None
    """First code point in the raw input, or None where the doubt concerns the whole text."""
    end: int | None = None
    """One behind the last code point in the raw input, or None."""


def display_width(text: str) -> int:
    """Columns that `text` takes in a terminal: two for a wide character, none for a combining one.

    >>> display_width("3.5万份")
    7
    """
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


_LONGEST_WORDS = 300


def in_words(error: BaseException) -> str:
    """Kind and message of an error that other people's code raised, in one line of bounded length.

    >>> in_words(KeyError("a")), len(in_words(ValueError("甲" * 400)))
    ("KeyError: 'a'", 301)
    """
    try:
        message = str(error)
    except Exception:  # also its own message may be at fault
        message = ""
    words = f"{type(error).__name__}: {' '.join(message[: 2 * _LONGEST_WORDS].split())}".rstrip(": ")
    return words if len(words) <= _LONGEST_WORDS else words[:_LONGEST_WORDS] + "…"


def near_to(wrong: Iterable[str], known: Iterable[str]) -> str:
    """What may have been meant by words that are not known, for the end of a message; empty where nothing is near.

    >>> near_to(["lefft"], ["left", "right"]), near_to(["x"], ["left", "right"])
    ("; did you mean 'left'?", '')
    """
    import difflib  # only what goes wrong needs it

    among = sorted(known)
    near = dict.fromkeys(
        match for word in sorted(wrong) for match in difflib.get_close_matches(word, among, 1)
    )
    return f"; did you mean {', '.join(map(repr, near))}?" if near else ""

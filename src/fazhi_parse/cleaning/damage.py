"""What cleaning saw and could not repair: places, counts, and whether the text is any use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..deferred import deferred
from ..errors import Diagnostic
from ..source import SourceText, runs
from .byte_shift import shifted
from .mojibake import garbled

__all__ = ["find_damage"]

_LOST = deferred(
    "\ufffd+"  # a decoder's sign for lost bytes
    r"|\?{3,}"  # characters that an encoding does not have
    r"|[锟斤拷]*(?:锟斤|斤拷|锟拷)[锟斤拷]*|(?:烫|屯|葺){4,}"  # U+FFFD read as GBK; memory that was never written
)
_LOST_SIGNS = "\ufffd?锟斤拷烫屯葺"
_MASK_SIGNS = "XxＸｘ×✕╳*＊○〇"
_MASK = deferred(
    rf"[{_MASK_SIGNS}](?<![A-Za-z0-9][{_MASK_SIGNS}])(?:"
    r"(?<=[XxＸｘ])[XxＸｘ]{1,3}|(?<=[×✕╳])[×✕╳]{1,3}|(?<=\*)\*{1,3}|(?<=[○〇])[○〇]{1,3})"
    r"(?=省|市|区|县|旗|州|盟|乡|镇|村|街道|社区|局|委|厅|办|单位|项|件|次|人|名|个|份|场|万元|%|年|月|日)"
    r"|20[Xx×＊*]{2}(?=年)"
)
_MASKS = 3
"""So many masked places make a template; a case told without names has one or two."""
_TOO_MUCH = 0.02
"""Share of lost characters from which a text counts as damaged."""
_ONE_LINE = 1000
"""A text of so many characters in one line has lost its line ends."""
_LEAST, _FOREIGN = 40, 1.1
"""A text of so many characters that takes fewer bytes for each has hardly a Chinese one, which takes three."""
_LONGEST_NAME = 255
"""No file has a longer name."""
_SAID = deferred("[\n：，。]")
"""What the name of a file does not hold: 附件：报告.docx is said of one."""
_ENDINGS = (".txt", ".md", ".doc", ".docx", ".wps", ".rtf", ".pdf", ".htm", ".html", ".csv", ".xlsx", ".zip")


def find_damage(source: SourceText) -> Iterator[Diagnostic]:
    """What was repaired, by pass, and what was only seen, each with count, first and last place."""
    yield from _repairs(source)
    text = source.text
    lost = _places(_LOST_SIGNS, _LOST, text)
    late = list(shifted(text))
    wrong = list(garbled(text))
    masks = _places(_MASK_SIGNS, _MASK, text)
    yield from _flag(source, "text.unreadable", "characters are lost", lost)
    yield from _flag(source, "text.bytes_shifted", "read one byte late and not repaired", late)
    yield from _flag(source, "text.mojibake", "read in a wrong encoding and not repaired", wrong)
    if len(masks) >= _MASKS:
        yield from _flag(source, "text.masked", "masked names or figures: a template?", masks)
    if "\n" not in (inside := text.strip()) and len(inside) >= _ONE_LINE:
        yield Diagnostic("text.no_lines", "there is no line end in the text; headings may be missing")
    if len(inside) <= _LONGEST_NAME and inside.lower().endswith(_ENDINGS) and not _SAID.search(inside):
        yield Diagnostic("text.path", "the text is the name of a file; read() reads files")
    elif len(inside) >= _LEAST and len(inside.encode("utf-8", "replace")) < _FOREIGN * len(inside):
        yield Diagnostic("text.not_chinese", "there is hardly a Chinese character in the text")
    damaged = sum(end - start for start, end in (*lost, *late, *wrong))
    if damaged and damaged >= _TOO_MUCH * len(text.strip()):
        share = f"{damaged / len(text.strip()):.0%}"
        yield Diagnostic("text.damaged", f"{share} of the text cannot be read; figures may be missing")


def _places(signs: str, pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """Where a pattern matches that needs one of these signs (looking for each is faster than for a class)."""
    return [match.span() for match in pattern.finditer(text)] if any(map(text.__contains__, signs)) else []


def _repairs(source: SourceText) -> Iterator[Diagnostic]:
    places: dict[str, list[tuple[int, int]]] = {}
    for run in runs(source.edits):
        places.setdefault(run.reason, []).append((run.start, run.end))
    for reason, spans in sorted(places.items()):
        message = f"{len(spans)} repaired by the pass {reason!r}"
        yield Diagnostic(f"repaired.{reason}", message, spans[0][0], spans[-1][1])
    if source.traditional:
        yield Diagnostic("repaired.traditional", "traditional characters were converted")


def _flag(
    source: SourceText, code: str, message: str, spans: Sequence[tuple[int, int]]
) -> Iterator[Diagnostic]:
    if spans:
        places = source.to_raw_many(spans)
        yield Diagnostic(code, f"{len(places)} × {message}", places[0][0], places[-1][1])

"""What styles and list definitions of a Word file say: hidden text, and the numbers that Word draws."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .numbering import in_format

__all__ = ["ListNumbers", "Styles", "is_on", "is_raised", "local", "w"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_LEVEL_NAMES = tuple(map(str, range(_LEVELS)))
_CLOSED = ("、", "）", "．", "：", "。", "，")


def w(name: str) -> str:
    """Name in the namespace of WordprocessingML.

    >>> w("p").endswith("main}p")
    True
    """
    return _W + name


def local(element: Any) -> str:
    """Name of an element without its namespace; empty for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def is_on(element: Any, name: str) -> bool | None:
    """Whether a property is switched on, off, or (None) not mentioned."""
    switch = None if element is None else element.find(w(name))
    return None if switch is None else switch.get(w("val")) not in ("0", "false", "off")


def is_raised(run_properties: Any) -> bool:
    """Whether Word raises a run above its line."""
    return _value(run_properties, "vertAlign") == "superscript"


def _value(element: Any, path: str) -> str | None:
    found = None if element is None else element.find("/".join(w(name) for name in path.split("/")))
    return None if found is None else found.get(w("val"))


def _number(element: Any, path: str) -> int | None:
    text = _value(element, path)
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,9}", text) else None


class Styles:
    """Styles by their id, with what they are based on."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, Any] = {}
        self._default = ""
        for style in () if root is None else root.findall(w("style")):
            name = style.get(w("styleId")) or ""
            self._styles[name] = style
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true", "on"):
                self._default = name

    def of_paragraph(self, properties: Any) -> str:
        """Id of a paragraph's style."""
        return _value(properties, "pStyle") or self._default

    def name(self, style: str) -> str:
        """Name of a style as the user sees it: ids are in the program's language."""
        return _value(self._styles.get(style), "name") or ""

    def chain(self, style: str) -> Iterator[tuple[str, Any]]:
        """A style and those that it is based on, nearest first."""
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield style, self._styles[style]
            style = _value(self._styles[style], "basedOn") or ""

    def is_hidden(self, run_properties: Any) -> bool:
        """Whether Word does not show a run, or strikes it out."""
        if is_on(run_properties, "strike") or is_on(run_properties, "dstrike"):
            return True
        said = is_on(run_properties, "vanish")
        if said is None:
            styles = self.chain(_value(run_properties, "rStyle") or "")
            said = next(
                (on for _, s in styles if (on := is_on(s.find(w("rPr")), "vanish")) is not None), False
            )
        return said


class ListNumbers:
    """Counts the paragraphs of a document's lists.

    Lists are counted by their abstract definition, as Word does: two lists (w:num) of the same definition go on one
    behind the other unless the second overrides the start.
    """

    def __init__(self, root: Any, styles: Styles) -> None:
        elements = () if root is None else tuple(root)
        self._styles = styles
        self._lists = {e.get(w("numId")): e for e in elements if local(e) == "num"}
        self._definitions = {e.get(w("abstractNumId")): e for e in elements if local(e) == "abstractNum"}
        self._levels: dict[str, tuple[str, dict[int, Any]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def next(self, properties: Any, style: str) -> str:
        """Number of the next paragraph with what parts it from the text; empty where it has none."""
        name, level = self._place(properties, style)
        if name not in self._lists:
            return ""
        definition, levels = self._definition(name)
        if level not in levels:
            return ""
        counts = self._counts.setdefault(definition, {})
        start = self._start_override(name, level)
        if start is not None and (name, level) not in self._begun:
            counts[level] = start
        else:
            counts[level] = counts.get(level, _start(levels[level]) - 1) + 1
        self._begun.add((name, level))
        for deeper in [k for k in counts if k > level and _restarts(levels.get(k), level)]:
            del counts[deeper]
        return _drawn(levels, counts, level)

    def _place(self, properties: Any, style: str) -> tuple[str, int]:
        """List and level of a paragraph: its own, else those of its style."""
        own = None if properties is None else properties.find(w("numPr"))
        name, level = _value(own, "numId"), _number(own, "ilvl")
        if name is None:
            for at, element in self._styles.chain(style):
                if (name := _value(element, "pPr/numPr/numId")) is not None:
                    if level is None:
                        level = self._level_of_style(name, at, style)
                    if level is None:
                        level = _number(element, "pPr/numPr/ilvl")
                    break
        return name or "", min(max(level or 0, 0), _LEVELS - 1)

    def _level_of_style(self, name: str, *styles: str) -> int | None:
        """The level that says it is that of a style."""
        if name not in self._lists:
            return None
        levels = self._definition(name)[1]
        return next((k for k, e in levels.items() if _value(e, "pStyle") in styles), None)

    def _definition(self, name: str) -> tuple[str, dict[int, Any]]:
        """Id of the abstract definition of a list, and its levels with the list's own ones."""
        if name not in self._levels:
            wanted = _value(self._lists[name], "abstractNumId") or ""
            for _ in range(_LEVELS):  # a definition may refer to a list style, which refers to another
                link = _value(self._definitions.get(wanted), "numStyleLink")
                other = link and next(
                    (n for _, s in self._styles.chain(link) if (n := _value(s, "pPr/numPr/numId"))), None
                )
                if not other or other not in self._lists:
                    break
                wanted = _value(self._lists[other], "abstractNumId") or ""
            sources = [self._definitions.get(wanted), *self._lists[name].findall(w("lvlOverride"))]
            found = [level for s in sources if s is not None for level in s.findall(w("lvl"))]
            levels = {int(at): level for level in found if (at := level.get(w("ilvl"), "")) in _LEVEL_NAMES}
            self._levels[name] = wanted, levels
        return self._levels[name]

    def _start_override(self, name: str, level: int) -> int | None:
        for override in self._lists[name].findall(w("lvlOverride")):
            if override.get(w("ilvl")) == str(level):
                return _number(override, "startOverride")
        return None


def _start(level: Any) -> int:
    start = _number(level, "start")
    return 1 if start is None else start


def _restarts(level: Any, above: int) -> bool:
    """Whether a level begins anew behind a paragraph of a level above it."""
    after = _number(level, "lvlRestart")
    return after is None or above < after


def _drawn(levels: dict[int, Any], counts: dict[int, int], level: int) -> str:
    definition = levels[level]
    form = _value(definition, "numFmt") or "decimal"
    if form in ("bullet", "none") or is_on(definition.find(w("rPr")), "vanish"):
        # a bullet is no number; a level without one may still draw a text of its own (附则)
        text = "" if form == "bullet" else re.sub(r"%\d", "", _value(definition, "lvlText") or "")
        return text if form == "none" else ""
    legal = is_on(definition, "isLgl")

    def number(match: re.Match[str]) -> str:
        at = int(match.group(1)) - 1
        if at not in levels:
            return ""
        name = "decimal" if legal else _value(levels[at], "numFmt") or "decimal"
        return in_format(counts.get(at, _start(levels[at])), name)

    text = re.sub(r"%([1-9])", number, _value(definition, "lvlText") or "")
    # Word parts number and text by a tab or a space; behind Chinese punctuation nobody who types puts one
    parted = text.endswith(_CLOSED) or _value(definition, "suff") == "nothing"
    return text if parted or not text else text.rstrip() + " "

"""What results depend on beside the inputs, as one hash: version, rules, settings, the packages that read files."""

from __future__ import annotations

import hashlib
import inspect
import json
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from .extractors import Extractor, described
from .quantities import Units
from .report import Parser, rule_texts

__all__ = ["fingerprint"]

_PACKAGES = (
    "fazhi-parse", "regex", "cn2an", "opencc-python-reimplemented", "lxml",
    "python-docx", "pypdfium2",
)  # fmt: skip
"""Packages of which another version may read another text, or other figures, out of the same bytes."""


def fingerprint(parser: Parser) -> str:
    """Hash of all that the results of a parser depend on; two parsers with the same one give the same results.

    Extractors count with their source where it is known: a change in what they call is not seen.

    >>> fingerprint(Parser()) == fingerprint(Parser()) != fingerprint(Parser(skip=["wraps"]))
    True
    """
    settings = {
        "packages": {name: _version(name) for name in _PACKAGES},
        "rules": [hashlib.sha256(text.encode()).hexdigest() for text in rule_texts(parser)],
        "disable": sorted(parser.disable),
        "skip": sorted(parser.skip),
        "markers": [repr(kind) for kind in parser.markers],
        "units": None if parser.units is None else _units(parser.units),
        "extractors": [_extractor(extractor) for extractor in parser.all_extractors],
    }
    return hashlib.sha256(json.dumps(settings, ensure_ascii=False).encode()).hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _units(units: Units) -> list[Any]:
    tables = (units.kinds, units.canonical, units.not_followed, units.base)
    return [sorted((key, str(value)) for key, value in table.items()) for table in tables]


def _extractor(extractor: Extractor) -> list[str]:
    function: Any = getattr(extractor, "function", extractor)
    try:
        source = inspect.getsource(function if inspect.isfunction(function) else function.__class__)
    except (OSError, TypeError):
        source = ""
    return [described(extractor), source]

"""Chinese annual reports on rule-of-law government as data, each value with the characters it came from.

>>> import fazhi_parse as fp
>>> report = fp.parse("云岫县2023年法治政府建设情况报告\\n一、主要成效\\n全年受理行政复议案件6件。")
>>> report.metadata.region, report.metadata.year, len(report.quantities)
('云岫县', 2023, 1)
"""

from importlib import import_module
from typing import TYPE_CHECKING

from .checks import Finding, check_years
from .chunks import Chunk
from .cleaning import clean
from .errors import Diagnostic, FazhiError, InvalidNumeral, MissingExtra, NoText, UnreadableFile
from .extractors import Extractor, ExtractorSet, NameClash, NamedExtractor, Observation, Rival, extractor
from .indicators import Catalogue, Indicator, InvalidRule, load_catalogue
from .metadata import Metadata
from .numerals import parse_numeral
from .outline import MarkerKind, Part, Section, parse_sections
from .plugins import PluginWarning, UnknownPlugin
from .quantities import (
    Quantity,
    RejectedNumber,
    Units,
    find_quantities,
    find_rejected,
    load_units,
    parse_quantity,
)
from .relations import InvalidRelation, Relation, load_relations
from .report import Parser, Report, parse
from .source import Edit, SourceText

if TYPE_CHECKING:
    from .corpus import parse_many
    from .exports import export, to_frame, to_records
    from .loaders import Loaded, load, load_bytes, load_file, read, read_text
    from .panels import Panel, panel
    from .runs import Run, open_run, parse_into
    from .tables import Result

__version__ = "0.1.0"
__all__ = [
    "Catalogue",
    "Chunk",
    "Diagnostic",
    "Edit",
    "Extractor",
    "ExtractorSet",
    "FazhiError",
    "Finding",
    "Indicator",
    "InvalidNumeral",
    "InvalidRelation",
    "InvalidRule",
    "Loaded",
    "MarkerKind",
    "Metadata",
    "MissingExtra",
    "NameClash",
    "NamedExtractor",
    "NoText",
    "Observation",
    "Panel",
    "Parser",
    "Part",
    "PluginWarning",
    "Quantity",
    "RejectedNumber",
    "Relation",
    "Report",
    "Result",
    "Rival",
    "Run",
    "Section",
    "SourceText",
    "Units",
    "UnknownPlugin",
    "UnreadableFile",
    "check_years",
    "clean",
    "export",
    "extractor",
    "find_quantities",
    "find_rejected",
    "load",
    "load_bytes",
    "load_catalogue",
    "load_file",
    "load_relations",
    "load_units",
    "open_run",
    "panel",
    "parse",
    "parse_into",
    "parse_many",
    "parse_numeral",
    "parse_quantity",
    "parse_sections",
    "read",
    "read_text",
    "to_frame",
    "to_records",
]

_LATE = {
    "corpus": ("parse_many",),
    "exports": ("export", "to_frame", "to_records"),
    "loaders": ("Loaded", "load", "load_bytes", "load_file", "read", "read_text"),
    "panels": ("Panel", "panel"),
    "runs": ("Run", "open_run", "parse_into"),
    "tables": ("Result",),
}
"""Modules for files, workers and tables with their public names: imported when a name is first asked for."""

if not TYPE_CHECKING:  # a type checker must not take every name for one that exists

    def __getattr__(name: str) -> object:
        for module, names in _LATE.items():
            if name in names:
                found = getattr(import_module(f".{module}", __name__), name)
                globals()[name] = found
                return found
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__

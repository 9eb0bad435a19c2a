"""Chinese annual reports on rule-of-law government as data, each value with the characters it came from.

>>> import fazhi_parse as fp
>>> report = fp.parse("云岫县2023年法治政府建设情况报告\\n一、主要成效\\n全年受理行政复议案件6件。")
>>> report.metadata.region, report.metadata.year, len(report.quantities)
('云岫县', 2023, 1)
"""

from .checks import Finding, check_years
from .chunks import Chunk
from .cleaning import clean
from .corpus import parse_many
from .errors import Diagnostic, FazhiError, InvalidNumeral, MissingExtra, NoText, UnreadableFile
from .exports import export, to_frame, to_records
from .extractors import Extractor, ExtractorSet, NameClash, NamedExtractor, Observation, Rival, extractor
from .indicators import Catalogue, Indicator, InvalidRule, load_catalogue
from .loaders import Loaded, load, load_bytes, load_file, read, read_text
from .metadata import Metadata
from .numerals import parse_numeral
from .outline import MarkerKind, Part, Section, parse_sections
from .panels import Panel, panel
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
from .runs import Run, open_run, parse_into
from .source import Edit, SourceText
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


def __dir__() -> list[str]:
    return __all__

"""Indicators: the catalogue, and the matcher that finds their values in prose."""

from __future__ import annotations

from .context import Context
from .definitions import Indicator, Rule
from .index import Catalogue
from .match import find_observations
from .reading import InvalidRule, RuleFile, load_catalogue, make_catalogue, read_rules

__all__ = [
    "Catalogue",
    "Context",
    "Indicator",
    "InvalidRule",
    "Rule",
    "RuleFile",
    "find_observations",
    "load_catalogue",
    "make_catalogue",
    "read_rules",
]

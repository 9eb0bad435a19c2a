"""Indicators: the catalogue, and the matcher that finds their values in prose."""

from __future__ import annotations

from .context import Context
from .definitions import Indicator, Rule
from .index import Catalogue
from .match import find_observations
from .reading import InvalidRule, load_catalogue

__all__ = ["Catalogue", "Context", "Indicator", "InvalidRule", "Rule", "find_observations", "load_catalogue"]

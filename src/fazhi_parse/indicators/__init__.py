"""Indicators: the catalogue, and the matcher that finds their values in prose."""

from __future__ import annotations

from .context import Context
from .match import find_observations
from .rules import Catalogue, Indicator, InvalidRule, Rule, load_catalogue

__all__ = ["Catalogue", "Context", "Indicator", "InvalidRule", "Rule", "find_observations", "load_catalogue"]

"""Packages that are not always there: imported where they are used, by one function."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from .errors import MissingExtra

__all__ = ["extra_module"]


def extra_module(name: str, extra: str, purpose: str, *, package: str = "") -> Any:
    """A module that belongs to an extra.

    Args:
        name: Dotted name of the module.
        extra: Name of the extra that brings it.
        purpose: What it is needed for, the head of the message.
        package: What is to be installed, where that is not called as the module is.

    Raises:
        MissingExtra: It is not installed.

    >>> extra_module("no_such_package.parts", "parquet", "a Parquet file")
    Traceback (most recent call last):
    fazhi_parse.errors.MissingExtra: a Parquet file needs no_such_package (extra 'parquet'): pip install no_such_package
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingExtra(package or name.partition(".")[0], extra, purpose) from error

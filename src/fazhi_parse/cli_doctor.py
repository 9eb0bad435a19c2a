"""`fazhi-parse doctor`: what is installed, what is missing for which purpose, and whether it works."""

from __future__ import annotations

import argparse
import platform
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version

from .corpus import read_result
from .documents import Document
from .errors import FazhiError
from .loaders import load
from .pool import cores
from .report import Parser
from .terminal import OK, SOME_FAILED, table

__all__ = ["add_doctor", "self_test"]

_PURPOSES = {
    "": "core",
    "html": "read web pages",
    "docx": "read Word files",
    "pdf": "read PDF files",
    "frame": "pandas tables",
    "progress": "progress bars",
    "polars": "polars tables",
    "parquet": "Parquet files, Arrow tables",
    "xlsx": "workbooks",
    "stata": "Stata files",
    "plot": "pictures of a panel",
    "ray": "Ray clusters",
    "spark": "Spark clusters",
}
_HEAVY = ("ray", "spark")
"""Extras that only who has a cluster wants."""
_REQUIREMENT = re.compile(r"([\w.-]+)(?:\[[^\]]*\])?[^;]*(?:;.*extra\s*==\s*['\"]([\w-]+)['\"])?")
_SAMPLE = """云岫县2023年法治政府建设情况报告
一、主要成效
（一）化解行政争议。收到行政复议申请9件，受理8件，不予受理1件。未发生行政败诉案件。
二、下一步打算
2024年计划举办培训班2期。
"""
_EXPECTED = {
    "reconsideration.received": "9",
    "reconsideration.accepted": "8",
    "reconsideration.rejected": "1",
    "litigation.lost": "0",
}


def add_doctor(command: argparse.ArgumentParser) -> None:
    """The arguments of the command: none."""
    command.set_defaults(run=_doctor)


def _doctor(_: argparse.Namespace) -> int:
    print(
        f"fazhi-parse {_version('fazhi-parse') or '?'}, Python {platform.python_version()}, {platform.platform()}"
    )
    print(f"{cores()} cores, terminal in {sys.stdout.encoding}\n")
    rows = [("for", "extra", "package", "installed"), *_packages()]
    print(table(rows), end="\n\n")
    faults = list(self_test())
    for fault in faults:
        print(f"FAILED {fault}")
    if not faults:
        print("self-test: a sample report gives what it should")
    missing = dict.fromkeys(
        package for _, extra, package, installed in rows[1:] if installed == "-" and extra not in _HEAVY
    )
    if missing:
        print(f"what is missing can be installed: pip install {' '.join(missing)}")
    return SOME_FAILED if faults else OK


def _packages() -> Iterator[tuple[str, str, str, str]]:
    """Purpose, extra, package, version (- where it is missing), from what the installed package says it needs."""
    for requirement in requires("fazhi-parse") or ():
        match = _REQUIREMENT.match(requirement)
        if match and match.group(1) != "fazhi-parse" and match.group(2) != "all":
            package, extra = match.group(1), match.group(2) or ""
            yield _PURPOSES.get(extra, extra), extra, package, _version(package) or "-"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def self_test() -> Iterator[str]:
    """What does not work here, in a sentence each; nothing where all does.

    >>> list(self_test())
    []
    """
    result = read_result(Document("sample", None, _SAMPLE), Parser())
    if result.report is None:
        yield f"the sample report cannot be parsed: {result.error}"
        return
    found = {o.indicator: str(o.value) for o in result.report.observations if o.status == "actual"}
    if found != _EXPECTED:
        yield f"the sample report gives {found}, not {_EXPECTED}"
    page = "<p>一、主要成效</p>".encode()
    if _version("lxml"):
        try:
            if load(page, ".html").strip() != "一、主要成效":
                yield "a web page loses its heading"
        except FazhiError as error:
            yield f"a web page cannot be read: {error}"

"""Public names, their signatures and the dictionary form do not change unnoticed; types hold as a user writes them.

Where a change is meant, `python tests/test_public.py` writes the golden files anew; the diff belongs into the review.
"""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import attrs
import pytest

import fazhi_parse as fp

CASES = Path(__file__).parent / "cases"
NAMES, SCHEMA = CASES / "public_names.txt", CASES / "public_schema.txt"
REPORTS = sorted((Path(__file__).parents[1] / "examples" / "reports").glob("*.txt"))
RICH = (
    "来源：司法局 发布时间：2024-01-15\n云岫县2023年法治政府建设情况报告\n县委：\n一年来，成效明显。\n一、主要成效\n（二）复议\n"
    "全年受理行政复议案件三四百件，同比增长三分之一，办结98.5%。未发生行政诉讼败诉案件。法律援助案件近20件，投入3万元，耗时3至5天。\n"
    "一是普法。举办法治讲座2场。\n二、明年计划\n计划开展普法宣传30场。\n特此报告。\n云岫县人民政府\n2024年1月15日\n"
)
"""A text with parts, ranges, fractions, plans, stated zeros and doubts."""


def signature(value: Any) -> str:
    """Names, annotations and defaults of parameters, in a form that all versions of Python share."""
    try:
        given = inspect.signature(value)
    except ValueError:  # a class of the interpreter's own
        return "(…)"
    shown: list[str] = []
    for p in given.parameters.values():
        mark = {p.VAR_POSITIONAL: "*", p.VAR_KEYWORD: "**"}.get(p.kind, "")
        note = "" if p.annotation is p.empty else f": {_named(p.annotation)}"
        default = "" if p.default is p.empty else f" = {_default(p.default)}"
        shown.append(f"{mark}{p.name}{note}{default}" + (" [keyword]" if p.kind is p.KEYWORD_ONLY else ""))
    back = "" if given.return_annotation is given.empty else f" -> {_named(given.return_annotation)}"
    return f"({', '.join(shown)}){back}"


def _named(annotation: object) -> str:
    return annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))


def _default(value: object) -> str:
    simple = value is None or isinstance(value, (bool, int, float, str, tuple, frozenset))
    return repr(value) if simple and "fazhi" not in repr(value) else "…"


def names() -> Iterator[str]:
    """A line for each public name, and for each field and method of a public class."""
    for name in sorted(fp.__all__):
        value = getattr(fp, name)
        if not inspect.isclass(value):
            yield f"{name}{signature(value)}"
            continue
        bases = ", ".join(base.__name__ for base in value.__mro__[1:-1] if "Generic" not in base.__name__)
        yield f"class {name}({bases})"
        for field in attrs.fields(value) if attrs.has(value) else ():
            if not field.name.startswith("_"):
                default = "" if field.default is attrs.NOTHING else " = …"
                yield f"class {name}: {field.name}: {_named(field.type)}{default}"
        for member, found in sorted(vars(value).items()):
            if member.startswith("_"):
                continue
            if isinstance(found, (classmethod, staticmethod)):
                yield f"class {name}: {member}{signature(found.__func__)} [{type(found).__name__}]"
            elif isinstance(found, property) or type(found).__name__ == "cached_property":
                yield f"class {name}: {member} [property]"
            elif inspect.isfunction(found):
                yield f"class {name}: {member}{signature(found)}"


def schema() -> Iterator[str]:
    """Every path in the dictionary form with the types that stand there."""
    types: dict[str, set[str]] = {}

    def look(path: str, value: Any) -> None:
        kind = "null" if value is None else type(value).__name__
        types.setdefault(path, set()).add(kind)
        if isinstance(value, dict):
            for key, inner in value.items():
                look(f"{path}.{key}" if path else key, inner)
        elif isinstance(value, list):
            for inner in value:
                look(f"{path}[]", inner)

    for text in (RICH, "", *(path.read_text("utf-8") for path in REPORTS)):
        look("", fp.parse(text).to_dict())
    del types[""]
    return (f"{path}: {' | '.join(sorted(kinds))}" for path, kinds in sorted(types.items()))


def test_public_names_and_signatures_stay() -> None:
    """Another name, parameter, default or field is a change that users see."""
    assert list(names()) == NAMES.read_text("utf-8").splitlines()


def test_the_dictionary_form_stays() -> None:
    """Another key or type needs another schema number."""
    assert list(schema()) == SCHEMA.read_text("utf-8").splitlines()


@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_types_are_those_that_a_user_expects(checker: str) -> None:
    """A file as users write it passes strict checks; wrong use is an error."""
    if find_spec(checker) is None:
        pytest.skip(f"{checker} is not installed")
    file = CASES / "typing_as_a_user.py"
    command = (
        ["mypy", "--strict", f"--cache-dir={CASES.parents[1]}/.mypy_cache"]
        if checker == "mypy"
        else ["pyright"]
    )
    done = subprocess.run(
        [sys.executable, "-m", *command, str(file)], capture_output=True, text=True, cwd=CASES, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


if __name__ == "__main__":
    NAMES.write_text("".join(f"{line}\n" for line in names()), "utf-8")
    SCHEMA.write_text("".join(f"{line}\n" for line in schema()), "utf-8")

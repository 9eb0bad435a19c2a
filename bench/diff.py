"""What a change of a rule or a heuristic does to reports:  script/diff [REV] [FILE|FOLDER …]

Runs REV (default HEAD) and the working tree over the sample reports, `../shared` where it is there, or the named files,
and prints each section, quantity and observation gained, lost or changed, with its words. Exit code 1 where any is.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from revision import ROOT, run, worktree

_CODE = """
import json, sys, fazhi_parse as fp
for path in sys.argv[1:]:
    try:
        print(json.dumps(fp.read(path).to_dict()))
    except fp.UnreadableFile:
        print(json.dumps(fp.parse("").to_dict()))
"""
_FOLDERS = ("examples/reports", "examples/panel", "../shared/seeds", "../shared/dev", "../shared/natural")
_AROUND = 18
_SAID = {
    "sections": ("kind", "number", "level", "title", "role", "dimensions", "end"),
    "quantities": ("value", "value_max", "unit", "kind", "approx"),
    "observations": ("value", "value_max", "unit", "approx", "year", "status", "implied", "rule"),
}
"""What a person is told of a record, and what counts as a change."""


class Key(NamedTuple):
    """What makes records of both runs the same one: place and, of an observation, indicator."""

    start: int
    end: int
    name: str


def keyed(report: dict[str, Any], kind: str) -> dict[Key, dict[str, Any]]:
    """The records of a kind by what they are about."""
    whole = kind != "sections"  # a section is known by its marker; its end may change
    return {
        Key(r["start"], r["end"] if whole else 0, r.get("indicator", r.get("marker", ""))): r
        for r in report[kind]
    }


def words(report: dict[str, Any], start: int, end: int) -> str:
    """The words of a span in brackets, with some before and behind."""
    raw: str = report["raw"]
    end = min(end, start + 60)
    shown = f"{raw[max(0, start - _AROUND) : start]}【{raw[start:end]}】{raw[end : end + _AROUND]}"
    return " ".join(shown.split())


def told(record: dict[str, Any], kind: str) -> str:
    """A record in a line."""
    parts = [f"{key} {record[key]}" for key in _SAID[kind] if record[key] not in (None, "", [], False)]
    return " ".join([record.get("indicator", ""), ", ".join(parts)]).strip()


def differences(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """Lines for a person."""
    for kind in _SAID:
        before, after = keyed(old, kind), keyed(new, kind)
        for key in sorted(before.keys() | after.keys()):
            one, two = before.get(key), after.get(key)
            if one is None and two is not None:
                yield f"  + {kind}: {told(two, kind)}\n      {words(new, two['start'], two['end'])}"
            elif two is None and one is not None:
                yield f"  - {kind}: {told(one, kind)}\n      {words(old, one['start'], one['end'])}"
            elif one is not None and two is not None:
                changed = [k for k in _SAID[kind] if one[k] != two[k]]
                if changed:
                    steps = ", ".join(f"{k} {one[k]} → {two[k]}" for k in changed)
                    name = two.get("indicator", two.get("marker", two.get("text", "")))
                    yield f"  ~ {kind}: {name}: {steps}\n      {words(new, two['start'], two['end'])}"


def files(named: Iterable[str]) -> list[Path]:
    """The files that are named or in the folders that are."""
    given = [Path(name) for name in named] or [ROOT / folder for folder in _FOLDERS]
    found: list[Path] = []
    for path in given:
        found += sorted(path.rglob("*.txt")) if path.is_dir() else [path] if path.is_file() else []
    return found


def main() -> int:
    revision = sys.argv[1] if len(sys.argv) > 1 else "HEAD"
    paths = files(sys.argv[2:])
    names = [str(path) for path in paths]
    with worktree(revision) as source:
        before = run(source, _CODE, *names).splitlines()
    after = run(ROOT / "src", _CODE, *names).splitlines()
    count = 0
    for path, one, two in zip(paths, before, after, strict=True):
        lines = list(differences(json.loads(one), json.loads(two)))
        if lines:
            print(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path, *lines, sep="\n")
        count += len(lines)
    print(f"{count} differences in {len(paths)} reports")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())

"""What is written down of the patterns of the catalogue, of headings and of guards is what they tell.

After a change of rules, `python tests/test_patterns.py` writes it anew: data/patterns.json is never edited by hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from pkgutil import iter_modules

import fazhi_parse
from fazhi_parse.data_files import load_table
from fazhi_parse.indicators import load_catalogue
from fazhi_parse.patterns import Known, known_by_reading
from fazhi_parse.prefilter import Ending, Guarded

FILE = "patterns.json"


def _patterns() -> Iterator[str]:
    """The patterns that are looked at before they are tried."""
    for indicator in load_catalogue().indicators.values():
        for rule in indicator.rules:
            for words in (rule.left, rule.right, rule.tail, rule.zero, rule.near, rule.without, rule.unless):
                if words is not None:
                    yield words.pattern
    for role in load_table("roles.toml")["role"]:
        yield from role["heading"]
    for info in iter_modules(fazhi_parse.indicators.__path__, "fazhi_parse.indicators."):
        values = vars(import_module(info.name)).values()
        yield from (value.pattern.pattern for value in values if isinstance(value, (Ending, Guarded)))


def _plain(known: Known) -> list[object]:
    required = [sorted(words) for words in known.required]
    return [required, *(None if chars is None else sorted(chars) for chars in (known.first, known.last))]


def _told() -> dict[str, list[object]]:
    return {pattern: _plain(known_by_reading(pattern)) for pattern in sorted(set(_patterns()))}


def test_what_is_written_down_is_what_the_patterns_tell() -> None:
    """The table has each of those patterns, no other, and says of each what reading it says."""
    written = json.loads((files("fazhi_parse") / "data" / FILE).read_text("utf-8"))
    assert written == _told(), "write it anew: python tests/test_patterns.py"


def _write() -> None:
    lines = [
        f"{json.dumps(k, ensure_ascii=False)}: {json.dumps(v, ensure_ascii=False)}"
        for k, v in _told().items()
    ]
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    (Path(fazhi_parse.__file__).parent / "data" / FILE).write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    _write()

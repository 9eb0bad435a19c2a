"""What importing the package does not do, and the patterns that are compiled late."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys

import attrs

import fazhi_parse as fp
from fazhi_parse.deferred import deferred
from fazhi_parse.prefilter import awaited

LATE = (
    "cn2an", "opencc", "regex", "pandas", "lxml", "docx", "matplotlib", "multiprocessing", "concurrent.futures",
    "importlib.metadata", "inspect", "fazhi_parse.runs", "fazhi_parse.panels", "fazhi_parse.exports", "fazhi_parse.view",
)  # fmt: skip


def test_the_import_leaves_out_what_parse_does_not_need() -> None:
    """Libraries and modules for files, workers, panels are imported when they are used."""
    code = f"import attrs, sys; before = set(sys.modules); import fazhi_parse; print([m for m in {LATE!r} if m in set(sys.modules) - before])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_public_name_is_there_and_a_wrong_one_is_an_error() -> None:
    """Names whose modules are imported late look like the others."""
    assert all(getattr(fp, name) is getattr(fp, name) for name in fp.__all__)
    assert not hasattr(fp, "parse_all")
    code = "from fazhi_parse import *; print(parse_many.__module__, panel.__module__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["fazhi_parse.corpus", "fazhi_parse.panels"]


def test_every_built_in_pattern_compiles() -> None:
    """Rules of the catalogue are compiled when they are first tried, so that a fault must show here."""
    catalogue = fp.load_catalogue()
    words = [*catalogue.topics.values()]
    for entry in catalogue.indicators.values():
        for rule in entry.rules:
            words += [value for value in attrs.astuple(rule, recurse=False) if hasattr(value, "pattern")]
    assert len(words) > 1000
    for each in words:
        re.compile(each.pattern)


def test_a_deferred_pattern_is_like_a_compiled_one() -> None:
    """It finds the same, is equal to its like, and can be pickled before and after its first use."""
    late = deferred("[a-z]+", re.IGNORECASE)
    again = pickle.loads(pickle.dumps(late))
    assert again == late and hash(again) == hash(late) and late != deferred("[a-z]+")
    assert [m.group() for m in late.finditer("Ab 1 c")] == ["Ab", "c"]
    assert pickle.loads(pickle.dumps(late)).fullmatch("AB") is not None
    assert repr(late) == "deferred('[a-z]+')" and not hasattr(late, "groups")


def test_an_awaited_pattern_finds_what_it_finds_compiled() -> None:
    """Before it is compiled, when it is, and from a method that was taken before: the same."""
    pattern = "受理[^，。]{0,4}(?:复议|仲裁)"
    texts = [
        "开展普法6次",
        "受理投诉6件",
        "受理复议6件",
        *["复议6件"] * 30,
        "共受理劳动仲裁6件，受理复议2件",
        "复议6件",
    ]
    awaiting, early = awaited(pattern), awaited(pattern).search
    for text in texts:
        for found in (awaiting.search(text), early(text)):
            assert (found and found.span()) == ((m := re.search(pattern, text)) and m.span())
        assert [m.span() for m in awaiting.finditer(text, 1, 9)] == [
            m.span() for m in re.compile(pattern).finditer(text, 1, 9)
        ]
        assert pickle.loads(pickle.dumps(awaiting)) == awaiting
    assert awaited("复议").fullmatch("复议") is not None and not hasattr(awaiting, "groups")

"""Libraries that do a part of this one's work, as far as they are installed:  pip install -r bench/peers.txt

OpenCC and chinese2digits are not asked for by anything else here; install them into an environment of its own.
"""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

Job = Callable[[str], object]


def _cn2an() -> Job:
    return importlib.import_module("cn2an").transform


def _chinese2digits() -> Job:
    read = importlib.import_module("chinese2digits").takeNumberFromString
    # its cost grows faster than the text, so it gets pieces
    return lambda text: [read(text[i : i + 5_000]) for i in range(0, len(text), 5_000)]


def _recognizers() -> Job:
    module = importlib.import_module("recognizers_number")
    model = module.NumberRecognizer(module.Culture.Chinese).get_number_model()
    # as above
    return lambda text: [model.parse(text[i : i + 1_000]) for i in range(0, len(text), 1_000)]


def _arborparser() -> Job:
    module = importlib.import_module("arborparser")
    chinese = module.PatternBuilder(prefix_regex="", number_type=module.CHINESE_CHAPTER_PATTERN_BUILDER.number_type,
                                    suffix_regex="、").build()  # fmt: skip
    parser = module.ChainParser([chinese, module.NUMERIC_DOT_PATTERN_BUILDER.build()])
    return lambda text: module.TreeBuilder().build_tree(parser.parse_to_chain(text))


def _opencc() -> Job:
    return importlib.import_module("opencc").OpenCC("t2s").convert


_PEERS: dict[str, tuple[str, Callable[[], Job]]] = {
    "cn2an.transform": ("cn2an", _cn2an),
    "chinese2digits": ("chinese2digits", _chinese2digits),
    "Recognizers-Text (numbers)": ("recognizers-text-number", _recognizers),
    "arborparser (headings)": ("arborparser", _arborparser),
    "OpenCC t2s": ("OpenCC", _opencc),
}


def peers() -> dict[str, Job]:
    """Name and version of each peer that works here, and its job."""
    found: dict[str, Job] = {}
    warnings.simplefilter("ignore")
    for name, (distribution, make) in _PEERS.items():
        try:
            job = make()
            job("受理行政复议案件三百件。")
            found[f"{name} {version(distribution)}"] = job
        except (ImportError, PackageNotFoundError, AttributeError):
            continue
    return found

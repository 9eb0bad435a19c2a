"""Where a parser's extractors and rules come from: the package, installed plugins, the user; clashes are told."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from .data_files import read_toml
from .errors import FazhiError, in_words
from .extractors import Extractor, NameClash, NamedExtractor, checked, described, id_of
from .indicators import RuleFile, make_catalogue, read_rules

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = ["EXTRACTOR_GROUP", "RULE_GROUP", "PluginWarning", "Sources", "UnknownPlugin", "find_sources"]

EXTRACTOR_GROUP = "fazhi_parse.extractors"
"""Entry points of extractors: a callable, or an iterable of callables such as an `ExtractorSet`."""
RULE_GROUP = "fazhi_parse.rules"
"""Entry points of rules: the path of a TOML file, several paths, or a function that returns them."""


class PluginWarning(UserWarning):
    """An installed plugin that cannot be used; the message names its distribution."""


class UnknownPlugin(FazhiError, ValueError):
    """A plugin that was asked for by name and is not installed."""


@attrs.frozen
class Sources:
    """What a parser runs beside the built-in catalogue."""

    extractors: tuple[Extractor, ...] = ()
    """Extractors in the order in which they run."""
    rules: tuple[RuleFile, ...] = ()
    """Rule files as they were when the parser was made; a later one replaces ids of an earlier one."""
    disable: frozenset[str] = frozenset()
    """Ids of the catalogue that are switched off, or overridden by an extractor."""


@attrs.define
class _Layer:
    """Extractors and rule files of one level, with what brought each id; ids that are replaced do not clash."""

    extractors: list[Extractor] = attrs.Factory(list[Extractor])
    rules: list[RuleFile] = attrs.Factory(list[RuleFile])
    origin: dict[str, str] = attrs.Factory(dict[str, str])
    named: set[str] = attrs.Factory(set[str])

    def claim(self, identity: str, origin: str) -> None:
        if identity in self.origin:
            raise NameClash(identity, self.origin[identity], origin)
        self.origin[identity] = origin

    def add_extractor(
        self, extractor: Extractor, origin: str, replaced: frozenset[str] = frozenset()
    ) -> None:
        identity = id_of(extractor)
        if identity is not None:
            self.named.add(identity)
            if identity in replaced:
                return
            self.claim(identity, origin)
        self.extractors.append(extractor)

    def add_rules(self, file: RuleFile, origin: str, replaced: frozenset[str] = frozenset()) -> None:
        self.rules.append(file)
        for identity in _ids(file):
            if identity not in replaced:
                self.claim(identity, origin)


def find_sources(
    extractors: Iterable[Extractor],
    rules: Sequence[str],
    disable: frozenset[str],
    plugins: bool | tuple[str, ...],
) -> Sources:
    """Put the levels together.

    Raises:
        InvalidRule: A rule file cannot be used, or an id to disable is unknown.
        NameClash: Two sources of one level bring the same id.
        UnknownPlugin: A plugin named is not installed.
    """
    own_files = read_rules(rules)
    if own_files:
        make_catalogue(own_files, frozenset[str]())  # a wrong file is told here, not at the first report
    own = _Layer()
    for extractor in extractors:
        own.add_extractor(extractor, described(extractor))
    for file in own_files:
        own.add_rules(file, file[0])
    installed = _load(plugins, disable | set(own.origin)) if plugins else _Layer()
    layers = (installed, own)
    files = tuple(file for layer in layers for file in layer.rules)
    named = installed.named | own.named
    off = disable - named
    if named:
        off |= named & set(make_catalogue(files, frozenset[str]()).indicators)
    if off:
        make_catalogue(files, off)
    return Sources(
        tuple(e for layer in layers for e in layer.extractors if id_of(e) not in disable), files, off
    )


def _ids(file: RuleFile) -> Iterator[str]:
    """Ids of a rule file that is known to be sound."""
    table = read_toml(file[1])
    return (entry["id"] for entry in table.get("indicator", ()))


# -- installed plugins ----------------------------------------------------------------------------


def _load(wanted: bool | tuple[str, ...], replaced: frozenset[str]) -> _Layer:
    """What installed plugins bring, in an order that does not depend on the installation."""
    layer = _Layer()
    for point in _entry_points(wanted):
        origin = _origin(point)
        extractors: list[Extractor] = []
        files: tuple[RuleFile, ...] = ()
        try:
            if point.group == EXTRACTOR_GROUP:
                extractors = list(_extractors(point))
            else:
                files = _rules(point)
        except (Exception, SystemExit) as error:
            # other people's code: whatever it raises, the parser works without it
            warnings.warn(f"{origin} is left out: {in_words(error)}", PluginWarning, stacklevel=5)
            continue
        for extractor in extractors:
            layer.add_extractor(extractor, origin, replaced)
        for file in files:
            layer.add_rules(file, origin, replaced)
    return layer


def _entry_points(wanted: bool | tuple[str, ...]) -> list[EntryPoint]:
    from importlib.metadata import entry_points  # costs time; only where plugins are asked for

    points = [*entry_points(group=EXTRACTOR_GROUP), *entry_points(group=RULE_GROUP)]
    points.sort(key=lambda p: (p.group, _distribution(p), p.name))
    if isinstance(wanted, bool):
        return points
    known = {name for p in points for name in (p.name, _distribution(p))}
    if missing := [name for name in wanted if name not in known]:
        there = ", ".join(sorted(known)) or "none"
        raise UnknownPlugin(f"no plugin {', '.join(missing)} is installed; there are: {there}")
    return [p for p in points if p.name in wanted or _distribution(p) in wanted]


def _distribution(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else "?"


def _origin(point: EntryPoint) -> str:
    version = f" {point.dist.version}" if point.dist is not None else ""
    return f"plugin {point.name!r} of {_distribution(point)}{version}"


def _extractors(point: EntryPoint) -> Iterator[Extractor]:
    """Extractors of an entry point; a callable without an id of its own gets the entry point's name."""
    found: Any = point.load()
    several: list[Any] = [found] if callable(found) else list(found)
    for each in several:
        checked(each)
        yield each if id_of(each) is not None else NamedExtractor(each, point.name)


def _rules(point: EntryPoint) -> tuple[RuleFile, ...]:
    """Rule files of an entry point, checked."""
    found: Any = point.load()
    if callable(found):
        found = found()
    several: list[Any] = [found] if hasattr(found, "__fspath__") or isinstance(found, str) else list(found)
    files = read_rules(str(path) for path in several)
    make_catalogue(files, frozenset[str]())
    return files

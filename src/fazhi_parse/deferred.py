"""Patterns that are compiled when they are first used: compiling is what an import would spend most of its time with."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

__all__ = ["Deferred", "deferred"]

_METHODS = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")


class Deferred:
    """Looks like a compiled pattern. A method takes its place in the slots at its first use."""

    __slots__ = ("_compiled", "_flags", "pattern", *_METHODS)

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags
        self._compiled: re.Pattern[Any] | None = None

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        if self._compiled is None:
            self._compiled = re.compile(self.pattern, self._flags)
        method = getattr(self._compiled, name)
        setattr(self, name, method)
        return method

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Deferred) and (self.pattern, self._flags) == (other.pattern, other._flags)

    def __hash__(self) -> int:
        return hash((self.pattern, self._flags))

    def __repr__(self) -> str:
        return f"deferred({self.pattern!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return deferred, (self.pattern, self._flags)


def deferred(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A pattern of this package's own, of which the tests know that it compiles.

    >>> deferred("[0-9]+").sub("n", "6件")
    'n件'
    """
    return cast("re.Pattern[AnyStr]", Deferred(pattern, flags))

"""Patterns that are compiled when they are first used: compiling is what an import would spend most of its time with."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

__all__ = ["deferred"]

_METHODS = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")


class _Deferred:
    """Looks like a compiled pattern. The methods take their places in the slots at the first use."""

    __slots__ = ("_flags", "pattern", *_METHODS)

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Deferred) and (self.pattern, self._flags) == (other.pattern, other._flags)

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
    return cast("re.Pattern[AnyStr]", _Deferred(pattern, flags))

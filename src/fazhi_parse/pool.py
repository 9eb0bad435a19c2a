"""Work in other processes that survives what happens there: one that dies or hangs costs its own unit only."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import TimeoutError as TooSlow
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from .errors import FazhiError
from .extras import extra_module

if TYPE_CHECKING:
    from concurrent.futures import Future

__all__ = ["Lost", "Workers", "cores"]

Tool = TypeVar("Tool")
Item = TypeVar("Item")
Done = TypeVar("Done")

_AHEAD = 3
"""Units a worker that are under way or wait for their turn: more would only fill the memory."""


class Lost(FazhiError):
    """A unit of work that gave no result: its process died, or its time ran out."""

    def __init__(self, message: str, *, slow: bool) -> None:
        super().__init__(message)
        self.slow = slow
        """Whether its time ran out."""


def cores() -> int:
    """How many processes can work at the same time on this machine.

    >>> cores() >= 1
    True
    """
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workers(Generic[Tool]):
    """Processes that each hold a tool; they are stopped when the block is left, however it is left."""

    def __init__(self, count: int | None, prepare: Callable[[Tool], None], tool: Tool) -> None:
        """Start the processes.

        Args:
            count: How many; None for one a core.
            prepare: Importable; called in each with the tool, before the time of its first unit runs.
            tool: What the functions that are called in them get beside their unit.

        Raises:
            MissingExtra: pebble is not installed.
            FazhiError: The program that starts them has no `if __name__ == "__main__":` around it.
        """
        pebble = extra_module("pebble", "batch", "more than one worker, or a time limit,")
        if getattr(multiprocessing.current_process(), "_inheriting", False):
            raise FazhiError(
                'workers import the script that starts them: put the call under if __name__ == "__main__":'
            )
        self.count = count or cores()
        """How many there are."""
        # processes that begin afresh: a copy of this one would inherit the locks that its threads hold
        context = multiprocessing.get_context("spawn")
        self._pool = pebble.ProcessPool(
            self.count, initializer=_take, initargs=(prepare, tool), context=context
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.stop()
        self._pool.join()

    def each(
        self,
        function: Callable[[Sequence[Item], Tool], Done],
        units: Iterable[Sequence[Item]],
        timeout: float | None = None,
    ) -> Generator[tuple[Sequence[Item], Done | Lost], None, None]:
        """Each unit with what the function gave for it or how it was lost, in order; few units are held at a time.

        Args:
            function: Importable; called in a process with a unit and the tool. What it raises is raised here.
            units: The work, each unit one item or several.
            timeout: Seconds that an item may take.

        Raises:
            FazhiError: No process can be started.
        """
        waiting: deque[tuple[Sequence[Item], Future[Done]]] = deque()
        for unit in units:
            limit = None if timeout is None else timeout * len(unit)
            waiting.append((unit, self._pool.schedule(_call, args=[function, unit], timeout=limit)))
            if len(waiting) >= self.count * _AHEAD:
                first, future = waiting.popleft()
                done = _finished(future)
                yield first, done
        for first, future in waiting:
            done = _finished(future)
            yield first, done


def _finished(future: Future[Done]) -> Done | Lost:
    from pebble import ProcessExpired

    try:
        return future.result()
    except TooSlow:
        return Lost("its time ran out", slow=True)
    except ProcessExpired as error:
        return Lost(f"the process that worked on it died (exit code {error.exitcode})", slow=False)
    except BrokenProcessPool as error:
        raise FazhiError(
            "no worker could be started: the script that starts them is imported by each of them; "
            'put the call under if __name__ == "__main__":'
        ) from error


_tools: list[Any] = []
"""What this process holds, where it is a worker."""


def _take(prepare: Callable[[Any], None], tool: Any) -> None:
    prepare(tool)
    _tools[:] = [tool]


def _call(function: Callable[[Sequence[Item], Any], Done], unit: Sequence[Item]) -> Done:
    return function(unit, _tools[0])

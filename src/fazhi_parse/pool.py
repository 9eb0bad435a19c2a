"""Work in other processes that survives what happens there: one that dies or hangs costs its own unit only.

The pools of the standard library break as a whole when a process dies. Here each process has
a pipe of its own and at most two units, of which it works on the first: so it is always known
what was lost with it.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import count as count_up
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

import attrs

from .errors import FazhiError, in_words
from .pauses import collector_paused

__all__ = ["Lost", "Workers", "cores"]

Tool = TypeVar("Tool")
Item = TypeVar("Item")
Done = TypeVar("Done")

_AHEAD = 3
"""Units a worker that are under way or done before their turn: more would only fill the memory."""
_GIVEN = 2
"""Units that a worker holds: with the next one at hand it need not wait until somebody listens."""
_STARTS = 3
"""So many processes may die before their first unit until no more are started."""
_READY, _DONE, _KEPT = "ready", "done", "kept"
"""What a worker says: that it can begin, a result, or why a result cannot leave it."""
_PATIENCE = 5
"""Seconds in which a process is gone that has closed its pipe."""


class Lost(FazhiError):
    """A unit of work that gave no result: its process died, its time ran out, or the result cannot be passed on."""

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


@attrs.frozen
class _Order:
    """A unit to be worked on; the ticket tells its result."""

    ticket: int
    function: Any
    unit: Sequence[Any]
    seconds: float


@attrs.define(eq=False)
class _Worker:
    """A process, the units that it holds, and until when it may work on the first."""

    process: Any
    pipe: Connection
    ready: bool = False
    orders: deque[_Order] = attrs.Factory(deque[_Order])
    deadline: float = float("inf")

    def begin(self) -> None:
        """The time of the first unit runs from now on."""
        self.deadline = time.monotonic() + self.orders[0].seconds if self.orders else float("inf")


class Workers(Generic[Tool]):
    """Processes that each hold a tool; they are stopped when the block is left, however it is left."""

    def __init__(self, count: int | None, prepare: Callable[[Tool], None], tool: Tool) -> None:
        """Start the processes.

        Args:
            count: How many; None for one a core.
            prepare: Importable; called in each with the tool, before the time of its first unit runs.
            tool: What the functions that are called in them get beside their unit.

        Raises:
            FazhiError: The script that starts them has no `if __name__ == "__main__":` around it.
        """
        if getattr(multiprocessing.current_process(), "_inheriting", False):
            raise FazhiError(_UNGUARDED)
        self._arguments = prepare, tool
        self._failed_starts = 0
        self._tickets = count_up()
        self._done: dict[int, Any] = {}
        self._again: deque[_Order] = deque()
        self._workers: list[_Worker] = []
        for _ in range(count or cores()):
            self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in list(self._workers):
            self._stop(worker)

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
        left: Iterator[Sequence[Item]] = iter(units)
        given: deque[tuple[int, Sequence[Item]]] = deque()
        more = True
        while True:
            while more and len(given) < len(self._workers) * _AHEAD and (free := self._free()) is not None:
                unit = next(left, None)
                if unit is None:
                    more = False
                else:
                    seconds = float("inf") if timeout is None else timeout * len(unit)
                    order = _Order(next(self._tickets), function, unit, seconds)
                    given.append((order.ticket, unit))
                    self._give(free, order)
            if given and given[0][0] in self._done:
                ticket, unit = given.popleft()
                yield unit, self._done.pop(ticket)
            elif given or more:
                self._listen()
            else:
                return

    def _free(self) -> _Worker | None:
        """The worker that has least to do, if one can take more."""
        ready = [worker for worker in self._workers if worker.ready and len(worker.orders) < _GIVEN]
        return min(ready, key=lambda worker: len(worker.orders), default=None)

    def _give(self, worker: _Worker, order: _Order) -> None:
        worker.orders.append(order)
        if len(worker.orders) == 1:
            worker.begin()
        # one that died while it was idle is heard of by its end of the pipe, and the unit counts as lost
        with suppress(BrokenPipeError, ConnectionResetError):
            worker.pipe.send((order.function, order.unit))

    def _listen(self) -> None:
        """Wait until a worker says something, dies or runs out of time."""
        soonest = min(worker.deadline for worker in self._workers)
        patience = None if soonest == float("inf") else max(0.0, soonest - time.monotonic())
        heard: set[Any] = set(wait([worker.pipe for worker in self._workers], patience))
        for worker in list(self._workers):
            if worker.pipe in heard:
                self._hear(worker)
            elif worker.deadline <= time.monotonic():
                self._lose(worker, Lost("its time ran out", slow=True))

    def _hear(self, worker: _Worker) -> None:
        try:
            with collector_paused():  # what comes is many objects at once, and none of them garbage
                kind, value = worker.pipe.recv()
        except (EOFError, ConnectionResetError):
            worker.process.join(_PATIENCE)
            message = f"the process that worked on it died (exit code {worker.process.exitcode})"
            self._lose(worker, Lost(message, slow=False))
            return
        except Exception as error:  # it came whole, but what it is made of does not exist here
            kind, value = _KEPT, in_words(error)
        if kind == _READY:
            worker.ready, self._failed_starts = True, 0
            while self._again and (free := self._free()) is not None:
                self._give(free, self._again.popleft())
            return
        order = worker.orders.popleft()
        worker.begin()
        if isinstance(value, _Raised):
            raise value.error
        lost = kind == _KEPT
        self._done[order.ticket] = (
            Lost(f"its result cannot be passed on: {value}", slow=False) if lost else value
        )

    def _lose(self, worker: _Worker, lost: Lost) -> None:
        """Put another process in the place of one that died or is given up."""
        self._stop(worker)
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= _STARTS:
                raise FazhiError(f"no worker could be started; what it said stands above. {_UNGUARDED}")
        if worker.orders:
            self._done[worker.orders.popleft().ticket] = lost
        self._again.extend(worker.orders)  # what it held beside that has not been touched
        self._start()

    def _start(self) -> None:
        # processes that begin afresh: a copy of this one would inherit the locks that its threads hold
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, *self._arguments), daemon=True)
        process.start()
        theirs.close()  # its death closes the last end, which is how it is heard of
        self._workers.append(_Worker(process, ours))

    def _stop(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()


_UNGUARDED = 'Workers import the script that starts them: put the call under if __name__ == "__main__":'


@attrs.frozen
class _Raised:
    """What a function raised in a worker."""

    error: Exception


def _work(pipe: Connection, prepare: Callable[[Any], None], tool: Any) -> None:
    """What a worker does: one unit after the other, until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started it is interrupted, too, and stops it
    prepare(tool)
    gc.freeze()  # rules and tables stay: no use in looking for garbage among them again and again
    gc.disable()  # once a unit is often enough
    orders: SimpleQueue[tuple[Callable[[Any, Any], Any], Any] | None] = SimpleQueue()
    # what comes is taken out of the pipe at once: two that both send and do not listen would wait for ever
    Thread(target=_receive, args=(pipe, orders), daemon=True).start()
    with suppress(BrokenPipeError, ConnectionResetError):  # who started it is gone
        pipe.send((_READY, None))
        while (order := orders.get()) is not None:
            function, unit = order
            try:
                result = function(unit, tool)
            except Exception as error:
                result = _Raised(error)
            _answer(pipe, result)
            del result
            gc.collect()


def _receive(pipe: Connection, orders: SimpleQueue[Any]) -> None:
    try:
        while True:
            orders.put(pipe.recv())
    except (EOFError, OSError):
        orders.put(None)


def _answer(pipe: Connection, result: Any) -> None:
    try:
        pipe.send((_DONE, result))
    except (BrokenPipeError, ConnectionResetError):
        raise
    except Exception as error:  # what cannot be pickled raises whatever it likes
        pipe.send((_KEPT, in_words(error)))

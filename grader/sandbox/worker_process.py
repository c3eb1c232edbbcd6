"""The grader's side of a worker process.

All waiting has a deadline. Whatever a worker does, it can only cause Crashed or TimedOut.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Sequence
from typing import Any

from grader.errors import AuthoringError, Crashed, InternalError, TimedOut
from grader.language import _
from grader.worker.values import is_data
from grader.worker.wire import Connection, ConnectionClosed, Deadline, DeadlineExceeded, WireError

from .processor_time import Meter


class Worker:
    """One learner's process, and the only way to speak with it.

    Attributes:
        meter: what it uses of the machine.

        alive: whether it can be asked from here.

        handed_over: whether a fork of this process has it.
    """

    def __init__(
        self,
        connection: Connection,
        kill: Callable[[], None],
        ending: Callable[[], str],
        meter: Meter,
    ) -> None:
        self.meter = meter
        self._connection = connection
        self._kill = kill
        self._ending = ending
        self._numbers = itertools.count(1)
        self.alive = True
        self.handed_over = False

    def request(
        self,
        op: str,
        payload: dict[str, Any],
        deadline: Deadline,
        callbacks: Sequence[Callable[..., Any]] = (),
    ) -> tuple[str, Any]:
        """Send a request and return its reply's kind and payload.

        Args:
            deadline: for the whole exchange.

            callbacks: functions that the worker may call meanwhile, by index.

        Raises:
            TimedOut: there was no complete reply before *deadline*; the worker has been killed.

            Crashed: the worker ended or sent an invalid reply; it has been killed.

            MachineBusy: the machine ended it, for lack of memory.
        """
        number = next(self._numbers)
        try:
            self._connection.send(number, op, payload, deadline)
            while True:
                id, kind, answer = self._connection.receive(deadline)
                if kind == "callback":
                    self._resume(id, answer, callbacks, deadline)
                elif id == number and kind in ("value", "fault"):
                    return kind, answer
                else:
                    raise WireError("a reply to no request")
        except DeadlineExceeded:
            self.stop()
            raise TimedOut(_("no answer in time")) from None
        except ConnectionClosed:
            # Read the exit status first: after the kill, it would look as if we ended the process.
            try:
                ending = self._ending()
            finally:
                self.stop()
            raise Crashed(ending) from None
        except WireError as error:
            self.stop()
            raise Crashed(not_an_answer(error), not_an_answer("?")) from None
        except BaseException:
            # After an interrupted exchange, its rest must not be read as the next reply.
            self.stop()
            raise

    def _resume(
        self, id: int, answer: Any, callbacks: Sequence[Callable[..., Any]], deadline: Deadline
    ) -> None:
        """Call a callback with data from the worker, and send its result or exception."""
        function, args = _called(answer, callbacks)
        try:
            result = function(*args)
            self._connection.send(id, "resume", result, deadline)
        except (WireError, AuthoringError, InternalError):
            raise
        except Exception as error:
            if not self.alive:  # a request made by the function has ended the worker
                raise
            # Raise it in the learner's code, as in a single process: that code may have caused it.
            refusal = {"type": type(error).__name__, "message": str(error)[:2000]}
            self._connection.send(id, "refuse", refusal, deadline)

    def hand_over(self) -> Callable[[], None]:
        """Leave the process to a fork of this one; return what kills it in the end."""
        self.alive, self.handed_over = False, True
        self._connection.close()

        def kill() -> None:
            self.handed_over = False
            self._kill()

        return kill

    def stop(self) -> None:
        """Kill the process and everything it started."""
        if self.alive:
            self.alive = False
            self._kill()
            self._connection.close()


def not_an_answer(what: object) -> str:
    """Return the message for a process that broke the protocol."""
    return _("the process sent an invalid answer ({what})").format(what=what)


def _called(
    answer: Any, callbacks: Sequence[Callable[..., Any]]
) -> tuple[Callable[..., Any], list[Any]]:
    """Return the function that a callback names, and its arguments."""
    if not isinstance(answer, dict) or set(answer) != {"callback", "args"}:
        raise WireError("a callback that cannot be read")
    number, args = answer["callback"], answer["args"]
    if type(number) is not int or not 0 <= number < len(callbacks) or not isinstance(args, list):
        raise WireError("a callback to no function")
    if not all(map(is_data, args)):
        raise WireError("a callback with an object")
    return callbacks[number], args


def deadline_in(seconds: float) -> Deadline:
    """Return the deadline *seconds* from now, by the clock on the wall."""
    until = time.monotonic() + seconds
    return lambda: until - time.monotonic()

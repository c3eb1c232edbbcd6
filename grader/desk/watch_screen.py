"""``gradproof check --watch``: a page that is drawn again whenever something changes.

In a terminal, one page with keys; anywhere else, what was checked, one after another.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from rich.console import Console
from rich.text import Text

from grader.errors import GraderError
from grader.kit.kit import Kit
from grader.language import _
from grader.outcome import ExerciseResult, Result
from grader.report.desk_view import desk_view
from grader.report.progress_table import progress_view
from grader.report.safe_text import clean

from .keys import Keys
from .progress import Progress, remember
from .reset import reset
from .watch import Watching

#: seconds after which checks that have not ended are told of, for each exercise
_SLOW = 1.5
#: exercises that are named
_NAMED = 3


class WatchScreen:
    """The page of one kit.

    Args:
        steps: number of hints to show for each check at first.
    """

    def __init__(
        self, kit: Kit, watching: Watching, console: Console, keys: Keys, steps: int
    ) -> None:
        self._kit = kit
        self._watching = watching
        self._console = console
        self._keys = keys
        self._least = self._steps = steps
        self._results: dict[str, ExerciseResult] = {}
        self._last: Result | None = None
        self._chosen = ""
        self._asked = ""
        self.is_over = False

    def look(self) -> None:
        """Check what has changed, obey a key, and draw the page if there is something new."""
        self._obey(self._keys.pressed())
        try:
            seen = self._watching.look(self._checking)
        except GraderError as error:
            self._say(f"gradproof: {error}", "red")
            return
        if seen is None:
            return
        self._results |= {one.exercise: one for one in seen.result.exercises}
        self._last = seen.result
        self._steps, self._chosen, self._asked = self._least, "", ""
        remember(self._kit, seen.result)
        self._draw(seen.result)

    # -- keys --------------------------------------------------------------------------------------

    def _obey(self, key: str) -> None:
        if self._asked:
            self._reset(key)
        elif key == "q":
            self.is_over = True
        elif key == "h":
            self._steps += 1
            self._draw_again()
        elif key == "n":
            self._chosen, self._steps = self._next(), self._least
            self._draw_again()
        elif key == "l":
            progress = Progress.of(self._kit)
            view = progress_view(
                self._kit.assignment, progress.points(self._kit), progress.standing(self._kit)
            )
            self._clear()
            self._console.print(view)
            self._say(_keys(), "dim")
        elif key == "r":
            self._asked = self._at_hand()
            if self._asked:
                text = _("Reset {exercise} to the starter? y/n")
                self._say(text.format(exercise=self._asked), "yellow")

    def _reset(self, key: str) -> None:
        """Reset the exercise if the key that answers says so."""
        if key == "y":
            try:
                restored = reset(self._kit, self._asked, datetime.now())
                self._say(_("Copy of your previous file: {path}").format(path=restored.kept), "")
            except GraderError as error:
                self._say(f"gradproof: {error}", "red")
        if key:
            self._asked = ""

    def _at_hand(self) -> str:
        return self._chosen or Progress.of(self._kit).standing(self._kit).following

    def _next(self) -> str:
        """Return the next exercise that does not pass, behind the one at hand; empty if none."""
        names = [name for name in self._results if not self._results[name].done]
        at_hand = self._at_hand()
        if at_hand not in names:
            return names[0] if names else ""
        return names[(names.index(at_hand) + 1) % len(names)]

    # -- the page ----------------------------------------------------------------------------------

    def _draw_again(self) -> None:
        if self._last is not None:
            self._draw(self._last)

    def _draw(self, latest: Result) -> None:
        """Draw the page: in a terminal, with what was checked before; elsewhere, the latest."""
        result = latest
        if self._keys.available:
            order = [exercise.name for exercise in self._kit.assignment.exercises]
            every = sorted(self._results.values(), key=lambda one: order.index(one.exercise))
            result = replace(latest, exercises=tuple(every))
        self._clear()
        title = f"{datetime.now():%H:%M:%S} {clean(latest.submission)}"
        self._console.rule(Text(title))
        standing = Progress.of(self._kit).standing(self._kit)
        full = [self._chosen] if self._chosen else []
        self._console.print(desk_view(result, self._kit.desk(), standing, self._steps, full))
        if self._keys.available:
            self._say(_keys(), "dim")
        self._console.file.flush()

    def _clear(self) -> None:
        if self._keys.available:
            self._console.clear()

    def _say(self, text: str, style: str) -> None:
        self._console.print(clean(text), style=style, markup=False, soft_wrap=True)

    @contextmanager
    def _checking(self, exercises: Sequence[str]) -> Iterator[None]:
        """Say at once what is checked, and after a while that it takes long."""
        names = ", ".join(exercises[:_NAMED]) + " …" * (len(exercises) > _NAMED)
        if self._keys.available:
            self._say(_("Checking {file} …").format(file=names), "dim")
        text = _("Still running {exercises}: is there a loop that never ends?")
        said = [text.format(exercises=names), "yellow"]
        late = threading.Timer(_SLOW * len(exercises), self._say, said)
        late.daemon = True
        late.start()
        try:
            yield
        finally:
            late.cancel()


def _keys() -> str:
    return _("h hint   n next   l list   r reset   q quit")

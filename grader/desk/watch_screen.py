"""``gradproof check --watch``: a page that is drawn again whenever something changes.

In a terminal, one page with keys; anywhere else, what was checked, one after another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from rich.console import Console, Group
from rich.control import Control
from rich.segment import ControlType
from rich.text import Text

from grader.errors import GraderError
from grader.kit.kit import Kit
from grader.language import SENTENCES, _, listed
from grader.outcome import NOT_LOST, ExerciseResult, Result
from grader.report.desk_view import desk_view
from grader.report.hint_text import no_more_hints
from grader.report.line_wrapping import Lines
from grader.report.progress_table import progress_view
from grader.report.safe_text import clean
from grader.scoring.ended_check import Begins

from .keys import Keys
from .progress import Progress, remember
from .reset import reset
from .still_running import StillRunning
from .watch import Watching

#: exercises that are named
_NAMED = 3
#: goes to the start of an emptied line
_LINE_AGAIN = Control(ControlType.CARRIAGE_RETURN, (ControlType.ERASE_IN_LINE, 2))


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
        self._note = ""
        self._lists = False
        self.is_over = False

    def look(self) -> None:
        """Check what has changed, obey a key, and draw the page if there is something new."""
        if key := self._keys.pressed():
            self._note = ""
            self._obey(key)
        try:
            seen = self._watching.look(self._checking)
        except GraderError as error:
            self._tell(f"gradproof: {error}", "red")
            return
        if seen is None:
            return
        self._results |= {one.exercise: one for one in seen.result.exercises}
        self._last = seen.result
        self._steps, self._chosen, self._asked = self._least, "", ""
        remember(self._kit, seen.result, seen.submission)
        self._draw()

    # -- keys --------------------------------------------------------------------------------------

    def _obey(self, key: str) -> None:
        if self._asked:
            self._reset(key)
        elif key == "q":
            self.is_over = True
            self._console.print()  # the shell goes on below the page
        elif key == "h":
            self._hint()
        elif key == "n":
            self._chosen, self._steps = self._next(), self._least
            self._draw()
        elif key == "l" and not self._lists:
            self._list()
        elif key == "l":
            self._draw()
        elif key == "r":
            self._asked = self._at_hand()
            if self._asked:
                text = _("Reset {exercise} to the starter? y/n")
                self._status(text.format(exercise=self._asked), "yellow")

    def _hint(self) -> None:
        """Show one more hint, or say that there is none."""
        shown = self._results.get(self._at_hand())
        lost = [c for c in shown.checks if c.outcome not in NOT_LOST] if shown else []
        most = max(lost, key=lambda check: len(check.hints), default=None)
        if most is not None and self._steps >= len(most.hints):
            self._note = no_more_hints(most)
        else:
            self._steps += 1
        self._draw()

    def _list(self) -> None:
        """Show the exercises, each in a line, in place of the page."""
        progress = Progress.of(self._kit)
        view = progress_view(
            self._kit.assignment, progress.points(self._kit), progress.standing(self._kit)
        )
        self._clear()
        self._console.print(view)
        self._lists = True
        self._status(_keys(), "dim")

    def _reset(self, key: str) -> None:
        """Reset the exercise if the key that answers says so."""
        asked, self._asked = self._asked, ""
        if key != "y":
            self._draw()
        else:
            try:
                restored = reset(self._kit, asked, datetime.now(), self._watching.file)
                path = restored.kept.relative_to(self._kit.directory)
                self._note = listed(restored.told(path), SENTENCES)
            except GraderError as error:
                self._note = f"gradproof: {error}"
            # the file has changed, so that the page is drawn again in a moment
            self._status(self._note, "yellow")

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

    def _draw(self) -> None:
        """Draw the page: in a terminal, with what was checked before; elsewhere, the latest."""
        if self._last is None:
            return
        result, console = self._last, self._console
        if self._keys.available:
            order = [exercise.name for exercise in self._kit.assignment.exercises]
            every = sorted(self._results.values(), key=lambda one: order.index(one.exercise))
            result = replace(result, exercises=tuple(every))
        self._clear()
        title = f"{datetime.now():%H:%M:%S} {clean(self._last.submission)}"
        console.rule(Text(title))
        standing = Progress.of(self._kit).standing(self._kit)
        full = [self._chosen] if self._chosen else []
        standing = replace(standing, following=self._chosen or standing.following)
        more = _("h shows the next hint") if self._keys.available else ""
        view = desk_view(result, self._kit.desk(), standing, self._steps, full, more)
        if not self._keys.available:
            console.print(view)
            console.file.flush()
            return
        note = [Lines(Text(clean(self._note), "yellow"))] if self._note else []
        below = len(console.render_lines(Group(*note, Text(_keys())), console.options))
        console.print(view.within(console.size.height - 1 - below, console), *note, sep="\n")
        self._status(_keys(), "dim")

    def _clear(self) -> None:
        self._lists = False
        if self._keys.available:
            self._console.clear()

    def _tell(self, text: str, style: str) -> None:
        """Say something that stays, below the page."""
        self._status("", "")
        self._console.print(Lines(Text(clean(text), style)))

    def _status(self, text: str, style: str) -> None:
        """Write *text* in the last line of the page, in the place of what is there."""
        if self._keys.available:
            line = Text(clean(text), style, no_wrap=True, overflow="ellipsis", end="")
            self._console.control(_LINE_AGAIN)
            self._console.print(line, end="")
            self._console.file.flush()

    @contextmanager
    def _checking(self, exercises: Sequence[str]) -> Iterator[Begins]:
        """Say at once what is checked, and after a while what takes long."""
        names = listed(exercises, most=_NAMED)
        self._status(_("Checking {file} …").format(file=names), "dim")
        say = self._status if self._keys.available else self._tell
        with StillRunning(lambda text: say(text, "yellow")) as slow:
            yield slow.begins


def _keys() -> str:
    return _("h hint   n next   l list   r reset   q quit")

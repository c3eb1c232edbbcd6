"""One check that has ended, and the hooks that are told of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from grader.checks.check_context import CheckContext
from grader.checks.plugin import Check
from grader.outcome import NOT_LOST
from grader.sandbox.proxy import Record

from .verdict import Verdict


@dataclass(frozen=True, slots=True)
class EndedCheck:
    """One check that has ended.

    Attributes:
        trace: the learner's calls in it.

        context: what its assertions noted; None if it was not run.

        seed: of its random inputs, and of the learner's generators when it began.

        refused: why it could not even begin.
    """

    check: Check
    verdict: Verdict
    trace: list[Record] = field(default_factory=list)
    context: CheckContext | None = None
    seconds: float = 0.0
    seed: int = 0
    refused: Exception | None = None

    @property
    def lost(self) -> bool:
        """Whether it cost its points."""
        return self.verdict.outcome not in NOT_LOST


#: steps of hints, by the checks' names
Hints = dict[str, tuple[str, ...]]
#: looks at the checks of one exercise when they have ended
Observe = Callable[[Sequence[EndedCheck]], None]
#: returns hints for the checks of one exercise when they have ended
Explain = Callable[[Sequence[EndedCheck]], Hints]

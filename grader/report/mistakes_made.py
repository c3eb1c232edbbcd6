"""Which known mistakes a class made, and who: as reports name them, by their hints.

A hint of a known mistake stands in a report only if the mistake gives the learner's answers, also
to other inputs. Mistakes of an exercise that share a hint cannot be told apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from grader.exercise import Mistake
from grader.language import _, current, listed
from grader.outcome import ExerciseResult, Outcome, Result

from .class_summary import by_learner
from .line_wrapping import indented
from .safe_text import clean, one_line

SCHEMA = "gradproof/mistakes/v1"


@dataclass(frozen=True, slots=True)
class MistakeMade:
    """A mistake, and who made it.

    Attributes:
        names: those of the known mistakes with this hint; none for what no mistake explains.

        sentence: the hint, which can be sent to all of them; empty if nothing is known. A known
            mistake's is in the language of the run, any other in that of the report.

        learners: in natural order.
    """

    exercise: str
    names: tuple[str, ...]
    sentence: str
    learners: tuple[str, ...]

    @property
    def label(self) -> str:
        """The names of the mistakes, or that none is known."""
        return " / ".join(self.names) or _("no known mistake")


def mistakes_made(
    results: Iterable[Result], mistakes: Sequence[Mistake]
) -> tuple[MistakeMade, ...]:
    """Return the mistakes in *results*, the most frequent first.

    Wrong answers that no known mistake explains stand together if the same sentence says what is
    wrong in them; last those of which nothing is known, by exercise.
    """
    named: dict[str, dict[str, list[Mistake]]] = defaultdict(lambda: defaultdict(list))
    for mistake in mistakes:
        for words in {mistake.hint.en, mistake.hint.zh}:
            named[mistake.exercise][clean(words)].append(mistake)
    who: dict[tuple[str, str], list[str]] = defaultdict(list)
    for result in by_learner(results):
        for exercise in result.exercises:
            for sentence in _told(exercise, named[exercise.exercise]):
                who[exercise.exercise, sentence].append(result.learner)
    made = [
        MistakeMade(
            exercise,
            tuple(dict.fromkeys(one.name for one in named[exercise].get(clean(sentence), []))),
            sentence,
            tuple(learners),
        )
        for (exercise, sentence), learners in who.items()
    ]
    return tuple(sorted(made, key=_order))


def _told(exercise: ExerciseResult, known: Mapping[str, Sequence[Mistake]]) -> list[str]:
    """Return the hints of the *known* mistakes in *exercise*; else what is wrong, in a sentence.

    The sentence is empty if nothing but that it is wrong is known.
    """
    hints = [check.hints for check in exercise.checks if check.hints]
    found = {known[steps[-1]][0].hint.get(current()) for steps in hints if steps[-1] in known}
    if found or exercise.outcome is not Outcome.FAILED:
        return sorted(found)
    return [next((steps[0] for steps in hints), "")]


def _order(made: MistakeMade) -> tuple[object, ...]:
    return (not made.sentence, -len(made.learners), made.exercise, made.names, made.sentence)


def mistakes_view(made: Sequence[MistakeMade]) -> RenderableType:
    """Return the mistakes with their learners, each followed by a sentence to send them."""
    parts: list[RenderableType] = []
    for one in made:
        head = Table.grid(padding=(0, 2))
        head.add_row(
            Text(f"{clean(one.exercise)}: {one.label}", "bold" if one.names else "dim"),
            Text(_("learners: {count}").format(count=len(one.learners)), "dim"),
        )
        parts += [head, indented(Text(listed(map(one_line, one.learners))))]
        if one.sentence:
            parts.append(indented(Text(clean(one.sentence), "cyan")))
    return Group(*parts) if parts else Text(_("Nobody made a mistake that is known."), "green")


def mistakes_payload(assignment: str, made: Sequence[MistakeMade]) -> dict[str, Any]:
    """Return the same data as values that ``json`` can write."""
    return {"schema": SCHEMA, "assignment": assignment, "mistakes": list(map(as_value, made))}


def as_value(made: MistakeMade) -> dict[str, Any]:
    """Return a mistake as a value that ``json`` can write."""
    return {
        "exercise": made.exercise,
        "names": list(made.names),
        "sentence": made.sentence,
        "learners": list(made.learners),
    }

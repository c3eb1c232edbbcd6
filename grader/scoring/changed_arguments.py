"""Arguments changed in place, looked for in every call of every check of an exercise.

A submission may leave alone what it is handed in one check and change it in another: in another
dtype, with one row, beyond a hundred. The check that speaks of unchanged arguments answers for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from grader.exercise import Exercise
from grader.language import SENTENCES, _, current, listed
from grader.outcome import Outcome
from grader.sandbox.proxy import Record
from grader.sandbox.repeated_check import objects
from grader.worker.values import leaves

from .ended_check import EndedCheck
from .verdict import Verdict


def with_changes(
    ended: Sequence[EndedCheck], exercise: Exercise, parameters: Sequence[str]
) -> list[EndedCheck]:
    """Return the checks of *exercise*, where arguments were changed that must not be.

    Those that speak of unchanged arguments, and of least else, then fail, unless one did already.

    Args:
        parameters: the names of the function's parameters, as far as known.
    """
    speaking = [one for one in ended if "unchanged" in one.check.says]
    if any(one.caught for one in speaking) or (exercise.changes and not parameters):
        return list(ended)
    fewest = min((len(one.check.says) for one in speaking), default=0)
    answering = {id(one) for one in speaking if len(one.check.says) == fewest}
    found = next(
        ((one, name) for one in ended for name in _changed(one, exercise, parameters)), None
    )
    if found is None:
        return list(ended)
    where, name = found
    text = _("{what} was changed in place; work on a copy.").format(what=name)
    seen = _("Seen in this check: {sentence}").format(sentence=where.check.sentence.get(current()))
    told = listed([text, seen], SENTENCES)
    verdict = Verdict(Outcome.FAILED, told, told)
    return [replace(one, verdict=verdict) if id(one) in answering else one for one in ended]


def with_unchanged(
    ended: Sequence[EndedCheck], exercise: Exercise, framework: str
) -> list[EndedCheck]:
    """Return the checks of *exercise*; where nothing at all was changed that must be, saying how.

    How arrays change is particular to some frameworks, and what their learners stumble over. Where
    none ever does, no hint of a mistake fits, since they speak of what changes.
    """
    calls = [r for one in ended for r in one.trace if r.name == exercise.name and not r.error]
    text = _how(framework)
    if not (exercise.changes and text and calls) or any(record.after for record in calls):
        return list(ended)
    text = text.format(what=listed(exercise.changes))
    never = framework == "jax"
    return [
        replace(one, verdict=one.verdict.saying(text), explained=never)
        if one.caught and one.trace
        else one
        for one in ended
    ]


def _how(framework: str) -> str:
    """Return how arguments change in *framework*; empty if it needs no words."""
    return {
        "tensorflow": _(
            "{what} did not change. Assign the new value with assign_sub or assign: p = p - ... "
            "only makes a new tensor."
        ),
        "jax": _("{what} did not change: arrays of JAX never do. Return the new ones."),
        "mxnet": _(
            "{what} did not change. Assign to the entries, p[:] = p - ...: p = p - ... only makes "
            "a new array."
        ),
    }.get(framework, "")


def _changed(ended: EndedCheck, exercise: Exercise, parameters: Sequence[str]) -> Iterator[str]:
    """Yield the names of arguments that calls in a check changed, and must not."""
    makers: dict[int, Record] = {}
    for record in ended.trace:
        maker = makers.get(record.rest.get("id", 0), record)
        makers |= {held.id: maker for held in objects(record.value)}
        # What iterates may change the arguments of the call that it came from.
        call = maker if record.op == "take" else record
        if call.name != exercise.name or not record.after:
            continue
        names = _names(call, parameters)
        for index, _new in record.after:
            name = names[index] if index < len(names) else ""
            if name.partition("[")[0] not in exercise.changes:
                yield name or exercise.name


def _names(call: Record, parameters: Sequence[str]) -> list[str]:
    """Return, for each array among the arguments of *call*, the name of its parameter."""
    split = len(call.args) - len(call.keywords)
    places = [_("argument {number}").format(number=place + 1) for place in range(split)]
    given = [*(list(parameters[:split]) + places[len(parameters) :]), *call.keywords]
    names: list[str] = []
    for name, value in zip(given, call.args, strict=True):
        count = len(leaves(value))
        listed = isinstance(value, (list, tuple))
        names += [f"{name}[{number}]" for number in range(count)] if listed else [name] * count
    return names

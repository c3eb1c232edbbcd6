"""Sentences on why exercises are graded again, and for whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.language import _
from grader.report.class_summary import natural_order

from .grounds import Grounds, Name


def reasons_of(before: Grounds, now: Grounds, exercise: str, framework: str) -> Iterator[str]:
    """Yield what changed of the grounds of an exercise that is written in *framework*."""
    if before is now:
        return
    old, new = before.of(exercise, framework), now.of(exercise, framework)
    for name in {**old, **new}:
        if old.get(name) != new.get(name):
            yield _change(name, old.get(name), new.get(name))


def _change(name: Name, before: str | None, now: str | None) -> str:
    kind, what = name
    if kind in ("version", "setting", "device", "language") or name == ("isolation", "level"):
        nothing = _("none")
        shown = {"before": before or nothing, "now": now or nothing}
        return _("{what}: {before} → {now}").format(what=_of_kind(kind, what), **shown)
    if before is None:
        text = _("{what} is new")
    elif now is None:
        text = _("{what} is gone")
    else:
        text = _("{what} changed")
    return text.format(what=_of_kind(kind, what))


def _of_kind(kind: str, name: str) -> str:
    """Return what a ground is called."""
    texts = {
        "check": _("the check {name}"),
        "file": _("{name}, apart from its checks"),
        "helper": _("the checks' helper {name}"),
        "reference": _("the reference"),
        "mistake": _("the known mistake {name}"),
        "mistakes": _("the list of known mistakes"),
        "setting": _("{name} in course.toml"),
        "given": _("the given file {name}"),
        "seed": _("the course's seed") if name == "course" else _("the secret seed"),
        "machine": _("the machine's kind of processor"),
        "language": _("language"),
        "device": _("device"),
        "isolation": _("isolation"),
    }
    return texts.get(kind, "{name}").format(name=name)


@dataclass(frozen=True, slots=True)
class Regraded:
    """Some exercises of some learners that were graded for the same reasons.

    Attributes:
        exercises: empty for all of the assignment.
    """

    learners: tuple[str, ...]
    exercises: tuple[str, ...]
    reasons: tuple[str, ...]


def grouped(why: Mapping[str, Mapping[str, Sequence[str]]], every: Sequence[str]) -> list[Regraded]:
    """Return who had what graded and why, the largest groups first.

    Args:
        why: by learner and exercise.

        every: the exercises of the assignment.
    """
    groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for learner in sorted(why, key=natural_order):
        alike: dict[tuple[str, ...], list[str]] = {}
        for exercise, reasons in why[learner].items():
            alike.setdefault(tuple(reasons), []).append(exercise)
        for reasons, exercises in alike.items():
            named = () if exercises == list(every) else tuple(exercises)
            groups.setdefault((named, reasons), []).append(learner)
    found = (Regraded(tuple(who), *what) for what, who in groups.items())
    return sorted(found, key=lambda group: -len(group.learners))

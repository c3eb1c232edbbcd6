"""The report that a learner reads, in Markdown, in the language of the run.

Sentences and hints are the course's own words and keep their Markdown. Messages, notes and names
may hold the learner's, and are escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from grader.exercise import Exercise, Text
from grader.language import _, current
from grader.outcome import CheckResult, Outcome, Result

from .class_summary import by_exercise
from .points_text import decimal_text
from .safe_text import clean_result, code_span, markdown_text, one_line

#: what only the learner can mend
_MENDABLE = (Outcome.FAILED, Outcome.NOT_IMPLEMENTED, Outcome.TIMED_OUT, Outcome.CRASHED)


def to_markdown(result: Result, titles: Mapping[str, Text], assignment_title: Text) -> str:
    """Return the report of *result*.

    Args:
        titles: of the exercises, by name; one that is missing is called by its name.
    """
    result = clean_result(result)
    names = {name: _title(name, titles) for name in by_exercise(result)}
    blocks = [*_warnings(result), *_head(result, assignment_title)]
    blocks += [_labelled(_("Note:"), note) for note in result.notes]
    if start := _start(result):
        where = _("{exercise}: {sentence}")
        where = where.format(exercise=names[start.exercise], sentence=one_line(start.sentence))
        blocks.append(_bold(_("Start here:"), where))
    for name, checks in by_exercise(result).items():
        blocks += _exercise(names[name], checks)
    return "\n\n".join(blocks) + "\n"


def exercise_to_markdown(result: Result, exercise: Exercise) -> str:
    """Return what a grade book says of one exercise; of hidden checks only how many passed."""
    checks = [check for check in clean_result(result).checks if check.exercise == exercise.name]
    blocks = list(_exercise(one_line(exercise.title.get(current())), checks, with_hidden=False))
    blocks += _hidden(checks)
    if any(check.outcome is Outcome.INTERNAL for check in checks):
        blocks = [*_warnings(result), *blocks]
    return "\n\n".join(blocks) + "\n"


def exercise_to_comment(result: Result, exercise: Exercise) -> str:
    """Return the same in a few lines that read well as they are: points, and what did not pass.

    Where nbgrader's formgrader shows a comment, it renders nothing and has room for six lines.
    """
    checks = [check for check in clean_result(result).checks if check.exercise == exercise.name]
    label = _("Hint:")
    lines = []
    for outcome, message, hints, alike in _troubles(c for c in checks if not c.hidden):
        lines += [f"{_mark(outcome)} {_line(check)}" for check in alike]
        if message.strip():
            lines.append(f"{_label(outcome)} {code_span(one_line(message))}")
        lines += [f"{label} {one_line(hint)}" for hint in hints]
    lines += _hidden(checks)
    head = _points(one_line(exercise.title.get(current())), checks)
    blocks = ["\n".join([head, *(f"- {line}" for line in lines)])]
    if any(check.outcome is Outcome.INTERNAL for check in checks):
        blocks = [*_warnings(result), *blocks]
    return "\n\n".join(blocks) + "\n"


def _title(name: str, titles: Mapping[str, Text]) -> str:
    return one_line(titles[name].get(current())) if name in titles else markdown_text(name)


def _warnings(result: Result) -> list[str]:
    warnings = []
    if not result.checks:
        text = _("No check ran. Tell your instructor.")
        warnings.append("> " + _bold(_("Not a grade."), text))
    elif not result.final:
        text = _(
            "At least one check broke on our side. That is not your fault and will cost you "
            "nothing: your instructor mends it and grades again."
        )
        warnings.append("> " + _bold(_("Not a grade yet."), text))
    if result.isolation.warning:
        warnings.append("> " + _bold(_("For the instructor:"), one_line(result.isolation.warning)))
    return warnings


def _head(result: Result, title: Text) -> list[str]:
    head = _("{title}: {points} / {max_points} points")
    points = {"points": decimal_text(result.score), "max_points": decimal_text(result.max_score)}
    who = (result.learner, result.submission, result.framework)
    return [
        "# " + head.format(title=one_line(title.get(current())), **points),
        " · ".join(markdown_text(one_line(part)) for part in who if part),
        *_opening(result),
    ]


def _opening(result: Result) -> Iterable[str]:
    """Yield a sentence on how far the learner has come."""
    ran = [check for check in result.checks if check.outcome is not Outcome.SKIPPED]
    passed = sum(check.outcome is Outcome.PASSED for check in ran)
    if not ran:
        return
    if passed == len(ran):
        yield _("Every check passed. Well done.")
    elif not _start(result):
        yield _("{passed} of {total} checks passed.").format(passed=passed, total=len(ran))
    elif not passed:
        yield _("No check has passed yet. Begin with one exercise; the others can wait.")
    else:
        text = _("{passed} of {total} checks passed. Take the others one at a time.")
        yield text.format(passed=passed, total=len(ran))


def _start(result: Result) -> CheckResult | None:
    """Return what to look at first: the first thing to mend in the first unfinished exercise.

    A blocked check waits for another one, and one that broke is not the learner's to mend.
    """
    for checks in by_exercise(result).values():
        for check in checks:
            if check.outcome in _MENDABLE:
                return check
    return None


def _exercise(title: str, checks: Sequence[CheckResult], with_hidden: bool = True) -> Iterable[str]:
    """Yield the blocks on one exercise."""
    yield "## " + _points(title, checks)
    told = [check for check in checks if with_hidden or not check.hidden]
    passed = [check for check in told if check.outcome is Outcome.PASSED]
    if passed:
        yield _listed("✓", passed)
    yield from _not_passed(told)


def _points(title: str, checks: Sequence[CheckResult]) -> str:
    """Return what an exercise has earned, in a line."""
    ran = [check for check in checks if check.outcome is not Outcome.SKIPPED]
    if not ran:
        return _("{title}: not graded on this machine").format(title=title)
    points = decimal_text(sum((check.points for check in ran), Fraction(0)))
    max_points = decimal_text(sum((check.max_points for check in ran), Fraction(0)))
    text = _("{title}: {points} / {max_points} points")
    return text.format(title=title, points=points, max_points=max_points)


def _hidden(checks: Sequence[CheckResult]) -> list[str]:
    """Return the line that says how many hidden checks passed, if there are any."""
    hidden = [check for check in checks if check.hidden and check.outcome is not Outcome.SKIPPED]
    if not hidden:
        return []
    text = _("{passed} of {total} hidden checks passed ({points} / {max_points}).")
    return [
        text.format(
            passed=sum(check.outcome is Outcome.PASSED for check in hidden),
            total=len(hidden),
            points=decimal_text(sum((c.points for c in hidden), Fraction(0))),
            max_points=decimal_text(sum((c.max_points for c in hidden), Fraction(0))),
        )
    ]


def _not_passed(checks: Iterable[CheckResult]) -> Iterable[str]:
    """Yield what did not pass."""
    for outcome, message, hints, alike in _troubles(checks):
        yield "### " + _heading(outcome)
        yield _listed(_mark(outcome), alike)
        if message.strip():
            yield _labelled(_label(outcome), message)
        if hints:
            yield _steps(hints)


def _troubles(
    checks: Iterable[CheckResult],
) -> Iterable[tuple[Outcome, str, list[str], list[CheckResult]]]:
    """Yield outcome, message, hints and checks of what ended alike, for the same reason."""
    groups: dict[tuple[Outcome, str, tuple[str, ...]], list[CheckResult]] = {}
    for check in checks:
        if check.outcome is not Outcome.PASSED:
            groups.setdefault((check.outcome, check.message, check.hints), []).append(check)
    for (outcome, message, hints), alike in groups.items():
        yield outcome, message, [hint.strip() for hint in hints if hint.strip()], alike


def _mark(outcome: Outcome) -> str:
    return "✗" if outcome in _MENDABLE else "○"


def _label(outcome: Outcome) -> str:
    return _("Seen:") if outcome in _MENDABLE else _("Why:")


def _steps(steps: Sequence[str]) -> str:
    """Return hints in their order: a list, if there are several."""
    if len(steps) == 1:
        return _bold(_("Hint:"), steps[0])
    label = _("Hints:")
    numbered = (f"{number}. {step}" for number, step in enumerate(steps, 1))
    return "\n".join([f"**{label}**", "", *numbered])


def _heading(outcome: Outcome) -> str:
    """Return the heading over checks that did not pass."""
    return {
        Outcome.FAILED: _("Not right yet"),
        Outcome.NOT_IMPLEMENTED: _("Not written yet"),
        Outcome.TIMED_OUT: _("No answer in time"),
        Outcome.CRASHED: _("Your code's process ended"),
        Outcome.BLOCKED: _("Waits for another check"),
        Outcome.SKIPPED: _("Not run on this machine, and not counted"),
        Outcome.INTERNAL: _("Broken on our side"),
    }[outcome]


def _listed(mark: str, checks: Iterable[CheckResult]) -> str:
    return "\n".join(f"- {mark} {_line(check)}" for check in checks)


def _line(check: CheckResult) -> str:
    line = one_line(check.sentence)
    if check.outcome is not Outcome.SKIPPED:
        line += f" ({decimal_text(check.points)} / {decimal_text(check.max_points)})"
    note = _("hidden check")
    return f"{line} *({note})*" if check.hidden else line


def _bold(label: str, text: str) -> str:
    # With a space also in Chinese, where "**" after punctuation would not end the bold text.
    return f"**{label}** {text}"


def _labelled(label: str, text: str) -> str:
    shown = markdown_text(text)
    return f"**{label}**\n\n{shown}" if "\n" in shown else _bold(label, shown)

"""The report for learners, in Markdown and in the language of the run.

Sentences and hints come from the course and keep their Markdown. Messages, notes and names may
contain learners' text, and are escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from grader.adjustments import ByHand
from grader.exercise import Exercise, Text
from grader.language import SENTENCES, _, current, listed
from grader.outcome import MENDABLE, CheckResult, ExerciseResult, Outcome, Result, tally

from .outcome_text import mark, outcome_heading
from .points_text import decimal_text
from .remarks import (
    by_hand_remark,
    check_remarks,
    exercise_remarks,
    origin,
    result_remarks,
    taken_from,
)
from .safe_text import clean_result, code_span, markdown_text, one_line


def to_markdown(result: Result, titles: Mapping[str, Text], assignment_title: Text) -> str:
    """Return the report of *result*.

    Args:
        titles: titles of exercises and of the rubric by name; what has none is shown by name.
    """
    result = clean_result(result)
    names = {one.exercise: _title(one.exercise, titles) for one in result.exercises}
    blocks = [*_warnings(result), *_head(result, assignment_title)]
    blocks += [_labelled(_("Note:"), note) for note in (*result_remarks(result), *result.notes)]
    if start := _start(result):
        where = _("{exercise}: {sentence}")
        where = where.format(exercise=names[start.exercise], sentence=one_line(start.sentence))
        blocks.append(_bold(_("Start here:"), where))
    for exercise in result.exercises:
        blocks += _exercise(names[exercise.exercise], exercise)
    for line in result.rubric:
        blocks += _by_hand(_title(line.line, titles), line)
    return "\n\n".join(blocks) + "\n"


def _by_hand(title: str, line: ByHand) -> Iterable[str]:
    text = _("{title}: {points} / {max_points} points")
    points = "–" if line.points is None else decimal_text(line.points)
    head = text.format(title=title, points=points, max_points=decimal_text(line.max_points))
    yield f"## {head}"
    yield markdown_text(by_hand_remark(line))


def exercise_to_markdown(result: Result, exercise: Exercise) -> str:
    """Return the gradebook's text on one exercise; of hidden checks, only how many passed."""
    title, part = one_line(exercise.title.get(current())), _part(result, exercise)
    if part is None:
        return "## " + _ungraded(title) + "\n"
    blocks = list(_exercise(title, part, with_hidden=False))
    blocks += _hidden(part.checks)
    blocks += [_labelled(_("Note:"), remark) for remark in result_remarks(result)]
    if not part.settled:
        blocks = [*_warnings(result), *blocks]
    return "\n\n".join(blocks) + "\n"


def exercise_to_comment(result: Result, exercise: Exercise) -> str:
    """Return the same in a few lines of plain text: points, and the checks that did not pass.

    nbgrader's formgrader shows comments without rendering, in a box of six lines.
    """
    title, part = one_line(exercise.title.get(current())), _part(result, exercise)
    if part is None:
        return _ungraded(title) + "\n"
    label = _("Hint:")
    public = [check for check in part.checks if not check.hidden]
    remarks = [*exercise_remarks(part)]
    if part.source is not None and part.source.others and taken_from(part.source) not in remarks:
        # Formgrader shows the empty notebook, and not the file with the work.
        remarks.insert(0, taken_from(part.source))
    lines = [markdown_text(remark) for remark in remarks]
    lines += [_marked(c) for c in public if c.outcome is Outcome.PASSED and any(check_remarks(c))]
    for outcome, message, hints, alike in _troubles(public):
        lines += map(_marked, alike)
        if message.strip():
            lines.append(f"{_label(outcome)} {code_span(one_line(message))}")
        lines += [f"{label} {one_line(hint)}" for hint in hints]
    lines += _hidden(part.checks)
    lines += [markdown_text(remark) for remark in result_remarks(result)]
    blocks = ["\n".join([_points(title, part), *(f"- {line}" for line in lines)])]
    if not part.settled:
        blocks = [*_warnings(result), *blocks]
    return "\n\n".join(blocks) + "\n"


def check_to_markdown(check: CheckResult) -> str:
    """Return what is to say of one check beside its sentence; empty if that is nothing."""
    blocks = []
    if check.outcome is not Outcome.PASSED and check.message.strip():
        blocks.append(_labelled(_label(check.outcome), check.message))
    hints = [hint.strip() for hint in check.hints if hint.strip()]
    blocks += [_steps(hints)] if hints else []
    blocks += map(markdown_text, check_remarks(check))
    return "\n\n".join(blocks)


def _part(result: Result, exercise: Exercise) -> ExerciseResult | None:
    """Return the result of *exercise* with clean texts; None if it was not graded."""
    return next(iter(clean_result(result.only([exercise.name])).exercises), None)


def _title(name: str, titles: Mapping[str, Text]) -> str:
    return one_line(titles[name].get(current())) if name in titles else markdown_text(name)


def _warnings(result: Result) -> list[str]:
    warnings = []
    if not result.exercises:
        text = _("No check ran. Tell your instructor.")
        warnings.append("> " + _bold(_("Not a grade."), text))
    elif not result.final:
        text = _(
            "At least one check broke on our side. This is not your fault and costs you no "
            "points: your instructor will fix it and grade again."
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
    """Yield a sentence on the learner's progress."""
    total = tally(result.checks)
    counts = {"passed": total.passed, "total": total.ran}
    if not total.ran:
        return
    if total.passed == total.ran:
        yield _("Every check passed. Well done.")
    elif not _start(result):
        yield _("{passed} of {total} checks passed.").format(**counts)
    elif not total.passed:
        yield _("No check has passed yet. Begin with one exercise; the others can wait.")
    else:
        text = _("{passed} of {total} checks passed. Take the others one at a time.")
        yield text.format(**counts)


def _start(result: Result) -> CheckResult | None:
    """Return what to look at first: the failed check that says most of the first such exercise.

    A blocked check waits for another one, and a broken one is not for the learner to fix.
    """
    mendable = [check for check in result.checks if check.outcome in MENDABLE]
    own = [check for check in mendable if check.exercise == mendable[0].exercise]
    return max(own, key=_information, default=None)


def _information(check: CheckResult) -> tuple[int, bool]:
    """Return how much a check says, to compare: its hints, and whether its message has values."""
    return len(check.hints), not check.hidden


def _exercise(title: str, exercise: ExerciseResult, with_hidden: bool = True) -> Iterable[str]:
    """Yield the blocks on one exercise."""
    yield "## " + _points(title, exercise)
    remarks = list(exercise_remarks(exercise))
    if exercise.source is not None and taken_from(exercise.source) not in remarks:
        yield listed(map(markdown_text, origin(exercise)), SENTENCES)
    for remark in remarks:
        yield _labelled(_("Note:"), remark)
    told = [check for check in exercise.checks if with_hidden or not check.hidden]
    passed = [check for check in told if check.outcome is Outcome.PASSED]
    if passed:
        yield _listed(passed)
    yield from _not_passed(told)


def _points(title: str, exercise: ExerciseResult) -> str:
    """Return an exercise's points, in a line."""
    if not exercise.counted:
        return _ungraded(title)
    text = _("{title}: {points} / {max_points} points")
    points, max_points = decimal_text(exercise.points), decimal_text(exercise.max_points)
    return text.format(title=title, points=points, max_points=max_points)


def _ungraded(title: str) -> str:
    return _("{title}: not graded on this machine").format(title=title)


def _hidden(checks: Sequence[CheckResult]) -> list[str]:
    """Return the line that says how many hidden checks passed, if there are any."""
    hidden = tally(check for check in checks if check.hidden)
    if not hidden.ran:
        return []
    text = _("{passed} of {total} hidden checks passed ({points} / {max_points}).")
    return [
        text.format(
            passed=hidden.passed,
            total=hidden.ran,
            points=decimal_text(hidden.points),
            max_points=decimal_text(hidden.max_points),
        )
    ]


def _not_passed(checks: Iterable[CheckResult]) -> Iterable[str]:
    """Yield the checks that did not pass."""
    for outcome, message, hints, alike in _troubles(checks):
        yield "### " + outcome_heading(outcome)
        yield _listed(alike)
        if message.strip():
            yield _labelled(_label(outcome), message)
        if hints:
            yield _steps(hints)


def _troubles(
    checks: Iterable[CheckResult],
) -> Iterable[tuple[Outcome, str, list[str], list[CheckResult]]]:
    """Yield outcome, message, hints and checks, grouped by equal outcome and reason.

    Those that say most come first, those that the learner cannot mend last.
    """
    groups: dict[tuple[Outcome, str, tuple[str, ...]], list[CheckResult]] = {}
    for check in checks:
        if check.outcome is not Outcome.PASSED:
            groups.setdefault((check.outcome, check.message, check.hints), []).append(check)

    def order(group: tuple[object, list[CheckResult]]) -> tuple[bool, int, bool]:
        """Return a key that is greatest for what should be read first."""
        first = group[1][0]
        return (first.outcome in MENDABLE, *_information(first))

    for (outcome, message, hints), alike in sorted(groups.items(), key=order, reverse=True):
        yield outcome, message, [hint.strip() for hint in hints if hint.strip()], alike


def _label(outcome: Outcome) -> str:
    return _("Seen:") if outcome in MENDABLE else _("Why:")


def _steps(steps: Sequence[str]) -> str:
    """Return the hints in order; as a list if there are several."""
    if len(steps) == 1:
        return _bold(_("Hint:"), steps[0])
    label = _("Hints:")
    numbered = (f"{number}. {step}" for number, step in enumerate(steps, 1))
    return "\n".join([f"**{label}**", "", *numbered])


def _listed(checks: Iterable[CheckResult]) -> str:
    return "\n".join(f"- {_marked(check)}" for check in checks)


def _marked(check: CheckResult) -> str:
    return f"{mark(check.outcome)} {_line(check)}"


def _line(check: CheckResult) -> str:
    line = one_line(check.sentence)
    if check.outcome is not Outcome.SKIPPED:
        line += f" ({decimal_text(check.points)} / {decimal_text(check.max_points)})"
    note = _("hidden check")
    line = f"{line} *({note})*" if check.hidden else line
    return " ".join([line, *map(markdown_text, check_remarks(check))])


def _bold(label: str, text: str) -> str:
    # With a space also in Chinese, where "**" after punctuation would not end the bold text.
    return f"**{label}** {text}"


def _labelled(label: str, text: str) -> str:
    shown = markdown_text(text)
    return f"**{label}**\n\n{shown}" if "\n" in shown else _bold(label, shown)

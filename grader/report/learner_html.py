"""One learner's page as HTML: self-contained, without script, for screens, paper and readers."""

from __future__ import annotations

from collections.abc import Iterator

from grader.language import _, current
from grader.outcome import NOT_LOST, CheckResult, ExerciseResult

from .evidence import Evidence
from .evidence_text import beside, part, tells_shapes
from .html_templates import templates
from .learner_page import LearnerPage, ShownExercise, as_above, changed, sentence, unwritten
from .outcome_text import mark, outcome_word
from .pictures import curve_picture, heat_picture
from .points_sum import sum_lines
from .remarks import all_remarks, check_remarks, exercise_remarks, result_remarks
from .safe_text import clean, clean_result


def learner_html(page: LearnerPage) -> str:
    """Return *page* as HTML, in the language of the run."""
    report = clean_result(page.report)
    notes = list(report.notes)
    if page.for_staff:
        told = set(result_remarks(report))
        notes = [*(remark for remark in all_remarks(report) if remark not in told), *notes]
    return (
        templates()
        .get_template("learner.html")
        .render(
            lang=current(),
            page=page,
            cards=[_card(shown, page) for shown in page.exercises],
            sum=sum_lines(report, page.titles),
            reasons=list(result_remarks(report)),
            notes=notes,
            words=_words(page),
        )
    )


def _words(page: LearnerPage) -> dict[str, str]:
    """Return the words that are the page's own."""
    return {
        "sum": _("Points"),
        "exercise": _("Exercise"),
        "offered": _("out of"),
        "why": _("Why"),
        "checks": _("Checks"),
        "details": _("What went wrong"),
        "stated": _("Statement"),
        "footer": _("For staff only: it shows hidden checks.") if page.for_staff else "",
    }


def _card(shown: ShownExercise, page: LearnerPage) -> dict[str, object]:
    """Return what the template shows of an exercise."""
    result = clean_result(page.report.only([shown.result.exercise])).exercises[0]
    lost = [check for check in result.checks if check.outcome not in NOT_LOST]
    return {
        "heading": shown.heading,
        "remarks": [] if page.for_staff else list(exercise_remarks(result)),
        "unwritten": unwritten(result),
        "stated": shown.stated,
        "listings": list(_listings(shown)),
        "checks": list(_checks(result, page, lost[:1])),
        "changes": [(changed(one), [clean(line) for line in one.diff]) for one in shown.changes],
    }


def _listings(shown: ShownExercise) -> Iterator[tuple[str, str, list[tuple[int, str, bool]]]]:
    """Yield title, place and lines of the learner's code; the title once for what follows."""
    titles = [_("Code as graded"), *[_("Used by it")][: len(shown.used)]]
    for code in filter(None, [shown.code, *shown.used]):
        title = titles.pop(0) if titles else ""
        yield title, clean(code.place), shown.numbered(code)


def _checks(
    exercise: ExerciseResult, page: LearnerPage, first: list[CheckResult]
) -> Iterator[dict[str, object]]:
    """Yield what is shown of each check; only the *first* that was lost is shown unfolded."""
    told: set[str] = set()
    for check in exercise.checks:
        lost = check.outcome not in NOT_LOST
        evidence = page.case(check) if lost else None
        # a reason that several checks share is told once
        message = check.message if lost else ""
        if message in told and not evidence:
            message = as_above() if page.for_staff else ""
        told |= {message} - {""}
        # a sentence, followed by lines of code
        message, _line, code = message.partition("\n")
        yield {
            "mark": mark(check.outcome),
            "word": outcome_word(check.outcome),
            "kind": "good" if not lost else "bad" if mark(check.outcome) == "✗" else "soft",
            "sentence": sentence(check),
            "remarks": [] if page.for_staff else list(check_remarks(check)),
            "message": message,
            "quoted": code,
            "seen": _seen(evidence, check.message) if evidence else None,
            "pictures": _pictures(evidence),
            "hints": _hints(check) if lost else [],
            "open": not unwritten(exercise) and (page.for_staff or check in first),
        }


def _seen(evidence: Evidence, message: str) -> dict[str, object]:
    """Return a wrong call in words: the call, both values, and what is beside them."""
    return {
        "call": clean(evidence.call),
        "part": list(map(clean, part(evidence, message))),
        "values": [
            (label, clean(value))
            for label, value in ((_("got"), evidence.got), (_("expected"), evidence.expected))
            if value and not tells_shapes(evidence, message)
        ],
        "beside": list(map(clean, beside(evidence, message))),
    }


def _hints(check: CheckResult) -> list[tuple[str, str]]:
    """Return the hints, each with the words that unfold it."""
    last = len(check.hints) - 1
    return [
        (_("Hint") if n == last else _("Hint (another one follows)"), hint)
        for n, hint in enumerate(check.hints)
    ]


def _pictures(evidence: Evidence | None) -> list[str]:
    """Return the pictures of a wrong call."""
    found: list[str] = []
    if evidence is not None and evidence.heat is not None and evidence.heat.shades.size > 1:
        found.append(heat_picture(evidence.heat, evidence.worst))
    if evidence is not None and evidence.curve is not None:
        found.append(curve_picture(evidence.curve))
    return found

"""Commands that test the checks of a course, and tell what it holds: audit, try, syllabus."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.course.catalogue import Course
from grader.errors import AuthoringError, GraderError
from grader.language import _

from .common import (
    FOLDER,
    PATH,
    STDOUT,
    course_option,
    guarded,
    json_option,
    near,
    progress,
    say,
    tell,
    until_interrupted,
)

if TYPE_CHECKING:
    from grader.audit.audit_report import CourseAudit
    from grader.audit.course_audit import AuditOptions


def names_here(context: click.Context, _parameter: object, begun: str) -> list[str]:
    """Return the assignments and exercises whose names start with *begun*, for shell completion."""
    try:
        course = Course.load(Path(context.params.get("course_dir") or "."))
    except GraderError:
        return []
    names = [a.name for a in course.assignments]
    names += [f"{a.name}/{e.name}" for a in course.assignments for e in a.exercises]
    return [name for name in names if name.startswith(begun)]


names_argument = click.argument("names", nargs=-1, shell_complete=names_here)


@click.command("audit", epilog="Example: gradproof audit softmax_regression/softmax")
@names_argument
@click.option("--mutants", is_flag=True, help="Also run every small edit of the references.")
@click.option(
    "--seeds",
    type=click.IntRange(1),
    help="Number of seeds to run correct solutions and known mistakes with.  [default: 3]",
)
@click.option(
    "--record",
    is_flag=True,
    help="Write which checks catch mistakes and hold promises, measured with at least 30 seeds.",
)
@click.option(
    "--calibrate",
    is_flag=True,
    help="Record how far correct solutions deviate, measured with at least 30 seeds.",
)
@click.option("--widen", is_flag=True, help="Calibration may more than double a tolerance.")
@click.option("--tighten", is_flag=True, help="Calibration may narrow a tolerance.")
@click.option("--fresh", is_flag=True, help="Run everything again, even if nothing changed.")
@click.option("--watch", is_flag=True, help="Audit again whenever a file is saved.")
@click.option(
    "--report", "pages", type=FOLDER, help="Write the findings as HTML pages to this directory."
)
@json_option
@course_option
@guarded
def audit_command(
    names: tuple[str, ...],
    mutants: bool,
    seeds: int | None,
    record: bool,
    calibrate: bool,
    widen: bool,
    tighten: bool,
    fresh: bool,
    watch: bool,
    pages: Path | None,
    as_json: bool,
    course_dir: Path,
) -> None:
    """Check the checks.

    NAMES are assignments, or exercises written as assignment/exercise; without any, the whole
    course is audited. The reference and every accepted variant must pass; the starter and wrong
    answers must earn nothing; every known mistake must fail exactly the checks it names; and every
    check must catch something. Exit code 3 if there are findings.
    """
    from grader.audit.course_audit import AuditOptions
    from grader.audit.trials import SEEDS

    if calibrate and not names:
        raise click.UsageError(_("--calibrate needs the names of the exercises to calibrate."))
    if (widen or tighten) and not calibrate:
        raise click.UsageError(_("--widen and --tighten go with --calibrate."))
    options = AuditOptions(mutants, seeds or SEEDS, record, calibrate, widen, tighten, fresh)
    if watch:
        _watch(course_dir, names, options)
        return
    report = _audited(course_dir, names, options)
    if as_json:
        click.echo(json.dumps(report.payload(), indent=2, ensure_ascii=False))
    else:
        _show(report, names)
    if pages:
        from grader.audit.pages import write_pages

        index = write_pages(Course.load(course_dir), report, pages)
        say(_("Written: {path}").format(path=near(index)))
    sys.exit(3 if report.findings else 0)


def _audited(course_dir: Path, names: Sequence[str], options: AuditOptions) -> CourseAudit:
    from grader.audit.course_audit import audit

    with progress("audit") as show:

        def step(text: str, done: int, total: int) -> None:
            show(description=text, completed=done, total=total)

        return audit(Course.load(course_dir), names, step, options)


def _show(report: CourseAudit, names: Sequence[str]) -> None:
    """Print the results of an audit."""
    from grader.report.audit_tables import audit_tables

    by_exercise = any("/" in name for name in names)
    rows = report.exercise_rows() if by_exercise else report.rows()
    STDOUT.print(audit_tables(rows, report.mutation_rows(), by_exercise))
    for done in (*report.recorded, *report.calibrated):
        tell(str(done))
    for finding in report.findings:
        tell(str(AuthoringError(finding.what, near(finding.path), finding.line)))
    for framework, count in sorted(report.skipped.items()):
        text = _("{framework} is not installed: {count} solutions and starters in it were skipped.")
        say(text.format(framework=framework, count=count), "yellow")
    _say_odds(report)
    if report.unchanged:
        say(
            _("{count} of {all} exercises unchanged since the last audit.").format(
                count=report.unchanged, all=len(report.audits)
            )
        )
    remembered = sum(mutation.remembered for mutation in report.mutations)
    if remembered:
        graded = sum(mutation.mutants for mutation in report.mutations) - remembered
        text = _("{graded} mutants graded; {remembered} verdicts kept from an earlier audit.")
        say(text.format(graded=graded, remembered=remembered))
    tell(_count_of_findings(len(report.findings)))


def _count_of_findings(count: int) -> str:
    """Return the line that ends an audit."""
    if count == 0:
        return _("No findings.")
    return _("1 finding.") if count == 1 else _("{count} findings.").format(count=count)


def _say_odds(report: CourseAudit) -> None:
    """Print the number of runs of correct solutions, and the odds of a false rejection."""
    chances = sum(sum(audit.chances.values()) for audit in report.audits)
    runs = sum(audit.runs for audit in report.audits)
    some = _("expected false rejections: at most {chances} in 10⁹ full runs.")
    never = _("no check depends on chance.")
    odds = some.format(chances=chances) if chances else never
    text = _("{runs} runs of correct solutions; {odds}").format(runs=runs, odds=odds)
    tell(text)


def _watch(course_dir: Path, names: Sequence[str], options: AuditOptions) -> None:
    """Audit changed exercises whenever a file of the course is saved, until Ctrl-C."""
    from grader.audit.files import course_dates

    seen: object = None

    def look() -> None:
        nonlocal seen, options
        dates = course_dates(course_dir)
        if dates == seen:
            return
        seen = dates
        STDOUT.rule(f"{datetime.now():%H:%M:%S}")
        try:
            _show(_audited(course_dir, names, options), names)
        except GraderError as error:
            say(f"gradproof: {error}", "red")
        # Options that apply only to the first audit are done.
        options = replace(options, fresh=False)
        sys.stdout.flush()

    say(_("Watching {folder}. Press Ctrl-C to stop.").format(folder=course_dir.resolve().name))
    until_interrupted(look)


@click.command("try", epilog="Example: gradproof try draft.py")
@click.argument("file", type=PATH)
@names_argument
@json_option
@course_option
@guarded
def try_command(file: Path, names: tuple[str, ...], as_json: bool, course_dir: Path) -> None:
    """Show which checks a draft passes.

    FILE is graded as a submission to the exercises that it defines, with public and hidden checks.
    NAMES narrow these down: assignments, or exercises written as assignment/exercise. Exit code 1
    if a check fails.
    """
    from grader.audit.draft import try_draft
    from grader.report.audit_tables import draft_view
    from grader.report.json_report import to_json

    tried = try_draft(Course.load(course_dir), file, names)
    if as_json:
        click.echo(to_json(tried.result), nl=False)
    else:
        STDOUT.print(draft_view(tried.result, tried.framework, tried.likenesses))
    sys.exit(0 if tried.result.score == tried.result.max_score else 1)


@click.command("syllabus", epilog="Example: gradproof syllabus --markdown > syllabus.md")
@names_argument
@click.option("--mutants", is_flag=True, help="Add mutation scores; runs mutants that are new.")
@click.option("--markdown", is_flag=True, help="Print a Markdown table.")
@json_option
@course_option
@guarded
def syllabus_command(
    names: tuple[str, ...], mutants: bool, markdown: bool, as_json: bool, course_dir: Path
) -> None:
    """Show what the course holds for each exercise.

    Points, checks, known mistakes, and accepted variants by framework. NAMES are assignments, or
    exercises written as assignment/exercise; without any, the whole course is shown.
    """
    from grader.audit.course_audit import exercises_named, mutation_scores
    from grader.audit.syllabus import syllabus
    from grader.report.syllabus_table import syllabus_markdown, syllabus_table

    course = Course.load(course_dir)
    units = exercises_named(course, names)
    scores = {}
    if mutants:
        with progress("audit") as show:
            scores = mutation_scores(
                course, units, lambda what, n, of: show(description=what, completed=n, total=of)
            )
    rows = list(syllabus(course, units, scores))
    if as_json:
        click.echo(json.dumps([row.payload() for row in rows], indent=2, ensure_ascii=False))
    elif markdown:
        click.echo(syllabus_markdown(rows), nl=False)
    else:
        STDOUT.print(syllabus_table(rows))

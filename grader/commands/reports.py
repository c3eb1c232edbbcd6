"""Commands that put results before people: feedback, class, items."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click

from grader.atomic_write import write_all
from grader.course.catalogue import Course
from grader.exercise import Language
from grader.language import _, use

from .common import (
    FOLDER,
    LANGUAGE,
    STDOUT,
    course_option,
    guarded,
    isolation_option,
    json_option,
    near,
    progress,
    say,
)


@click.command(
    "feedback",
    epilog="Example: gradproof feedback softmax_regression --to pages --lang zh",
)
@click.argument("assignment")
@click.option("--to", "target", required=True, type=FOLDER, help="Directory to write to.")
@click.option("--lang", "said", type=LANGUAGE, help="Language of the pages.  [default: messages']")
@click.option(
    "--format",
    "form",
    type=click.Choice(["html", "markdown", "text"]),
    default="html",
    show_default=True,
    help="html: pages with pictures; markdown, text: to be sent by mail.",
)
@click.option("--learner", "learners", multiple=True, help="For this learner only; repeatable.")
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=os.cpu_count() or 1,
    show_default="cores",
    help="Number of processes.",
)
@isolation_option
@course_option
@guarded
def feedback_command(
    assignment: str,
    target: Path,
    said: Language | None,
    form: str,
    learners: tuple[str, ...],
    jobs: int,
    isolation: str,
    course_dir: Path,
) -> None:
    """Write a page for each learner: points, what went wrong, hints, their code.

    Reads the reports of the last score. Public checks that did not pass run again, to show the
    wrong call beside the right answer; of hidden checks, pages show no inputs and no values.
    index.csv lists the files, with mail addresses from roster.csv. Exits with 1 if somebody has a
    report but no page.
    """
    from grader.grading.feedback import feedback
    from grader.report.feedback_files import feedback_files
    from grader.submission.roster import naming_rules

    if said is not None:
        use(said)
    course = Course.load(course_dir)
    task = course.assignment(assignment)
    register = naming_rules(course.root).register
    with progress("feedback") as show:
        found = feedback(
            *(course, task, learners, jobs, isolation),
            lambda done, total, who: show(completed=done, total=total, description=who),
        )
    everybody = [page.report.learner for page in found.pages]
    people = {who: (register.about(who)[0], register.address(who)) for who in everybody}
    files = feedback_files(found.pages, form, people)  # type: ignore[arg-type]  # of a choice
    write_all({target / name: content for name, content in files.items()}, private=True)
    text = _("Learners with a page in {path}: {count}")
    say(text.format(count=len(everybody), path=near(target)))
    for learner, why in found.lost.items():
        say(_("{learner} has no page: {why}").format(learner=learner, why=why), "red")
    sys.exit(1 if found.lost else 0)


@click.command("items", epilog="Example: gradproof items softmax_regression")
@click.argument("assignment")
@json_option
@course_option
@guarded
def items_command(assignment: str, as_json: bool, course_dir: Path) -> None:
    """Analyse the checks from the results of a class.

    Shows which checks are hard, which distinguish strong from weak learners, which are redundant,
    and what to do about it. Reads the reports of the last score; grades nothing.
    """
    from grader.grading.item_analysis import analyse_class
    from grader.report.item_tables import items_payload, items_view

    course = Course.load(course_dir)
    analysis, unread = analyse_class(course, course.assignment(assignment))
    if as_json:
        click.echo(json.dumps(items_payload(analysis), indent=2, ensure_ascii=False))
    else:
        STDOUT.print(items_view(analysis))
    if unread:
        text = _("Left out because the report cannot be read (score again): {learners}")
        say(text.format(learners=", ".join(unread)), "yellow")

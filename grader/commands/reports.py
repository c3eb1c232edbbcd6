"""Commands that put results before people: feedback, class, items."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from grader.atomic_write import write_all
from grader.course.catalogue import Course
from grader.errors import UsageError
from grader.exercise import Language
from grader.language import _, listed, use

from .common import (
    FOLDER,
    LANGUAGE,
    PATH,
    STDOUT,
    course_option,
    guarded,
    isolation_option,
    jobs_option,
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
@jobs_option
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


@click.command(
    "items",
    epilog="Example: gradproof items softmax_regression --mistakes",
)
@click.argument("assignment")
@click.option(
    "--mistakes", "by_mistake", is_flag=True, help="List known mistakes instead, and who made them."
)
@json_option
@course_option
@guarded
def items_command(assignment: str, by_mistake: bool, as_json: bool, course_dir: Path) -> None:
    """Analyse the checks from the results of a class.

    Shows which checks are hard, which distinguish strong from weak learners, which are redundant,
    and what to do about it. Reads the reports of the last score; grades nothing. --mistakes puts
    the learners with the same mistake together, with a sentence that can be sent to all of them.
    """
    from grader.grading.item_analysis import analyse_class, mistakes_of_class
    from grader.report.item_tables import items_payload, items_view
    from grader.report.mistakes_made import mistakes_payload, mistakes_view

    course = Course.load(course_dir)
    task = course.assignment(assignment)
    if by_mistake:
        made, unread = mistakes_of_class(course, task)
        payload, view = mistakes_payload(task.name, made), mistakes_view(made)
    else:
        analysis, unread = analyse_class(course, task)
        payload, view = items_payload(analysis), items_view(analysis)
    if as_json:
        click.echo(json.dumps(payload, indent=2, ensure_ascii=False))
    else:
        STDOUT.print(view)
    if unread:
        text = _("Left out because the report cannot be read (score again): {learners}")
        say(text.format(learners=listed(unread)), "yellow")


@click.command("class", epilog="Example: gradproof class softmax_regression --to class.html")
@click.argument("assignment")
@click.option("--to", "target", type=PATH, help="Write an HTML page to this file.")
@click.option(
    "--pages", type=FOLDER, help="Link learners to their pages in this directory, if there."
)
@json_option
@course_option
@guarded
def class_command(
    assignment: str, target: Path | None, pages: Path | None, as_json: bool, course_dir: Path
) -> None:
    """Show how the class did: points, mistakes, who is missing, who waits for you.

    Writes one page for staff: how points are distributed, points by exercise, the hardest checks,
    the most frequent mistakes, submissions over time, checks that separate nobody. Each figure
    leads to the learners behind it. Reads the reports of the last score; grades nothing.
    """
    from grader.grading.class_figures import class_figures
    from grader.report.class_html import class_html
    from grader.report.class_payload import class_payload

    if target is None and not as_json:
        raise UsageError(_("Say where the page goes with --to FILE, or use --json."))
    course = Course.load(course_dir)
    beside = target.parent if target else Path()
    figures = class_figures(course, course.assignment(assignment), pages, beside)
    if target is not None:
        write_all({target: class_html(figures).encode()}, private=True)
        text = _("Written: {path}. It names learners and hidden checks: it is for staff only.")
        say(text.format(path=near(target)))
    if as_json:
        click.echo(json.dumps(class_payload(figures), indent=2, ensure_ascii=False))
    if figures.unread:
        text = _("Left out because the report cannot be read (score again): {learners}")
        say(text.format(learners=listed(figures.unread)), "yellow")


@click.command(
    "similarity", epilog="Example: gradproof similarity softmax_regression --to alike.html"
)
@click.argument("assignment")
@click.option("--to", "target", type=PATH, help="Write an HTML page to this file.")
@click.option(
    "--floor",
    type=click.FloatRange(0),
    help="Symbols that a pair must have in common.  [default: 80]",
)
@click.option("--code-only", is_flag=True, help="Do not compare wrong answers: run nothing.")
@jobs_option
@isolation_option
@json_option
@course_option
@guarded
def similarity_command(
    assignment: str,
    target: Path | None,
    floor: float | None,
    code_only: bool,
    jobs: int,
    isolation: str,
    as_json: bool,
    course_dir: Path,
) -> None:
    """List pairs of learners whose code is alike: evidence for a person, never a verdict.

    Compares what learners wrote themselves: without names, comments and layout, without what stands
    in starters, in the reference and in accepted variants. What many wrote counts little, so short
    functions make no pair. After score, wrong answers that few gave are compared, too: what lost
    points runs again. --to writes the pairs side by side. Group members are no pair.
    """
    from grader.grading.similarity import FLOOR, similarity
    from grader.report.similarity_html import similarity_html
    from grader.report.similarity_tables import similarity_payload, similarity_view

    course = Course.load(course_dir)
    task = course.assignment(assignment)
    with progress("similarity") as show:
        found = similarity(
            *(course, task, FLOOR if floor is None else floor),
            jobs=jobs,
            level=isolation,
            with_answers=not code_only,
            progress=lambda done, total, what: show(completed=done, total=total, description=what),
        )
    if as_json:
        click.echo(json.dumps(similarity_payload(found), indent=2, ensure_ascii=False))
    else:
        STDOUT.print(similarity_view(found))
    if target is not None:
        write_all({target: similarity_html(found).encode()}, private=True)
        say(_("Written: {path}. It is for staff only.").format(path=near(target)))
    for learner, why in found.unread:
        say(_("{learner} was not compared: {why}").format(learner=learner, why=why), "yellow")

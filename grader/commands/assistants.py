"""Commands for those who explain grades: show."""

from __future__ import annotations

from pathlib import Path

import click

from grader.atomic_write import write_all
from grader.course.catalogue import Course
from grader.language import _

from .common import PATH, STDOUT, course_option, guarded, isolation_option, near, say


@click.command("show", epilog="Example: gradproof show ada softmax --to ada.html")
@click.argument("learner")
@click.argument("asked", required=False, default="", metavar="[EXERCISE|ASSIGNMENT]")
@click.option("--to", "target", type=PATH, help="Write an HTML page to this file instead.")
@isolation_option
@course_option
@guarded
def show_command(
    learner: str, asked: str, target: Path | None, isolation: str, course_dir: Path
) -> None:
    """Show a learner's work: code, failing cases, points, earlier versions.

    For staff: it shows the inputs of hidden checks, too. Checks that did not pass run again, on
    the submission that the report is about. Name an exercise to see it alone.
    """
    from grader.grading.show import show
    from grader.report.learner_page import learner_html, learner_view

    page = show(Course.load(course_dir), learner, asked, isolation)
    if target is None:
        STDOUT.print(learner_view(page))
        return
    write_all({target: learner_html(page).encode()}, private=True)
    say(
        _("Written: {path}. It shows hidden checks: it is for staff only.").format(
            path=near(target)
        )
    )

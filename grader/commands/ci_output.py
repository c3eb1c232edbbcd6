"""What a run in CI writes for the system around it: a summary, annotations, a report of quality."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.atomic_write import write_whole
from grader.exercise import Assignment, Text
from grader.language import _

if TYPE_CHECKING:
    from grader.outcome import Result

#: GitLab's name for it
QUALITY = "gl-code-quality-report.json"
#: GitHub drops a summary of more than 1 MiB
_MOST_BYTES = 1_000_000

ci_option = click.option(
    "--ci",
    "in_ci",
    is_flag=True,
    help="On GitHub, also write the job's summary and annotations; on GitLab, "
    "gl-code-quality-report.json.",
)
junit_option = click.option(
    "--junit-xml",
    type=click.Path(path_type=Path),
    help="Also write JUnit XML to this file.",
)


@contextmanager
def no_commands(in_ci: bool) -> Iterator[None]:
    """Keep GitHub from reading what is printed meanwhile as commands: it may quote learners."""
    on_github = in_ci and bool(os.environ.get("GITHUB_ACTIONS"))
    mark = f"gradproof-{secrets.token_hex(16)}"
    if on_github:
        click.echo(f"::stop-commands::{mark}")
    try:
        yield
    finally:
        if on_github:
            click.echo(f"::{mark}::")


def write_for_ci(
    result: Result,
    assignment: Assignment,
    submission: Path,
    junit_xml: Path | None,
    in_ci: bool,
    as_json: bool,
) -> None:
    """Write JUnit XML, and what the CI system around this run shows.

    Args:
        submission: the file or folder that was graded.

        as_json: whether stdout is for JSON alone.
    """
    from grader.report.junit_xml import to_junit
    from grader.report.markdown import to_markdown

    if junit_xml is not None:
        write_whole(junit_xml, to_junit([result]))
    if not in_ci:
        return
    titles = assignment.titles
    add_summary(to_markdown(result, titles, assignment.title), os.environ)
    _annotate(result, titles, submission, as_json)


def _annotate(result: Result, titles: Mapping[str, Text], submission: Path, as_json: bool) -> None:
    from grader.report.annotations import annotated, to_github, to_gitlab

    if os.environ.get("GITHUB_ACTIONS"):
        top = Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd())
        text = to_github(annotated(result, titles, submission, top))
        click.echo(text, nl=False, err=as_json)
    elif os.environ.get("GITLAB_CI"):
        top = Path(os.environ.get("CI_PROJECT_DIR") or Path.cwd())
        write_whole(top / QUALITY, to_gitlab(annotated(result, titles, submission, top)))


def add_summary(markdown: str, environ: Mapping[str, str]) -> None:
    """Add *markdown* to the summary of the job on GitHub, if this is one."""
    place = environ.get("GITHUB_STEP_SUMMARY")
    if not place:
        return
    content = markdown.encode()
    if len(content) > _MOST_BYTES:
        note = _("The rest is left out: the summary would be too long.")
        content = content[:_MOST_BYTES].rpartition(b"\n")[0] + f"\n\n{note}\n".encode()
    with Path(place).open("ab") as file:
        file.write(content)

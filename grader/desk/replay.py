"""Repeats a public check on the learner's file, and shows the call that went wrong."""

from __future__ import annotations

from functools import partial

from grader.grading.replay import CallObserver, Replayed, find_checks, narrowed, shown_call
from grader.kit.kit import Kit
from grader.kit.public_checks import check_without_walls
from grader.language import _
from grader.scoring.compared_calls import by_recording
from grader.scoring.plan import Job
from grader.scoring.session import collected_checks


def replay_desk(kit: Kit, asked: str, number: int | None = None) -> Replayed:
    """Run the public check *asked* on the learner's file in *kit*.

    Raises:
        UsageError: there is no such check or call.

        SubmissionError: the file cannot be read.
    """
    submission = kit.read()
    answers = kit.answers()
    with collected_checks(kit.plan(), answers) as runner:
        found = find_checks([(c.exercise, c.name) for c in runner.checks], asked)
        exercise = found[0][0]
        part = submission.holding(exercise)
        runner, wanted = narrowed(runner, exercise, [name for _exercise, name in found])
        recordings = answers, kit.hints().right(exercise)
        observer = CallObserver(wanted, partial(by_recording, recordings))
        job = Job("", submission, frozenset([exercise]))
        check_without_walls(runner, job, kit, observe=observer)
    text = _("{check}, seed {seed}; your code: {file}")
    check, seed = f"{exercise}/{observer.ended.check.name}", observer.ended.seed
    about = text.format(check=check, seed=seed, file=part.name)
    return shown_call(observer, part, number, [about])

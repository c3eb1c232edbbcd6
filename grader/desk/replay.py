"""One public check on the learner's own file again, and the call that shows what is wrong."""

from __future__ import annotations

from functools import partial

from grader.grading.replay import CallWatcher, Replayed, find_checks, narrowed, shown_call
from grader.kit.kit import Kit, at_desk
from grader.language import _
from grader.sandbox.reference import ReplayChannel
from grader.scoring.compared_calls import by_recording
from grader.scoring.session import CheckRunner, Job, run_session
from grader.submission.read import main_files, read_submission


def replay_desk(kit: Kit, asked: str, number: int | None = None) -> Replayed:
    """Run the public check *asked* on the learner's own file in *kit*.

    Raises:
        UsageError: there is no such check or call.

        SubmissionError: the file cannot be read.
    """
    main = main_files(kit.directory, kit.assignment.name)[0]
    usual = kit.assignment.framework
    submission = read_submission(main, kit.assignment.name, usual=usual, at_desk=True)
    recorded = ReplayChannel(kit.answers(), kit.assignment.framework)

    def body(runner: CheckRunner) -> Replayed:
        found = find_checks([(c.exercise, c.name) for c in runner.checks], asked)
        exercise = found[0][0]
        wanted = narrowed(runner, exercise, [name for _exercise, name in found])
        job = Job("", submission, frozenset([exercise]))
        watcher = CallWatcher(wanted, partial(by_recording, recorded))
        at_desk(runner, job, kit, watcher.watch)
        text = _("{check}, seed {seed}; your code: {file}")
        about = text.format(
            check=f"{exercise}/{watcher.ended.check.name}",
            seed=watcher.ended.seed,
            file=main.name,
        )
        return shown_call(watcher, submission, number, [about])

    return run_session(kit.plan(), recorded, body)

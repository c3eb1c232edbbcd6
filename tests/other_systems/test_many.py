"""Tests of the desk, collecting, explaining points, scoring and audits, once more on Windows."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ..waiting import PATIENCE
from .simulated import ROOT

#: what is run at once
CHOSEN = {
    "desk": (
        "desk",
        "grading/test_replay.py",
        "grading/test_show.py",
        "submission/test_archive.py",
        "submission/test_collect.py",
        "submission/test_store.py",
    ),
    "scoring": ("scoring",),
    "audit": ("audit",),
}
NO_FORKS = "looks at processes that the grader forks, which it does not on Windows"
NO_ANSWERS = "right answers come from a fork of the grader: docs/instructors.md says so"
NO_LOCKS = "needs locks of folders, without which nothing of another run's is removed"
NO_LINKS = "makes links, which Windows lets few people make"
NO_REPLACEMENT = "ends the audit's own process: without forks there is none to replace it"
NO_TIMERS = "needs timers, limits and clocks of processes, for which Windows has a thread"
#: what is left out, and why
LEFT_OUT = {
    "audit/test_mutation_testing.py::test_a_mutant_that_ends_its_process_is_graded_in_a_worker": (
        NO_REPLACEMENT
    ),
    "audit/test_unchanged.py::test_code_without_measure_meets_the_limit_on_memory": (
        "needs a limit on memory: a list without end, which no thread interrupts, would fill it"
    ),
    **{
        f"audit/test_own_limits.py::{name}": NO_TIMERS
        for name in (
            "test_nothing_interrupts_the_way_in_and_out",
            "test_the_system_ends_it_by_the_clock_that_the_system_reads",
            "test_ticks_are_read_as_seconds",
            "test_ticks_that_come_too_early_do_not_interrupt",
        )
    },
    "desk/test_watch_screen.py::test_arrows_and_the_like_are_no_letters_in_a_terminal": (
        "types into a terminal of Linux; its twin does so on Windows"
    ),
    "submission/test_collect.py::test_one_bad_entry_never_stops_the_others": NO_LINKS,
    "submission/test_collect.py::test_a_useless_file_beside_the_code_is_left_out": NO_LINKS,
    "submission/test_collect.py::test_origins_are_safe_to_print": (
        "makes files whose names Windows cannot have"
    ),
    "submission/test_store.py::test_what_was_tampered_with_is_noticed_and_can_be_collected_again"
    "[linked]": NO_LINKS,
    "submission/test_store.py::test_collected_files_are_read_only": (
        "they are not, where read-only files cannot be removed"
    ),
    **{
        f"scoring/test_background.py::{name}": NO_FORKS
        for name in (
            "test_checks_that_never_end_go_on_at_once_and_are_told_of",
            "test_a_slow_check_ends_in_a_fork_and_is_seen_here",
            "test_what_a_fork_cannot_tell_is_run_again_here",
            "test_a_reference_with_threads_is_not_forked",
            "test_where_workers_share_a_limit_only_one_runs",
        )
    },
    "scoring/test_check_runner.py::test_two_that_may_never_end_go_on_at_once": NO_FORKS,
    **{
        f"scoring/test_executor.py::{name}": NO_FORKS
        for name in (
            "test_the_work_is_done_elsewhere",
            "test_a_grading_process_that_dies_loses_nothing",
            "test_a_job_that_kills_its_process_every_time_is_given_up",
            "test_stopping_leaves_no_process",
            "test_no_grading_process_outlives_its_parent",
        )
    },
    **{
        f"scoring/test_disk_space.py::{name}": NO_LOCKS
        for name in (
            "test_what_a_killed_run_left_is_removed",
            "test_what_another_run_is_writing_stays",
            "test_a_run_that_was_killed_holds_nothing_up",
        )
    },
    **{
        f"scoring/test_follow_through.py::{name}": NO_ANSWERS
        for name in (
            "test_a_mistake_costs_points_only_where_it_is",
            "test_a_loop_is_waited_for_only_where_it_is",
            "test_who_calls_a_loop_and_loops_is_waited_for",
            "test_several_mistakes_are_named",
            "test_own_mistakes_cost_their_points",
            "test_an_exercise_that_is_not_graded_is_looked_at",
            "test_functions_in_other_files_and_under_other_names_are_replaced",
            "test_what_cannot_be_answered_is_said",
            "test_jax_gets_answers_unless_it_cannot_change",
            "test_the_reference_has_limits",
            "test_a_busy_machine_costs_nothing",
        )
    },
}


@pytest.mark.slow
@pytest.mark.rare
@pytest.mark.skipif(sys.platform != "linux", reason="Windows is simulated on Linux alone")
@pytest.mark.parametrize("part", CHOSEN)
def test_what_runs_here_runs_there(part: str) -> None:
    """All but a few, each of which needs what Windows has not."""
    left_out = [f"--deselect=tests/{name}" for name in LEFT_OUT]
    chosen = [f"tests/{name}" for name in CHOSEN[part]]
    simulated = [sys.executable, "-m", "tests.other_systems.simulated", "windows", "-m", "pytest"]
    done = subprocess.run(
        [*simulated, "-q", "-m", "not slow", "-p", "no:cacheprovider", *left_out, *chosen],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=20 * PATIENCE,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-4000:]

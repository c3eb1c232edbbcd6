"""The mark and the name of each outcome, used wherever results are shown."""

from __future__ import annotations

from grader.language import _
from grader.outcome import Outcome

#: the mark of each outcome, and its colour where colours are available
MARKS = {
    Outcome.PASSED: ("✓", "green"),
    Outcome.FAILED: ("✗", "red"),
    Outcome.NOT_IMPLEMENTED: ("·", "yellow"),
    Outcome.TIMED_OUT: ("✗", "red"),
    Outcome.CRASHED: ("✗", "red"),
    Outcome.BLOCKED: ("–", "dim"),
    Outcome.SKIPPED: ("–", "dim"),
    Outcome.INTERNAL: ("!", "magenta"),
}


def mark(outcome: Outcome) -> str:
    """Return the one-character mark of *outcome*."""
    return MARKS[outcome][0]


def outcome_word(outcome: Outcome) -> str:
    """Return *outcome* in the language of the run."""
    return {
        Outcome.PASSED: _("passed"),
        Outcome.FAILED: _("failed"),
        Outcome.NOT_IMPLEMENTED: _("not implemented"),
        Outcome.TIMED_OUT: _("timed out"),
        Outcome.CRASHED: _("crashed"),
        Outcome.BLOCKED: _("blocked"),
        Outcome.SKIPPED: _("skipped"),
        Outcome.INTERNAL: _("broken on our side"),
    }[outcome]


def outcome_heading(outcome: Outcome) -> str:
    """Return the heading for checks with this outcome in a full report."""
    return {
        Outcome.PASSED: _("Passed"),
        Outcome.FAILED: _("Not right yet"),
        Outcome.NOT_IMPLEMENTED: _("Not written yet"),
        Outcome.TIMED_OUT: _("No answer in time"),
        Outcome.CRASHED: _("Your code's process ended"),
        Outcome.BLOCKED: _("Cannot be judged yet"),
        Outcome.SKIPPED: _("Not run on this machine, and not counted"),
        Outcome.INTERNAL: _("Broken on our side"),
    }[outcome]

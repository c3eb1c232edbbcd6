from __future__ import annotations

import pytest

from grader import language
from grader.outcome import Outcome
from grader.report.outcome_text import MARKS, mark, outcome_heading, outcome_word


@pytest.mark.parametrize("spoken", ["en", "zh"])
@pytest.mark.parametrize("called", [outcome_word, outcome_heading])
def test_every_outcome_has_its_own_name(spoken, called):
    """No two outcomes are called the same, in either language."""
    language.use(spoken)

    assert len(Outcome) == len({called(outcome) for outcome in Outcome})


def test_every_outcome_has_a_mark_of_one_character():
    """Marks stand under each other; that of a pass is no other outcome's."""
    assert set(Outcome) == set(MARKS)
    assert {1} == {len(mark(outcome)) for outcome in Outcome}
    assert 1 == [mark(outcome) for outcome in Outcome].count(mark(Outcome.PASSED))

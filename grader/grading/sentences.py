"""The sentences of an assignment's checks, for reports that were written in another language."""

from __future__ import annotations

from grader.checks.sentences import sentences_in
from grader.course.catalogue import Course
from grader.course.toml_file import read_text
from grader.exercise import Assignment, Text


def sentences_of(course: Course, assignment: Assignment) -> dict[str, Text]:
    """Return the sentences of all checks, by what they are in either language."""
    every = (
        sentence
        for path in course.check_files(assignment)
        for sentence in sentences_in(read_text(path), path)
    )
    return {words: sentence for sentence in every for words in (sentence.en, sentence.zh)}

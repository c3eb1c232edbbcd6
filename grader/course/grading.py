"""From a course to what grading needs."""

from __future__ import annotations

from pathlib import Path

from grader.exercise import Assignment, Chunk, Mistake, Submission
from grader.scoring.diagnosis import Diagnosis
from grader.scoring.session import Plan
from grader.submission.digest import digest
from grader.submission.reference import ReferenceChannel, load_reference, load_reference_text

from .catalogue import Course, apply_mistake
from .source import reference_text


def plan_for(
    course: Course, assignment: Assignment, device: str = "cpu", public_only: bool = False
) -> Plan:
    """Return the plan by which *assignment* is graded."""
    files = course.check_files(assignment, public_only)
    return Plan(assignment, course.seed, files, course.root, device)


def reference_for(course: Course, assignment: Assignment) -> ReferenceChannel:
    """Return a channel to the reference of *assignment*."""
    return load_reference(course.reference(assignment), assignment.framework)


def diagnosis_for(course: Course, assignment: Assignment, reference: ReferenceChannel) -> Diagnosis:
    """Return what names the known mistakes of *assignment*."""
    path = course.mistakes_file(assignment)

    def open_mistake(mistake: Mistake) -> ReferenceChannel:
        text = apply_mistake(course.source(assignment), mistake)
        return load_reference_text(text, path, assignment.framework)

    return Diagnosis(course.mistakes(assignment), reference, open_mistake)


def reference_submission(course: Course, assignment: Assignment) -> Submission:
    """Return the reference as a submission like any other."""
    text = reference_text(course.source(assignment))
    return text_submission(course.reference(assignment).name, text, assignment.framework)


def text_submission(name: str, text: str, framework: str) -> Submission:
    """Return *text* as a submission of one file."""
    identity = digest([(Path(name).name, text.encode())])
    return Submission(name, (Chunk(name, text),), framework, identity)

"""The reports of a class as JUnit XML, for CI systems.

CI systems have no points, so the names contain them; and some show only the first of several cases
with one name, so in a class the names contain the learner, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from grader.language import _
from grader.outcome import CheckResult, Outcome, Result

from .class_summary import by_learner
from .outcome_text import outcome_word
from .points_text import nearest_decimal
from .remarks import all_remarks, check_remarks
from .safe_text import clean_result, one_line

_TAGS = {
    Outcome.FAILED: "failure",
    Outcome.NOT_IMPLEMENTED: "failure",
    Outcome.TIMED_OUT: "failure",
    Outcome.CRASHED: "failure",
    Outcome.INTERNAL: "error",
    Outcome.BLOCKED: "skipped",
    Outcome.SKIPPED: "skipped",
}


def to_junit(results: Sequence[Result]) -> bytes:
    """Return XML in UTF-8 with one suite per learner; a result without checks is an error."""
    root = ET.Element("testsuites", name="gradproof")
    taken: set[tuple[str, str]] = set()
    for result in by_learner(results):
        root.append(_suite(clean_result(result), len(results) > 1, taken))
    ET.indent(root)
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def _suite(result: Result, with_learner: bool, taken: set[tuple[str, str]]) -> ET.Element:
    learner = one_line(result.learner)
    suite = ET.Element("testsuite", name=learner)
    properties = ET.SubElement(suite, "properties")
    for name, value in _properties(result):
        ET.SubElement(properties, "property", name=name, value=value)
    cases = [_case(result.assignment, check) for check in result.checks] or [_nothing(result)]
    for case in cases:
        name = f"{case.get('name')} [{learner}]" if with_learner else case.get("name", "")
        case.set("name", _unique(case.get("classname", ""), name, taken))
        suite.append(case)
    for count, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(count, str(sum(case.find(tag) is not None for case in cases)))
    suite.set("tests", str(len(cases)))
    suite.set("time", f"{result.seconds:.3f}")
    return suite


def _properties(result: Result) -> Iterator[tuple[str, str]]:
    yield "score", nearest_decimal(result.score)
    yield "max_score", nearest_decimal(result.max_score)
    yield "final", str(result.final).lower()
    yield "submission", one_line(result.submission)
    yield "digest", result.digest
    if result.late_seconds:
        yield "late_seconds", str(result.late_seconds)
    if result.penalty:
        yield "penalty", nearest_decimal(result.penalty.points)
    for remark in all_remarks(result):
        yield "remark", remark


def _case(assignment: str, check: CheckResult) -> ET.Element:
    points = f"{nearest_decimal(check.points)}/{nearest_decimal(check.max_points)}"
    case = ET.Element(
        "testcase",
        classname=one_line(f"{assignment}.{check.exercise}"),
        name=f"{one_line(check.name)} ({points})",
        time=f"{check.seconds:.3f}",
    )
    remarks = check_remarks(check)
    if check.outcome is not Outcome.PASSED:
        text = f"{outcome_word(check.outcome)}: {one_line(check.sentence)}"
        ended = ET.SubElement(case, _TAGS[check.outcome], message=text, type=check.outcome.value)
        ended.text = "\n\n".join(part for part in (check.message, *check.hints, *remarks) if part)
    return case


def _nothing(result: Result) -> ET.Element:
    """Return a failing case, since an empty suite would look like a pass."""
    case = ET.Element("testcase", classname=one_line(result.assignment), name="checks (0/0)")
    ET.SubElement(case, "error", message=_("no check ran"), type=Outcome.INTERNAL.value)
    return case


def _unique(classname: str, name: str, taken: set[tuple[str, str]]) -> str:
    unique, number = name, 1
    while (classname, unique) in taken:
        number += 1
        unique = f"{name} #{number}"
    taken.add((classname, unique))
    return unique

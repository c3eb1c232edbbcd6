"""What Gradescope's specification says of ``results.json``, and what is wrong with one.

Written from https://gradescope-autograders.readthedocs.io/en/latest/specs/.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NUMBER = (int, float)
FORMATS = {"text", "html", "simple_format", "md", "ansi"}
VISIBILITIES = {"hidden", "after_due_date", "after_published", "visible"}
TOP: Mapping[str, Any] = {
    "score": NUMBER,
    "execution_time": NUMBER,
    "output": str,
    "output_format": FORMATS,
    "test_output_format": FORMATS,
    "test_name_format": FORMATS,
    "visibility": VISIBILITIES,
    "stdout_visibility": VISIBILITIES,
    "extra_data": dict,
    "tests": list,
    "leaderboard": list,
}
TEST: Mapping[str, Any] = {
    "score": NUMBER,
    "max_score": NUMBER,
    "status": {"passed", "failed"},
    "name": str,
    "name_format": FORMATS,
    "number": str,
    "output": str,
    "output_format": FORMATS,
    "tags": list,
    "visibility": VISIBILITIES,
    "extra_data": dict,
}


def faults_in(results: Any, graded: bool = True) -> list[str]:
    """Return what the specification does not allow in *results*; nothing if all is well.

    Args:
        graded: whether a score must be there; otherwise none may be, at any place.
    """
    if not isinstance(results, dict):
        return ["no object"]
    faults = _faults(results, TOP, "")
    for number, test in enumerate(results.get("tests", [])):
        faults += _faults(test, TEST, f"tests[{number}].")
    scores = ["score" in results, *("score" in test for test in results.get("tests", []))]
    if graded and not (scores[0] or all(scores[1:])):
        faults.append("no score")
    if not graded and any(scores):
        faults.append("a score, although nobody was graded")
    return faults


def _faults(found: Mapping[str, Any], known: Mapping[str, Any], where: str) -> list[str]:
    faults = [f"{where}{key} is unknown" for key in found if key not in known]
    for key in found.keys() & known.keys():
        wanted, value = known[key], found[key]
        if isinstance(wanted, set):
            fits = value in wanted
        else:
            fits = isinstance(value, wanted) and not isinstance(value, bool)
        if not fits:
            faults.append(f"{where}{key} is {value!r}")
    return faults

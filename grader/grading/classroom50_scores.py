"""Fills grades into Classroom 50's ``scores.json``, so that collecting again does not undo them.

Each assignment there has entries, one for each repository, with its submissions, newest first. An
entry that a teacher has overridden is kept by ``collect-scores``, so each filled one is marked so.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from grader.errors import UsageError
from grader.language import _, listed
from grader.report.classroom50_json import points_of

from .filled_tables import Filled
from .graded_class import GradedClass

_SCHEMA = "classroom50/scores/v1"


def fill_scores(path: Path, slug: str, everybody: GradedClass) -> tuple[Filled, bytes]:
    """Return what became of the learners, and the file at *path* with their grades.

    Args:
        slug: the name of the assignment there.

    Raises:
        UsageError: it is no such file, or has no such assignment.
    """
    scores = _read(path)
    assignments = scores["assignments"]
    if slug not in assignments:
        text = _("{file}: there is no assignment {name}; name one with --column: {names}.")
        names = listed(assignments) or "–"
        raise UsageError(text.format(file=path, name=slug, names=names))
    done = Filled()
    for entry in _listed(assignments[slug], "entries", path):
        owner = str(entry.get("owner", ""))
        learner = everybody.who([owner])
        submissions = _listed(entry, "submissions", path)
        if not learner or not submissions:
            done.unknown.append(owner)
            continue
        if learner in done.learners:
            text = _("{file}: two entries are {learner}'s; remove one")
            raise UsageError(text.format(file=path, learner=learner))
        submissions[0].update(points_of(everybody.results[learner]))
        entry["override"] = True
        done.learners.append(learner)
    if not done.learners:
        text = _("{file}: no entry names anybody with a grade; is it the file of another course?")
        raise UsageError(text.format(file=path))
    done.missing = [one for one in everybody.results if one not in done.learners]
    return done, json.dumps(scores, indent=2, allow_nan=False).encode() + b"\n"


def _read(path: Path) -> dict[str, Any]:
    try:
        scores: dict[str, Any] = json.loads(path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None
    except json.JSONDecodeError as error:
        raise UsageError(f"{path}:{error.lineno}: {error.msg}") from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path}: {error}") from None
    known = isinstance(scores, dict) and scores.get("schema") == _SCHEMA
    if not known or not isinstance(scores.get("assignments"), dict):
        text = _("{file}: this is not scores.json of Classroom 50, of the form {schema}")
        raise UsageError(text.format(file=path, schema=_SCHEMA))
    return scores


def _listed(owner: Any, key: str, path: Path) -> list[dict[str, Any]]:
    found = owner.get(key) if isinstance(owner, dict) else None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        text = _("{file}: {key} is not a list of objects; download the file again")
        raise UsageError(text.format(file=path, key=key))
    return found

"""Do scores and totals follow the rules that ``docs/policies.md`` states?

Makes classes with random rules, submissions, extensions, overrides and points by hand; writes them
as a course's files; and applies the rules as ``gradproof score`` and ``gradproof term`` do. Then
computes everything again as a spreadsheet would, from the same facts, with whole numbers and none
of gradproof's code. Prints the number of differences.

Run with::

    python benchmarks/policies.py --classes 500
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path
from typing import Any

from grader.adjustments import PartialCredit
from grader.course.catalogue import Course
from grader.grading.attempts import best, eligible
from grader.grading.policies import Policies
from grader.grading.score import submissions_of
from grader.grading.term import standings
from grader.outcome import CheckResult, Isolation, Outcome, Result, exercises_of
from grader.scoring.results import Results
from grader.submission.files import File
from grader.submission.metadata import Metadata
from grader.submission.roster import naming_rules

START = datetime(2026, 10, 1, tzinfo=UTC)
DAY = 86400
#: scores are whole numbers of this part of a point
UNIT = 1_000_000
QUARTER = UNIT // 4


@dataclass
class Task:
    """An assignment: exercises and lines of the rubric with their points, in quarters."""

    name: str
    due: int
    weight: int | None
    exercises: dict[str, tuple[int, str]]
    rubric: dict[str, int]


@dataclass
class Facts:
    """A class: rules, and what everybody did. Times are seconds after START."""

    rules: dict[str, Any]
    tasks: list[Task]
    groups: dict[str, str]
    #: by learner and assignment: when, and the points earned, by exercise, in quarters
    attempts: dict[tuple[str, str], list[tuple[int, dict[str, int]]]]
    extensions: dict[tuple[str, str], int] = field(default_factory=dict)
    overrides: dict[tuple[str, str, str], int] = field(default_factory=dict)
    by_hand: dict[tuple[str, str, str], int] = field(default_factory=dict)


def made_class(rng: random.Random) -> Facts:
    """Return a random class."""
    rules = {
        "grace": rng.choice([0, 15]),
        "percent": rng.choice([0, 5, 10, 12.5, 25, 50, [10, 25, 40], [12.5, 50]]),
        "per": rng.choice(["day", "hour"]),
        "late_most": rng.choice([30, 50, 100]),
        "days": rng.choice([None, 2, 7]),
        "late_days": rng.choice([0, 1, 3]),
        "each": rng.choice([None, 1, 2]),
        "attempt": rng.choice(["last", "best", "before deadline"]),
        "most": rng.choice([None, 100, 110]),
        "drop": rng.choice([0, 0, 1, 2]),
        "total_most": rng.choice([None, 100]),
        "step": rng.choice(["1", "0.5", "0.1", "0.01"]),
    }
    weighted = rng.random() < 0.5
    tasks = []
    for number in range(rng.randint(2, 4)):
        counts = [
            rng.choice(["yes", "yes", "bonus", "optional"]) for _n in range(rng.randint(0, 2))
        ]
        exercises = {
            f"f{number}_{n}": (rng.randint(1, 24), one) for n, one in enumerate(["yes", *counts])
        }
        rubric = {f"r{number}": rng.randint(1, 12)} if rng.random() < 0.4 else {}
        weight = rng.randint(0, 3) if weighted else None
        due = rng.randint(5, 40) * DAY + rng.randint(0, 23) * 3600
        tasks.append(Task(f"a{number}", due, weight, exercises, rubric))
    people = [f"s{n}" for n in range(rng.randint(2, 4))]
    groups = {who: rng.choice(["red", "blue", ""]) for who in people}
    found = Facts(rules, tasks, groups, {})
    for who in people:
        for task in tasks:
            late = [_lateness(rng) for _n in range(rng.choice([0, 1, 1, 2, 3]))]
            found.attempts[who, task.name] = [
                (task.due + seconds, _earned(rng, task)) for seconds in sorted(late)
            ]
            if rng.random() < 0.2:
                key = groups[who] if groups[who] and rng.random() < 0.5 else who
                found.extensions[key, task.name] = task.due + rng.randint(-1, 4) * DAY
            for name, (points, _counts) in task.exercises.items():
                if found.attempts[who, task.name] and rng.random() < 0.1:
                    found.overrides[who, task.name, name] = rng.randint(0, points + 4)
            for line, points in task.rubric.items():
                if rng.random() < 0.7:
                    found.by_hand[who, task.name, line] = rng.randint(0, points)
    return found


def _lateness(rng: random.Random) -> int:
    """Return seconds after the due date, often at an edge."""
    edge = rng.choice([0, 0, 1, 2, 3, 7]) * DAY + rng.choice([0, 0, 900]) + rng.choice([-1, 0, 1])
    return rng.choice([edge, rng.randint(-3 * DAY, 4 * DAY), rng.randint(-DAY, 0)])


def _earned(rng: random.Random, task: Task) -> dict[str, int]:
    return {
        name: rng.choice([points, rng.randint(0, points)])
        for name, (points, _counts) in task.exercises.items()
    }


# -- by gradproof ----------------------------------------------------------------------------------


def by_gradproof(facts: Facts, root: Path) -> dict[str, Any]:
    """Return scores, late days and totals, from the files of a course in *root*."""
    _write(facts, root)
    course = Course.load(root)
    store, register = submissions_of(course), naming_rules(root).register
    earned = {}
    for (who, name), attempts in facts.attempts.items():
        for number, (when, points) in enumerate(attempts):
            said = Metadata(submitted=_text(when, number), platform="Moodle")
            file = File("a.py", f"{who} {number}".encode(), 0)
            version, _new = store.add(name, who, [file], "a.py", said)
            earned[who, name, version.digest] = points
    found: dict[str, Any] = {}
    for assignment in sorted(course.assignments, key=lambda one: course.deadlines.due[one.name]):
        there = store.learners(assignment.name)
        policies = Policies(course, assignment, store, register, there)
        task = next(one for one in facts.tasks if one.name == assignment.name)
        for who in there:
            versions = eligible(course, store, assignment, who)
            results = [
                policies.adjusted(_result(who, task, v.digest, earned[who, task.name, v.digest]), v)
                for v in versions
            ]
            result = results[best(results)]
            Results(root / "results", task.name).write(result, "", "")
            used = result.late_days.used if result.late_days else 0
            found[f"{who}/{task.name}"] = (_units(result.score), used)
    if not found:
        return {}
    for one in standings(course, START + timedelta(days=400)):
        percent = one.percent
        found[one.learner] = None if percent is None else int(percent * 100)
    return found


def _units(points: Fraction) -> int:
    whole = points * UNIT
    assert whole.denominator == 1
    return int(whole)


def _result(who: str, task: Task, digest: str, earned: dict[str, int]) -> Result:
    checks = []
    for name, (points, _counts) in task.exercises.items():
        share = Fraction(earned[name], points)
        outcome = Outcome.PASSED if share == 1 else Outcome.FAILED
        credit = None if share == 1 else PartialCredit(share, "partly")
        most = Fraction(points, 4)
        checks.append(CheckResult(name, "test_a", outcome, most, "A sentence.", credit=credit))
    wall = Isolation("bubblewrap")
    return Result(who, task.name, "a.py", digest, "numpy", exercises_of(checks), wall)


def _text(seconds: int, number: int) -> str:
    """Return a time, in one of several zones."""
    zone = timezone(timedelta(hours=[0, 8, -5][number % 3]))
    return (START + timedelta(seconds=seconds)).astimezone(zone).isoformat()


def _write(facts: Facts, root: Path) -> None:
    def line(key: str, value: object) -> str:
        return "" if value is None else f"{key} = {json.dumps(value)}\n"

    rules = facts.rules
    title = 'title = { en = "A", zh = "甲" }\n'
    text = f"{title}seed = 1\n\n[late]\n"
    text += line("grace_minutes", rules["grace"]) + line("percent", rules["percent"])
    text += line("per", rules["per"]) + line("at_most", rules["late_most"])
    text += line("days", rules["days"]) + line("late_days", rules["late_days"])
    text += line("late_days_each", rules["each"])
    text += "[score]\n" + line("attempt", rules["attempt"]) + line("at_most", rules["most"])
    text += "[total]\n" + line("drop_lowest", rules["drop"]) + line("round_to", rules["step"])
    text += line("at_most", rules["total_most"])
    for task in facts.tasks:
        text += f'[[assignment]]\nname = "{task.name}"\n{title}framework = "numpy"\n'
        text += f"due = {_text(task.due, 0)}\n" + line("weight", task.weight)
        for name, (points, counts) in task.exercises.items():
            text += f'[[assignment.exercise]]\nname = "{name}"\n{title}counts = "{counts}"\n'
            text += f'points = "{points}/4"\n'
        for name, points in task.rubric.items():
            text += f'[[assignment.rubric]]\nname = "{name}"\n{title}points = "{points}/4"\n'
    tables = {
        "assignments/course.toml": text,
        "roster.csv": "id,group\n" + "".join(f"{w},{g}\n" for w, g in facts.groups.items()),
        "extensions.csv": "learner,assignment,due\n"
        + "".join(f"{w},{a},{_text(due, 1)}\n" for (w, a), due in facts.extensions.items()),
        "overrides.csv": "assignment,learner,exercise,points\n"
        + "".join(f"{a},{w},{e},{p}/4\n" for (w, a, e), p in facts.overrides.items()),
        "rubric.csv": "assignment,learner,line,points\n"
        + "".join(f"{a},{w},{e},{p}/4\n" for (w, a, e), p in facts.by_hand.items()),
    }
    for name, content in tables.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


# -- as a spreadsheet would ------------------------------------------------------------------------


def by_spreadsheet(facts: Facts) -> dict[str, Any]:
    """Return the same, computed from the facts with whole numbers."""
    found: dict[str, Any] = {}
    scores: dict[tuple[str, str], int] = {}
    scored = {
        task.name for task in facts.tasks if any(facts.attempts[w, task.name] for w in facts.groups)
    }
    for who in facts.groups:
        left = facts.rules["late_days"]
        for task in sorted(facts.tasks, key=lambda one: one.due):
            due = _due(facts, who, task)
            rows = [
                (when, *_score(facts, who, task, earned, when - due, left))
                for when, earned in facts.attempts[who, task.name]
            ]
            if not rows:
                continue
            row = _chosen(facts, rows, due)
            left -= row[2]
            scores[who, task.name] = row[1]
            found[f"{who}/{task.name}"] = (row[1], row[2])
    if not scored:
        return {}
    for who in facts.groups:
        parts = []
        for task in facts.tasks:
            if task.name in scored:
                most = _offered(task)
                weight = most if task.weight is None else task.weight * UNIT
                parts.append((scores.get((who, task.name), 0), most, weight))
        found[who] = _total(facts, parts)
    return found


def _due(facts: Facts, who: str, task: Task) -> int:
    group = facts.extensions.get((facts.groups[who], task.name), task.due)
    group = group if facts.groups[who] else task.due
    return facts.extensions.get((who, task.name), group)


def _offered(task: Task) -> int:
    points = [p for p, counts in task.exercises.values() if counts == "yes"]
    return QUARTER * (sum(points) + sum(task.rubric.values()))


def _lost(facts: Facts, late: int) -> int:
    """Return what being so many seconds late takes, in half percent."""
    rules = facts.rules
    if late <= rules["grace"] * 60:
        return 0
    if rules["days"] is not None and late > rules["days"] * DAY:
        return 200
    steps = math.ceil(late / (DAY if rules["per"] == "day" else 3600))
    percent = rules["percent"]
    lost = percent[min(steps, len(percent)) - 1] if isinstance(percent, list) else steps * percent
    return int(2 * min(lost, rules["late_most"]))


def _score(
    facts: Facts, who: str, task: Task, earned: dict[str, int], late: int, left: int
) -> tuple[int, int]:
    """Return the score, and the late days that are used."""
    points = 0
    for name, (_most, counts) in task.exercises.items():
        if counts != "optional":
            points += facts.overrides.get((who, task.name, name), earned[name])
    points += sum(facts.by_hand.get((who, task.name, line), 0) for line in task.rubric)
    each = facts.rules["each"]
    most = min(left, facts.rules["late_days"] if each is None else each)
    choices = [(_lost(facts, late - days * DAY), days) for days in range(most + 1)]
    lost, days = min(choices)
    score = points * QUARTER - points * QUARTER * lost // 200
    if facts.rules["most"] is not None:
        score = min(score, _offered(task) * facts.rules["most"] // 100)
    return score, days


def _chosen(facts: Facts, rows: list[tuple[int, int, int]], due: int) -> tuple[int, int, int]:
    rule = facts.rules["attempt"]
    if rule == "best":
        return max(enumerate(rows), key=lambda one: (one[1][1], -one[1][2], one[0]))[1]
    if rule == "before deadline":
        in_time = [row for row in rows if row[0] - due <= facts.rules["grace"] * 60]
        return (in_time or rows)[-1]
    return rows[-1]


def _total(facts: Facts, parts: list[tuple[int, int, int]]) -> int | None:
    """Return the total in hundredths of a percent."""
    kept = [part for part in parts if part[2]]
    common = math.lcm(*(most for _score, most, _weight in kept)) if kept else 1
    kept.sort(key=lambda part: (part[0] * (common // part[1]), -part[2]))
    kept = kept[min(facts.rules["drop"], max(0, len(kept) - 1)) :]
    whole = sum(weight for _score, _most, weight in kept) * common
    if not whole:
        return None
    earned = sum(weight * score * (common // most) for score, most, weight in kept)
    if facts.rules["total_most"] is not None:
        earned = min(earned, whole * facts.rules["total_most"] // 100)
    step = {"1": 100, "0.5": 50, "0.1": 10, "0.01": 1}[facts.rules["step"]]
    # halves up: the number of steps, rounded with whole numbers
    return (2 * earned * 10_000 + whole * step) // (2 * whole * step) * step


# -- both ------------------------------------------------------------------------------------------


def differences(seed: int) -> Iterator[str]:
    """Yield in what the two computations differ for the class of *seed*."""
    facts = made_class(random.Random(seed))
    with tempfile.TemporaryDirectory() as scratch:
        ours = by_gradproof(facts, Path(scratch))
    theirs = by_spreadsheet(facts)
    for key in ours.keys() | theirs.keys():
        if ours.get(key) != theirs.get(key):
            yield f"class {seed}, {key}: {ours.get(key)} and {theirs.get(key)}"


def main() -> int:
    """Print the number of differences; return 1 if there is one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--classes", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0, help="of the first class")
    options = parser.parse_args()
    found: list[str] = []
    compared = 0
    for seed in range(options.seed, options.seed + options.classes):
        found += differences(seed)
        compared += len(by_spreadsheet(made_class(random.Random(seed))))
    for line in found:
        print(line)
    print(f"{options.classes} classes, {compared} scores and totals, {len(found)} differences")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

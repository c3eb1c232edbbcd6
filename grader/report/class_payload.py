"""A class's figures as values that ``json`` can write."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from .class_figures import ClassFigures, Part, by_exercise, checks, distribution, over_time
from .mistakes_made import as_value
from .points_text import decimal_text

SCHEMA = "gradproof/class/v1"


def class_payload(figures: ClassFigures) -> dict[str, Any]:
    """Return everything that the class page shows; points are exact, as in reports."""
    return {
        "schema": SCHEMA,
        "assignment": figures.assignment,
        "learners": [
            {
                "learner": one.learner,
                "name": one.name,
                "section": one.section,
                "score": _exact(one.result.score),
                "max_score": _exact(one.result.max_score),
                "exercises": {e.exercise: _exact(e.points) for e in one.result.exercises},
                "submitted": one.submitted.isoformat() if one.submitted else None,
                "submitted_by_platform": one.by_platform,
                "late_seconds": one.result.late_seconds,
                "final": one.result.final,
                "waits_for": list(one.waits_for),
            }
            for one in figures.members
        ],
        "missing": [learner for learner, _name in figures.missing],
        "unread": list(figures.unread),
        "due": figures.due.isoformat() if figures.due else None,
        "mean_share": round(figures.mean, 4),
        "median_share": round(figures.median, 4),
        "distribution": list(map(_part, distribution(figures))),
        "exercises": [
            {
                "exercise": one.name,
                "max_points": _exact(one.max_points),
                "mean": None if one.mean is None else round(one.mean, 4),
                "median": None if one.median is None else round(one.median, 4),
                "parts": list(map(_part, one.parts)),
            }
            for one in by_exercise(figures)
        ],
        "checks": [
            {
                "exercise": one.item.exercise,
                "name": one.item.name,
                "hidden": one.item.hidden,
                "sentence": one.sentence,
                "share": None if one.share is None else round(one.share, 4),
                "discrimination": one.item.discrimination,
                "not_passed": list(one.failed),
            }
            for one in checks(figures)
        ],
        "mistakes": list(map(as_value, figures.mistakes)),
        "over_time": list(map(_part, over_time(figures))),
        "findings": [
            {"kind": f.kind, "what": list(f.what), "text": f.text, "advice": f.advice}
            for f in figures.analysis.findings
        ],
    }


def _part(part: Part) -> dict[str, Any]:
    return {"label": part.label, "learners": list(part.learners)}


def _exact(points: Fraction) -> str:
    return decimal_text(points)

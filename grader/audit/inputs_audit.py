"""The inputs of an exercise's checks, over all seeds, and what its author must vary in them."""

from __future__ import annotations

from collections.abc import Mapping

from grader.course.source import code_cell, parameters, statement_parts
from grader.course.stated_shapes import stated_shapes

from .inputs_seen import InputsSeen
from .measurement import Measurement
from .trials import AuditedExercise, Trial
from .variety import Gap, gaps_in, idle_in


def judged_inputs(
    audited: AuditedExercise, measured: Mapping[Trial, Measurement]
) -> tuple[list[Gap], list[Gap]]:
    """Return what no call of the reference was given, and what ``varies`` says needlessly."""
    seen = InputsSeen()
    for measurement in measured.values():
        seen.add(measurement.inputs)
    arguments = parameters(code_cell(audited.cells, audited.name), audited.name)
    texts = [cell.text for cell in statement_parts(audited.cells, audited.name, "en")]
    shapes = stated_shapes(texts, arguments)
    varies = audited.exercise.varies
    return gaps_in(seen, varies, shapes), list(idle_in(seen, varies, shapes))

from __future__ import annotations

import json
import warnings
from dataclasses import replace

import pytest

from grader.course.starters import render
from grader.gradebook.cell_metadata import grade_cell
from grader.gradebook.database import default_url, opened
from grader.gradebook.graded_notebook import (
    graded_notebook,
    markdown_page,
    marked_notebook,
    notebook_of,
)
from grader.gradebook.nbgrader_import import at_ease
from grader.report.markdown import exercise_to_comment

from ..made_results import with_checks
from ..warmup import RIGHT


def test_a_file_without_cells_is_cut_before_each_exercise(course):
    """Each exercise of a plain .py has a cell, with what stands above it; missing ones are last."""
    task = course.assignments[0]
    names = ("none", "shift", "scale")
    three = replace(task, exercises=tuple(replace(task.exercises[0], name=n) for n in names))
    text = f"{RIGHT}\n\ndef helper(x):\n    return x\n\n\n# mine\nshift = lambda x: x + 1\n"
    notebook = marked_notebook(notebook_of(text.encode(), "a.py", None, names), three)
    cells = {c.metadata.get("nbgrader", {}).get("grade_id"): c.source for c in notebook.cells}

    assert ["scale-solution", "scale", "shift-solution", "shift", "none"] == list(cells)
    assert "# mine\nshift = lambda x: x + 1" == cells["shift-solution"]
    assert cells["scale-solution"].endswith("def helper(x):\n    return x")


def test_a_file_that_is_no_python_stays_in_one_piece(course):
    """What cannot be read is not cut; its exercises are graded below it."""
    task = course.assignments[0]
    text = RIGHT + "\ndef shift(x:\n"
    notebook = marked_notebook(notebook_of(text.encode(), "a.py", None, ("shift", "scale")), task)

    assert [text.strip(), grade_cell(task.exercises[0]).source] == [
        cell.source for cell in notebook.cells
    ]


@pytest.mark.parametrize(("written", "kept"), [("", 1), ("\nprint(scale(1, 2))", 2)])
def test_a_kits_own_check_gives_way_to_the_graded_cell(course, written, kept):
    """A notebook of a kit shows each exercise's check once; what learners add to one stays."""
    task = course.assignments[0]
    notebook = json.loads(render(course, task, "en")["warmup.ipynb"])
    notebook["cells"][-1]["source"].append(written)
    marked = marked_notebook(notebook_of(json.dumps(notebook).encode(), "a.ipynb", None), task)

    assert kept == sum('check("scale")' in cell.source for cell in marked.cells)


def test_copied_cells_and_strange_metadata_do_no_harm(course, results):
    """A notebook with equal ids, our metadata twice and a learner's outputs becomes a valid one."""
    marks = {"nbgrader": {"grade_id": "scale-solution", "grade": True, "points": 100}}
    cell = {
        "cell_type": "code",
        "id": "same",
        "metadata": marks,
        "execution_count": None,
        "outputs": [
            {"output_type": "stream", "name": "stderr", "text": "a warning"},
            {
                "output_type": "display_data",
                "metadata": {},
                "data": {"text/html": "<script>grade()</script>"},
            },
        ],
    }
    raw = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {},
        "cells": [{**cell, "source": "scale = None"}, {**cell, "source": RIGHT}],
    }
    (ada, *_others) = results
    task = course.assignments[0]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        notebook = marked_notebook(notebook_of(json.dumps(raw).encode(), "a.ipynb", None), task)
    graded = graded_notebook(notebook, task, ada)
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in graded.cells]

    assert [None, "scale-solution", "scale"] == ids
    assert len({cell.id for cell in graded.cells}) == 3
    assert "script" not in json.dumps(graded)
    assert "stderr" not in json.dumps(graded)


@pytest.mark.parametrize("end", ["", "\nand a second line"])
def test_what_a_learner_wrote_is_shown_not_run(course, results, end):
    """Markup in what a learner's code raised stays text in the page that a person grades on."""
    evil = "<script>grade()</script> <img src=x onerror=grade()> [a](javascript:grade())" + end
    (bob,) = (result for result in results if result.learner == "bob")
    checks = (replace(c, message=evil if c.message else "") for c in bob.checks)
    result = with_checks(bob, checks)
    task = course.assignments[0]
    notebook = marked_notebook(notebook_of(RIGHT.encode(), "a.py", None), task)
    graded = graded_notebook(notebook, task, result)
    page = next(c for c in graded.cells if c.outputs).outputs[0]["data"]["text/html"]
    comment = markdown_page(exercise_to_comment(result, task.exercises[0]))

    for text in (page, comment):
        assert "grade()" in text
        assert "<script" not in text
        assert "<img" not in text
        assert "href" not in text


def test_cells_that_an_instructor_added_keep_their_place(course):
    """An answer in prose that nbgrader knows stays one, and waits for a person."""
    import nbformat
    from nbgrader.api import Gradebook

    with at_ease(), Gradebook(default_url(course.root)) as one:
        one.update_or_create_grade_cell(
            "essay", "warmup", "warmup", max_score=2, cell_type="markdown"
        )
        one.update_or_create_solution_cell("essay", "warmup", "warmup")
        one.update_or_create_source_cell(
            "essay", "warmup", "warmup", cell_type="markdown", locked=False, source="", checksum=""
        )
    with opened(default_url(course.root)) as one:
        others = one.other_cells(course.assignments[0])
    v4 = nbformat.v4
    marks = {"nbgrader": {"grade_id": "essay"}}
    cells = [v4.new_code_cell(RIGHT), v4.new_markdown_cell("Because.", metadata=marks)]
    text = nbformat.writes(v4.new_notebook(cells=cells)).encode()
    notebook = marked_notebook(notebook_of(text, "a.ipynb", None), course.assignments[0], others)
    essay = notebook.cells[-1].metadata.nbgrader

    assert ("essay", True, True, 2) == (essay.grade_id, essay.grade, essay.solution, essay.points)

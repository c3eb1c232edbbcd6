from __future__ import annotations

import importlib.util
import json

import nbformat
import pytest

from grader.course.catalogue import Course
from grader.errors import UsageError
from grader.gradebook.cell_metadata import checked_in, checksum, release_notebook, source_notebook
from grader.gradebook.nbgrader_release import release_nbgrader

from ..warmup import RIGHT, made

needs_nbgrader = pytest.mark.skipif(
    importlib.util.find_spec("nbgrader") is None,
    reason='nbgrader is not installed: pip install "gradproof[nbgrader]"',
)


@pytest.fixture
def warmup(tmp_path):
    """Return a fresh course."""
    return made(tmp_path / "course")


def by_id(notebook):
    """Return the cells that nbgrader knows."""
    cells = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]
    return {cell.metadata.nbgrader.grade_id: cell for cell in cells}


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ('check("softmax")', ("softmax",)),
        ('"""Softmax."""\nfrom grader import check\ncheck("softmax")', ("softmax",)),
        ("import grader\ngrader.check(softmax, 'loss')", ("softmax", "loss")),
        ('check("softmax")\nassert softmax(1) == 1', ()),
        ('check("softmax", strict=True)', ()),
        ("check(3)", ()),
        ("assert check('softmax')", ()),
        ("x = 1", ()),
        ("check(", ()),
    ],
)
def test_a_cell_that_does_nothing_but_check_is_told(code, names):
    """Only code whose every statement is an import, a sentence or a check is gradproof's."""
    assert names == checked_in(code)


def test_an_exercise_has_a_cell_to_fill_and_a_graded_one(warmup):
    """The release has, for each exercise, a cell to fill and below it one with its points."""
    notebook = release_notebook(warmup, warmup.assignments[0], "en")
    cells = by_id(notebook)

    assert ["scale-solution", "scale"] == list(cells)
    assert 4.0 == cells["scale"].metadata.nbgrader.points
    assert ("scale",) == checked_in(cells["scale"].source)
    assert "NotImplementedError" in cells["scale-solution"].source


def test_an_exercise_is_checked_once(warmup):
    """The cells with which a kit's notebook checks itself are not there: the graded ones do it."""
    notebook = release_notebook(warmup, warmup.assignments[0], "en")
    ids = [cell.id for cell in notebook.cells]

    assert ["scale"] == [name for cell in notebook.cells for name in checked_in(cell.source)]
    assert ["scale-check"] == [name for name in ids if "check" in name]


def test_the_source_holds_the_solution_between_nbgraders_marks(warmup):
    """What nbgrader takes out for learners stands between its marks in the source."""
    source = by_id(source_notebook(warmup, warmup.assignments[0], "en"))["scale-solution"].source

    assert "### BEGIN SOLUTION" in source
    assert "NotImplementedError" not in source


@needs_nbgrader
def test_a_notebook_in_another_framework_has_its_solutions(warmup):
    """Those of an accepted variant; without one, the place of the solution is marked."""
    (assignment,) = warmup.assignments
    for name in ("torch", "jax"):
        notebook = source_notebook(warmup, assignment, "en", name)
        assert f"# framework: {name}" in "".join(cell.source for cell in notebook.cells)
        empty = by_id(notebook)["scale-solution"].source
        assert '### BEGIN SOLUTION\n    raise NotImplementedError("scale")\n    ### END' in empty
        variant = RIGHT.replace("numpy", name)
        (warmup.accepted_dir(assignment) / f"{name}.py").write_text(variant, "utf-8")
        filled = by_id(source_notebook(warmup, assignment, "en", name))["scale-solution"].source
        assert "### BEGIN SOLUTION\n    return factor * x\n    ### END SOLUTION" in filled


def test_mxnet_is_imported_below_gradproof(warmup):
    """So there the cell that imports gradproof stays."""
    cells = release_notebook(warmup, warmup.assignments[0], "en", "mxnet").cells
    ids = [cell.id for cell in cells]

    assert ids.index("check-import") < ids.index("given-1")


def test_checksums_are_nbgraders(warmup):
    """A cell's identity is computed as nbgrader does, without it."""
    from nbgrader.utils import compute_checksum

    for cell in by_id(source_notebook(warmup, warmup.assignments[0], "en")).values():
        assert compute_checksum(cell) == checksum(cell) == cell.metadata.nbgrader.checksum


@needs_nbgrader
@pytest.mark.parametrize("make", [source_notebook, release_notebook])
def test_nbgrader_accepts_the_metadata(warmup, make):
    """Metadata is valid for nbgrader, and needs no upgrade."""
    from nbgrader.nbgraderformat import MetadataValidator

    notebook = make(warmup, warmup.assignments[0], "zh")

    MetadataValidator().validate_nb(notebook)
    nbformat.validate(notebook)


def test_a_release_gives_nothing_away(warmup, tmp_path):
    """What lies in release/ holds no solution, no hidden check, and what check() needs."""
    _source, release = release_nbgrader(warmup, warmup.assignments[0], tmp_path / "nb", "en")
    files = {path.relative_to(release).as_posix(): path for path in release.rglob("*")}
    text = json.dumps(json.loads(files["warmup.ipynb"].read_text()))

    assert ".gradproof/checks/scale/test_public.py" in files
    assert not [name for name in files if "hidden" in name]
    assert "BEGIN SOLUTION" not in text
    assert "warmup.py" not in files


def test_a_release_overwrites_nothing(warmup, tmp_path):
    """Whoever releases again over what is there is told, and nothing is changed."""
    kept = tmp_path / "nb" / "release" / "warmup" / "mine.txt"
    kept.parent.mkdir(parents=True)
    kept.write_text("mine")

    with pytest.raises(UsageError, match="exists"):
        release_nbgrader(Course.load(warmup.root), warmup.assignments[0], tmp_path / "nb", "en")
    assert ["mine.txt"] == [path.name for path in kept.parent.iterdir()]
    assert not (tmp_path / "nb" / "source").exists()

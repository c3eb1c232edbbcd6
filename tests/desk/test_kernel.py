from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import nbformat
import pytest

from grader.course.editions import EDITIONS
from grader.kit.release import release

from ..waiting import PATIENCE
from ..warmup import made

nbclient = pytest.importorskip("nbclient")
pytest.importorskip("ipykernel")

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
WRONG = "def scale(x, factor):\n    return x * abs(factor)"
BROKEN = "# broken\n\ndef scale(x, factor):\n    return x.nothing"
RIGHT = "def scale(x, factor):\n    return x * factor"


@pytest.fixture
def run(kit, monkeypatch):
    """Return what runs the kit's own notebook, with further cells, in a kernel."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(kit.directory)

    def run(*cells):
        notebook = nbformat.read(kit.directory / "warmup.ipynb", 4)
        notebook.cells += [nbformat.v4.new_code_cell(cell) for cell in cells]
        client = nbclient.NotebookClient(notebook, timeout=PATIENCE, allow_errors=True)
        client.execute()
        return [cell.outputs for cell in notebook.cells[-len(cells) :]]

    return run


def texts(outputs):
    """Return what a cell shows: streams by their names, a value in each of its forms."""
    shown = {}
    for output in outputs:
        if output.output_type == "stream":
            shown[output.name] = output.text
        elif output.output_type == "error":
            shown["error"] = "\n".join(output.traceback)
        else:
            shown |= output.data
    return shown


@pytest.mark.filterwarnings("ignore")
def test_an_untouched_notebook_runs_to_its_end(kit, monkeypatch):
    """Its own checks say that nothing is written yet, and stop nothing."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    notebook = nbformat.read(kit.directory / "warmup.ipynb", 4)
    place = {"metadata": {"path": str(kit.directory)}}
    nbclient.NotebookClient(notebook, timeout=PATIENCE, resources=place).execute()
    shown = {cell.id: texts(cell.outputs) for cell in notebook.cells if "outputs" in cell}

    assert "scale is not written yet." in shown.pop("scale-check")["text/plain"]
    assert {} == {name: output for name, output in shown.items() if output}


@pytest.mark.filterwarnings("ignore")
def test_a_notebook_checks_itself_in_its_kernel(run):
    """Starter, wrong, broken, right: by name, by the function, by the magic."""
    cells = run(
        "from grader import check\nimport random\nrandom.seed(1)",
        "check('scale')",
        WRONG,
        "check(scale)",
        BROKEN,
        "%check 'scale'",
        RIGHT,
        "check()",
        "check('nothing')",
        "print(random.random())\n%load_ext grader",
        f"%%check\n{BROKEN}",
        f"%%check scale\n{RIGHT}",
        "%%check\n1 / 0",
        "%%check\nother = 1",
    )
    starter, wrong, broken, right, unknown, last = (
        texts(cells[number]) for number in (1, 3, 5, 7, 8, 9)
    )
    below, named, failing, nothing = map(texts, cells[10:])

    assert "scale is not written yet." in starter["text/plain"]
    assert "Hint: Every value is −1 times the expected value." in wrong["text/plain"]
    assert '<table class="heat"' in wrong["text/html"] and "<details>" in wrong["text/html"]
    assert "scale(float64[4], -0.5)" in wrong["text/markdown"]
    assert "AttributeError" in broken["text/plain"]
    assert "], line 4: return x.nothing" in broken["text/plain"]
    assert "Score: 3 / 3" in right["text/plain"]
    assert "gradproof: There is no exercise nothing in this kit" in unknown["error"]
    assert "Traceback" not in unknown["error"]
    assert "0.13436424411240122\n" == last["stdout"]
    assert not any("stderr" in texts(outputs) for outputs in cells)
    # %%check counts as a line of its cell, and is there when its cell runs
    assert "], line 5: return x.nothing" in below["text/plain"]
    assert "Score: 3 / 3" in named["text/plain"]
    raised = texts(cells[12][:1])["error"]
    assert "ZeroDivisionError" in raised and "line 2" in raised
    assert "so nothing was checked" in failing["error"]
    assert "This cell defines no exercise of the kit" in nothing["error"]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "framework",
    [
        "torch",
        *(pytest.param(name, marks=pytest.mark.rare) for name in ("tensorflow", "jax", "mxnet")),
    ],
)
def test_a_notebook_in_another_framework_checks_itself(framework, tmp_path, monkeypatch):
    """Untouched it runs to its end; solved, it has all points."""
    if find_spec(framework) is None:
        pytest.skip(f"{EDITIONS[framework].title} is not installed")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    course = made(tmp_path / "course")
    kit = release(course, course.assignments[0], tmp_path, "en", framework=framework)
    notebook = nbformat.read(kit / "warmup.ipynb", 4)
    (written,) = [cell for cell in notebook.cells if cell.id == "scale-code"]
    again = nbformat.v4.new_code_cell
    notebook.cells += [again(RIGHT), again("print(check('scale').result.framework)")]
    notebook.cells += [again("check('scale')")]
    place = {"metadata": {"path": str(kit)}}
    nbclient.NotebookClient(notebook, timeout=PATIENCE, resources=place).execute()
    shown = {cell.id: texts(cell.outputs) for cell in notebook.cells if "outputs" in cell}

    assert "NotImplementedError" in written.source
    assert "scale is not written yet." in shown["scale-check"]["text/plain"]
    assert shown[notebook.cells[-2].id]["stdout"].endswith(f"{framework}\n")
    assert "Score: 3 / 3" in shown[notebook.cells[-1].id]["text/plain"]

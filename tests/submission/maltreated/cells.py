"""Cells deleted, copied, moved, merged, split and made of another kind."""

from __future__ import annotations

import copy

from .base import (
    ANSWERS,
    Notebook,
    above,
    answer_cell,
    code,
    first,
    grade_id_in,
    last,
    maltreatment,
)


@maltreatment()
def untouched(notebook: Notebook) -> None:
    """Nothing."""


@maltreatment()
def prose_deleted(notebook: Notebook) -> None:
    """Every cell of prose is gone."""
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


@maltreatment(cross_entropy="There is no function or class called cross_entropy")
def exercise_deleted(notebook: Notebook) -> None:
    """The cell of one exercise is gone."""
    notebook["cells"].remove(answer_cell(notebook, "cross_entropy"))


@maltreatment()
def check_cells_deleted(notebook: Notebook) -> None:
    """Every graded cell is gone."""
    notebook["cells"] = [cell for cell in notebook["cells"] if grade_id_in(cell) not in ANSWERS]


@maltreatment()
def everything_but_answers_deleted(notebook: Notebook) -> None:
    """What is left has no metadata and no id."""
    sources = ["import torch", *ANSWERS.values()]
    notebook["cells"] = [{"cell_type": "code", "source": source} for source in sources]
    del notebook["metadata"]


@maltreatment()
def every_cell_twice(notebook: Notebook) -> None:
    """Copied and pasted, ids and all."""
    cells = notebook["cells"]
    notebook["cells"] = [copy.deepcopy(cell) for cell in cells for _ in range(2)]


@maltreatment()
def wrong_copy_above(notebook: Notebook) -> None:
    """An earlier attempt is still there, in a copy of the cell."""
    attempt = copy.deepcopy(answer_cell(notebook, "softmax"))
    attempt["source"] = "def softmax(X):\n    return X"
    notebook["cells"].insert(1, attempt)


@maltreatment()
def written_twice_in_a_cell(notebook: Notebook) -> None:
    """Of two definitions, the last one counts, as in a kernel."""
    above(notebook, "softmax", "def softmax(X):", "    return 0 * X", "")


@maltreatment()
def upside_down(notebook: Notebook) -> None:
    """Functions stand below their use, imports last."""
    notebook["cells"].reverse()


@maltreatment()
def merged_into_one_cell(notebook: Notebook) -> None:
    """All code stands in one cell."""
    codes = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    notebook["cells"] = [code("\n\n".join(cell["source"] for cell in codes))]


@maltreatment()
def helper_split_off(notebook: Notebook) -> None:
    """An answer uses a helper and a constant of other cells, below it and far away."""
    answer_cell(notebook, "softmax")["source"] = "def softmax(X):\n    return share(shifted(X))"
    first(notebook, "ROWS = 1")
    last(
        notebook,
        "def shifted(X):\n    return torch.exp(X - X.amax(dim=ROWS, keepdim=True))",
        "share = lambda E: E / E.sum(dim=ROWS, keepdim=True)",
    )


@maltreatment(cross_entropy="There is no function or class called cross_entropy")
def made_prose(notebook: Notebook) -> None:
    """A cell became Markdown by an M too many."""
    cell = answer_cell(notebook, "cross_entropy")
    cell["cell_type"] = "markdown"
    del cell["outputs"], cell["execution_count"]


@maltreatment(cross_entropy="There is no function or class called cross_entropy")
def made_raw(notebook: Notebook) -> None:
    """A cell became raw by an R too many."""
    cell = answer_cell(notebook, "cross_entropy")
    cell["cell_type"] = "raw"
    del cell["outputs"], cell["execution_count"]


@maltreatment()
def starter_left_below(notebook: Notebook) -> None:
    """The answer was written into a copy above, and the empty starter is still there."""
    starter = copy.deepcopy(answer_cell(notebook, "softmax"))
    starter["source"] = 'def softmax(X):\n    """Mine."""\n    raise NotImplementedError("softmax")'
    notebook["cells"].append(starter)


@maltreatment()
def raw_cells_between(notebook: Notebook) -> None:
    """Raw cells hold anything."""
    raw = {"cell_type": "raw", "id": "raw", "metadata": {}, "source": "---\ntitle: (\n---"}
    notebook["cells"][1:1] = [raw]


@maltreatment()
def metadata_removed(notebook: Notebook) -> None:
    """A tool has stripped all metadata and all ids."""
    notebook["metadata"] = {}
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        del cell["id"]


@maltreatment()
def ids_that_no_tool_would_choose(notebook: Notebook) -> None:
    """All cells are called the same, with a space."""
    for cell in notebook["cells"]:
        cell["id"] = "我的 cell!"


@maltreatment()
def renamed_ids(notebook: Notebook) -> None:
    """Cells were given other ids, nbgrader's too."""
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = f"mine-{number}"
        if grade_id_in(cell):
            cell["metadata"]["nbgrader"]["grade_id"] += "_old"


@maltreatment()
def senseless_metadata(notebook: Notebook) -> None:
    """Metadata, ids and outputs are of other types than they should be."""
    for cell in notebook["cells"]:
        cell.update(metadata=None, id=7, outputs=None)
    notebook["metadata"] = []


@maltreatment(
    **dict.fromkeys(
        [name for name in ANSWERS if name != "softmax_cross_entropy_gradient"],
        "NameError: name 'torch' is not defined",
    ),
)
def imports_deleted(notebook: Notebook) -> None:
    """The given cell with the import is gone; what only calls another exercise follows through."""
    notebook["cells"] = [c for c in notebook["cells"] if "import torch" not in c["source"]]


@maltreatment()
def exercises_swapped_in_cells(notebook: Notebook) -> None:
    """Answers stand in one another's cells."""
    one, other = (answer_cell(notebook, name) for name in ("softmax", "cross_entropy"))
    one["source"], other["source"] = other["source"], one["source"]


@maltreatment()
def import_moved(notebook: Notebook) -> None:
    """The given cell is gone, the import stands in the cell of one answer."""
    imports_deleted(notebook)
    above(notebook, "cross_entropy", "import torch")


@maltreatment()
def upside_down_with_more_at_stake(notebook: Notebook) -> None:
    """What a definition needs at once, a type, a default or a decorator, stands below it."""
    for name, old, new in (
        ("softmax", "(X):", "(X: torch.Tensor) -> torch.Tensor:"),
        ("log_softmax", "(X):", "(X, function=softmax):"),
        ("cross_entropy", "def", "@kept\ndef"),
    ):
        cell = answer_cell(notebook, name)
        cell["source"] = cell["source"].replace(old, new, 1)
    first(notebook, "def kept(function):\n    return function")
    notebook["cells"].reverse()


@maltreatment(
    softmax="It is None. Is there a return statement?",
)
def cut_in_two(notebook: Notebook) -> None:
    """The last line of an answer stands on top of the next one's cell."""
    one, other = (answer_cell(notebook, name) for name in ("softmax", "cross_entropy"))
    one["source"], _, line = one["source"].rpartition("\n")
    other["source"] = f"{line}\n\n{other['source']}"

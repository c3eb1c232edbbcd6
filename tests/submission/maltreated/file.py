"""The file itself: its size, its encoding, its format."""

from __future__ import annotations

import json
from typing import Any

from .base import Notebook, answer_cell, first, image, maltreatment, printed, written


@maltreatment()
def executed_with_errors(notebook: Notebook) -> None:
    """Saved with a traceback under every cell."""
    error = {"output_type": "error", "ename": "NameError", "evalue": "x", "traceback": ["\x1b[0m"]}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [error]


@maltreatment()
def large_plots(notebook: Notebook) -> None:
    """Pictures of two megabytes under every cell."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [image(2_000_000)]


@maltreatment()
def fifty_megabytes_of_picture(notebook: Notebook) -> None:
    """One output is longer than everything else a hundred times."""
    answer_cell(notebook, "softmax")["outputs"] = [image(50_000_000)]


@maltreatment()
def fifty_megabytes_of_lines(notebook: Notebook) -> None:
    """A training loop printed a million lines."""
    first(notebook, "import torch")
    notebook["cells"][0]["outputs"] = [printed(*["loss 0.6931471805599453, 损失\n"] * 1_200_000)]


@maltreatment()
def windows_line_ends(notebook: Notebook) -> bytes:
    """Carriage returns stand in the file and in the sources."""
    for cell in notebook["cells"]:
        cell["source"] = cell["source"].replace("\n", "\r\n").splitlines(keepends=True)
    return written(notebook).replace(b"\n", b"\r\n")


@maltreatment()
def byte_order_mark(notebook: Notebook) -> bytes:
    """An editor on Windows has put its mark before the file."""
    return b"\xef\xbb\xbf" + written(notebook)


@maltreatment()
def utf16_file(notebook: Notebook) -> bytes:
    """Saved by an editor as UTF-16."""
    return written(notebook).decode().encode("utf-16")


@maltreatment()
def other_kernel(notebook: Notebook) -> None:
    """The metadata name another language's kernel, or one of another machine."""
    notebook["metadata"]["kernelspec"] = {"name": "ir", "language": "R", "display_name": "R"}
    notebook["metadata"]["language_info"] = {"name": "R"}


@maltreatment()
def format_4_0(notebook: Notebook) -> None:
    """An old Jupyter knew no ids of cells."""
    notebook["nbformat_minor"] = 0
    for cell in notebook["cells"]:
        del cell["id"]


@maltreatment()
def format_3(notebook: Notebook) -> bytes:
    """IPython 1: worksheets, ``input`` instead of ``source``, ``pyout``."""
    for cell in notebook["cells"]:
        del cell["id"]
        if cell["cell_type"] == "code":
            cell["input"] = cell.pop("source").splitlines(keepends=True)
            cell["prompt_number"] = cell.pop("execution_count")
            cell |= {"language": "python", "collapsed": False}
    return _old(notebook["cells"], 3)


@maltreatment()
def format_2(notebook: Notebook) -> bytes:
    """IPython 0.12: no metadata of cells, whole strings as input."""
    cells = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cells.append({"cell_type": "code", "input": cell["source"], "outputs": []})
        else:
            cells.append({"cell_type": "markdown", "source": cell["source"]})
    return _old(cells, 2)


def _old(cells: list[Any], nbformat: int) -> bytes:
    worksheets = [{"cells": cells, "metadata": {}}]
    old = {"metadata": {"name": ""}, "nbformat": nbformat, "nbformat_minor": 0}
    return json.dumps({**old, "worksheets": worksheets}).encode()


@maltreatment()
def format_of_the_future(notebook: Notebook) -> None:
    """A newer Jupyter writes more than today's knows."""
    notebook["nbformat_minor"] = 99
    for cell in notebook["cells"]:
        cell["provenance"] = {"by": "a model"}


@maltreatment()
def lines_without_ends(notebook: Notebook) -> None:
    """A tool has written sources as lists of lines, and lost the ends of most."""
    for cell in notebook["cells"]:
        cell["source"] = cell["source"].split("\n")
    answer_cell(notebook, "softmax")["source"][0] += "\n"


@maltreatment()
def marks_in_cells(notebook: Notebook) -> None:
    """Every source begins with the mark of a file that was pasted."""
    for cell in notebook["cells"]:
        cell["source"] = "\ufeff" + cell["source"]


@maltreatment()
def a_script_in_fact(notebook: Notebook) -> bytes:
    """The file is a script that was renamed."""
    codes = (cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code")
    return "\n\n".join(codes).encode()

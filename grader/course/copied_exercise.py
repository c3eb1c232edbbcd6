"""A new exercise copied from another one: its files and cells, with marks where it must change."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..exercise import Assignment
from .catalogue import Course
from .scaffold_templates import WRITE_HERE
from .source import BEGIN, END, FRAMEWORK_MARKER, code_cell, exercise_of, split_cells
from .toml_file import read_text


@dataclass(frozen=True, slots=True)
class CopiedExercise:
    """The parts of a new exercise that are copied from *other*, one of *assignment*.

    Attributes:
        name: the new exercise.

        target: the name of its assignment.
    """

    course: Course
    assignment: Assignment
    other: str
    name: str
    target: str

    def cells(self) -> str:
        """Return the cells of the source, in percent format."""
        cells = []
        for _number, rest, body in split_cells(self.course.reference(self.assignment)):
            if exercise_of(rest) != self.other:
                continue
            place, indent = 0, ""
            if "[markdown]" not in rest:
                place, opening = next((n, s) for n, s in enumerate(body, 1) if s.strip() == BEGIN)
                indent = opening[: opening.index("#")]
            lines = [*body[:place], f"{indent}# {self._mark}", *body[place:]]
            cells.append("\n".join([f"# %%{rest}", *lines]).rstrip())
        return self._renamed("\n\n".join(cells)) + "\n"

    def files(self, target: Path) -> dict[Path, str]:
        """Return the files for the new exercise's folder *target*: text by path."""
        folder = self.course.folder(self.assignment, self.other)
        tables = (folder.mistakes, folder.promises)
        paths = [folder.public, folder.hidden, *tables, folder.inputs, *folder.offences]
        texts = {}
        for path in paths:
            if path.exists():
                lines = self._renamed(read_text(path)).split("\n")
                # The first line of an offence names what must be reported.
                lines.insert(path in folder.offences, f"# {self._mark}")
                texts[target / path.name] = "\n".join(lines)
        return texts

    def accepted(self) -> str:
        """Return an accepted variant: the reference, since there is no other solution yet."""
        cells = self.course.source(self.assignment)
        code = code_cell(cells, self.other).text
        given = [cell.text for cell in cells if cell.is_given]
        imports = [line for text in given for line in _imports_used(text, code)]
        head = [
            f"{FRAMEWORK_MARKER}{self.assignment.framework}",
            f"# {WRITE_HERE} another correct solution; this is the reference.",
            f"# {WRITE_HERE} two more accepted variants in solutions/{self.target}/accepted/",
            *imports,
            "",
            "",
        ]
        solved = [line for line in code.split("\n") if line.strip() not in (BEGIN, END)]
        return self._renamed("\n".join([*head, *solved]) + "\n")

    @property
    def _mark(self) -> str:
        return f"{WRITE_HERE} this is a copy of {self.other}'s; change it, then remove this line."

    def _renamed(self, text: str) -> str:
        """Return *text* with the new name, except in library names such as torch.softmax."""
        kept, known = text.split(self._mark), rf"(?<![\w.]){self.other}\b"
        called = rf"(?<=student\.){self.other}\b|(?<=reference\.){self.other}\b"
        whole = re.compile(f"{known}|{called}")
        return self._mark.join(whole.sub(self.name, part) for part in kept)


def _imports_used(given: str, code: str) -> Iterator[str]:
    """Yield the imports of *given* that bind a name which *code* uses."""
    used = {node.id for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name)}
    for node in ast.parse(given).body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            node.names = [
                one for one in node.names if (one.asname or one.name.partition(".")[0]) in used
            ]
            if node.names:
                yield ast.unparse(node)

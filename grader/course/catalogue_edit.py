"""Adds an exercise to ``course.toml``; comments stay where they are."""

from __future__ import annotations

from copy import deepcopy

import tomlkit
from tomlkit.items import AoT, Comment, Item, Table, Whitespace

from ..errors import AuthoringError
from . import scaffold_templates as templates
from .catalogue import Course, catalogue_file
from .copied_exercise import CopiedExercise
from .toml_file import read_text


def catalogue_with(
    course: Course, words: dict[str, str], copied: CopiedExercise | None, after: str
) -> str:
    """Return the text of the catalogue with an entry for a new exercise.

    Args:
        words: the exercise's assignment (which may be new), name and framework.

        copied: the exercise to copy, if any.

        after: the exercise to put it after; empty for the last one.

    Raises AuthoringError if the tables are in a form that cannot be extended.
    """
    path = catalogue_file(course.root)
    document = tomlkit.parse(read_text(path))
    assignments = document["assignment"]
    if not isinstance(assignments, AoT) or not all(
        isinstance(a["exercise"], AoT) for a in assignments
    ):
        what = "cannot add to these tables; write them as [[assignment]], [[assignment.exercise]]"
        raise AuthoringError(what, path)
    entry = _parsed(templates.EXERCISE_ENTRY.substitute(words))
    if copied is not None:
        entry = _like(_table(assignments, copied.assignment.name, copied.other), entry)
    if words["assignment"] not in [table["name"] for table in assignments]:
        head = templates.ASSIGNMENT_ENTRY.substitute(words)
        rest = tomlkit.dumps(document).rstrip()
        return f"{rest}\n\n{head}\n[[assignment.exercise]]\n{entry.as_string()}"
    (mine,) = (table for table in assignments if table["name"] == words["assignment"])
    names = [table["name"] for table in mine["exercise"]]
    place = names.index(after) if after else len(names) - 1
    before = mine["exercise"][place]
    # Comments below the last key belong to the next table.
    for item in _taken_trivia(before):
        entry.value.body.append((None, item))
    before.add(tomlkit.nl())
    mine["exercise"].insert(place + 1, entry)
    return tomlkit.dumps(document)


def _parsed(entry: str) -> Table:
    table = tomlkit.parse(entry)["assignment"]["exercise"][0]
    assert isinstance(table, Table)
    return table


def _table(assignments: AoT, assignment: str, exercise: str) -> Table:
    (home,) = (table for table in assignments if table["name"] == assignment)
    (found,) = (table for table in home["exercise"] if table["name"] == exercise)
    assert isinstance(found, Table)
    return found


def _like(other: Table, entry: Table) -> Table:
    """Return the table *other* with the name and title of *entry*."""
    made = deepcopy(other)
    _taken_trivia(made)
    made["name"], made["title"] = entry["name"], entry["title"]
    return made


def _taken_trivia(table: Table) -> list[Item]:
    """Remove the comments and blank lines at the end of *table*, and return them in order."""
    body, taken = table.value.body, list[Item]()
    while body and isinstance(body[-1][1], (Comment, Whitespace)):
        taken.insert(0, body.pop()[1])
    return taken

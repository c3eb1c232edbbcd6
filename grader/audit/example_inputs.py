"""The one call that a lecture would try, as the ``inputs.py`` of an exercise gives it."""

from __future__ import annotations

import runpy
import traceback
from pathlib import Path
from typing import Any

from grader.checks.draws import Draw
from grader.errors import AuthoringError


def example_arguments(path: Path, exercise: str, draw: Draw) -> list[Any]:
    """Return the arguments of one call of *exercise*: what ``inputs(draw)`` at *path* returns.

    Raises:
        AuthoringError: there is no such function, it raises, or it returns no list of arguments;
            with the line in *path* if one is at fault.
    """
    wanted = f"return the arguments of one call of {exercise!r}"
    try:
        inputs = runpy.run_path(str(path)).get("inputs")
        if not callable(inputs):
            raise AuthoringError(f"there is no function inputs(draw) here; {wanted}", path)
        arguments = inputs(draw)
    except AuthoringError:
        raise
    except SyntaxError as error:
        raise AuthoringError(f"this is not Python: {error.msg}", path, error.lineno) from error
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        lines = [frame.lineno for frame in frames if frame.filename == str(path)]
        what = f"inputs() raised {type(error).__name__}: {error}; {wanted}"
        raise AuthoringError(what, path, lines[-1] if lines else None) from error
    if not isinstance(arguments, list | tuple):
        what = f"inputs() returned {type(arguments).__name__}; {wanted} as a list"
        raise AuthoringError(what, path)
    return list(arguments)

"""Runs starters from top to bottom, each as a notebook does, and says what stopped them.

Reads from standard input, as JSON, a list of pairs of folder and code. Writes a line of JSON for
each: the kind of the exception, its message, and the line of code that raised it, or null.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import traceback

from grader.worker.mxnet_import import allow

_LABEL = "<starter>"


def run(folder: str, code: str) -> list[str] | None:
    """Run *code* in *folder*; return what stopped it, if anything did."""
    os.chdir(folder)
    sys.path[0] = folder
    before = set(sys.modules)
    try:
        with contextlib.redirect_stdout(sys.stderr):
            exec(compile(code, _LABEL, "exec"), {"__name__": "__main__"})
    except (Exception, SystemExit) as error:
        lines = [
            s.lineno for s in traceback.extract_tb(error.__traceback__) if s.filename == _LABEL
        ]
        line = code.split("\n")[(lines[0] or 1) - 1].strip() if lines else ""
        return [type(error).__name__, str(error), line]
    finally:
        # Modules that are given with one starter are not those of the next.
        for name in set(sys.modules) - before:
            path = getattr(sys.modules[name], "__file__", None) or ""
            if path.startswith(folder):
                del sys.modules[name]
    return None


if __name__ == "__main__":
    allow()
    for _folder, _code in json.load(sys.stdin):
        sys.stdout.write(json.dumps(run(_folder, _code)) + "\n")
        sys.stdout.flush()

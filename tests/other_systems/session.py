"""One process that runs many of gradproof's commands, as another would run each.

Reads a call in each line of its input, and answers in a line: exit code, output, and errors.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import traceback

import cli
from grader import language
from grader.sandbox import desk_worker
from grader.sandbox.fork import system_forks


def serve() -> None:
    """Say where gradproof finds itself, then answer calls until there are no more."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what workers print is no answer
    print(json.dumps([desk_worker.sys.platform, system_forks()]), file=answers, flush=True)
    for line in sys.stdin:
        call = json.loads(line)
        os.chdir(call["at"])
        os.environ |= call["more"]
        done = _run(call["arguments"], call["encoding"])
        for name in call["more"]:
            del os.environ[name]
        language.use("en")
        print(json.dumps(done), file=answers, flush=True)


def _run(arguments: list[str], encoding: str) -> tuple[int, str, str]:
    streams = [io.TextIOWrapper(io.BytesIO(), encoding, newline="\r\n") for _ in range(2)]
    code = 0
    with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
        try:
            cli.main(arguments, prog_name="gradproof")
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        except BaseException:
            code = -1
            traceback.print_exc()
    texts = []
    for stream in streams:
        stream.flush()
        texts.append(stream.buffer.getvalue().decode(encoding).replace("\r\n", "\n"))
    return code, *texts


if __name__ == "__main__":
    sys.exit(serve())

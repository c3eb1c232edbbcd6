"""The other controls: a reader of frames, and a collector, that believe what they read.

``python -m tests.attacks.naive OUT [NAME ...]`` writes what harm each attack does to them.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import shutil
import signal
import socket
import stat
import struct
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from grader.sandbox.scratch_directory import remove

from .collecting import Field, made
from .corpus import Attack, attacks
from .field import RAW

_SECONDS = 10
#: more than an honest hand-in unpacks to
_TOO_MUCH = 100 << 20


class TooMuch(Exception):
    """More was unpacked, or would be read, than a machine has room for."""


class Hung(Exception):
    """It took longer than anything honest does; no TimeoutError, which is one of files."""


def _hung(*_signal: object) -> None:
    raise Hung


def _within_time(function: Callable[[], object]) -> set[str]:
    """Return how *function* came to grief: ``hung``, ``crashed`` or ``too much``."""
    signal.signal(signal.SIGALRM, _hung)
    signal.setitimer(signal.ITIMER_REAL, _SECONDS)
    try:
        function()
    except Hung:
        return {"hung"}
    except TooMuch:
        return {"too much"}
    except Exception:
        return {"crashed"}
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return set()


# -- frames ----------------------------------------------------------------------------------------


def _received(line: socket.socket) -> Any:
    """Return the value in the next frame: of any length, JSON or a pickle, for any question."""
    header_size, body_size = struct.unpack("!IQ", _exactly(line, 12))
    header = _exactly(line, header_size)
    body = bytearray(body_size)
    body[:] = _exactly(line, body_size)
    if header[:1] == b"\x80":
        return pickle.loads(header)
    return _value(json.loads(header)[2], body)


def _exactly(line: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        piece = line.recv(min(size - len(data), 1 << 20))
        if not piece:
            raise EOFError
        data += piece
    return data


def _value(spec: list[Any], body: bytearray) -> Any:
    match spec:
        case ["a", dtype, shape, _]:
            return np.frombuffer(body, dtype).reshape(shape)
        case ["l", items]:
            return [_value(item, body) for item in items]
        case ["d", keys, values]:
            return dict(zip(map(str, keys), [_value(v, body) for v in values], strict=True))
    return spec[1]


def _exchange(attack: Attack) -> set[str]:
    """Have a child answer by *attack*, and believe it."""
    folder = Path(tempfile.mkdtemp())
    (folder / "target.json").write_text(json.dumps({"marker": str(folder)}))
    mine, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        mine.close()
        signal.alarm(2 * _SECONDS)
        os.chdir(folder)
        number = os.dup(theirs.fileno())
        theirs.close()
        os.dup2(number, 3)
        os.closerange(4, 1024)
        # What a submission is run by: its answer is sent as objects are.
        with contextlib.suppress(BaseException):
            space: dict[str, Any] = {"__name__": "submission"}
            sys.modules["submission"] = type(sys)("submission")
            sys.modules["submission"].__dict__.update(space)
            space = sys.modules["submission"].__dict__
            exec(compile(attack.text, attack.path.name, "exec"), space)
            header = pickle.dumps(space["total"](np.array([3.0, 1.0, 2.0])))
            os.write(3, struct.pack("!IQ", len(header), 0) + header)
        os._exit(0)
    theirs.close()
    answers: list[Any] = []
    harms = _within_time(lambda: answers.append(_received(mine)))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    mine.close()
    harms |= {"files left"} if {p.name for p in folder.iterdir()} - {"target.json"} else set()
    remove(folder)
    return harms or {"believed"}


# -- hand-ins --------------------------------------------------------------------------------------


def _collect(attack: Attack) -> set[str]:
    """Unpack what *attack* hands in as its names say, then read all of it."""
    with Field() as field:
        folder = made(attack, field)
        store = field.root / "store"
        store.mkdir()
        read: dict[str, str] = {}

        def collect() -> None:
            _unpack(folder, store)
            for path in sorted(store.rglob("total.*")):
                read[str(path)] = _read(path)

        harms = {"stopped" if harm == "crashed" else harm for harm in _within_time(collect)}
        said = "\n".join([*read, *read.values()])
        names = [path.name for path in store.iterdir()]
        harms |= {"stolen"} if field.secret in said else set()
        harms |= {"files left"} if any(field.outside.glob("written*")) else set()
        harms |= {"the neighbour is hurt"} if "not mine" in said else set()
        hurt = any(RAW.search(name) or name[0] in "=+-@" for name in names)
        harms |= {"the reader is hurt"} if hurt else set()
    return harms


def _unpack(source: Path, store: Path) -> None:
    for path in sorted(source.iterdir()):
        if path.is_dir():
            shutil.copytree(path, store / path.name, copy_function=_copy)
        if path.suffix != ".zip":
            continue
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > _TOO_MUCH:
                raise TooMuch
            for entry in entries:
                place = store / entry.filename
                place.parent.mkdir(parents=True, exist_ok=True)
                if stat.S_ISLNK(entry.external_attr >> 16):
                    place.symlink_to(archive.read(entry).decode())
                else:
                    place.write_bytes(archive.read(entry))


def _copy(source: str, place: str) -> None:
    if Path(source).stat().st_size > _TOO_MUCH:
        raise TooMuch
    with Path(source).open("rb") as file:
        Path(place).write_bytes(file.read())


def _read(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        cells = json.loads(text)["cells"]
        text = "".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    compile(text, str(path), "exec")
    return text


def controlled(chosen: list[Attack]) -> dict[str, Any]:
    """Return what harm each attack does to who believes it."""
    records = []
    for attack in chosen:
        harms = _collect(attack) if attack.family == "collector" else _exchange(attack)
        records.append({"attack": attack.name, "harms": sorted(harms)})
    return {"level": "naive", "records": records}


if __name__ == "__main__":
    every = [attack for attack in attacks() if attack.control == "naive"]
    names = sys.argv[2:]
    found = controlled([attack for attack in every if attack.name in names or not names])
    Path(sys.argv[1]).write_text(json.dumps(found))

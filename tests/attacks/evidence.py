"""Which layer stopped an attack, by what the attack met and how its check ended."""

from __future__ import annotations

#: the first text that is found in a check's end names the layer
_SIGNS = (
    ("timed out", "deadline"),
    ("MiB of memory", "memory limit"),
    ("MiB of files", "disk limit"),
    ("processor time", "processor limit"),
    ("sent an invalid answer", "wire"),
    ("ended by SIGSYS", "filter"),
    ("raise maximum limit", "limits"),
    ("Too many open files", "limits"),
    ("Resource temporarily unavailable", "limits"),
    ("can't start new thread", "limits"),
    ("Operation not permitted", "filter"),
    ("Function not implemented", "filter"),
    ("Bad system call", "filter"),
    ("Permission denied", "Landlock"),
    ("Read-only file system", "private root"),
    ("No such file or directory", "private root"),
    ("File too large", "disk limit"),
    ("No space left", "disk limit"),
    ("No such process", "namespaces"),
    ("Network is unreachable", "namespaces"),
    ("Connection refused", "namespaces"),
    ("nothing found", "separate process"),
    ("exited", "separate process"),
    ("killed by", "separate process"),
    ("the process", "separate process"),
    ("cannot be checked", "values only"),
    ("cannot use what", "values only"),
    ("There is no function", "values only"),
    ("failed", "comparison"),
    ("passed", "nothing: it is right"),
)


#: what a missing permission means where no wall but another user stands
_ANOTHER_USER = "another user"


def layer(outcome: str, message: str, level: str = "") -> str:
    """Return the layer that the end of a check is evidence for, behind the walls of *level*."""
    if level == "user" and "Permission denied" in message:
        return _ANOTHER_USER
    end = f"{outcome}: {message}" if outcome != "passed" else outcome
    return next((name for sign, name in _SIGNS if sign in end), "?")

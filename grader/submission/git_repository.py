"""A learner's Git repository: fetched without being checked out, and read commit by commit.

Nothing in it runs: no hook, no filter, no submodule. A commit's date comes from the machine that
made it, so each fetch also keeps what it saw and when: what was seen before a date was there.
"""

from __future__ import annotations

import base64
import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from ..errors import SubmissionError, UsageError
from ..language import _
from .files import MAX_FILES, MIB, is_junk, most_bytes

#: seconds for one command that talks to a server
PATIENCE = 300
#: most bytes of one submission
_MOST = 128 * MIB
#: what reads private repositories, over https only, and where
TOKEN, HOST = "GRADPROOF_GIT_TOKEN", "GRADPROOF_GIT_HOST"
_PROTOCOLS = "https:http:ssh:git:file"
_REGULAR = ("100644", "100755", "100664")
_SEEN = "refs/seen"
_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit.

    Attributes:
        made: when, as the machine says that made it.

        seen: when a fetch first found it, or one that contains it.
    """

    name: str
    made: datetime
    seen: datetime


class GitRepository:
    """A bare copy at *folder* of the repository at *address*.

    Raises:
        UsageError: *address* is none that is fetched from.
    """

    def __init__(self, address: str, folder: Path) -> None:
        if address.startswith("-") or re.match(r"\w+::", address) or not address.strip():
            raise UsageError(_("{address} is no address of a repository").format(address=address))
        self.address = address
        self.folder = folder

    def fetch(self, now: datetime) -> None:
        """Fetch all branches, and keep what was seen; raises SubmissionError."""
        if not (self.folder / "HEAD").is_file():
            self.folder.mkdir(parents=True, exist_ok=True)
            self._git("init", "--quiet", "--bare")
        self._git(
            *("fetch", "--quiet", "--no-tags", "--prune", "--force", "--no-recurse-submodules"),
            *("--", self.address, "+refs/heads/*:refs/heads/*"),
            online=True,
        )
        head = self._git("ls-remote", "--symref", "--", self.address, "HEAD", online=True)
        if found := re.match(rb"ref: (refs/heads/\S+)\tHEAD", head):
            self._git("symbolic-ref", "HEAD", found[1].decode())
        stamp = now.astimezone(UTC).strftime(_STAMP)
        heads = self._git("for-each-ref", "--format=%(objectname) %(refname)", "refs/heads/")
        if not heads:
            raise SubmissionError(_("the repository is empty"))
        for line in heads.decode().splitlines():
            name, _space, branch = line.partition(" ")
            short = branch.removeprefix("refs/heads/")
            self._git("update-ref", f"{_SEEN}/{stamp}/{short}", name)

    def commit(self, branch: str, before: datetime | None = None) -> Commit | None:
        """Return the newest commit of *branch* (of the default if empty), made *before* a date.

        None if there is none. Raises SubmissionError if there is no such branch.
        """
        ref = f"refs/heads/{branch}" if branch else "HEAD"
        limit = [f"--before={before.isoformat()}"] if before else []
        said = self._git("log", "-1", "--format=%H %ct", *limit, "--end-of-options", ref, "--")
        if not said.strip():
            return None
        name, seconds = said.decode().split()
        return Commit(name, datetime.fromtimestamp(int(seconds), UTC), self._first_seen(name))

    def files(self, commit: Commit, folder: str = "") -> tuple[dict[str, bytes], list[str]]:
        """Return the regular files of *commit* below *folder*, and what was left out and why.

        Raises SubmissionError if they are too many or too large.
        """
        listed = self._git("ls-tree", "-r", "-z", "-l", "--full-tree", commit.name)
        wanted: dict[str, str] = {}
        left: list[str] = []
        total, top = 0, PurePosixPath(folder)
        for entry in filter(None, listed.split(b"\0")):
            facts, _tab, raw = entry.partition(b"\t")
            mode, _kind, name, size = facts.decode().split()
            path = PurePosixPath(raw.decode("utf-8", "replace"))
            if not path.is_relative_to(top) or any(map(is_junk, path.parts)):
                continue
            inside = path.relative_to(top)
            if mode not in _REGULAR or ".." in path.parts or path.is_absolute():
                left.append(_("{file} is no regular file").format(file=path))
            elif int(size) > most_bytes(path.name):
                left.append(_("{file} is too large").format(file=path))
            else:
                wanted[inside.as_posix()] = name
                total += int(size)
        if len(wanted) > MAX_FILES or total > _MOST:
            raise SubmissionError(_("the repository holds more than a submission may"))
        blobs = self._blobs(list(wanted.values()))
        return {path: blobs[name] for path, name in wanted.items()}, left

    def _blobs(self, names: list[str]) -> dict[str, bytes]:
        asked = "".join(f"{name}\n" for name in names).encode()
        said, found, start = self._git("cat-file", "--batch", given=asked), {}, 0
        for name in names:
            end = said.index(b"\n", start)
            size = int(said[start:end].split()[2])
            found[name] = said[end + 1 : end + 1 + size]
            start = end + 1 + size + 1
        return found

    def _first_seen(self, name: str) -> datetime:
        said = self._git("for-each-ref", f"--contains={name}", "--format=%(refname)", _SEEN)
        stamps = [line.split("/")[2] for line in said.decode().splitlines()]
        return datetime.strptime(min(stamps), _STAMP).replace(tzinfo=UTC)

    def _git(self, *words: str, online: bool = False, given: bytes = b"") -> bytes:
        command = ["git", "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", *words]
        try:
            done = subprocess.run(
                command,
                cwd=self.folder,
                env=_environment(self.address if online else "", os.environ),
                input=given,
                capture_output=True,
                timeout=PATIENCE,
                check=False,
            )
        except FileNotFoundError:
            raise UsageError(_("git is not installed here.")) from None
        except subprocess.TimeoutExpired:
            text = _("git gave no answer within {seconds} s")
            raise SubmissionError(text.format(seconds=PATIENCE)) from None
        if done.returncode:
            lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise SubmissionError(" ".join(lines)[:300] or f"git {words[0]}")
        return done.stdout


def _environment(address: str, known: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a git that asks nobody, and reads no other repository's settings.

    Args:
        address: with which server it talks; empty if with none.
    """
    kept = {k: v for k, v in known.items() if not k.startswith("GIT_") and k not in (TOKEN, HOST)}
    kept |= {
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_SSH_COMMAND": known.get("GIT_SSH_COMMAND", "ssh -o BatchMode=yes"),
        "GIT_ALLOW_PROTOCOL": _PROTOCOLS,
        "GIT_LFS_SKIP_SMUDGE": "1",
        "LC_ALL": "C.UTF-8",
    }
    parts = urlsplit(address)
    host = known.get(HOST, "github.com")
    if known.get(TOKEN) and parts.scheme == "https" and parts.netloc == host:
        code = base64.b64encode(f"x-access-token:{known[TOKEN]}".encode()).decode()
        kept |= {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"http.https://{host}/.extraHeader",
            "GIT_CONFIG_VALUE_0": f"Authorization: Basic {code}",
        }
    return kept

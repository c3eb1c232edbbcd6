"""A PostgreSQL server of one's own, on a socket in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

USER = "gradproof"
_DEBIANS = Path("/usr/lib/postgresql")
_TEXT = ("--encoding=UTF8", "--locale=C.UTF-8")


@contextmanager
def server() -> Iterator[str]:
    """Run a server until the end; yield the address of its empty database, without its name.

    Skips where the server's programs or the driver are missing.
    """
    pytest.importorskip("psycopg", reason='no driver of PostgreSQL: pip install "psycopg[binary]"')
    initdb = shutil.which("initdb") or max(map(str, _DEBIANS.glob("*/bin/initdb")), default=None)
    if initdb is None:
        pytest.skip("no PostgreSQL: apt-get install postgresql")
    # pytest's own folders are closed to the user that it runs as, and too long for a socket
    folder = Path(tempfile.mkdtemp(prefix="gradproof-"))
    who = _somebody(folder)
    data, control = folder / "data", Path(initdb).with_name("pg_ctl")

    def run(*words: object) -> None:
        command = list(map(str, words))
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, **who)
        assert 0 == done.returncode, done.stdout + done.stderr

    try:
        run(initdb, "-D", data, f"--username={USER}", "--auth=trust", "--no-sync", *_TEXT)
        options = f"-F -k {folder} -c listen_addresses=''"
        # what the server says goes to its file: it would keep our pipe open
        run(control, "-D", data, "-l", folder / "log", "-o", options, "-w", "start")
        try:
            yield f"postgresql+psycopg://{USER}@/{{name}}?host={folder}"
        finally:
            run(control, "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _somebody(folder: Path) -> dict[str, object]:
    """Return whom to run the server as, who gets *folder*: it refuses to be root."""
    if os.geteuid() != 0:
        return {}
    import pwd

    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def execute(url: str, statement: str) -> None:
    """Carry out one *statement* of SQL."""
    from sqlalchemy import create_engine, text

    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()

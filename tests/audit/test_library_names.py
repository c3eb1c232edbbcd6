"""Whether libraries have the names that a course forbids."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

import pytest

ASK = "from grader.audit.library_names import fault_in_name as ask; print(ask({name!r}))"


@pytest.mark.slow
@pytest.mark.skipif(not importlib.util.find_spec("mxnet"), reason="MXNet is not installed")
def test_names_of_mxnet_are_looked_up_beside_todays_numpy() -> None:
    """It is imported as workers do, and never left there in part."""
    code = ASK.format(name="mxnet.npx.no_such_function")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "mxnet.npx has no 'no_such_function'\n" == done.stdout

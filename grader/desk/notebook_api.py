"""For notebooks: ``check("softmax")``, ``check(softmax)``, ``%check softmax``, ``%%check``.

Importing this module loads nothing else of gradproof; the first check does. Only where MXNet is
installed, it lets the notebook import that.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import random
import re
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .live_check import CheckReport

if importlib.util.find_spec("mxnet"):
    # The notebook's own import of it comes later, and fails beside today's NumPy.
    from grader.worker.mxnet_import import allow

    allow()


def check(*exercises: object) -> CheckReport:
    """Run the public checks of *exercises* on the current definitions of your functions.

    Args:
        exercises: names or functions; empty for all exercises of the kit.

    Returns:
        the report; a notebook displays it as the value of a cell's last line.

    Raises:
        UsageError: there is no such exercise, or the notebook is not in a kit.

        NotPassed: a check failed while nbgrader runs the notebook.
    """
    return _check(exercises, sys._getframe(1).f_globals)


def load_ipython_extension(shell: Any) -> None:
    """Offer ``%check`` and ``%%check`` in *shell*: ``%load_ext grader``."""

    def magic(line: str, cell: str | None = None) -> CheckReport:
        """Run the public checks of the named exercises (``%check softmax``), or of all.

        ``%%check`` runs the rest of its cell first, and checks the exercises that it defines.
        """
        # also accepts the syntax of a call: %check "softmax", %check softmax, relu;
        names = re.findall(r"[^\s,;()'\"]+", line)
        if cell is not None:
            _run(shell, line, cell)
        return _check(names, shell.user_ns, cell)

    shell.register_magic_function(magic, magic_kind="line_cell", magic_name="check")


def _run(shell: Any, line: str, cell: str) -> None:
    """Run what stands below ``%%check``; if that fails, nothing is checked.

    Lines keep their numbers, so that errors name those that the learner sees.
    """
    done = shell.run_cell(f"# %%check {line}\n{cell}", store_history=False)
    if not done.success:
        from grader.errors import UsageError
        from grader.language import _

        text = _("This cell ended with an error, so nothing was checked.")
        error = UsageError(text)
        _show_only(error, f"gradproof: {text}")
        raise error


def _check(exercises: Any, namespace: Mapping[str, Any], cell: str | None = None) -> CheckReport:
    # nbgrader gives no points to a cell that wrote to stderr
    with contextlib.redirect_stderr(sys.stdout):
        report = _report(exercises, namespace, cell)
    if "NBGRADER_EXECUTION" in os.environ and not report.passed:
        from .live_check import NotPassed

        raise NotPassed(report)
    return report


def _report(exercises: Any, namespace: Mapping[str, Any], cell: str | None) -> CheckReport:
    # Libraries draw random numbers while loading; this must not change the notebook's own.
    state = random.getstate()
    from grader.errors import GraderError

    from .live_check import check_namespace

    random.setstate(state)
    try:
        return check_namespace(exercises, namespace, _shell(namespace), cell)
    except GraderError as error:
        _show_only(error, f"gradproof: {error}")
        raise
    except KeyboardInterrupt as error:
        _show_only(error, "\n".join(["KeyboardInterrupt", *getattr(error, "__notes__", ())]))
        raise


def _show_only(error: BaseException, text: str) -> None:
    """Make a notebook show *text* instead of the traceback of *error*, all of it our own code."""
    error._render_traceback_ = lambda: [text]  # type: ignore[attr-defined]


def _shell(namespace: Mapping[str, Any] | None = None) -> Any:
    """Return the IPython shell, if there is one; given *namespace*, only if it is the shell's."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    ours = namespace is None or getattr(shell, "user_ns", None) is namespace
    return shell if ours else None


# Importing check in a notebook also registers the magic.
if _shell() is not None:
    load_ipython_extension(_shell())

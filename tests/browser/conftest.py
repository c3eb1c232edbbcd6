"""A kit in a real browser: JupyterLab and Notebook 7 on this machine, shown by Chromium.

``GRADPROOF_SCREENSHOTS=DIR`` shows the kit in both languages and both themes, and puts pictures
of what was seen into *DIR*.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from grader.course.catalogue import Course
from grader.kit.release import release

ROOT = Path(__file__).resolve().parents[2]
PLACE = "我的 homework"

#: milliseconds for what a page does in one step, on a machine that may be busy
_PATIENCE = 60_000

#: nothing is looked up elsewhere, and nobody is asked whether it may be; what
#: is written is not saved for the next page, and cells out of sight stay in it
_SETTINGS = {
    "docmanager-extension/plugin": {"autosave": False},
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "extensionmanager-extension/plugin": {"enabled": False},
}
_OPTIONS = (
    "--no-browser",
    "--allow-root",
    "--ServerApp.ip=127.0.0.1",
    "--ServerApp.port=0",
    "--LabApp.news_url=",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)
_CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True, slots=True)
class Jupyter:
    """A running server that has a kit of each language in its folder.

    Attributes:
        url: ends in a slash.

        settings: where a learner's own settings lie, read whenever a page is loaded.
    """

    url: str
    token: str
    settings: Path

    def address(self, app: str, language: str) -> str:
        """Return where *app* shows the notebook of a kit."""
        before = {"lab": "lab/tree", "notebook": "notebooks"}[app]
        # nothing that was open before
        return f"{self.url}{before}/{self.path(language)}?reset&token={self.token}"

    def path(self, language: str) -> str:
        """Return where the notebook of a kit lies."""
        return f"{PLACE}/{language}/softmax_regression/softmax_regression.ipynb"

    def start(self, page, language: str) -> None:
        """Have a kernel for that notebook.

        JupyterLab's first page may start two, drop one, and lose the cells that it was to run.
        """
        kernel = {"name": "python3"}
        data = {"path": self.path(language), "type": "notebook", "name": "", "kernel": kernel}
        headers = {"Authorization": f"token {self.token}"}
        answer = page.request.post(f"{self.url}api/sessions", data=data, headers=headers)
        assert answer.ok, answer.text()

    def set(self, plugin: str, values: dict[str, object]) -> None:
        """Write what a learner would set in a menu."""
        path = self.settings / "@jupyterlab" / f"{plugin}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")


@pytest.fixture(scope="module")
def jupyter(browser, tmp_path_factory):
    """Start a server over fresh kits, with settings and a home of its own."""
    home = tmp_path_factory.mktemp("jupyter")
    course = Course.load(ROOT)
    for language in ("en", "zh"):
        target = home / "work" / PLACE / language
        release(course, course.assignment("softmax_regression"), target, language)
    with serve(home, home / "work") as running:
        yield running


@contextmanager
def serve(home: Path, root: Path) -> Iterator[Jupyter]:
    """Run a server over *root* until the end, with settings of its own in *home*."""
    pytest.importorskip("jupyterlab", reason="JupyterLab is not installed")
    settings = home / "settings"
    own = {
        "HOME": home,
        "IPYTHONDIR": home / "ipython",
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "JUPYTERLAB_SETTINGS_DIR": settings,
        "JUPYTERLAB_WORKSPACES_DIR": home / "workspaces",
        "PYTHONPATH": ROOT,
    }
    kept = {key: value for key, value in os.environ.items() if key != "GRADPROOF_LANG"}
    command = [sys.executable, "-m", "jupyterlab", *_OPTIONS, f"--ServerApp.root_dir={root}"]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(
            command,
            cwd=root,
            env=kept | {key: str(value) for key, value in own.items()},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        running = Jupyter(*_address(server, home / "runtime", home / "log"), settings)
        for plugin, values in _SETTINGS.items():
            running.set(plugin, values)
        yield running
    finally:
        server.terminate()
        server.wait(60)


def _address(server, runtime, log):
    """Return URL and token of *server*, once it has written them down."""
    end = time.monotonic() + 120
    while server.poll() is None and time.monotonic() < end:
        for path in runtime.glob("jpserver-*.json"):
            try:
                said = json.loads(path.read_text(encoding="utf-8"))
            except ValueError:
                continue  # half written
            return said["url"], said["token"]
        time.sleep(0.1)
    raise AssertionError(f"Jupyter does not start:\n{log.read_text(errors='replace')}")


@pytest.fixture(scope="module")
def browser():
    """Start Chromium; not for longer than needed, as its driver keeps an event loop running."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    playwright.expect.set_options(timeout=_PATIENCE)
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.skip("no Chromium: apt-get install chromium")
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=found, args=_CHROMIUM)
        yield running
        running.close()


@pytest.fixture
def page(browser):
    """Open a page; it may ask nobody but this machine for anything."""
    asked = []
    context = browser.new_context(viewport={"width": 1100, "height": 1000})
    context.on("request", lambda request: asked.append(request.url))
    opened = context.new_page()
    opened.set_default_timeout(_PATIENCE)
    # what JupyterLab asks while its kernels are slow lies above its menus
    asks = opened.locator(".jp-Dialog").last

    def accept(found: Any) -> None:
        logging.getLogger(__name__).warning("JupyterLab asks: %s", found.inner_text())
        found.locator(".jp-mod-accept").last.click()
        if found.is_visible():  # one that comes back is not accepted, but left
            opened.keyboard.press("Escape")

    # One may follow another for as long as kernels are slow: what is asked for is tried in between.
    opened.add_locator_handler(asks, accept, no_wait_after=True)
    yield opened
    context.close()

    local = ("http://127.0.0.1:", "data:", "blob:")
    assert [] == [url for url in asked if not url.startswith(local)]

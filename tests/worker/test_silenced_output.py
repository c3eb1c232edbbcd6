"""What only shows something can be called anyhow, and does nothing."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from grader.worker import silenced_output as silent


@pytest.fixture(autouse=True)
def nothing_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a process in which no module is found but those for show."""
    for name in list(sys.modules):
        if name.partition(".")[0] in {"IPython", *silent.FOR_SHOW}:
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [])
    silent.silence()


def run(source: str) -> dict[str, Any]:
    """Return what *source* defines."""
    names: dict[str, Any] = {}
    exec(source, names)
    return names


@pytest.mark.parametrize(
    "source",
    [
        "import matplotlib.pyplot as p\nfig, ax = p.subplots(1, 2)\nax[0].plot([1])[0].set(x=1)",
        "import matplotlib.pyplot as plt\nwith plt.style.context('dark'):\n    plt.show()",
        "from matplotlib import cm, rcParams\ncm.hot(3)",
        "import seaborn as sns; sns.set_theme()",
        "from IPython.core.debugger import set_trace\nset_trace()",
        "from IPython.core.display import HTML, display\ndisplay(HTML('<b>'))",
        "import IPython\nIPython.display.clear_output(wait=True)",
        "import matplotlib as mpl\nmpl.rcParams['figure.dpi'] = 2",
    ],
)
def test_whatever_is_shown_is_not(source: str) -> None:
    """Submodules, results, unpacking, subscripts and ``with``: all go on."""
    run(source)


@pytest.mark.parametrize(
    "source",
    [
        "from tqdm import tqdm\nfor i in tqdm([1, 2], desc='epoch'): found.append(i)",
        "from tqdm.auto import trange\nfor i in trange(1, 3): found.append(i)",
        "import tqdm.notebook\nbar = tqdm.notebook.tqdm(iter([1, 2]))\n"
        "for i in bar: found.append(i); bar.set_postfix(loss=i)",
        "import tqdm\nwith tqdm.tqdm(total=2) as bar:\n    found += [1, 2]; bar.update(2)",
        "from tqdm import tqdm\nfound += [len(tqdm([7])), 2]; tqdm.write('')",
    ],
)
def test_a_progress_bar_is_what_it_counts(source: str) -> None:
    """Loops over a bar run as they would without it."""
    assert run("found = []\n" + source)["found"] == [1, 2]


def test_nothing_else_is_made_up() -> None:
    """A library that computes something is still missing where it is missing."""
    with pytest.raises(ModuleNotFoundError):
        run("import nothing_of_this_name")

"""What stands in for a library does what a learner means by it, or says that it is missing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.worker.fault import Fault
from grader.worker.loader import Source, load
from grader.worker.module_host import Host
from grader.worker.stand_ins import DISPLAYS, LIBRARIES, Finder, stand_in


@pytest.fixture(autouse=True)
def nothing_is_installed() -> Iterator[None]:
    """Have a process in which no library is found that is stood in for."""
    finders, there = list(sys.meta_path), replaced()
    sys.meta_path.clear()
    stand_in()
    sys.meta_path.extend(finders)
    yield
    sys.meta_path[:] = finders
    replaced()
    sys.modules.update(there)


def replaced() -> dict[str, Any]:
    """Take from this process, and return, the modules that are stood in for."""
    known = {"submission", *DISPLAYS, *LIBRARIES}
    return {n: sys.modules.pop(n) for n in list(sys.modules) if n.partition(".")[0] in known}


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of libraries that are installed and fail as soon as they are imported."""
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("matplotlib", "jaxtyping"):
        (tmp_path / f"{name}.py").write_text(f"raise RuntimeError('{name} was imported')\n")
    sys.meta_path.sort(key=lambda finder: isinstance(finder, Finder))
    stand_in()
    return tmp_path


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


@pytest.mark.usefixtures("installed")
def test_a_display_is_stood_in_for_where_it_is_installed() -> None:
    """Other libraries that are installed are imported themselves."""
    run("import matplotlib.pyplot as plt\nplt.plot([1]); plt.show()")
    with pytest.raises(RuntimeError, match="jaxtyping was imported"):
        run("import jaxtyping")


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


def loaded(source: str, wanted: str = "f") -> Any:
    """Return *wanted* as it is loaded from a submission."""
    return getattr(load(Source.read([("a.py", 1, source)]), wanted).module, wanted)


@pytest.mark.parametrize(
    "source",
    [
        "from jaxtyping import Float\ndef f(x: Float[str, 'n k'] | None = None): return x",
        "import jaxtyping as jt\nM = list[jt.Int[str, '']]\ndef f(x: M) -> M: return x",
        "from beartype import beartype\nimport jaxtyping\n"
        "@jaxtyping.jaxtyped(typechecker=beartype)\ndef f(x): return x",
        "from jaxtyping import *\n@jaxtyped\ndef f(x: Shaped[str, '...']): return x",
        "from typing import *\nfrom torchtyping import TensorType as T\n"
        "def f(x: Optional[T['n']], g: Callable[[T[1]], T] = None): return x",
        "import typeguard\nclass A:\n @staticmethod\n @typeguard.typechecked\n def g(x): return x\n"
        "f = A.g",
        "from beartype import beartype\nclass A:\n @beartype\n @staticmethod\n def g(x): return x\n"
        "f = A.g",
        "from line_profiler import profile\n@profile\ndef f(x): return x",
        "import pydantic as p\n@p.validate_call(config=dict(strict=True))\ndef f(x): return x",
        "from numba import njit, prange, float64\n@njit(float64(float64), parallel=True)\n"
        "def f(x):\n    s = 0\n    for i in prange(3): s += i\n    return x * s // 3",
        "import numba as nb\n@nb.jit\ndef g(x): return x\n@nb.njit('f8(f8)')\n"
        "def f(x): return g(x)",
        "from numba.experimental import jitclass\nfrom numba import int32\n"
        "@jitclass([('k', int32)])\nclass f:\n def __init__(self, k): self.k = k\n"
        " def __eq__(self, k): return self.k == k",
        "from fastcore.meta import delegates\n@delegates(dict)\ndef f(x): return x",
    ],
)
def test_what_annotates_or_compiles_leaves_the_function_as_it_is(source: str) -> None:
    """Annotations and decorators of a library that is missing decide nothing."""
    assert loaded(source)(5) == 5


@pytest.mark.parametrize(
    "source",
    [
        "from fastcore.basics import patch\n{S}\n@patch\ndef times(self: S, x): return x * self.k",
        "from fastcore.all import *\n{S}\n@patch\ndef times(self: 'S', x): return x * self.k",
        "import fastcore.all as fc\n{S}\n@fc.patch_to(S)\ndef times(self, x): return x * self.k",
        "from fastcore import basics\n{S}\nclass B: pass\n"
        "@basics.patch\ndef times(self: S | B, x): return x * self.k",
        "from fastcore.utils import *\n{S}\n@patch(as_prop=True)\n"
        "def times(self: S): return lambda x: x * self.k",
        "from fastcore.utils import *\n{S}\n@patch(cls_method=True)\n"
        "def times(cls: S, x): return x * cls(3).k",
        "from d2l import torch as d2l\n{S}\n@d2l.add_to_class(S)\n"
        "def times(self, x): d2l.plot(x); return x * self.k",
        "from fastcore.basics import store_attr, patch\nclass S:\n"
        " def __init__(self, k, j=2): store_attr(but='j')\n"
        "@patch\ndef times(self: S, x): return x * self.k + hasattr(self, 'j')",
        "import d2l.torch as d2l\nclass S(d2l.HyperParameters):\n"
        " def __init__(self, k, j=2):\n  b = 1; self.save_hyperparameters(ignore=['j'])\n"
        " def times(self, x): return x * self.k + (self.hparams != dict(k=3))",
    ],
)
def test_a_class_is_built_over_cells_as_with_the_library(source: str) -> None:
    """A method that a decorator adds belongs to the class; kept arguments are attributes."""
    cells = source.replace("{S}", "class S:\n def __init__(self, k): self.k = k")

    assert loaded(cells, "S")(3).times(2) == 6


def test_a_function_of_the_same_name_is_not_replaced_by_a_method() -> None:
    """A patched method binds its name to nothing, as with fastcore."""
    method = "from fastcore.basics import patch\nclass S: pass\n@patch\ndef f(self: S): return 1"

    assert loaded(f"def f(x): return x\n{method}")(5) == 5


@pytest.mark.parametrize(
    ("made", "args", "value"),
    [
        ("vectorize", [np.array([-1.0, 2.5])], np.array([0.0, 5.0])),
        ("vectorize('f8(f8)', target='parallel')", [np.array([[3, -1]])], np.array([[6, 0]])),
        ("vectorize([float64(float64)])", [np.array([2], "float32")], np.array([4], "float32")),
        ("vectorize", [np.zeros((0, 3))], np.zeros((0, 3))),
        ("vectorize(nopython=True)", [2.0], np.array(4.0)),
    ],
)
def test_a_function_of_one_entry_is_one_of_arrays(made: str, args: Any, value: Any) -> None:
    """What numba vectorizes takes arrays, whatever the kind of its first value."""
    source = (
        f"from numba import vectorize, float64\n@{made}\ndef f(x): return 2 * x if x > 0 else 0"
    )
    result = np.asarray(loaded(source)(*args))

    assert (result.dtype, result.tolist()) == (value.dtype, value.tolist())


@pytest.mark.parametrize(
    ("source", "library"),
    [
        ("import jaxtyping as j\ndef f(x): return x * j.Float", "jaxtyping"),
        ("import jaxtyping as j\ndef f(x): return isinstance(x, j.Float[str, 'n'])", "jaxtyping"),
        ("import nptyping as n\ndef f(x):\n class A(n.Int): pass", "nptyping"),
        ("import wandb\ndef f(x): return x if wandb.config.lr > 1 else 0", "wandb"),
        ("import numba\ndef f(x): return numba.cuda.jit", "numba"),
        ("def f(x):\n from numba.typed import List", "numba"),
        ("def f(x):\n from pydantic import BaseModel", "pydantic"),
        ("from d2l import torch as d2l\ndef f(x): return d2l.softmax(x)", "d2l"),
        ("def f(x):\n import nothing_of_this_name", "nothing_of_this_name"),
    ],
)
@pytest.mark.parametrize("x", [2.0, np.ones(2)])
def test_what_a_value_depends_on_is_missing_as_before(source: str, library: str, x: Any) -> None:
    """Computing with a stand-in, and names without a plain meaning, say which library it is."""
    with pytest.raises(ModuleNotFoundError) as raised:
        loaded(source)(x)

    assert str(raised.value.name).partition(".")[0] == library


@pytest.mark.parametrize(
    "source",
    [
        "from numba import njit\nf = njit({})",
        "from numba import vectorize\nf = vectorize({})",
        "from numba import njit\n@njit\ndef f(x): return {}(x)",
        "from beartype import beartype\nf = beartype({})",
        "from fastcore.all import patch_to\nclass S: pass\nadded = patch_to(S)({})\n"
        "def f(x): return added or S.rank(x)",
    ],
)
def test_a_stand_in_hides_nothing_that_is_forbidden(
    source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither where the code is read nor where it runs."""
    library: Any = type(sys)("sorter")
    exec("def rank(x): return x", library.__dict__)
    monkeypatch.setitem(sys.modules, "sorter", library)
    for spelled in ("sorter.rank", "getattr(sorter, 'ra' + 'nk')"):
        code = f"import sorter\n{source.format(spelled)}"
        host = Host([("a.py", 1, code)], "numpy", forbidden={"f": ["sorter.rank"]})
        host.begin("f", 0)
        if "f" not in host.uses:
            with pytest.raises(Fault, match=r"sorter\.rank"):
                host.call("f", [np.ones(2)], {})

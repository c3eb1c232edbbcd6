"""Stand in for libraries where a grade does not depend on them.

A library that only displays (``DISPLAYS``) is replaced by objects that do nothing, even where it
is installed: a picture costs seconds, needs fonts and files, and is seen by nobody. ``LIBRARIES``
are replaced where they are not installed. Those that report progress or annotate do nothing then.
Of others, only names with a plain meaning are replaced: what numba compiles returns what it did
before. The rest is missing, as the whole library would be otherwise, so that the learner and the
instructor are told.

A stand-in holds nothing that an exercise may ask to write, and is looked through by the watch on
forbidden functions.
"""

from __future__ import annotations

import functools
import importlib
import importlib.abc
import sys
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.machinery import ModuleSpec
from typing import Any, cast, get_args

import numpy as np

from .silenced_output import Bars, Silent, missing


@dataclass(frozen=True)
class Library:
    """What stands in for a library.

    Attributes:
        others: makes what stands for the names that are not in *names*; None if these are missing.

        names: its names with a meaning.

        silent: its names without one.

        modules: its modules; with *others*, every name may be a module.
    """

    others: Callable[[str], Any] | None = None
    names: Mapping[str, Any] = field(default_factory=dict)
    silent: str = ""
    modules: str = ""

    def has(self, module: str) -> bool:
        """Whether *module*, such as ``fastcore.basics``, is one of its modules."""
        _, dot, below = module.partition(".")
        return not dot or self.others is not None or below in self.modules.split()

    def module(self, name: str) -> Any:
        """Return a new module that stands in for the library, or for its module *name*."""
        library = name.partition(".")[0]
        made: Any = _Module(name) if self.others is None else self.others(library)
        there = {**dict.fromkeys(self.silent.split(), Silent(library)), **self.names}
        for known, value in there.items():
            setattr(made, known, value)
        made.__all__ = list(there)
        return made


class _Module(types.ModuleType):
    """A module whose other names are missing, as if the library could not be imported."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        library = self.__name__.partition(".")[0]
        if LIBRARIES[library].has(f"{self.__name__}.{name}"):
            return importlib.import_module(f"{self.__name__}.{name}")
        raise missing(library)


# -- names with a meaning --------------------------------------------------------------------------


def delegates(*_to: Any, **_more: Any) -> Callable[[Any], Any]:
    """Return a decorator that changes nothing: it is about a signature."""
    return lambda function: function


def patch(function: Any = None, **how: bool) -> Any:
    """Add *function* to the classes that its first argument is annotated with, as in fastcore."""
    if function is None:
        return functools.partial(patch, **how)
    annotation = next(iter(function.__annotations__.values()), None)
    if isinstance(annotation, str):
        annotation = eval(annotation, function.__globals__)
    classes = get_args(annotation) or annotation
    return patch_to(classes, **how)(function)


def patch_to(classes: Any, **how: bool) -> Callable[[Any], None]:
    """Return a decorator that adds a function to one class or several, as in fastcore."""

    def add(function: Any) -> None:
        made = function
        for option, kind in _KINDS.items():
            made = kind(function) if how.get(option) else made
        for one in classes if isinstance(classes, tuple) else (classes,):
            setattr(one, function.__name__, made)

    return add


_KINDS: dict[str, Callable[[Any], Any]] = {
    "as_prop": property,
    "cls_method": classmethod,
    "static_method": staticmethod,
}


def store_attr(names: str = "", *_more: Any, but: str = "", **attributes: Any) -> None:
    """Keep the arguments of the method that calls this as attributes, as in fastcore."""
    local = _arguments(sys._getframe(1))
    first, chosen = next(iter(local)), names.replace(",", " ").split()
    instance, without = local[first], {*but.replace(",", " ").split(), first}
    for name in chosen or [name for name in local if name not in without]:
        setattr(instance, name, local[name])
    for name, value in attributes.items():
        setattr(instance, name, value)


def add_to_class(owner: Any) -> Callable[[Any], None]:
    """Return a decorator that adds a function to the class *owner*, as in d2l."""
    return patch_to(owner)


class HyperParameters:
    """A class that can keep the arguments of its methods, as in d2l."""

    def save_hyperparameters(self, ignore: Any = ()) -> None:
        """Keep the arguments of the method that calls this as attributes and in ``hparams``."""
        local = _arguments(sys._getframe(1))
        without = {*ignore, "self"}
        self.hparams = {
            name: value
            for name, value in local.items()
            if name not in without and not name.startswith("_")
        }
        for name, value in self.hparams.items():
            setattr(self, name, value)


def _arguments(frame: types.FrameType) -> dict[str, Any]:
    """Return the arguments of the function that runs in *frame*, by name."""
    code = frame.f_code
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    return {name: frame.f_locals[name] for name in names if name in frame.f_locals}


def vectorize(*args: Any, **_more: Any) -> Any:
    """Return the function of one entry as one of arrays, or a decorator that does, as in numba."""
    if not args or isinstance(args[0], (str, list, tuple, Silent)):
        return vectorize
    function = args[0]

    @functools.wraps(function)
    def of_arrays(*entries: Any) -> Any:
        found = np.frompyfunc(function, len(entries), 1)(*entries)
        values = np.array(np.asarray(found).tolist()).reshape(np.shape(found))
        given = [np.asarray(one).dtype for one in entries]
        if not values.size or values.dtype.kind == "f" == np.result_type(*given).kind:
            values = values.astype(np.result_type(*given))
        return values[()]

    return of_arrays


# -- the table -------------------------------------------------------------------------------------

_JAXTYPING = """
    Array ArrayLike Bool Complex Float Float16 Float32 Float64 Inexact Int Int8 Int16 Int32 Int64
    Integer Key Num PRNGKeyArray PyTree PyTreeDef Real Scalar ScalarLike Shaped UInt UInt8 UInt16
    UInt32 UInt64 install_import_hook jaxtyped
"""
_NPTYPING = "NDArray Shape Float Int UInt Bool Float16 Float32 Float64 Int8 Int16 Int32 Int64"
_NUMBA = """
    jit njit jitclass types typeof config boolean bool_ void byte char int8 int16 int32 int64 intc
    intp uint8 uint16 uint32 uint64 uintc uintp float32 float64 double complex64 complex128 i1 i2
    i4 i8 u1 u2 u4 u8 b1 f4 f8 c8 c16 optional set_num_threads
"""
_D2L = """
    Animator ProgressBoard annotate heatmap plot plt set_axes set_figsize show_heatmaps show_images
    show_trace_2d use_svg_display
"""
#: by name of the library; they stand in for it where it is installed, too
DISPLAYS: Mapping[str, Library] = dict.fromkeys(
    (
        *("IPython", "altair", "bokeh", "ipdb", "ipywidgets", "line_profiler", "marimo"),
        *("matplotlib", "matplotlib_inline", "memory_profiler", "nbdev", "plotly", "seaborn"),
        *("tensorboardX", "torchinfo", "torchsummary", "torchviz", "visdom", "wandb"),
    ),
    Library(Silent),
)
#: by name of the library; one that is installed is imported itself
LIBRARIES: Mapping[str, Library] = {
    **dict.fromkeys(("fastprogress", "progressbar", "rich", "tqdm"), Library(Bars)),
    # that import notebooks, which are modules here already
    **dict.fromkeys(("import_ipynb", "nbimporter"), Library(Silent)),
    # that annotate
    "beartype": Library(Silent, silent="beartype"),
    "jaxtyping": Library(Silent, silent=_JAXTYPING),
    "nptyping": Library(Silent, silent=_NPTYPING),
    "torchtyping": Library(Silent, silent="TensorType patch_typeguard"),
    "typeguard": Library(Silent, silent="typechecked suppress_type_checks"),
    # of which a part has a plain meaning
    "d2l": Library(
        names={"HyperParameters": HyperParameters, "add_to_class": add_to_class},
        silent=_D2L,
        modules="torch",
    ),
    "fastcore": Library(
        names={
            "delegates": delegates,
            "patch": patch,
            "patch_to": patch_to,
            "store_attr": store_attr,
        },
        modules="all basics foundation imports meta utils xtras",
    ),
    "numba": Library(
        names={"prange": range, "vectorize": vectorize}, silent=_NUMBA, modules="experimental"
    ),
    "pydantic": Library(silent="validate_arguments validate_call"),
}


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Import hook for the stand-ins of *libraries*."""

    def __init__(self, libraries: Mapping[str, Library]) -> None:
        self._libraries = libraries

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Return a spec that loads a stand-in, for these libraries."""
        library = self._libraries.get(name.partition(".")[0])
        there = library is not None and library.has(name)
        return ModuleSpec(name, self, is_package=True) if there else None

    def create_module(self, spec: ModuleSpec) -> types.ModuleType | None:
        """Return what stands in for the module."""
        library = self._libraries[spec.name.partition(".")[0]]
        return cast(types.ModuleType, library.module(spec.name))

    def exec_module(self, module: types.ModuleType) -> None:
        """Do nothing: a stand-in has no code."""


def stand_in() -> None:
    """Let this process import stand-ins: first for displays, last for what is not installed."""
    for name in [name for name in sys.modules if name.partition(".")[0] in DISPLAYS]:
        del sys.modules[name]  # a framework may have imported it
    sys.meta_path.insert(0, Finder(DISPLAYS))
    sys.meta_path.append(Finder(LIBRARIES))

"""The sentences in which a learner reads what went wrong when their code ran."""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from typing import Any

from grader.errors import Crashed, Raised, Unwritten
from grader.exercise import Chunk, Limits
from grader.language import _
from grader.submission.learner_names import shown
from grader.submission.merge_conflict import conflict_sentence
from grader.worker.values import MAX_TEXT

from .library_texts import advice_on, known_text
from .missing_files import Submitted, missing_file, missing_module
from .worker_process import not_an_answer

#: what a worker says of an array of Python objects
OF_OBJECTS = "an array of dtype object"
#: exception names that cannot contain a learner's text
_BUILT_IN = {name for name, kind in vars(builtins).items() if isinstance(kind, type)}
#: likewise those of TensorFlow, for what Python has names, too
_BUILT_IN |= {"InvalidArgumentError", "NotFoundError", "UnimplementedError", "OutOfRangeError"}
_BUILT_IN |= {"InaccessibleTensorError", "OperatorNotAllowedInGraphError"}
#: and those of JAX
_BUILT_IN |= {"TracerBoolConversionError", "TracerArrayConversionError", "ConcretizationTypeError"}
_BUILT_IN |= {"TracerIntegerConversionError", "NonConcreteBooleanIndexError"}
_BUILT_IN |= {"UnexpectedTracerError"}
_BUILT_IN |= {"MXNetError", "DeferredInitializationError"}
#: and those of NumPy and PyTorch
_BUILT_IN |= {"LinAlgError", "_LinAlgError", "UFuncTypeError", "_UFuncOutputCastingError"}
_BUILT_IN |= {"AxisError", "OutOfMemoryError"}


def translate(
    fault: Any,
    name: str,
    chunks: Sequence[Chunk] = (),
    limits: Limits | None = None,
    files: Sequence[tuple[str, bytes]] = (),
    folder: str = "",
) -> Unwritten | Raised | Crashed:
    """Return the error for a fault that a worker reports.

    A fault may contain anything, for example the inputs of a hidden check. So the worker's own text
    never gets into the headline, and quoted lines of code are taken from *chunks*.

    Args:
        files: those submitted with the code.

        folder: where among them the code lies.
    """
    if not isinstance(fault, dict):
        return Crashed(not_an_answer("?"))
    kind, message, type_name = (text_in(fault, key) for key in ("kind", "message", "type"))
    place = place_of(fault.get("where"), chunks, files)
    conflict = conflict_sentence(chunks)
    conflict = f"\n  {conflict}" if conflict else ""
    if kind == "missing":
        text = _("There is no function or class called {name}; define it under exactly this name.")
        full = text
        if message:
            full = _(
                "There is no function or class called {name}; define it under exactly this name. "
                "Found: {names}."
            )
        full, text = (one.format(name=name, names=message) + conflict for one in (full, text))
        return Unwritten(full, text)
    if kind == "unwritten":
        return Unwritten(_("{name} is not written yet.").format(name=name))
    if kind == "syntax":
        text = _("The code of {name} is not valid Python").format(name=name)
        return Raised(f"{text}: {message}{place}{conflict}", text + place + conflict)
    if kind == "gradient":
        return Raised(_("{name} gave a gradient to a parameter that had none.").format(name=name))
    mismatch = mismatch_sentence(kind) or _limit_sentence(kind, limits or Limits())
    if mismatch:
        headline = mismatch.format(name=name) + place
        return Raised(f"{headline}\n  {type_name}: {message}", headline)
    if kind not in ("load", "raised"):
        text = _(
            "{name} returned something that cannot be checked: {what}. Return arrays of numbers, "
            "plain numbers, or lists or tuples of these."
        )
        if message == OF_OBJECTS:
            text = _(
                "{name} returned something that cannot be checked: an array of dtype object, such "
                "as nested lists of different lengths. Return an array of numbers."
            )
            return Raised(text.format(name=name))
        return Raised(text.format(name=name, what=message), text.format(name=name, what="…"))
    if kind == "load":
        text = _("Defining {name} failed with {error}")
    else:
        text = _("{name} raised {error}")
    submitted = Submitted.of(chunks, files, folder)
    library, advice = missing_module(text_in(fault, "module"), submitted)
    advice = advice or missing_file(text_in(fault, "file"), submitted)
    if advice:
        place += "\n  " + advice
    elif conflict and type_name in ("NameError", "SyntaxError"):
        place += conflict
    elif type_name == "NameError":
        place += "\n  " + _("Import or define everything it uses in the file that you submit.")
    full = text.format(name=name, error=type_name)
    public = type_name if type_name in _BUILT_IN else _("an exception")
    known = known_text(message)
    public = f"{public}: {known}" if known and type_name in _BUILT_IN else public
    headline = text.format(name=name, error=public) + place
    place += f"\n  {todo}" if (todo := advice_on(message)) else ""
    return Raised(f"{full}: {message}{place}" if message else full + place, headline, library)


def _limit_sentence(kind: str, limits: Limits) -> str:
    """Return the message for an exceeded limit; empty for other kinds of fault."""
    if kind == "memory":
        text = _("{name} needed more than {memory} MiB of memory. Is an array too large?")
        return text.format(name="{name}", memory=limits.memory_mb)
    if kind == "disk":
        text = _("{name} wrote more than {disk} MiB of files.")
        return text.format(name="{name}", disk=limits.disk_mb)
    return ""


def mismatch_sentence(kind: str) -> str:
    """Return the message for mixed devices or dtypes; empty for other kinds of fault."""
    return {
        "devices": _(
            "{name} mixes tensors on two devices. Create yours on the device of "
            "the inputs: device=X.device, or torch.zeros_like(X), where X is an "
            "input."
        ),
        "no device": _(
            "{name} asks for a device that this machine does not have. Do not "
            "name a device in your code: write device=X.device, where X is an "
            "input, instead of .cuda()."
        ),
        "to numpy": _(
            "{name} passes a tensor on a GPU to NumPy. Use PyTorch's functions; "
            "otherwise the code only runs on the CPU."
        ),
        "from numpy": _(
            "{name} passes a tensor to torch.from_numpy: your code imports PyTorch, so it gets "
            "tensors. Use them as they are, or write the line # framework: numpy near the top to "
            "get NumPy arrays."
        ),
        "dtypes": _(
            "{name} mixes tensors of two dtypes. Create yours with dtype=X.dtype, "
            "where X is an input: NumPy arrays are float64 by default."
        ),
        "dtypes of tensorflow": _(
            "{name} mixes tensors of two dtypes. Create yours with dtype=X.dtype, where X is an "
            "input: TensorFlow's are float32 by default, NumPy's float64."
        ),
        "dtypes of others": _(
            "{name} mixes tensors of two dtypes. Which dtypes do the two have in this line? "
            "A.to(B.dtype) converts A to the dtype of B."
        ),
        "dtypes of others of tensorflow": _(
            "{name} mixes tensors of two dtypes. Which dtypes do the two have in this line? "
            "tf.cast(A, B.dtype) converts A to the dtype of B."
        ),
        "dtypes of mxnet": _(
            "{name} mixes arrays of two dtypes. Create yours with dtype=X.dtype, "
            "where X is an input: MXNet's arrays are float32 by default."
        ),
        "dtypes of others of mxnet": _(
            "{name} mixes arrays of two dtypes. Which dtypes do the two have in this line? "
            "A.astype(B.dtype) converts A to the dtype of B."
        ),
        "numpy in mxnet": _(
            "{name} mixes arrays of NumPy and of MXNet. Create yours with MXNet's functions of the "
            "same names: from mxnet import np."
        ),
        "legacy in mxnet": _(
            "{name} mixes legacy arrays of MXNet (nd) with those of today (np). Use one kind "
            "throughout: with from mxnet import np, npx, the functions of np and npx."
        ),
    }.get(kind, "")


def text_in(fault: Any, key: str) -> str:
    """Return the text of *key* in a fault, shortened; empty if it is not a text."""
    text = fault.get(key) if isinstance(fault, dict) else None
    return text[:MAX_TEXT] if isinstance(text, str) else ""


def place_of(where: Any, chunks: Sequence[Chunk], files: Sequence[tuple[str, bytes]] = ()) -> str:
    """Return file, line number and text of the innermost line that is the learner's, if any.

    Args:
        files: those submitted with the code, of which it may be a line, too.
    """
    last = where[-3:] if isinstance(where, list) else []
    found = (_line_of(place, chunks, files) for place in reversed(last))
    return next(filter(None, found), "")


def _line_of(place: Any, chunks: Sequence[Chunk], files: Sequence[tuple[str, bytes]]) -> str:
    if not isinstance(place, (list, tuple)) or len(place) != 4 or type(place[1]) is not int:
        return ""
    for chunk in [*chunks, *_helper(place[0], files)]:
        lines = chunk.text.split("\n")  # as Python counts lines
        number = place[1] - chunk.line
        if isinstance(place[0], str) and chunk.label == place[0] and 0 <= number < len(lines):
            text = _("{file}, line {line}").format(file=shown(chunk.label), line=place[1])
            quoted = lines[number].strip()[:200]
            return f"\n  {text}: {quoted}" if quoted else f"\n  {text}"
    return ""


def _helper(label: Any, files: Sequence[tuple[str, bytes]]) -> list[Chunk]:
    """Return the helper module that a worker calls *label*."""
    helpers = (one for one in files if one[0].endswith(".py"))
    return [Chunk(name, data.decode("utf-8", "replace")) for name, data in helpers if name == label]

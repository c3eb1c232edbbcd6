"""What a kernel that runs all cells would stumble over, or hang at."""

from __future__ import annotations

from .base import Notebook, above, answer_cell, first, last, maltreatment


@maltreatment()
def endless_training(notebook: Notebook) -> None:
    """A training loop without end stands before the exercises."""
    first(notebook, "epoch = 0\nwhile True:\n    epoch += 1", "import time\ntime.sleep(10**6)")
    above(notebook, "softmax", "for epoch in iter(int, 1):", "    w = epoch")


@maltreatment()
def endless_function_called(notebook: Notebook) -> None:
    """A function that never returns is called between the answers."""
    above(
        notebook,
        "log_softmax",
        "def train():\n    while True:\n        softmax(torch.zeros(1, 2))",
        "history = train()",
    )


@maltreatment()
def broken_syntax_elsewhere(notebook: Notebook) -> None:
    """Cells that do not parse cost nobody else."""
    first(notebook, "for i in", 'text = """never closed', "print 'Python 2'", "x = (1, [2, {")
    last(notebook, "    indented()", "<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> main", "1 +")


@maltreatment()
def broken_syntax_beside(notebook: Notebook) -> None:
    """A line that does not parse stands in the cell of a right answer."""
    answer_cell(notebook, "softmax")["source"] += "\n\nsoftmax(torch.zeros(2, 3)"


@maltreatment(cross_entropy="The code of cross_entropy is not valid Python: closing parenthesis")
def broken_syntax_inside(notebook: Notebook) -> None:
    """An answer that does not parse costs itself alone."""
    cell = answer_cell(notebook, "cross_entropy")
    cell["source"] = cell["source"].replace("))", ")", 1).replace(", y])", ", y]")


@maltreatment()
def exits(notebook: Notebook) -> None:
    """The notebook ends itself, in all the ways that there are."""
    first(notebook, "exit()", "quit()", "import sys\nsys.exit(0)", "raise SystemExit")
    above(notebook, "softmax", "import os", "os._exit(0)", "raise KeyboardInterrupt", "exit")


@maltreatment()
def asks_and_shows(notebook: Notebook) -> None:
    """It waits for input and shows plots with what is not installed here."""
    first(
        notebook,
        "n = int(input('epochs? '))",
        "import matplotlib.pyplot as plt\nplt.figure()\nplt.show()",
        "import seaborn as sns; sns.set_theme()\nfrom d2l import torch as d2l",
        "display(n)\nfrom IPython.display import display, HTML\ndisplay(HTML('<b>'))",
    )
    above(notebook, "softmax", "import matplotlib.pyplot as plt", "plt.plot([1])", "plt.show()")


@maltreatment()
def awaits(notebook: Notebook) -> None:
    """Top-level ``await``, ``async for`` and ``async with``, which only IPython allows."""
    first(notebook, "import asyncio\nawait asyncio.sleep(10**6)")
    above(notebook, "softmax", "x = await asyncio.sleep(0)", "async with lock:", "    pass")


@maltreatment()
def failing_asserts(notebook: Notebook) -> None:
    """Tests of the learner's own fail, and divide by zero."""
    first(notebook, "assert 1 == 2, 'why?'", "1 / 0")
    above(notebook, "softmax", "assert softmax is None")
    last(notebook, "assert softmax(torch.zeros(1, 2)).sum() == 7")


@maltreatment(log_softmax="not callable", softmax_cross_entropy_gradient="not callable")
def result_called_like_the_function(notebook: Notebook) -> None:
    """It is tried, and gone for those who use it, as in a kernel; not for itself."""
    last(notebook, "softmax = softmax(torch.zeros(1, 2))\nprint(softmax)")


@maltreatment()
def number_called_like_the_function(notebook: Notebook) -> None:
    """A number takes the function's name, far below."""
    last(notebook, "total, n = 3.0, 2\ncross_entropy = total / n", "cross_entropy += 1")


@maltreatment()
def deleted_after_its_test(notebook: Notebook) -> None:
    """Names are deleted once they have been tried."""
    last(notebook, "print(softmax(torch.zeros(1, 2)))\ndel softmax", "del cross_entropy, torch")


@maltreatment(
    softmax="The result is not an array. It is a coroutine object.",
)
def asynchronous(notebook: Notebook) -> None:
    """A coroutine is no tensor; what calls it follows through."""
    cell = answer_cell(notebook, "softmax")
    cell["source"] = "async " + cell["source"]


@maltreatment()
def chinese_names(notebook: Notebook) -> None:
    """Identifiers of any script, full-width and accented, composed or not."""
    first(notebook, "轴 = 1", "e\u0301tat = 0")
    answer_cell(notebook, "softmax")["source"] = (
        "def softmax(输入):\n"
        "    指数 = torch.exp(输入 - 输入.amax(dim=轴, keepdim=True)) + \u00e9tat\n"
        "    return 指数 / 指数.sum(dim=轴, keepdim=True)"
    )


@maltreatment()
def future_import_late(notebook: Notebook) -> None:
    """A ``from __future__`` stands where a script could not have it."""
    above(notebook, "cross_entropy", "from __future__ import annotations")
    last(notebook, "from __future__ import division")


@maltreatment()
def behind_conditions(notebook: Notebook) -> None:
    """Answers stand inside ``if``, ``try`` and ``with``."""
    for name, opening in (("softmax", "if True:"), ("cross_entropy", "try:")):
        cell = answer_cell(notebook, name)
        cell["source"] = opening + "\n    " + cell["source"].replace("\n", "\n    ")
    answer_cell(notebook, "cross_entropy")["source"] += "\nexcept Exception:\n    pass"
    last(notebook, "if __name__ == '__main__':\n    raise SystemExit")


@maltreatment()
def settings_changed(notebook: Notebook) -> None:
    """Library settings and devices that are not here are asked for."""
    first(
        notebook,
        "import torch\ntorch.set_default_dtype(torch.float16)",
        "torch.set_default_device('cuda')\ntorch.manual_seed(0)",
        "device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')",
        "import warnings\nwarnings.filterwarnings('error')",
    )
    cell = answer_cell(notebook, "cross_entropy")
    cell["source"] = cell["source"].replace("y_hat[", "y_hat.to(device)[")


@maltreatment()
def types_that_are_missing(notebook: Notebook) -> None:
    """Annotations are of libraries that are not installed here."""
    first(notebook, "from jaxtyping import Float\nfrom d2l import torch as d2l")
    for name in ("softmax", "log_softmax"):
        cell = answer_cell(notebook, name)
        cell["source"] = cell["source"].replace("(X):", "(X: Float['n k']) -> d2l.Tensor:")


@maltreatment()
def other_frameworks(notebook: Notebook) -> None:
    """The line that says which one is gone, and data sets come with another one."""
    for cell in notebook["cells"]:
        cell["source"] = cell["source"].replace("# framework: torch\n", "")
    first(notebook, "import tensorflow as tf\ndata = tf.keras.datasets.mnist.load_data()")


@maltreatment()
def compared_with_the_library(notebook: Notebook) -> None:
    """Below the answers, the library's functions are imported under the same names."""
    last(
        notebook,
        "from torch.nn.functional import softmax, cross_entropy\nprint(softmax(torch.eye(3), 1))",
        "from torch.nn.functional import *",
    )

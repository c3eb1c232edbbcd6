"""What only IPython understands, and what notebooks on the web bring along."""

from __future__ import annotations

from .base import Notebook, above, answer_cell, first, last, maltreatment


@maltreatment()
def line_magics(notebook: Notebook) -> None:
    """Magics, shell and help, in cells of their own and in those of answers."""
    first(
        notebook,
        "%matplotlib inline\n%load_ext autoreload\n%autoreload 2\n%config InlineBackend.dpi = 2",
        "!pip install -q torch \\\n    numpy\nimport os",
        "?softmax\nsoftmax??\n%cd /content\n%env CUDA_VISIBLE_DEVICES=0\n%run utils.ipynb",
        "pip install torch\nfiles = !ls",
    )
    above(notebook, "softmax", "%matplotlib inline", "!nvidia-smi", "?torch.exp", "%pwd")


@maltreatment()
def timed_cells(notebook: Notebook) -> None:
    """Cell magics stand over answers; their bodies are Python."""
    above(notebook, "softmax", "%%time")
    above(notebook, "log_softmax", "%%capture --no-stderr out")
    above(notebook, "cross_entropy", "# mine", "%%timeit -n 1 -r 1")
    last(notebook, "%timeit -n 10000000 softmax(torch.zeros(9, 9))", "%%time\nwhile True: pass")


@maltreatment()
def foreign_cells(notebook: Notebook) -> None:
    """Cells of other languages are none of Python's business."""
    first(
        notebook,
        '%%bash\ncd / && for f in *; do echo "$f\'"; done',
        "%%html\n<b>it's</b>",
        "%%javascript\nlet softmax = (",
        "%%writefile softmax.py\ndef softmax(X):\n    return X",
    )


@maltreatment()
def module_written(notebook: Notebook) -> None:
    """A cell writes a module, another one adds to it, and an answer uses it."""
    first(
        notebook,
        "%%writefile shifting.py\ndef largest(X):\n    return X.amax(dim=1, keepdim=True)",
        "%%writefile -a shifting.py\ndef shifted(X):\n    return X - largest(X)",
        "from shifting import shifted",
    )
    cell = answer_cell(notebook, "softmax")
    cell["source"] = cell["source"].replace("X - X.amax(dim=1, keepdim=True)", "shifted(X)")


@maltreatment()
def pasted(notebook: Notebook) -> None:
    """Indented like the body that it was copied from, or with an interpreter's prompts."""
    for name, prompt, more in (
        ("softmax", "    ", "    "),
        ("log_softmax", ">>> ", "... "),
        ("cross_entropy", "In [3]: ", "   ...: "),
    ):
        cell = answer_cell(notebook, name)
        cell["source"] = "\n" + prompt + cell["source"].replace("\n", "\n" + more)


@maltreatment()
def displays(notebook: Notebook) -> None:
    """Answers show what they do, by what a notebook always has."""
    first(
        notebook, "from IPython.display import HTML, clear_output\nfrom IPython import display as d"
    )
    lines = {
        "softmax": "display(X)",
        "log_softmax": "clear_output(wait=True)",
        "cross_entropy": "handle = d.display(HTML('<b>'), display_id=True); handle.update(y)",
    }
    for name, line in lines.items():
        cell = answer_cell(notebook, name)
        cell["source"] = cell["source"].replace("return", f"{line}\n    return")


@maltreatment()
def exported_magics(notebook: Notebook) -> None:
    """A script made of a notebook, and made a notebook again."""
    first(
        notebook,
        "get_ipython().run_line_magic('matplotlib', 'inline')\nget_ipython().system('ls')",
    )


@maltreatment()
def colab(notebook: Notebook) -> None:
    """Saved from Colab: its metadata, its drive, its forms, its packages."""
    notebook["metadata"] |= {"colab": {"provenance": []}, "accelerator": "GPU"}
    for number, cell in enumerate(notebook["cells"]):
        cell["metadata"]["id"] = f"xYz{number}"
        cell["metadata"]["colab"] = {"base_uri": "https://localhost:8080/"}
    first(
        notebook,
        "from google.colab import drive\ndrive.mount('/content/drive')\n"
        "%cd /content/drive/MyDrive/hw1\nimport sys\nsys.path.append('.')",
        "#@title Settings { run: 'auto' }\nlr = 0.1 #@param {type: 'number'}",
        "from google.colab import output\noutput.enable_custom_widget_manager()",
    )


@maltreatment()
def checked_with_our_own_check(notebook: Notebook) -> None:
    """``check`` is called in every way there is."""
    first(notebook, "%load_ext grader\nfrom grader import check\nimport grader")
    last(notebook, "check(softmax)", "%check softmax", "check('softmax', cross_entropy)")
    above(notebook, "softmax", "from grader import check\ncheck('softmax')")


@maltreatment()
def shown_while_graded(notebook: Notebook) -> None:
    """Plots and progress bars of libraries that may be missing stand in answers."""
    first(
        notebook,
        "import matplotlib.pyplot as plt\nfrom tqdm.notebook import tqdm, trange",
        "import seaborn as sns\nfrom IPython.core.debugger import set_trace",
    )
    lines = {
        "softmax": "figure, axes = plt.subplots(); axes.plot([1]); plt.show()",
        "log_softmax": "[n for n in trange(3, desc='rows')]; set_trace()",
        "cross_entropy": "for row in tqdm(y_hat): sns.lineplot(row)",
    }
    for name, line in lines.items():
        cell = answer_cell(notebook, name)
        cell["source"] = cell["source"].replace("return", f"{line}\n    return")


@maltreatment()
def exported_and_back(notebook: Notebook) -> None:
    """Of a cell below a cell magic, nbconvert makes a call with its code as a string."""
    for name, magic in (("softmax", "time"), ("cross_entropy", "capture")):
        cell = answer_cell(notebook, name)
        cell["source"] = f"get_ipython().run_cell_magic({magic!r}, '', {cell['source']!r})"

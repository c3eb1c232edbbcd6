import json
import os
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.errors import SubmissionError, UsageError
from grader.exercise import Chunk
from grader.submission import files as files_module
from grader.submission.digest import digest
from grader.submission.read import main_file, read_submission

TASK = "softmax_regression"


def notebook(*cells: Any, **extra: Any) -> bytes:
    """Return a notebook of *cells*: strings are code."""
    made = [{"cell_type": "code", "source": c} if isinstance(c, str) else c for c in cells]
    return json.dumps({"cells": made, "nbformat": 4, **extra}).encode()


def write(path: Path, data: bytes | str, modified: int = 1000) -> Path:
    """Write *data* to *path*, dated *modified*."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    os.utime(path, (modified, modified))
    return path


def texts(path: Path) -> list[str]:
    """Return the text of all chunks of the submission at *path*."""
    return [chunk.text for chunk in read_submission(path, TASK).chunks]


def refusal(path: Path) -> str:
    """Return the sentence with which the submission at *path* is refused."""
    with pytest.raises(SubmissionError) as caught:
        read_submission(path, TASK)
    return str(caught.value)


def test_a_plain_file_is_one_chunk(tmp_path: Path) -> None:
    """Without markers the file is one chunk, labelled with its name."""
    path = write(tmp_path / "ada.py", "import numpy as np\n\nx = 1\n")

    submission = read_submission(path, TASK)

    assert (Chunk("ada.py", "import numpy as np\n\nx = 1\n", 1),) == submission.chunks
    assert submission.name == "ada.py"
    assert submission.files == ()


def test_percent_markers_cut_a_file(tmp_path: Path) -> None:
    """Cells know their first line; markdown, raw and empty cells are left out."""
    path = write(
        tmp_path / "ada.py",
        "# top\n# %% [markdown]\n# prose\n# %%\na = 1\n#%% Title {}\nb = 2\n"
        "# %% A title [markdown]\nnot python\n# %% [raw]\nx\n"
        "# %%\n\n# %%time\nc = 3\n# In[4]:\nd = 4",
    )

    assert (
        Chunk("ada.py", "# top", 1),
        Chunk("ada.py", "a = 1", 5),
        Chunk("ada.py", "b = 2", 7),
        Chunk("ada.py", "\n# %%time\nc = 3", 13),
        Chunk("ada.py", "d = 4", 17),
    ) == read_submission(path, TASK).chunks


def test_magics_in_a_script_are_no_syntax_errors(tmp_path: Path) -> None:
    """Editors that cut a script into cells let its cells have magics, as do Colab's exports."""
    path = write(
        tmp_path / "a.py",
        "!pip install d2l\n# %%\n%%time\nif x:\n    %cd /\n    y = 1\n# %%\n%%bash\nls 'it\n",
    )

    assert (
        Chunk("a.py", "pass"),
        Chunk("a.py", "\nif x:\n    pass\n    y = 1", 3),
    ) == read_submission(path, TASK).chunks


def test_a_cell_that_colab_made_comments_is_a_cell(tmp_path: Path) -> None:
    """Below a cell magic, Colab's export has comments for code; below others it has code."""
    note = "# Commented out IPython magic to ensure Python compatibility.\n"
    path = write(
        tmp_path / "a.py",
        f"import a\n\n{note}# %%time\n# def f(x):\n# \n#     return x\n\n"
        f"{note}# %matplotlib inline\n# x = 1\n\n{note}# %%writefile g.py\n# y = 2\n",
    )

    assert (
        Chunk("a.py", "import a\n"),
        Chunk("a.py", "\ndef f(x):\n\n    return x", 4),
        Chunk("a.py", f"{note}# %matplotlib inline\n# x = 1\n", 9),
    ) == read_submission(path, TASK).chunks


def test_markers_inside_statements_do_not_cut(tmp_path: Path) -> None:
    """A marker in a string or a bracket belongs to it."""
    text = 's = """\n# %%\n"""\nx = [1,\n# %%\n2]'

    assert [text] == texts(write(tmp_path / "ada.py", text))


def test_a_broken_cell_spoils_only_itself(tmp_path: Path) -> None:
    """After an open string or bracket, the markers count all the same."""
    path = write(tmp_path / "ada.py", 's = """\n# %%\na = 1\n# %%\nb = (2\n# %%\nc = 3')

    assert texts(path) == ['s = """', "a = 1", "b = (2", "c = 3"]


@pytest.mark.parametrize(
    "data",
    [
        "s = '中文'\n".encode(),
        "s = '中文'\n".encode("utf-8-sig"),
        "s = '中文'\n".encode("utf-16"),
        "s = '中文'\r\n".encode("gbk"),
        "s = '中文'\r".encode("gb18030"),
    ],
)
def test_encodings_are_found(data: bytes, tmp_path: Path) -> None:
    """UTF-8, UTF-16 and GBK read alike, whatever the line ends."""
    assert texts(write(tmp_path / "ada.py", data)) == ["s = '中文'\n"]


def test_a_coding_cookie_is_obeyed(tmp_path: Path) -> None:
    """PEP 263 decides where UTF-8 fails."""
    data = "# -*- coding: big5 -*-\ns = '中文'".encode("big5")

    assert texts(write(tmp_path / "ada.py", data)) == ["# -*- coding: big5 -*-\ns = '中文'"]


@pytest.mark.parametrize(
    "codec", ["punycode", "rot13", "unicode_escape", "no-such", "zlib", "undefined"]
)
def test_odd_coding_cookies_are_passed_over(codec: str, tmp_path: Path) -> None:
    """A cookie that names no ordinary codec changes nothing."""
    data = f"# coding: {codec}\n".encode() + "s = '中文'".encode("gbk")

    assert [f"# coding: {codec}\ns = '中文'"] == texts(write(tmp_path / "ada.py", data))


def test_bytes_of_no_encoding_are_latin(tmp_path: Path) -> None:
    """What nothing else decodes is read as Latin-1."""
    assert texts(write(tmp_path / "ada.py", b"s = '\xff\xff'")) == ["s = '\xff\xff'"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.py", b"", "empty"),
        ("a.py", b" \n\r\n", "empty"),
        ("a.py", b"# %%\n# %% [markdown]\n# x", "no code"),
        ("a.py", b"x = 1\0", "NUL"),
        ("a.ipynb", b"", "empty"),
        ("a.ipynb", b'{"cells": [', "error at line 1"),
        ("a.ipynb", b"\x89PNG\r\n", "damaged"),
        ("a.ipynb", b"[]", "not a Jupyter notebook"),
        ("a.ipynb", b"3", "not a Jupyter notebook"),
        ("a.ipynb", b"{}", "not a Jupyter notebook"),
        ("a.ipynb", b'{"cells": 3}', "not a Jupyter notebook"),
        ("a.ipynb", b"[" * 100_000, "not a Jupyter notebook"),
        ("a.ipynb", b'{"cells": []}', "no code"),
        ("a.ipynb", b"9" * 5000, "not a Jupyter notebook"),
        ("a.txt", b"x = 1", r"only \.py and \.ipynb"),
    ],
)
def test_useless_files_are_refused(name: str, data: bytes, reason: str, tmp_path: Path) -> None:
    """The learner reads which file, what is wrong and what to do."""
    path = write(tmp_path / name, data)

    with pytest.raises(SubmissionError, match=f"^{name}: .*{reason}"):
        read_submission(path, TASK)


def test_a_huge_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two gigabytes are refused by their size alone, with size, limit and advice."""
    path = tmp_path / "a.ipynb"
    with path.open("wb") as file:
        file.truncate(2 * 1024**3)
    monkeypatch.setattr(files_module.os, "fdopen", lambda *a, **k: pytest.fail("was read"))

    assert refusal(path) == (
        "a.ipynb: the file is 2048.0 MiB, over the limit of 64 MiB; "
        "clear the outputs of the notebook and save it again."
    )


def test_notebook_cells_are_counted_over_all_kinds(tmp_path: Path) -> None:
    """Code cells are labelled as a reader counts; other and empty cells only count."""
    path = write(
        tmp_path / "a.ipynb",
        notebook(
            {"cell_type": "markdown", "source": "# hi"},
            "x = 1",
            "",
            {"cell_type": "code", "source": ["y = 2\r\n", "%pwd"]},
            {"cell_type": "raw", "source": "raw"},
            "%%bash\nls",
        ),
    )

    assert (
        Chunk("cell 2", "x = 1"),
        Chunk("cell 4", "y = 2\npass"),
    ) == read_submission(path, TASK).chunks


def test_slightly_invalid_notebooks_are_read(tmp_path: Path) -> None:
    """Cells without source, of odd types or no cells at all do not hide the others."""
    odd = [None, 3, {}, {"cell_type": "code"}, {"cell_type": "code", "source": {"a": 1}}]
    path = write(
        tmp_path / "a.ipynb", notebook(*odd, {"cell_type": "code", "source": ["x = 1\n", 3, "y"]})
    )

    assert (Chunk("cell 6", "x = 1\ny"),) == read_submission(path, TASK).chunks


def test_lines_that_lost_their_ends_are_lines_still(tmp_path: Path) -> None:
    """A tool wrote sources as lines without line ends, or left out some."""
    cells = [["if x:", "    y = 2", "z = 3"], ["a = 1\n", "b = 2", "c = 3\n"], ["s = 'a\x0c", "b'"]]
    path = write(
        tmp_path / "a.ipynb", notebook(*({"cell_type": "code", "source": c} for c in cells))
    )

    assert texts(path) == ["if x:\n    y = 2\nz = 3", "a = 1\nb = 2\nc = 3\n", "s = 'a\x0cb'"]


def test_a_mark_at_the_start_of_a_cell_is_no_code(tmp_path: Path) -> None:
    """Whoever pastes a file's text into a cell may paste the mark of its encoding."""
    path = write(tmp_path / "a.ipynb", notebook("\ufeffx = 1"))

    assert texts(path) == ["x = 1"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.py", notebook("x = 1")),
        ("a.py", b"\n " + notebook("x = 1")),
        ("a.ipynb", "x = 1\nimport os"),
        ("a.ipynb", "# %% [markdown]\n# hi\n\n# %%\nimport os"),
        ("a.ipynb.txt", notebook("x = 1")),
        ("a.IPYNB.json", notebook("x = 1")),
        ("a.py.txt", "x = 1"),
    ],
)
def test_what_is_in_a_file_counts_not_its_ending(
    name: str, data: str | bytes, tmp_path: Path
) -> None:
    """Learners rename what a platform does not take; browsers append what they think it is."""
    path = write(tmp_path / name, data)

    assert ["x = 1"] == texts(path) or "import os" in texts(path)[0]
    assert path == main_file(tmp_path, TASK)


def test_modules_that_cells_write_come_along(tmp_path: Path) -> None:
    """As when the notebook is run: the last one counts, more is added, other files are not read."""
    cells = [
        "%%writefile helper.py\nx = 1",
        "# note\nimport helper",
        "%%file helper.py\nx = 2",
        "%%writefile -a helper.py\ny = 3",
        "%%writefile ../outside.py\nx = 1",
        "%%writefile notes.txt\nx = 1",
    ]
    write(tmp_path / "hw" / "helper.py", "x = 0")
    write(tmp_path / "hw" / "other.py", "z = 0")
    write(tmp_path / "hw" / f"{TASK}.ipynb", notebook(*cells))

    assert read_submission(tmp_path / "hw", TASK).files == (
        ("helper.py", b"x = 2\ny = 3\n"),
        ("other.py", b"z = 0"),
    )


def test_what_a_notebook_runs_is_part_of_it(tmp_path: Path) -> None:
    """``%run`` makes names of a script or of another notebook its own, unlike an import."""
    cells = [
        "%run helper.py\n%run -i ./more.ipynb\n%run written\n%run helper",
        "%run ../outside.py\n%run nowhere.py\n# %run other.py",
        "%%writefile written.py\nz = 3",
    ]
    write(tmp_path / "outside.py", "outside = 0")
    write(tmp_path / "hw" / "helper.py", "x = 1")
    write(tmp_path / "hw" / "other.py", "other = 0")
    write(tmp_path / "hw" / "more.ipynb", notebook("", "y = 2\n%run helper.py"))
    write(tmp_path / "hw" / f"{TASK}.ipynb", notebook(*cells, "import helper"))

    chunks = read_submission(tmp_path / "hw", TASK).chunks

    assert chunks[:3] == (
        Chunk("helper.py", "x = 1"),
        Chunk("more.ipynb, cell 2", "y = 2\npass"),
        Chunk("written.py", "z = 3\n"),
    )
    assert [chunk.text for chunk in chunks[3:]] == [
        "pass\npass\npass\npass",
        "pass\npass\n# %run other.py",
        "import helper",
    ]


def test_a_file_by_itself_runs_nothing_beside_it(tmp_path: Path) -> None:
    """In a folder of hand-ins its neighbours are other learners' work."""
    write(tmp_path / "bo.py", "x = 1")
    path = write(tmp_path / "ada.ipynb", notebook("%run bo.py"))

    assert texts(path) == ["pass"]
    assert [c.text for c in read_submission(path, TASK, at_desk=True).chunks] == ["x = 1", "pass"]


def test_what_is_run_changes_the_digest(tmp_path: Path) -> None:
    """Who mends the notebook that another one runs is graded again."""
    write(tmp_path / f"{TASK}.ipynb", notebook("%run more.ipynb"))
    write(tmp_path / "more.ipynb", notebook("x = 1"))
    before = read_submission(tmp_path, TASK).digest
    write(tmp_path / "more.ipynb", notebook("x = 2"))

    assert before != read_submission(tmp_path, TASK).digest


def test_old_notebooks_are_read(tmp_path: Path) -> None:
    """The worksheets of nbformat 3 hold cells as well."""
    sheets = [{"cells": [{"cell_type": "code", "input": ["x = 1"]}]}, {"cells": 3}, None]
    path = write(tmp_path / "a.ipynb", json.dumps({"nbformat": 3, "worksheets": sheets}))

    assert texts(path) == ["x = 1"]


def test_code_can_always_be_sent_on(tmp_path: Path) -> None:
    """Half characters and NULs that JSON can spell are replaced."""
    path = write(tmp_path / "a.ipynb", notebook("x = '\ud800\0'"))

    assert texts(path) == ["x = '\ufffd\ufffd'"]


@given(data=st.binary(max_size=200), suffix=st.sampled_from([".py", ".ipynb"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused(data: bytes, suffix: str, tmp_path: Path) -> None:
    """Reading raises nothing but SubmissionError, and chunks are valid UTF-8 text."""
    path = write(tmp_path / f"a{suffix}", data)
    try:
        submission = read_submission(path, TASK)
    except SubmissionError:
        return

    assert all(chunk.text.encode() for chunk in submission.chunks)


JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=5) | st.sampled_from(["code", "x = 1"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["cells", "source", "cell_type", "worksheets", "input"]),
            inner,
            max_size=4,
        )
    ),
)


@given(content=JSON)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_json_is_read_or_refused(content: Any, tmp_path: Path) -> None:
    """Whatever JSON a notebook holds, it is read or refused with a sentence."""
    path = write(tmp_path / "a.ipynb", json.dumps(content))
    try:
        submission = read_submission(path, TASK)
    except SubmissionError:
        return

    assert submission.chunks


def test_damaged_notebooks_are_read_or_refused(tmp_path: Path) -> None:
    """A notebook cut off or altered anywhere raises nothing but SubmissionError."""
    sound = notebook("x = 1", {"cell_type": "markdown", "source": ["a"]}, metadata={"a": [1, {}]})
    draw = random.Random(0)
    for _ in range(300):
        damaged = bytearray(sound[: draw.randrange(len(sound))] if draw.random() < 0.3 else sound)
        for _ in range(draw.randrange(3) if damaged else 0):
            damaged[draw.randrange(len(damaged))] = draw.randrange(256)
        path = write(tmp_path / "a.ipynb", bytes(damaged))
        try:
            assert read_submission(path, TASK).chunks
        except SubmissionError as error:
            assert str(error).startswith("a.ipynb: ")


def test_a_folder_gives_main_file_helpers_and_data(tmp_path: Path) -> None:
    """Beside the main file come modules and data; junk, hidden files and links do not."""
    write(tmp_path / "Softmax_Regression.PY", "import utils")
    write(tmp_path / "utils.py", "x = 1")
    write(tmp_path / "pkg/deep/mod.py", "y = 1")
    write(tmp_path / "data/points.csv", "1,2")
    write(tmp_path / "other.ipynb", notebook("z = 1"))
    for junk in (".git/config", "__pycache__/a.pyc", ".hidden", ".venv/a.py", "__MACOSX/a.py"):
        write(tmp_path / junk, "junk")
    outside = write(tmp_path.parent / "secret.py", "answer = 1")
    (tmp_path / "linked.py").symlink_to(outside)
    (tmp_path / "linked").symlink_to(tmp_path.parent)
    os.mkfifo(tmp_path / "pipe.py")

    submission = read_submission(tmp_path, TASK)

    assert (Chunk("Softmax_Regression.PY", "import utils"),) == submission.chunks
    assert submission.files == (
        ("data/points.csv", b"1,2"),
        ("pkg/deep/mod.py", b"y = 1"),
        ("utils.py", b"x = 1"),
    )


def test_of_two_main_file_the_later_wins(tmp_path: Path) -> None:
    """A tie goes to the notebook."""
    script = write(tmp_path / f"{TASK}.py", "x = 1", 2000)
    note = write(tmp_path / f"{TASK}.ipynb", notebook("y = 1"), 1000)

    assert script == main_file(tmp_path, TASK)
    assert texts(tmp_path) == ["x = 1"]

    os.utime(note, (2000, 2000))

    assert note == main_file(tmp_path, TASK)
    assert texts(tmp_path) == ["y = 1"]


@pytest.mark.parametrize(
    ("names", "main"),
    [
        (["hw.py", "data.csv"], "hw.py"),
        (["sub/hw.ipynb", "readme.txt"], "sub/hw.ipynb"),
        (["sub/softmax_regression.py", "sub/utils.py"], "sub/softmax_regression.py"),
        (["hw.py", "sub/softmax_regression.py"], "hw.py"),
        (["hw.py", "utils.py", "softmax_regression.py"], "softmax_regression.py"),
        (["a/b/c/softmax_regression.ipynb", "readme.txt"], "a/b/c/softmax_regression.ipynb"),
        (["softmax_regression (1).ipynb", "old.ipynb"], "softmax_regression (1).ipynb"),
        (["Softmax Regression.py", "utils.py"], "Softmax Regression.py"),
        (["softmax-regression-Copy1.py", "softmax_regression.py"], "softmax_regression.py"),
        (["hw.ipynb", "utils.py", "test_softmax_regression.py"], "hw.ipynb"),
        (["张三softmax_regression.ipynb", "old.ipynb", "utils.py"], "张三softmax_regression.ipynb"),
        (["ada_softmax_regression.py", "utils.py"], "ada_softmax_regression.py"),
        (["softmax_regression.ipynb", "softmax_regression.ipynb.txt"], "softmax_regression.ipynb"),
    ],
)
def test_the_main_file_of_a_folder(names: list[str], main: str, tmp_path: Path) -> None:
    """It is the one that a person would open: by its name, or as the only notebook or file."""
    for name in names:
        write(tmp_path / name, notebook("x = 1") if name.endswith("ipynb") else "x = 1")

    assert tmp_path / main == main_file(tmp_path, TASK)
    assert read_submission(tmp_path, TASK).chunks


def test_files_around_the_main_file_come_with_it(tmp_path: Path) -> None:
    """With their places in the whole folder, of which the main file's is known, too."""
    write(tmp_path / f"src/{TASK}.py", "import utils")
    write(tmp_path / "src/utils.py", "x = 1")
    write(tmp_path / "data/n.csv", "1")

    found = read_submission(tmp_path, TASK)

    assert found.folder == "src"
    assert found.files == (("data/n.csv", b"1"), ("src/utils.py", b"x = 1"))


def test_an_ambiguous_folder_is_refused_with_what_it_holds(tmp_path: Path) -> None:
    """The message lists the candidates and says how to name the right one."""
    write(tmp_path / "a.ipynb", notebook("x = 1"))
    write(tmp_path / "b.ipynb", notebook("x = 1"))
    write(tmp_path / "c.py", "x = 1")

    assert f"among a.ipynb, b.ipynb, c.py; name the right one {TASK}.py" in refusal(tmp_path)


def test_messages_name_the_file_that_was_read(tmp_path: Path) -> None:
    """What the folder is called, where hand-ins are kept, is nothing to a learner."""
    write(tmp_path / "files" / "hw.ipynb", "")

    assert "hw.ipynb: the file is empty" in refusal(tmp_path / "files")

    (tmp_path / "files" / "hw.ipynb").unlink()

    assert refusal(tmp_path / "files").startswith("there is no .py or .ipynb file")


def test_of_two_copies_the_later_wins(tmp_path: Path) -> None:
    """A browser numbers what is downloaded again; the date says which is the work."""
    one = write(tmp_path / f"{TASK} (1).ipynb", notebook("x = 1"), 2000)
    write(tmp_path / f"{TASK} (2).ipynb", notebook("x = 1"), 1000)

    assert one == main_file(tmp_path, TASK)


def test_a_folder_without_code_is_refused(tmp_path: Path) -> None:
    """An empty folder, or one with other files only, says what to hand in."""
    write(tmp_path / "report.pdf", "x")

    assert f"submit {TASK}.py or {TASK}.ipynb" in refusal(tmp_path)


def test_of_a_folder_with_a_data_set_the_code_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when it is collected; too much code is refused."""
    monkeypatch.setattr("grader.submission.read.MAX_FILES", 3)
    write(tmp_path / f"{TASK}.py", "x = 1")
    for number in range(4):
        (tmp_path / f"{number}.png").touch()
    read = read_submission(tmp_path, TASK)
    for number in range(4):
        (tmp_path / f"{number}.py").touch()

    assert (f"{TASK}.py", ()) == (read.file, read.files)
    assert "more than 3 files" in refusal(tmp_path)


def test_large_data_stays_behind(tmp_path: Path) -> None:
    """Small data files come along while there is room; helper modules must fit."""
    write(tmp_path / f"{TASK}.py", "x = 1")
    write(tmp_path / "small.csv", "1")
    with (tmp_path / "model.pt").open("wb") as file:
        file.truncate(17 * 1024**2)

    assert [name for name, _ in read_submission(tmp_path, TASK).files] == ["small.csv"]

    (tmp_path / "model.pt").rename(tmp_path / "model.py")

    assert "over 16 MiB" in refusal(tmp_path)


def test_links_are_never_followed(tmp_path: Path) -> None:
    """Neither a linked file nor a linked folder is read, even if named directly."""
    write(tmp_path / "real/hw.py", "x = 1")
    (tmp_path / "hw.py").symlink_to(tmp_path / "real/hw.py")
    (tmp_path / "folder").symlink_to(tmp_path / "real")

    assert "link" in refusal(tmp_path / "hw.py")
    assert "link" in refusal(tmp_path / "folder")


def test_what_does_not_exist_is_a_usage_error(tmp_path: Path) -> None:
    """A wrong path or framework is the caller's mistake, not the learner's."""
    with pytest.raises(UsageError, match=r"no file or folder .*nowhere\.py"):
        read_submission(tmp_path / "nowhere.py", TASK)
    with pytest.raises(UsageError, match="no framework keras"):
        read_submission(tmp_path, TASK, "keras")


@pytest.mark.parametrize(
    ("text", "argument", "expected"),
    [
        ("x = 1", None, "numpy"),
        ("import numpy as np", None, "numpy"),
        ("import numpy, torch", None, "torch"),
        ("import torch.nn as nn", None, "torch"),
        ("from torch import nn\nimport jax", None, "torch"),
        ("import numpy as np\nimport tensorflow as tf", None, "tensorflow"),
        ("from d2l import torch as d2l", None, "torch"),
        ("from d2l import (tensorflow as d2l)", None, "tensorflow"),
        ("import keras", None, "tensorflow"),
        ("from keras import layers\nimport numpy as np", None, "tensorflow"),
        ("import d2l.mxnet as d2l", None, "mxnet"),
        ("from mxnet import np, npx", None, "mxnet"),
        ("try:\n    import jax.numpy as jnp\nexcept ImportError: pass", None, "jax"),
        ("# import torch", None, "numpy"),
        ("import torchy", None, "numpy"),
        ("import torch", "jax", "jax"),
        ("# Framework: JAX\nimport torch", "mxnet", "jax"),
        ("x = 1\n# %%\n#framework:torch", None, "torch"),
        ("# framework: keras\nimport torch", None, "torch"),
        ("# framework: keras\n# framework: numpy\nimport torch", None, "numpy"),
    ],
)
def test_the_framework_is_found(
    text: str, argument: str | None, expected: str, tmp_path: Path
) -> None:
    """A marker wins over the argument, and that over the imports; NumPy is the default."""
    path = write(tmp_path / "ada.py", text)

    assert expected == read_submission(path, TASK, argument).framework


@pytest.mark.parametrize(
    ("cells", "usual", "expected"),
    [
        (["import tensorflow as tf", "import torch", "def f(x): return torch.exp(x)"], "", "torch"),
        (["import numpy as np", "def f(x): return np.exp(x)", "import torch"], "", "numpy"),
        (["import numpy as np", "import torch as t\ndef f(x): return t.exp(x)"], "", "torch"),
        (["from jax import numpy as n, grad", "import torch", "def f(x): grad(x)"], "", "jax"),
        (["import jax", "import torch", "def f(x): return x @ x"], "torch", "torch"),
        (["import numpy as np, torch", "def f(x): np.e; np.pi; torch.e"], "torch", "torch"),
        (["import numpy as np, torch", "def f(x): np.e; np.pi; torch.e"], "numpy", "numpy"),
        (["import torch", "def f(x): return x"], "numpy", "torch"),
        (["from torch import (exp,\n    log)", "import numpy", "def f(x): exp(x)"], "", "torch"),
    ],
)
def test_of_several_frameworks_that_of_the_functions_counts(
    cells: list[str], usual: str, expected: str, tmp_path: Path
) -> None:
    """What only loads data or compares decides nothing; nor does the order of imports."""
    path = write(tmp_path / "a.ipynb", notebook(*cells))

    assert expected == read_submission(path, TASK, usual=usual).framework


def test_the_digest_is_of_names_and_bytes(tmp_path: Path) -> None:
    """Dates do not change it; names and bytes do."""
    for folder in ("one", "two", "renamed", "edited"):
        write(tmp_path / folder / f"{TASK}.py", "x = 1", modified=len(folder) * 1000)
        write(tmp_path / folder / "b.py", "x = 2")
    (tmp_path / "renamed/b.py").rename(tmp_path / "renamed/c.py")
    write(tmp_path / "edited/b.py", "x = 3")
    one, two, renamed, edited = (
        read_submission(tmp_path / folder, TASK).digest
        for folder in ("one", "two", "renamed", "edited")
    )

    assert one == two
    assert len({one, renamed, edited}) == 3


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_only_ordinary_files_are_opened(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Links, pipes and folders are refused before anything is opened."""
    path = tmp_path / "a.py"
    if kind == "link":
        path.symlink_to(write(tmp_path / "b.py", "x = 1"))
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    monkeypatch.setattr(files_module.os, "open", lambda *a, **k: pytest.fail("was opened"))

    with pytest.raises(SubmissionError, match="link" if kind == "link" else "regular"):
        files_module.read_regular(path)


def test_the_digest_knows_no_order() -> None:
    """Files count as a set; names in either spelling of an accent are the same name."""
    one, two = ("a\u0301", b"1"), ("b", b"2")

    assert digest([one, two]) == digest([two, one])
    assert digest([one]) == digest([("\u00e1", b"1")])
    assert digest([("a", b"2"), ("b", b"1")]) != digest([("a", b"1"), ("b", b"2")])

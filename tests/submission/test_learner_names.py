import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import SubmissionError
from grader.submission.learner_names import Name, of_file, of_folder, safe, shown

TASK = "softmax_regression"


@pytest.mark.parametrize(
    ("name", "learner"),
    [
        ("ada.py", "ada"),
        ("Ada Lovelace.ipynb", "Ada Lovelace"),
        ("ada_softmax_regression.ipynb", "ada"),
        ("softmax_regression-ada.py", "ada"),
        ("softmax_regression.ada.py", "ada"),
        ("ada softmax regression.PY", "ada"),
        ("Softmax-Regression_ada.zip", "ada"),
        ("ada (1).py", "ada"),
        ("ada(2).py", "ada"),
        ("ada（2）.py", "ada"),
        ("ada - Copy.py", "ada"),
        ("ada - Copy (2).py", "ada"),
        ("ada_copy.ipynb", "ada"),
        ("ada-Copy1.ipynb", "ada"),
        ("Copy of ada.ipynb", "ada"),
        ("Copy of Copy of ada_softmax_regression (1).ipynb", "ada"),
        ("Kopie von softmax_regression_ada.ipynb", "ada"),
        ("“张三_softmax_regression.ipynb”的副本.ipynb", "张三"),
        ("copyof.py", "copyof"),
        ("张三 副本.ipynb", "张三"),
        ("张三的副本.ipynb", "张三"),
        ("ada_softmax_regression (1).ipynb", "ada"),
        ("ada (1)_softmax_regression.ipynb", "ada"),
        ("softmax_regression_ada_2_3_x.py", "ada_2_3_x"),
        ("2023001_张三_softmax_regression.ipynb", "2023001_张三"),
        ("softmax_regression（李四）.ipynb", "李四"),
        ("【2023001 李四】softmax_regression.ipynb", "2023001 李四"),
        ("softmax_regression (ada).py", "ada"),
        ("李四－softmax_regression.ipynb", "李四"),
        ("softmax_regression——李四.ipynb", "李四"),
        ("李四（补交）.ipynb", "李四（补交）"),
        ("ada.ipynb.zip", "ada"),
        ("ada_softmax_regression.ipynb.txt", "ada"),
        ("ada (1).ipynb.json", "ada"),
        ("photocopy.py", "photocopy"),
        ("Jose\u0301.py", "Jos\u00e9"),
        (" ada .py", "ada"),
        ("a:b.py", "a_b"),
        ("con.py", "_con"),
        ("..ada.py", "__ada"),
    ],
)
def test_a_file_names_its_learner(name: str, learner: str) -> None:
    """The stem, without the assignment's name and copy marks, is the learner."""
    assert Name(learner) == of_file(name, TASK)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ada_v2.py", Name("ada", attempt=2)),
        ("ada-attempt 3.ipynb", Name("ada", attempt=3)),
        ("张三_第2次提交.py", Name("张三", attempt=2)),
        ("ada_softmax_regression_2026-11-03 (1).py", Name("ada", submitted="2026-11-03")),
        ("ada_v2_softmax_regression.py", Name("ada", attempt=2)),
        ("ada_12.py", Name("ada_12")),
        ("photov2.py", Name("photov2")),
    ],
)
def test_attempts_and_dates_in_a_name_are_versions(name: str, expected: Name) -> None:
    """The number of an attempt and a date at the end are no part of who it is."""
    assert expected == of_file(name, TASK)


@pytest.mark.parametrize(
    "stem",
    ["ada", "ada_softmax_regression (1)", "softmax_regression（李四）", "ada_v2", "con", ".x"],
)
def test_an_unpacked_archive_names_the_same_learner(stem: str) -> None:
    """The folder that comes of an archive is called like it, without the ending."""
    assert of_file(f"{stem}.zip", TASK) == of_folder(stem, TASK)


@pytest.mark.parametrize(
    "name", [f"{TASK}.py", "Softmax Regression.ipynb", f"{TASK} (1).py", ".py", "_.py", "   .py"]
)
def test_a_file_may_name_nobody(name: str) -> None:
    """Only the assignment's name, or no name at all, is refused with what to do."""
    with pytest.raises(SubmissionError, match="name") as caught:
        of_file(name, TASK)

    assert caught.value.exit_code == 1


@pytest.mark.parametrize("name", [f"{TASK}.ipynb", f"{TASK}.ipynb.txt"])
def test_the_refusal_says_how_to_name_the_file(name: str) -> None:
    """The suffix in the advice is that of the file."""
    with pytest.raises(SubmissionError, match=r"name the file <learner>\.ipynb"):
        of_file(name, TASK)


@pytest.mark.parametrize("name", [TASK, "...", "x" * 201, "三" * 80])
def test_a_folder_may_name_nobody(name: str) -> None:
    """The assignment's folder, empty and endless names belong to nobody."""
    with pytest.raises(SubmissionError):
        of_folder(name, TASK)


@given(st.text(max_size=20))
def test_safe_names_fit_every_system(text: str) -> None:
    """No identifier holds what Linux or Windows forbid, and making it safe twice is idle."""
    name = safe(text)

    assert name == safe(name)
    assert not set(name) & set('/\\:*?"<>|\0\n\r\t')
    assert not name.startswith((".", " ")) and not name.endswith((".", " "))
    assert name.upper().partition(".")[0] not in {"CON", "NUL", "COM1", "AUX"}
    name.encode("utf-8")


@given(st.text(alphabet="ab._- ()1", min_size=1, max_size=20))
def test_any_name_is_read_or_refused(text: str) -> None:
    """A file name gives a safe identifier or a SubmissionError, nothing else."""
    try:
        learner = of_file(text + ".py", TASK).learner
    except SubmissionError:
        return

    assert learner and learner == safe(learner)


def test_shown_names_cannot_command_a_terminal() -> None:
    """Escape characters and undecodable bytes are replaced, Chinese and spaces stay."""
    assert shown("\x1b[31m张\u3000三\udcff") == "\ufffd[31m张\u3000三\ufffd"

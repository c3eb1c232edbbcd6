from __future__ import annotations

import json
import os
import shutil
import zipfile
from fractions import Fraction

import pytest

from grader import language
from grader.course.source import reference_text
from grader.errors import InternalError, SubmissionError, UsageError
from grader.kit.kit import HOME, Kit
from grader.kit.kit_check import check_kit
from grader.kit.release import release
from grader.outcome import Outcome

from ..warmup import RIGHT, made

TORCH = (
    "# framework: torch\nimport torch\n\ndef scale(x, factor):\n    return torch.mul(x, factor)\n"
)


@pytest.fixture(autouse=True)
def english():
    """Speak English, also after a test that did not."""
    language.use("en")
    yield
    language.use("en")


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """Return a released kit as a zip, and the text of the reference that stays at home."""
    home = tmp_path_factory.mktemp("house")
    course = made(home / "course")
    assignment = course.assignments[0]
    path = release(course, assignment, home, "en", as_zip=True)
    text = reference_text(course.source(assignment))
    shutil.rmtree(course.root)
    return path, text


@pytest.fixture
def kit(packed, tmp_path):
    """Return the kit, unpacked far from the course, in a folder with an awkward name."""
    place = tmp_path / "my 作业 (1)"
    with zipfile.ZipFile(packed[0]) as archive:
        archive.extractall(place)
    return Kit.find(place / "warmup")


def outcomes(result):
    """Return the outcome of each check."""
    return [check.outcome for check in result.checks]


def test_a_kit_says_what_it_is_for(kit):
    """Assignment, exercises, points, language and seed."""
    (exercise,) = kit.assignment.exercises

    assert (kit.assignment.name, kit.assignment.framework) == ("warmup", "numpy")
    assert (kit.assignment.title.en, kit.assignment.title.zh) == ("Warm-up", "热身")
    assert (exercise.name, exercise.points, exercise.limits.seconds) == ("scale", Fraction(4), 10)
    assert (kit.language, kit.seed) == ("en", 20261120)


def test_the_starter_is_not_implemented(kit):
    """A fresh kit says so for every check, and gives no point."""
    result = check_kit(kit)

    assert outcomes(result) == [Outcome.NOT_IMPLEMENTED] * 2
    assert (result.score, result.max_score) == (0, 3)


@pytest.mark.parametrize("framework", ["numpy", "torch"])
def test_a_right_submission_passes_without_the_reference(kit, packed, framework):
    """Recorded answers stand in for it, in float64 and in float32."""
    text = packed[1] if framework == "numpy" else TORCH
    (kit.directory / "warmup.py").write_text(text, encoding="utf-8")
    (kit.directory / "warmup.ipynb").unlink()
    result = check_kit(kit)

    assert outcomes(result) == [Outcome.PASSED] * 2
    assert (result.framework, result.score, result.isolation.level) == (framework, 3, "desk")


def test_a_wrong_submission_fails_with_values(kit):
    """Learners have these checks, so they see what was expected."""
    file = kit.directory / "mine.py"
    file.write_text(RIGHT.replace("factor * x", "factor + x"), encoding="utf-8")
    told = []
    result = check_kit(kit, ("scale",), file, told.append)

    assert outcomes(result) == [Outcome.FAILED] * 2
    assert "15 of 15 entries differ." in result.checks[0].message
    assert ["mine.py"] == [submission.name for submission in told]


@pytest.mark.parametrize("framework", ["numpy", "torch"])
@pytest.mark.parametrize(
    ("said", "hint"),
    [("en", "What sign does -2 times 3 have?"), ("zh", "-2乘以3的结果是什么符号？")],
)
def test_a_known_mistake_gets_its_hint(kit, framework, said, hint):
    """From what was recorded, in float64 and in float32, in the language of the run."""
    text, right = (RIGHT, "factor * x") if framework == "numpy" else (TORCH, "torch.mul(x, factor)")
    file = kit.directory / "mine.py"
    file.write_text(text.replace(right, "x * (factor if factor > 0 else -factor)"))
    language.use(said)
    result = check_kit(kit, file=file)

    assert outcomes(result) == [Outcome.PASSED, Outcome.FAILED]
    assert [check.hints[-1:] for check in result.checks] == [(), (hint,)]


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        ("return x * factor * 2", "Every value is 2 times the expected value."),
        ("return x.T * factor", "The result is transposed; otherwise it is right."),
        ("return x ** 3 + factor", ""),
        ("return scale(x + 1, 0) if len(x) < 9 else x", ""),
    ],
)
def test_an_unknown_mistake_is_told_by_its_relation(kit, body, hint):
    """As far as the right answers are recorded."""
    file = kit.directory / "mine.py"
    file.write_text(f"def scale(x, factor):\n    {body}\n")

    assert check_kit(kit, file=file).checks[0].hints == ((hint,) if hint else ())


@pytest.mark.parametrize("content", [None, b"", b"\x00" * 40, b"hints"])
def test_damaged_hints_are_said_to_be_damaged(kit, content):
    """As damaged answers are, once they are needed."""
    check_kit(kit)
    (kit.directory / "warmup.py").write_text(RIGHT.replace("factor * x", "factor + x"))
    path = kit.directory / HOME / "hints/scale"
    path.unlink()
    if content == b"hints":
        path.write_bytes((kit.directory / HOME / "answers").read_bytes())
    elif content is not None:
        path.write_bytes(content)

    with pytest.raises(InternalError, match="recorded hints cannot be read"):
        check_kit(kit)


def test_the_file_changed_last_is_checked_and_nothing_is_written(kit):
    """Checking leaves every file as it was, also the one that is not checked."""
    notebook = kit.directory / "warmup.ipynb"
    starter = kit.directory / "warmup.py"
    (kit.directory / "helper.py").write_text("FACTOR = 1\n")
    os.utime(starter, (1_700_000_000, 1_700_000_000))
    os.utime(notebook, (1_700_000_100, 1_700_000_100))

    def state():
        files = [path for path in kit.directory.rglob("*") if path.is_file()]
        return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in files}

    before = state()
    told = []
    check_kit(kit, begun=told.append)
    check_kit(kit, begun=told.append)

    assert state() == before
    assert told[0] == told[1]


def test_a_kit_knows_what_an_exercise_changes(kit):
    """By name and place, since what it is to change is handed over in a form that can change."""
    path = kit.directory / HOME / "kit.json"
    path.write_bytes(path.read_bytes().replace(b'"changes": {}', b'"changes": {"x": 0}', 1))

    assert list(Kit.find(kit.directory).assignment.changes.values()) == [{"x": 0}]


def test_what_is_forbidden_is_found_at_the_desk(kit):
    """Desk and grader agree on what is from scratch, in the file and in a helper beside it."""
    path = kit.directory / HOME / "kit.json"
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b'"forbidden": []', b'"forbidden": ["numpy.convolve"]', 1))
    own = "import numpy as np\nfrom ours import multiplied\n"
    own += "def scale(x, factor):\n    return multiplied(x, factor)\n"
    helper = "import numpy as np\ndef multiplied(x, factor):\n"
    helper += "    return np.convolve(x.ravel(), [factor]).reshape(x.shape)\n"
    (kit.directory / "warmup.py").write_text(own)
    (kit.directory / "ours.py").write_text(helper)
    result = check_kit(Kit.find(kit.directory), ("scale",))

    assert {Outcome.FAILED} == set(outcomes(result))
    told = "scale uses numpy.convolve, which this exercise asks you to write."
    assert {told} == {check.message for check in result.checks}


def test_helper_modules_beside_the_file_can_be_imported(kit):
    """As they can when the folder is graded."""
    (kit.directory / "warmup.ipynb").unlink()
    (kit.directory / "helper.py").write_text("def times(x, y):\n    return x * y\n")
    text = RIGHT.replace("factor * x", "times(x, factor)")
    (kit.directory / "warmup.py").write_text(f"from helper import times\n{text}")

    assert check_kit(kit).score == 3


def test_what_the_file_runs_is_part_of_it(kit):
    """A script that is run with ``%run`` counts as it does when the folder is graded."""
    (kit.directory / "warmup.ipynb").unlink()
    (kit.directory / "helper.py").write_text("def times(x, y):\n    return x * y\n")
    text = RIGHT.replace("factor * x", "times(x, factor)")
    (kit.directory / "warmup.py").write_text(f"%run helper.py\n{text}")

    assert check_kit(kit).score == 3


def packed_work(kit, name, code):
    """Write an archive with the file *name*, in which *code* stands, to the kit's folder."""
    with zipfile.ZipFile(kit.directory / "work.zip", "w") as archive:
        archive.writestr(name, code)


STILL_PACKED = (
    "Your work is still packed: scale in work.zip. Unpack it in the kit's folder, in place of the "
    "starter, and run the command again."
)


def test_work_that_is_still_packed_is_pointed_at(kit):
    """Beside the starter, a check says that the work lies in the archive."""
    packed_work(kit, "hw/warmup.py", RIGHT)

    result = check_kit(kit)

    assert (result.score, result.notes) == (0, (STILL_PACKED,))


def test_work_that_is_still_packed_is_pointed_at_where_there_is_no_file(kit):
    """Without a starter, too."""
    packed_work(kit, "warmup.py", RIGHT)
    for name in ("warmup.py", "warmup.ipynb"):
        (kit.directory / name).unlink()

    with pytest.raises(SubmissionError) as refused:
        check_kit(kit)
    assert str(refused.value) == STILL_PACKED


@pytest.mark.parametrize("is_written", [False, True])
def test_an_archive_beside_the_work_is_not_mentioned(kit, is_written):
    """Nor one that holds only a starter."""
    starter = (kit.directory / "warmup.py").read_text("utf-8")
    packed_work(kit, "warmup.py", RIGHT if is_written else starter)
    if is_written:
        (kit.directory / "warmup.py").write_text(RIGHT, "utf-8")

    assert check_kit(kit).notes == ()


def test_an_archive_cannot_be_checked_by_name(kit):
    """Its helper modules could not be found; the sentence says what to do."""
    packed_work(kit, "warmup.py", RIGHT)

    with pytest.raises(SubmissionError, match=r"work\.zip is an archive; unpack it in the kit"):
        check_kit(kit, file=kit.directory / "work.zip")


def test_a_kit_is_found_from_inside_it(kit, tmp_path):
    """From its folder or one below; the first of several places that lies in a kit."""
    below = kit.directory / "figures"
    below.mkdir()

    assert Kit.find(below).directory == kit.directory
    assert Kit.find(tmp_path, below).directory == kit.directory
    with pytest.raises(UsageError, match="is not inside a kit"):
        Kit.find(tmp_path)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda raw: b"", "cannot be read"),
        (lambda raw: raw[:-9], "cannot be read"),
        (lambda raw: raw.replace(b'"seed"', b'"sead"'), "cannot be read"),
        (lambda raw: raw.replace(b'"points": "4"', b'"points": "four"'), "cannot be read"),
        (lambda raw: raw.replace(b'"points": "4"', b'"points": "1/0"'), "cannot be read"),
        (lambda raw: raw.replace(b'"name": "scale"', b'"name": "../scale"'), "cannot be read"),
        (lambda raw: raw.replace(b'"forbidden": []', b'"forbidden": ["new"]', 1), "does not know"),
        (lambda raw: raw.replace(b"kit/v3", b"kit/v9"), "another version of gradproof"),
        (lambda raw: raw.replace(b"kit/v3", b"kit/v2"), "Ask your instructor to release it again"),
    ],
)
def test_a_damaged_kit_is_said_to_be_damaged(kit, change, what):
    """With what to do: unpack it again, install another version, or ask for another kit."""
    path = kit.directory / HOME / "kit.json"
    raw = path.read_bytes()
    assert raw != change(raw)
    path.write_bytes(change(raw))

    with pytest.raises(UsageError, match=what):
        Kit.find(kit.directory)


@pytest.mark.parametrize("content", [None, b"", b"\x00" * 40])
def test_damaged_answers_are_said_to_be_damaged(kit, content):
    """No check runs against nothing."""
    path = kit.directory / HOME / "answers"
    path.unlink()
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(InternalError, match="Unpack the kit again"):
        check_kit(kit)


def test_an_answer_that_was_not_recorded_is_not_the_learners_fault(kit):
    """A check edited by hand asks for what the kit does not hold."""
    path = kit.directory / HOME / "checks/scale/test_public.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("reference.scale(x, 2.5)", "reference.scale(x, 9.5)"), "utf-8")
    file = kit.directory / "mine.py"
    file.write_text(RIGHT)
    result = check_kit(kit, file=file)

    assert outcomes(result) == [Outcome.INTERNAL, Outcome.PASSED]
    assert "Ask your instructor for a new kit." in result.checks[0].message
    assert not result.final


def test_exercises_and_files_that_are_not_there(kit):
    """Each is refused with what there is."""
    with pytest.raises(UsageError, match="no exercise scales in this kit; it has scale"):
        check_kit(kit, ("scales",))
    with pytest.raises(UsageError, match="There is no file"):
        check_kit(kit, file=kit.directory / "gone.py")
    (kit.directory / "empty.py").touch()
    with pytest.raises(SubmissionError, match="the file is empty"):
        check_kit(kit, file=kit.directory / "empty.py")


def test_kit_json_is_plain_json(kit):
    """Other tools may read it."""
    raw = json.loads((kit.directory / HOME / "kit.json").read_text(encoding="utf-8"))

    assert raw["schema"] == "gradproof/kit/v3"
    assert "reference" not in json.dumps(raw)


def test_hints_are_read_when_a_check_has_failed(kit):
    """Those of its exercise: a kit of many exercises opens as fast as one of a few."""
    hints = kit.directory / HOME / "hints/scale"
    hints.unlink()
    file = kit.directory / "mine.py"
    file.write_text(RIGHT)

    assert outcomes(check_kit(kit, file=file)) == [Outcome.PASSED] * 2

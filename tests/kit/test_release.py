from __future__ import annotations

import json
import os
import re
import zipfile

import pytest

from grader import language
from grader.course.catalogue import Course
from grader.course.editions import EDITIONS
from grader.course.source import read_source, unsolved
from grader.errors import AuthoringError, UsageError
from grader.exercise import FRAMEWORKS, Text
from grader.kit import readme as readme_module
from grader.kit import release as module
from grader.kit.kit import HOME, Kit
from grader.kit.readme import readme
from grader.kit.release import release

from ..warmup import CHECKS, SOURCE, edited, made


@pytest.fixture(autouse=True)
def english():
    """Speak English, also after a test that did not."""
    language.use("en")
    yield
    language.use("en")


@pytest.fixture
def warmup(tmp_path):
    """Return a fresh course."""
    return made(tmp_path / "course")


def released(course, target, said="en", as_zip=False):
    """Release the course's only assignment."""
    return release(course, course.assignments[0], target, said, as_zip)


def files(kit):
    """Return the files of a kit."""
    return sorted(str(path.relative_to(kit)) for path in kit.rglob("*") if path.is_file())


def test_a_kit_holds_what_a_learner_needs(warmup, tmp_path):
    """Starter, README, public checks, what is recorded; data that belongs to the starter."""
    data = warmup.root / "assignments/warmup/files/data"
    data.mkdir(parents=True)
    (data / "table.csv").write_bytes(b"1,2\r\n")
    kit = released(warmup, tmp_path / "kits")

    assert kit == tmp_path / "kits/warmup"
    assert files(kit) == [
        f"{HOME}/answers",
        f"{HOME}/checks/scale/test_public.py",
        f"{HOME}/files/data/table.csv",
        f"{HOME}/hints/scale",
        f"{HOME}/kit.json",
        f"{HOME}/starter/warmup.ipynb",
        f"{HOME}/starter/warmup.py",
        "README.md",
        "data/table.csv",
        "warmup.ipynb",
        "warmup.py",
    ]
    assert (kit / "data/table.csv").read_bytes() == b"1,2\r\n"
    for name in ("warmup.py", "warmup.ipynb"):
        assert (kit / name).read_bytes() == (warmup.root / "assignments/warmup" / name).read_bytes()
    assert list((tmp_path / "kits").iterdir()) == [kit]


def test_a_kit_in_chinese(warmup, tmp_path):
    """Starter and README speak the kit's language."""
    kit = released(warmup, tmp_path, "zh")

    assert (kit / "README.md").read_text(encoding="utf-8").startswith("# 热身\n")
    assert "返回将`x`的每个元素" in (kit / "warmup.py").read_text(encoding="utf-8")


def test_a_kit_gives_nothing_away(warmup, tmp_path):
    """No byte of it holds a line of a solution or a hidden check."""
    secret = "return np.multiply(x, factor * 1.0)"
    course = edited(warmup, SOURCE, "return x * factor", f"'''quoted \"secret\" line'''; {secret}")
    (course.root / CHECKS / "mistakes.toml").write_text("")
    for as_zip in (False, True):
        kit = released(course, tmp_path, as_zip=as_zip)
        if as_zip:
            with zipfile.ZipFile(kit) as archive:
                content = b"".join(archive.read(name) for name in archive.namelist())
        else:
            content = b"".join((kit / name).read_bytes() for name in files(kit))
        for word in ("np.multiply", "quoted", "test_input_unchanged", "BEGIN SOLUTION"):
            assert word.encode() not in content
        assert b"test_negative_factor" in content


def test_a_kit_says_nothing_of_mistakes_but_their_hints(warmup, tmp_path):
    """Neither what one is called nor how it is written; nothing of one that passes in public."""
    mistakes = warmup.mistakes(warmup.assignments[0])
    kit = released(warmup, tmp_path)
    content = b"".join((kit / name).read_bytes() for name in files(kit)).decode(errors="replace")

    assert [m.name for m in mistakes if m.hint.en in content] == ["added", "size_only"]
    assert [m.name for m in mistakes if m.hint.zh in content] == ["added", "size_only"]
    for mistake in mistakes:
        assert not re.search(rf"\b{mistake.name}\b", content)
        assert mistake.replacement not in content


def test_a_kit_says_how_this_course_installs_gradproof(warmup, tmp_path):
    """README and notebook have the course's own command, with what the framework needs."""
    command = 'pip install --find-links wheels "{package}"'
    course = edited(
        warmup, "assignments/course.toml", "seed = ", f"kit.install = '{command}'\nseed = "
    )
    kit = released(course, tmp_path)
    said = 'pip install --find-links wheels "gradproof"'

    assert said in (kit / "README.md").read_text(encoding="utf-8")
    notebook = json.loads((kit / "warmup.ipynb").read_text(encoding="utf-8"))
    assert any(f"%{said}" in "".join(cell["source"]) for cell in notebook["cells"])


def test_a_mistake_in_the_readme_is_refused(warmup, tmp_path, monkeypatch):
    """What a mistake writes is near what is right."""
    text = "x * np.abs(factor)"
    course = edited(warmup, f"{CHECKS}/mistakes.toml", '"x * abs(factor)"', f'"{text}"')
    monkeypatch.setattr(readme_module, "KIT_README", Text(f"# {{title}}\n{text}\n", "{title}"))

    with pytest.raises(AuthoringError, match="would reveal"):
        released(course, tmp_path)


KEPT = f"{HOME}/checks/scale/test_public.py"
LINE, NAME = "return x * factor", "test_input_unchanged"
DATA = "assignments/warmup/files"


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        (f"{CHECKS}/test_public.py", f"#  {LINE}", f"{KEPT}: {LINE!r}"),
        (
            f"{CHECKS}/test_public.py",
            f"# see {NAME}",
            f"{KEPT}: {NAME!r}",
        ),
        (f"{DATA}/notes.bin", f"\0 {LINE} \0", f"{HOME}/files/notes.bin: {LINE!r}"),
        (f"{DATA}/notes.bin", f"\0{NAME}\0", f"{HOME}/files/notes.bin: {NAME!r}"),
        (f"{DATA}/test_hidden.py", "", f"{HOME}/files/test_hidden.py: a hidden check is"),
        ("README.md", LINE, f"README.md: {LINE!r}"),
        ("README.md", f"not `{NAME}`", f"README.md: {NAME!r}"),
    ],
)
def test_a_leak_is_refused(warmup, tmp_path, monkeypatch, name, text, what):
    """Wherever it was smuggled in; and nothing is left behind."""
    path = warmup.root / name
    path.parent.mkdir(exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{before}{text}\n", encoding="utf-8")
    if name == "README.md":
        monkeypatch.setattr(readme_module, "KIT_README", Text(f"# {{title}}\n{text}\n", "{title}"))

    with pytest.raises(AuthoringError) as caught:
        released(Course.load(warmup.root), tmp_path / "kits")
    assert what in str(caught.value).replace("the kit would reveal ", "")
    assert list((tmp_path / "kits").iterdir()) == []


def test_a_leak_in_a_notebook_is_seen_through_its_escapes(warmup, tmp_path):
    """In JSON every quote has a backslash before it; the line is found all the same."""
    line = 'print("scaled by", factor)'
    course = edited(warmup, SOURCE, "    return x * factor", f"    {line}\n    return x * factor")
    kit = released(course, tmp_path)
    notebook = json.loads((kit / "warmup.ipynb").read_text(encoding="utf-8"))
    notebook["cells"][0]["source"] = ["a note\n", f"    {line}\n"]
    (kit / "warmup.ipynb").write_text(json.dumps(notebook), encoding="utf-8")

    with pytest.raises(AuthoringError, match="scaled by"):
        module._prove(course, course.assignments[0], kit)


def test_names_that_are_public_too_are_no_secret(warmup, tmp_path):
    """A hidden check's name that only begins like a public one does not stop a release."""
    course = edited(warmup, f"{CHECKS}/test_hidden.py", "test_input_unchanged", "test_value")

    assert released(course, tmp_path).is_dir()


def test_a_reference_that_fails_is_not_released(warmup, tmp_path):
    """A kit whose own checks are wrong never leaves the house."""
    course = edited(warmup, f"{CHECKS}/test_public.py", "reference.scale(x, 2.5)", "x")

    with pytest.raises(AuthoringError, match="the reference fails test_values"):
        released(course, tmp_path / "kits")
    assert list((tmp_path / "kits").iterdir()) == []


@pytest.mark.parametrize("as_zip", [False, True])
def test_nothing_is_overwritten(warmup, tmp_path, as_zip):
    """An older kit stays as it is."""
    first = released(warmup, tmp_path / "kits", as_zip=as_zip)

    with pytest.raises(UsageError, match="exists; remove it"):
        released(warmup, tmp_path / "kits", as_zip=as_zip)
    assert list((tmp_path / "kits").iterdir()) == [first]


def test_the_same_kit_has_the_same_bytes(warmup, tmp_path):
    """Whenever and wherever it is made, as far as the course is the same."""
    first = released(warmup, tmp_path / "one", as_zip=True)
    other = made(tmp_path / "another course")
    for path in other.root.rglob("*.py"):
        os.utime(path, (1, 1))
    second = released(other, tmp_path / "two", as_zip=True)

    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        names = archive.namelist()
        assert names == sorted(names)
        assert {name.split("/")[0] for name in names} == {"warmup"}
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_stands_in_the_starter_is_no_secret(warmup, tmp_path):
    """A line that is given to learners may also stand in the solution."""
    given = "    result = np.zeros_like(x) + 0.0\n"
    course = edited(
        warmup, SOURCE, "    ### BEGIN SOLUTION\n", given + "    ### BEGIN SOLUTION\n" + given
    )
    cells = read_source(course.root / SOURCE, "numpy")

    assert given in "".join(unsolved(cell) for cell in cells if cell.kind == "code")
    assert released(course, tmp_path).is_dir()


@pytest.mark.parametrize("said", ["en", "zh"])
@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_the_readme_is_complete_in_both_languages(warmup, said, framework):
    """Both name the files to hand in, the commands to run, and the arrays of the starter."""
    text = readme(warmup.assignments[0], said, framework)
    edition = EDITIONS[framework]

    for part in ("warmup.py", "warmup.ipynb", "gradproof check", f"`# framework: {framework}`"):
        assert part in text
    assert f'pip install "{edition.requirement}"' in text
    assert edition.title in text and edition.noun.get(said) in text
    assert "{" not in text


def test_a_kit_in_another_framework(warmup, tmp_path):
    """Its starter imports that framework; the recorded answers and the checks are the same."""
    own = released(warmup, tmp_path / "own")
    other = release(warmup, warmup.assignments[0], tmp_path / "other", "en", framework="jax")

    assert (own / "warmup.py").read_text("utf-8").startswith("# %% [markdown]\n# # Warm-up")
    assert "# framework: jax\nimport jax\n" in (other / "warmup.py").read_text("utf-8")
    assert "import jax.numpy as jnp" in (other / HOME / "starter/warmup.ipynb").read_text("utf-8")
    assert "JAX arrays" in (other / "README.md").read_text("utf-8")
    assert Kit.find(other).assignment.framework == "jax"
    same = [name for name in files(own) if name.startswith((f"{HOME}/checks", f"{HOME}/a"))]
    assert len(same) == 2
    for name in [*same, f"{HOME}/hints/scale"]:
        assert (own / name).read_bytes() == (other / name).read_bytes()


def test_a_check_that_no_recording_can_answer_is_refused(warmup, tmp_path):
    """A public check that asks something else each time would fail at the learner's desk."""
    public = f"{CHECKS}/test_public.py"
    clock = "import time\n\nfrom grader.checks import"
    course = edited(warmup, public, "from grader.checks import", clock)
    asked = "reference.scale(x, 2.5 + 0 * reference.scale(x, time.perf_counter())[0, 0])"
    course = edited(course, public, "reference.scale(x, 2.5)", asked)

    with pytest.raises(AuthoringError, match="an expected value that is not in the kit"):
        released(course, tmp_path / "kits")
    assert list((tmp_path / "kits").iterdir()) == []


def test_a_kit_says_what_hidden_checks_look_at_and_no_more(warmup, tmp_path):
    """Their sentences, but for those that public checks say; no name, no input, no code."""
    kit = released(warmup, tmp_path / "kits")
    (told,) = Kit.find(kit).unseen["scale"]
    content = (kit / HOME / "kit.json").read_text("utf-8")

    assert "The array passed in is unchanged on return." == told.en
    assert "test_" not in content and "draw" not in content

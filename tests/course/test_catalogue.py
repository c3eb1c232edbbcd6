from __future__ import annotations

from fractions import Fraction

import pytest

from grader.course.catalogue import Course
from grader.errors import AuthoringError, UsageError
from grader.exercise import Limits, Variation

TOML = "assignments/course.toml"


def test_a_catalogue_gives_order_points_and_limits(course):
    """Points are exact; limits of an exercise replace the course's one by one."""
    (assignment,) = course.assignments

    assert (
        assignment.name,
        assignment.framework,
        assignment.title.zh,
    ) == ("basics", "torch", "基础")
    assert [("double", Fraction(2)), ("Half", Fraction(1, 2))] == [
        (e.name, e.points) for e in assignment.exercises
    ]
    assert [Limits(5, 4096), Limits(20, 4096)] == [e.limits for e in assignment.exercises]
    assert course.seed == 7
    assert course.min_isolation == "process"


def test_limits_processes_and_isolation_are_what_is_written(edit):
    """Each limit is the exercise's, else the course's; processes are allowed for an assignment."""
    edit(TOML, "seed = 7", 'seed = 7\nmin_isolation = "landlock"')
    edit(TOML, "seconds = 5", "seconds = 5\ndisk_mb = 9")
    course = edit(TOML, 'framework = "torch"', 'framework = "torch"\nallow_processes = true')
    (assignment,) = course.assignments

    assert course.min_isolation == "landlock"
    assert [Limits(5, 4096, 9, 64), Limits(20, 4096, 9, 64)] == [
        exercise.limits for exercise in assignment.exercises
    ]
    assert assignment.processes == 64


@pytest.mark.parametrize(
    ("written", "points"),
    [("3", Fraction(3)), ("0.1", Fraction(1, 10)), ('"1/3"', Fraction(1, 3))],
)
def test_points_are_what_is_written(edit, written, points):
    """A decimal number of points is that number, not the nearest float."""
    course = edit(TOML, "points = 2", f"points = {written}")

    assert points == course.assignments[0].exercises[0].points


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("points = 2", "points = 0", 15, "points cannot be 0"),
        ("points = 2", "points = nan", 15, "points cannot be nan"),
        ("points = 2", 'points = "two"', 15, "points cannot be 'two'"),
        ("points = 2", 'points = "1/0"', 15, "points cannot be '1/0'"),
        ("points = 2", "points = true", 15, "Expected"),
        ("points = 2\n", "", 13, "missing required field `points`"),
        ("points = 2", "points = 2\nweight = 1", 13, "unknown field `weight`"),
        ("points = 2", "points = = 2", 15, "this is not valid TOML"),
        ('name = "double"', 'name = "half"', 19, "'Half' differs from 'half' only in case"),
        ('name = "double"', 'name = "Half"', 19, "the name 'Half' is used twice"),
        ('name = "double"', 'name = "2x"', 13, "'2x' is not a valid name"),
        ('name = "double"', 'name = "lambda"', 13, "'lambda' is not a valid name"),
        ('name = "double"', 'name = "加倍"', 13, "is not a valid name"),
        ('name = "double"', f'name = "{"x" * 51}"', 13, "longer than 50"),
        ('framework = "torch"', 'framework = "pytorch"', 11, "'pytorch' is not a framework"),
        ("seed = 7", 'seed = 7\nframeworks = ["theano"]', 4, "'theano' is not a framework"),
        (
            'framework = "torch"',
            'framework = "torch"\nframeworks = ["theano"]',
            12,
            "'theano' is not a framework",
        ),
        ('framework = "torch"', 'framework = "theano"', 11, "one of numpy, torch, tensorflow"),
        ('zh = "减半"', 'zh = ""', 21, "a text is empty"),
        ('en = "Halving", ', "", 21, "the title of 'Half' has no English; add en = "),
        ("seconds = 5", "seconds = 0", 5, "a limit must be a number above 0"),
        ("seconds = 5", "minutes = 5", 5, "unknown field `minutes`"),
        ("seconds = 5", "cpu_seconds = 5", 5, "remove 'cpu_seconds'"),
        ("seed = 7", "seed = 7.5", 3, "Expected `int`"),
        ("seconds = 5", "disk_mb = 0", 5, "a limit must be a number above 0"),
        ("seed = 7", 'seed = 7\nmin_isolation = "bwrap"', 4, "'bwrap' is not an isolation level"),
        ("seed = 7", 'seed = 7\nmin_isolation = "off"', 4, "write one of bubblewrap, private root"),
    ],
)
def test_a_fault_in_the_catalogue_names_its_line(edit, root, old, new, line, what):
    """Every fault says where to look."""
    with pytest.raises(AuthoringError) as caught:
        edit(TOML, old, new)

    assert (root / TOML, line) == (caught.value.path, caught.value.line)
    assert what in caught.value.what


def test_a_course_without_catalogue_is_refused(tmp_path):
    """The file that is missing is named."""
    (tmp_path / "assignments").mkdir()

    with pytest.raises(AuthoringError, match="cannot be read") as caught:
        Course.load(tmp_path)

    assert tmp_path / TOML == caught.value.path


def test_a_directory_that_is_no_course_is_said_to_be_none(tmp_path):
    """Whoever stands in the wrong directory is told how to name the right one."""
    with pytest.raises(UsageError, match=r"no course in .*--course"):
        Course.load(tmp_path)


def test_a_course_without_assignment_is_refused(root):
    """An empty course would grade nothing."""
    text = (root / TOML).read_text(encoding="utf-8")
    head = text[: text.index("[[assignment]]")]
    (root / TOML).write_text(f"assignment = []\n{head}", encoding="utf-8")

    with pytest.raises(AuthoringError, match="there is no assignment"):
        Course.load(root)


def test_an_assignment_without_exercise_is_refused(root):
    """An empty assignment has no cell to hand out."""
    text = (root / TOML).read_text(encoding="utf-8")
    head = text[: text.index("[[assignment.exercise]]")]
    (root / TOML).write_text(f"{head}exercise = []\n", encoding="utf-8")

    with pytest.raises(AuthoringError, match="'basics' has no exercise"):
        Course.load(root)


def test_an_unknown_name_is_answered_with_near_ones(course):
    """A slip in a name is answered with what it may have meant."""
    with pytest.raises(UsageError, match="no assignment basic; choose from basics"):
        course.assignment("basic")


def test_check_files_follow_the_catalogue(course):
    """Public checks come before hidden ones, exercise by exercise."""
    (assignment,) = course.assignments

    double, half = course.folders(assignment).values()
    assert course.check_files(assignment) == (double.public, double.hidden, half.public)
    assert course.check_files(assignment, public_only=True) == (double.public, half.public)


def test_an_exercise_without_checks_is_refused(course):
    """Grading by no check would be grading by nothing."""
    (assignment,) = course.assignments
    course.folder(assignment, "Half").public.unlink()

    with pytest.raises(AuthoringError, match="'Half' has no checks"):
        course.check_files(assignment)


def test_accepted_variants_are_listed_by_name(course):
    """Every Python file beside the reference's folder of variants counts."""
    (assignment,) = course.assignments
    assert course.accepted(assignment) == ()

    course.accepted_dir(assignment).mkdir()
    for name in ("b.py", "a.py", "notes.md"):
        (course.accepted_dir(assignment) / name).touch()
    assert [path.name for path in course.accepted(assignment)] == ["a.py", "b.py"]


def test_what_is_forbidden_is_as_written(edit):
    """Families and names, in their order; nothing is forbidden if nothing is said."""
    course = edit(TOML, "points = 2\n", 'points = 2\nforbidden = ["softmax", "torch.optim.*"]\n')

    assert [("softmax", "torch.optim.*"), ()] == [
        exercise.forbidden for exercise in course.assignments[0].exercises
    ]


@pytest.mark.parametrize("entry", ["sofmax", "torch softmax", ""])
def test_an_odd_forbidden_name_is_refused_at_its_line(edit, entry):
    """The line of the list is named, and what to write."""
    with pytest.raises(AuthoringError, match=r"course\.toml:16: .*write") as caught:
        edit(TOML, "points = 2\n", f'points = 2\nforbidden = ["{entry}"]\n')
    assert caught.value.line == 16


def test_the_source_must_agree_with_the_catalogue(edit):
    """Exercises of the source are those of the catalogue, in its order."""
    course = edit(TOML, 'name = "double"', 'name = "triple"')
    with pytest.raises(AuthoringError, match=r"'double' is not in .*course\.toml") as caught:
        course.source(course.assignments[0])
    assert caught.value.line == 13

    entry = (
        '\n[[assignment.exercise]]\nname = "double"\npoints = 1\ntitle = { en = "D", zh = "倍" }\n'
    )
    course = edit(TOML, "limits = { seconds = 20 }\n", entry)
    with pytest.raises(AuthoringError, match="there is no cell of 'triple'"):
        course.source(course.assignments[0])


def test_cells_stand_in_the_order_of_the_catalogue(root):
    """Only the catalogue says the order."""
    path = root / TOML
    head, double, half = path.read_text(encoding="utf-8").split("[[assignment.exercise]]")
    text = "[[assignment.exercise]]".join([head, half + "\n", double])
    path.write_text(text, encoding="utf-8")
    course = Course.load(root)

    with pytest.raises(AuthoringError, match="in this order: Half, double"):
        course.source(course.assignments[0])


def test_what_changes_and_what_must_vary_is_as_written(edit):
    """A phrase for each argument; nothing if nothing is said."""
    more = 'points = 2\nchanges = "x"\nvaries = { x = "any shape, 0 to 1" }\n'
    course = edit(TOML, "points = 2\n", more)
    double, half = course.assignments[0].exercises

    assert course.source(course.assignments[0])
    assert (double.changes, double.changed_at) == (("x",), (0,))
    assert course.assignments[0].changes == {"double": {"x": 0}}
    assert double.varies == (Variation("x", frozenset({"any shape"}), (0.0, 1.0)),)
    assert (half.changes, half.varies) == ((), ())


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ('changes = "y"', "'double' has no argument 'y'; write one of x"),
        ('changes = ["x", "y"]', "'double' has no argument 'y'; write one of x"),
        ('varies = { y = "any shape" }', "'double' has no argument 'y'; write one of x"),
        ('varies = { x = "huge" }', "'huge' of 'x' is no demand; write 'any shape'"),
        ('varies = ["x.shape"]', "'varies' has a phrase for each argument now: varies = { x"),
    ],
)
def test_an_argument_that_is_none_names_its_line(edit, more, what):
    """The names are those of the reference's function."""
    with pytest.raises(AuthoringError, match=what) as caught:
        course = edit(TOML, "points = 2\n", f"points = 2\n{more}\n")
        course.source(course.assignments[0])
    assert caught.value.line == 16

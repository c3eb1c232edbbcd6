"""A kit, far from the course that it was released from."""

from __future__ import annotations

import shutil
import zipfile

import pytest

from grader import language
from grader.course.catalogue import Course
from grader.course.scaffold import new_course
from grader.kit.kit import Kit
from grader.kit.release import release


@pytest.fixture(autouse=True)
def english():
    """Speak English, also after a test that did not."""
    language.use("en")
    yield
    language.use("en")


@pytest.fixture(scope="session")
def packed(tmp_path_factory):
    """Return a released kit as a zip."""
    home = tmp_path_factory.mktemp("house")
    new_course(home / "course")
    course = Course.load(home / "course")
    path = release(course, course.assignments[0], home, "en", as_zip=True)
    shutil.rmtree(course.root)
    return path


@pytest.fixture
def kit(packed, tmp_path):
    """Return the kit, unpacked in a folder with an awkward name."""
    place = tmp_path / "my 作业 (1)"
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(place)
    return Kit.find(place / "warmup")

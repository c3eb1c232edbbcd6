"""nbgrader, as it is used here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.gradebook.nbgrader_import import at_ease, keep_engines

api = pytest.importorskip("nbgrader.api", reason="nbgrader is not installed")


@pytest.fixture(autouse=True)
def as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave nbgrader as it was, and let it find what it starts."""
    monkeypatch.setattr(api, "create_engine", api.create_engine)
    with at_ease():
        yield


def test_a_gradebook_in_a_file_has_one_engine(tmp_path: Path) -> None:
    """Whoever opens it again finds compiled what was asked before; each sees what others write."""
    keep_engines()
    keep_engines()
    url = f"sqlite:///{tmp_path / 'gradebook.db'}"
    with api.Gradebook(url) as one:
        with api.Gradebook(url) as other:
            other.update_or_create_student("ada")

            assert one.engine is other.engine

        assert ["ada"] == [student.id for student in one.students]


@pytest.mark.slow
def test_other_gradebooks_have_their_own_engines(tmp_path: Path) -> None:
    """Two files are two gradebooks, and what is in memory is gone when it is closed."""
    keep_engines()
    first, second = (api.Gradebook(f"sqlite:///{tmp_path / name}") for name in ("a.db", "b.db"))
    with first, second:
        first.update_or_create_student("ada")

        assert [] == second.students
        assert first.engine is not second.engine
    with api.Gradebook("sqlite:///:memory:") as book:
        book.update_or_create_student("ada")
    with api.Gradebook("sqlite:///:memory:") as book:
        assert [] == book.students


def test_no_connection_is_kept_with_an_engine(tmp_path: Path) -> None:
    """Else closing one gradebook would leave those of another to nobody."""
    open_files = Path("/proc/self/fd")
    if not open_files.is_dir():
        pytest.skip("open files are counted in /proc, which is not there")
    keep_engines()
    path = tmp_path / "gradebook.db"
    with api.Gradebook(f"sqlite:///{path}") as book:
        book.update_or_create_student("ada")
        book.db.commit()

        assert path not in {link.resolve() for link in open_files.iterdir()}

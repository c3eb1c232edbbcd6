"""The folder of one exercise: its checks, its mistakes and its other files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..exercise import HIDDEN_CHECKS, PUBLIC_CHECKS

MISTAKES = "mistakes.toml"
TOLERANCES = "tolerances.toml"
EQUIVALENTS = "equivalents.toml"

#: older versions had one of each for all exercises of an assignment
FLAT_TABLES = (MISTAKES, EQUIVALENTS, TOLERANCES)


@dataclass(frozen=True, slots=True)
class ExerciseFolder:
    """The folder in which an author keeps one exercise; it has the name of the exercise."""

    path: Path

    @property
    def public(self) -> Path:
        """The checks that learners get."""
        return self.path / PUBLIC_CHECKS

    @property
    def hidden(self) -> Path:
        """The checks that learners do not get."""
        return self.path / HIDDEN_CHECKS

    @property
    def mistakes(self) -> Path:
        """The known mistakes."""
        return self.path / MISTAKES

    @property
    def tolerances(self) -> Path:
        """The largest errors of correct solutions."""
        return self.path / TOLERANCES

    @property
    def equivalents(self) -> Path:
        """The mutants and the corrupted answers that are right, too."""
        return self.path / EQUIVALENTS

    @property
    def promises(self) -> Path:
        """The statement's promises, and the checks that test them."""
        return self.path / "promises.toml"

    @property
    def offences(self) -> tuple[Path, ...]:
        """Solutions that use something forbidden: ``offence.py`` and any others."""
        return tuple(sorted(self.path.glob("offence*.py")))

    @property
    def inputs(self) -> Path:
        """The one call that a lecture would try, for comparisons with other graders."""
        return self.path / "inputs.py"

    @property
    def known(self) -> frozenset[Path]:
        """All files that gradproof reads from here."""
        tables = (self.mistakes, self.tolerances, self.equivalents, self.promises)
        return frozenset([self.public, self.hidden, *tables, self.inputs, *self.offences])


def flat_checks(exercise: str) -> dict[str, str]:
    """Return the names of the check files, by their names in older versions."""
    return {f"test_{exercise}.py": PUBLIC_CHECKS, f"test_{exercise}_hidden.py": HIDDEN_CHECKS}


def is_flat(folder: Path, exercises: Iterable[str]) -> bool:
    """Return whether *folder*, with an assignment's checks, has the layout of older versions."""
    old = [*FLAT_TABLES, *(name for exercise in exercises for name in flat_checks(exercise))]
    return any((folder / name).is_file() for name in old)

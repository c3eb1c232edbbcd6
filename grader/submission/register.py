"""Who is in the class, as far as anybody has said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from ..errors import SubmissionError
from ..language import _
from .labels import Person
from .layouts import Layout


class Register(Protocol):
    """Who is in the class."""

    def identify(self, person: Person) -> tuple[str, ...]:
        """Return the identifiers of *person*, of a team several; raises SubmissionError."""

    def knows(self, name: str) -> bool:
        """Whether *name* is somebody's."""

    def is_section(self, name: str) -> bool:
        """Whether *name* is that of a part of the class."""

    def about(self, learner: str) -> tuple[str, str]:
        """Return the name and the section of *learner*; empty if they are not known."""

    def address(self, learner: str) -> str:
        """Return the e-mail address of *learner*; empty if it is not known."""

    def missing(self, submitted: Iterable[str]) -> tuple[str, ...]:
        """Return who is in the class and not among *submitted*."""

    def strangers(self, submitted: Iterable[str]) -> tuple[str, ...]:
        """Return who is among *submitted* and not in the class."""


class AnyName:
    """The register of a class that has none: everybody is who their files say."""

    def identify(self, person: Person) -> tuple[str, ...]:
        """Return the identifier that the name gives; raises SubmissionError for a team."""
        if person.team:
            text = _("{team} is a team; say who is in it, in roster.csv or with --ids.")
            raise SubmissionError(text.format(team=person.learner))
        return (person.learner,)

    def knows(self, name: str) -> bool:
        """Nobody is known."""
        return False

    def is_section(self, name: str) -> bool:
        """No part of the class is known."""
        return False

    def about(self, learner: str) -> tuple[str, str]:
        """Nothing is known of anybody."""
        return "", ""

    def address(self, learner: str) -> str:
        """Nobody's address is known."""
        return ""

    def missing(self, submitted: Iterable[str]) -> tuple[str, ...]:
        """Nobody is missed."""
        return ()

    def strangers(self, submitted: Iterable[str]) -> tuple[str, ...]:
        """Nobody is a stranger."""
        return ()


@dataclass(frozen=True, slots=True)
class NamingRules:
    """How it is seen whose a submission is.

    Attributes:
        pattern: reads every path, in the place of what is known of platforms.

        encoding: of names in archives that do not say it, if the class does not tell.
    """

    register: Register = field(default_factory=AnyName)
    pattern: Layout | None = None
    encoding: str = ""

    @property
    def has_register(self) -> bool:
        """Whether anybody has said who is in the class."""
        return not isinstance(self.register, AnyName)

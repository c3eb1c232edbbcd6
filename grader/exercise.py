"""The values a course is made of. Standard library only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

Language = Literal["en", "zh"]
#: how an exercise counts: its points are earned and on offer; earned only; neither
Counts = Literal["yes", "bonus", "optional"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
#: frameworks in which submissions can be graded
FRAMEWORKS = ("numpy", "torch", "tensorflow", "jax", "mxnet")

#: the check files in the folder of an exercise
PUBLIC_CHECKS = "test_public.py"
HIDDEN_CHECKS = "test_hidden.py"


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in every language that learners read."""

    en: str
    zh: str

    def get(self, language: Language) -> str:
        """Return the sentence in *language*."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Limits:
    """The resources that one check may use.

    Attributes:
        seconds: processor time for the learner's code in one check.

        memory_mb: address space beyond what the worker starts with, in MiB.

        disk_mb: total size of the files that it writes, in MiB.

        processes: how many processes it may start; if 0, it may not run other programs either.
    """

    seconds: float = 10.0
    memory_mb: int = 4096
    disk_mb: int = 64
    processes: int = 0


#: what the arguments of an exercise must be in its checks, if nothing else is said: arrays come in
#: other sizes, with one of 1, with sizes that differ, with both signs; numbers have other values,
#: whole ones a third, others a fraction such as 0.37; lists have other lengths, and one of 1; what
#: has a default is left out once and given once
DEMANDS = (
    "other sizes",
    "size 1",
    "unequal sizes",
    "other value",
    "third value",
    "fraction",
    "other lengths",
    "length 1",
    "default",
)


@dataclass(frozen=True, slots=True)
class Variation:
    """What one argument must be in the calls of an exercise's checks.

    Attributes:
        words: of ``any shape``, ``both signs``, ``positive`` and ``not negative``.

        bounds: the range that its numbers come from, and reach the ends of.

        without: the :data:`DEMANDS` that are taken away, each on one axis or, with None, on all.
    """

    argument: str
    words: frozenset[str] = frozenset()
    bounds: tuple[float, float] | None = None
    without: frozenset[tuple[str, int | None]] = frozenset()

    def asks_for(self, demand: str, axis: int | None = None) -> bool:
        """Whether one of :data:`DEMANDS` is not taken away."""
        return not {(demand, None), (demand, axis)} & self.without


@dataclass(frozen=True, slots=True)
class Exercise:
    """One function or class that a learner writes.

    Attributes:
        changes: the arguments that it changes in place.

        changed_at: where these stand among its arguments; empty if the reference cannot be read.

        varies: what must differ between the calls of its checks.

        precision: relative tolerance by dtype, where correct solutions need more than the usual.

        forbidden: what learners must write themselves: families, dotted names with ``*``.

        counts: ``bonus`` points are earned beyond those on offer, ``optional`` ones only shown.
    """

    name: str
    title: Text
    points: Fraction
    limits: Limits = Limits()
    precision: tuple[tuple[str, float], ...] = ()
    forbidden: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    changed_at: tuple[int, ...] = ()
    varies: tuple[Variation, ...] = ()
    counts: Counts = "yes"


@dataclass(frozen=True, slots=True)
class RubricLine:
    """Something that a person judges, such as a plot or a written answer."""

    name: str
    title: Text
    points: Fraction


@dataclass(frozen=True, slots=True)
class Assignment:
    """An ordered group of exercises that are released and submitted together.

    *framework* is that of its reference, and *frameworks* are those of its starters, this one
    first; submissions may use another. *allow_tf32* lets a GPU multiply float32 with ten bits of
    mantissa, and widens the tolerance accordingly. *editable* are those of the files that come with
    the starter that learners may change. *install* is how learners install gradproof; empty for the
    usual way. *rubric* is what a person judges, and *weight* is what the
    assignment counts for in the total of the term; None for its points. *canvas* is its address on
    Canvas, if it has one.
    """

    name: str
    title: Text
    framework: str
    exercises: tuple[Exercise, ...]
    allow_tf32: bool = False
    editable: tuple[str, ...] = ()
    frameworks: tuple[str, ...] = ()
    install: str = ""
    rubric: tuple[RubricLine, ...] = ()
    weight: Fraction | None = None
    canvas: str = ""

    def __post_init__(self) -> None:
        if not self.frameworks:
            object.__setattr__(self, "frameworks", (self.framework,))

    @property
    def points(self) -> Fraction:
        """The points on offer: of the exercises that count, and of the rubric."""
        offers = [one.points for one in self.exercises if one.counts == "yes"]
        return sum((*offers, *(line.points for line in self.rubric)), Fraction(0))

    @property
    def titles(self) -> dict[str, Text]:
        """The titles of the exercises and of the lines of the rubric, by name."""
        titles = {exercise.name: exercise.title for exercise in self.exercises}
        return titles | {line.name: line.title for line in self.rubric}

    def exercise(self, name: str) -> Exercise:
        """Return the exercise called *name*; raises KeyError."""
        for exercise in self.exercises:
            if exercise.name == name:
                return exercise
        raise KeyError(name)

    @property
    def changes(self) -> dict[str, dict[str, int]]:
        """For each exercise that changes arguments in place, their names and positions."""
        changing = (exercise for exercise in self.exercises if exercise.changed_at)
        return {e.name: dict(zip(e.changes, e.changed_at, strict=True)) for e in changing}

    @property
    def processes(self) -> int:
        """How many processes learners' code may start; 0 unless the course allows them."""
        return max((exercise.limits.processes for exercise in self.exercises), default=0)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A known mistake: one edit of the reference.

    Attributes:
        replace: text that occurs exactly once in the reference's cell of *exercise*.

        replacement: what a learner with this mistake writes instead.

        caught_by: the names of exactly those checks that must fail.

        topic: what it concerns, as one word; empty if not stated.

        line: its line in the exercise's ``mistakes.toml``.
    """

    exercise: str
    name: str
    replace: str
    replacement: str
    caught_by: tuple[str, ...]
    hint: Text
    topic: str = ""
    line: int = field(default=0, compare=False)

    @property
    def label(self) -> str:
        """Its name in messages."""
        return f"mistake {self.name!r}"


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise of a statement or of a check's sentence, and an edit that breaks it.

    Attributes:
        sentence: the sentence, or a part of it, in English.

        held_by: the names of the checks that fail if it is broken.

        mistake: the known mistake that breaks it; empty if the edit is none.

        replace: text that occurs exactly once in the reference's cell of *exercise*.

        replacement: what stands there when the promise is broken.

        line: its line in the exercise's ``promises.toml``.
    """

    exercise: str
    sentence: str
    held_by: tuple[str, ...]
    mistake: str
    replace: str
    replacement: str
    line: int = field(default=0, compare=False)

    @property
    def label(self) -> str:
        """Its name in messages."""
        return f"promise {self.sentence!r}"


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a submission's code that can fail independently: a notebook cell or a file.

    Attributes:
        label: its name for people, for example ``softmax.py`` or ``cell 3``.

        line: the number of its first line within *label*.
    """

    label: str
    text: str
    line: int = 1


#: how a submission may define an exercise, the surest first; ``script``: only below
#: ``if __name__ == "__main__":``, which grading does not run
State = Literal["written", "script", "blank"]


@dataclass(frozen=True, slots=True)
class OtherPlace:
    """Another place where a submission defines an exercise.

    Attributes:
        file, cell, state: as of a :class:`Source`.

        same: whether its code is that which was graded.

        points: what it would earn; None if it was not graded, too.
    """

    file: str
    cell: str
    state: State
    same: bool
    points: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where in a submission an exercise was taken from.

    Attributes:
        file: relative path.

        cell: the label of the notebook's cell; empty in a script.

        others: the other files that define it, the next best first.
    """

    file: str
    cell: str
    state: State
    others: tuple[OtherPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class Submission:
    """A learner's submission, read but not run.

    Attributes:
        name: file or folder name, for people.

        chunks: the code of the main file in order; graded functions are looked up in it by name.

        files: helper modules and data submitted with it, by their paths in the submitted folder.

        folder: where in that folder the main file lies, and its code runs; empty at the top.

        framework: one of :data:`FRAMEWORKS`.

        digest: SHA-256 of the submitted bytes, in hexadecimal.

        file: relative path of the main file; empty if it is not known.

        sources: where each exercise was taken from, as far as known.

        elsewhere: exercises that are not taken from the main file, with the submission as it is
            read with their file as the main one.

        rivals: other written definitions, as the submission with their file as the main one, by
            file; each with the exercises that it writes, too.

        notes: what a report should say.
    """

    name: str
    chunks: tuple[Chunk, ...]
    framework: str
    digest: str
    files: tuple[tuple[str, bytes], ...] = ()
    folder: str = ""
    file: str = ""
    sources: Mapping[str, Source] = field(default_factory=dict)
    elsewhere: Mapping[str, Submission] = field(default_factory=dict)
    rivals: Mapping[str, tuple[Submission, frozenset[str]]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def holding(self, exercise: str) -> Submission:
        """Return the submission as it is read for *exercise*: with its file as the main one."""
        return self.elsewhere.get(exercise, self)

    @property
    def parts(self) -> tuple[Submission, ...]:
        """This submission, and those with other main files that exercises are taken from."""
        others = {id(one): one for one in self.elsewhere.values()}
        return (self, *others.values())

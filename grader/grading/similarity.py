"""Which submissions of a class are alike: in their code, and in their wrong answers.

Nothing here is a verdict. It is evidence for a person, with how common it is in the class.
"""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from grader.course.catalogue import Course
from grader.course.editions import in_edition
from grader.course.slots import slot_of
from grader.course.source import Cell, read_cells, reference_text, unsolved
from grader.errors import UsageError
from grader.exercise import FRAMEWORKS, Assignment, Submission
from grader.language import _, listed
from grader.report.class_summary import natural_order
from grader.report.similarity import (
    COMMON,
    PLAIN,
    RARE,
    AlikeExercise,
    Baseline,
    Line,
    Pair,
    SameAnswers,
    Side,
    Similarity,
)
from grader.sandbox.isolation import STRONGEST
from grader.scoring.results import Results
from grader.submission.alike_pairs import SHARE, Compared, compared
from grader.submission.likeness import Alike, Code
from grader.submission.listings import Listing, listings
from grader.submission.read import read_submission
from grader.submission.slot import Slot
from grader.submission.store import Version, require_intact

from .attempts import counted
from .same_answers import same_answers, wrong_answers
from .score import submissions_of
from .setup import Unread, read_or_note, text_submission

#: symbols that two must have in common, in all exercises that are alike, to be shown
FLOOR = 80.0

#: called with the number done, the total, and what is done
Progress = Callable[[int, int, str], None]


@dataclass
class _Class:
    """The submissions of a class, read.

    Attributes:
        code: by exercise and learner.

        owners: by learner: the first of the group.

        names: what stands for a learner on the page: all of a group whose work is the same.

        unread: who was not read, and why.

        works: the submissions, by learner.
    """

    code: dict[str, dict[str, Listing]] = field(default_factory=lambda: defaultdict(dict))
    owners: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    unread: list[tuple[str, str]] = field(default_factory=list)
    works: dict[str, Submission] = field(default_factory=dict)


def similarity(
    course: Course,
    assignment: Assignment,
    floor: float = FLOOR,
    share: float = SHARE,
    jobs: int = 1,
    level: str = STRONGEST,
    with_answers: bool = True,
    progress: Progress = lambda done, total, what: None,
) -> Similarity:
    """Return what is alike in the submissions that count for *assignment*.

    Args:
        floor: how many symbols a pair must have in common.

        share: how much of an exercise must be the same for it to count, from 0 to 1.

        jobs: number of processes that run wrong answers again.

        level: the strongest isolation to try, one of ``walls.LEVELS``.

        with_answers: whether wrong answers are compared, too, if there are reports.

    Raises:
        UsageError: nothing has been collected.

        AuthoringError: the course cannot be used.

        InternalError: the isolation here is weaker than the course asks for.
    """
    read = _read(course, assignment, progress)
    known = _known(course, assignment)
    every: dict[tuple[str, str], list[tuple[str, Alike]]] = defaultdict(list)
    results: dict[str, Compared] = {}
    codes: dict[str, dict[str, Code]] = {}
    for number, exercise in enumerate(one.name for one in assignment.exercises):
        progress(number, len(assignment.exercises), exercise)
        codes[exercise] = {
            who: Code.of(read.owners[who], listing.parts)
            for who, listing in read.code[exercise].items()
        }
        results[exercise] = compared(codes[exercise], known[exercise], share)
        for pair, likeness in results[exercise].pairs.items():
            every[pair].append((exercise, likeness))
    answers = None
    if with_answers:
        answers = _answers(course, assignment, read, (jobs, level), progress)
    pairs = [
        _pair(read, codes, results, (both, found), answers or ())
        for both, found in every.items()
        if sum(likeness.worth for _exercise, likeness in found) >= floor
    ]
    pairs.sort(key=lambda pair: (-pair.symbols, *map(natural_order, pair.learners)))
    return Similarity(
        assignment.name,
        assignment.title,
        len({*read.owners.values()}),
        tuple(pairs),
        floor,
        share,
        tuple(_baseline(name, result) for name, result in results.items()),
        None if answers is None else tuple(answers),
        unread=tuple(read.unread),
    )


# -- reading ---------------------------------------------------------------------------------------


def _read(course: Course, assignment: Assignment, progress: Progress) -> _Class:
    store = submissions_of(course)
    learners = sorted(store.learners(assignment.name), key=natural_order)
    if not learners:
        text = _("Nothing has been collected for {name}. Run: gradproof collect {name} --from PATH")
        raise UsageError(text.format(name=assignment.name))
    found = _Class()
    slot = slot_of(course, assignment)
    exercises = [exercise.name for exercise in assignment.exercises]
    given = {name for name, _data in course.given(assignment).files}
    groups: dict[str, str] = {}
    works: dict[tuple[str, str], str] = {}
    for number, learner in enumerate(learners):
        progress(number, len(learners), learner)
        try:
            version = counted(course, store, assignment, learner)
            read = _submission(assignment, version, slot) if version else None
        except (UsageError, OSError) as error:
            found.unread.append((learner, str(error)))
            continue
        if version is None or read is None:
            continue
        if isinstance(read, Unread):
            found.unread.append((learner, read.reason))
            continue
        owner = _owner(learner, version.metadata.group, groups)
        found.owners[learner] = owner
        twin = works.setdefault((owner, read.digest), learner)
        if twin != learner:
            # of a group with one work, one stands for all
            found.names[twin] = listed([found.names[twin], learner])
            continue
        found.names[learner], found.works[learner] = learner, read
        for exercise, listing in listings(read, exercises, given).items():
            if listing.too_large:
                text = _("{exercise} is too long or nested too deep to be compared")
                found.unread.append((learner, text.format(exercise=exercise)))
            else:
                found.code[exercise][learner] = listing
    return found


def _submission(assignment: Assignment, version: Version, slot: Slot) -> Submission | Unread:
    require_intact(version)
    return read_or_note(version.main, assignment, version.name, version.digest, slot=slot)


def _owner(learner: str, group: Iterable[str], groups: dict[str, str]) -> str:
    """Return the learner who stands for the group of *learner*, and note the group."""
    members = [learner, *group]
    owner = next((groups[one] for one in members if one in groups), learner)
    groups.update(dict.fromkeys(members, owner))
    return owner


def _known(course: Course, assignment: Assignment) -> Mapping[str, Sequence[Code]]:
    """Return the code of starters, reference and accepted variants, by exercise."""
    cells = read_cells(course.reference(assignment))
    texts = []
    for framework in FRAMEWORKS:
        edition = list(in_edition(cells, assignment.framework, framework))
        texts += [(reference_text(edition), framework), (_starter(edition), framework)]
    works = [text_submission("known.py", *text) for text in dict.fromkeys(texts)]
    works += [read_submission(path, assignment.name) for path in course.accepted(assignment)]
    exercises = [exercise.name for exercise in assignment.exercises]
    found: dict[str, list[Code]] = {name: [] for name in exercises}
    for work in works:
        for exercise, listing in listings(work, exercises, with_stubs=True).items():
            found[exercise].append(Code.of("", listing.parts))
    return found


def _starter(cells: Sequence[Cell]) -> str:
    return "\n".join(unsolved(cell) for cell in cells if cell.kind == "code" and not cell.story)


def _answers(
    course: Course,
    assignment: Assignment,
    read: _Class,
    how: tuple[int, str],
    progress: Progress,
) -> list[SameAnswers] | None:
    """Return the unusual wrong answers that several gave; None if nothing is scored."""
    results = Results(course.root / "results", assignment.name)
    works = {}
    for learner, submission in read.works.items():
        report = results.read(learner)
        if report is not None and report[0].digest == submission.digest:
            works[learner] = submission, report[0]
    if not works:
        return None
    found = wrong_answers(course, assignment, works, *how, progress)
    wrote = {
        exercise: len({read.owners[who] for who in several})
        for exercise, several in read.code.items()
    }
    return [
        replace(one, learners=tuple(read.names[who] for who in one.learners))
        for one in same_answers(found, read.owners, wrote)
    ]


# -- results ---------------------------------------------------------------------------------------


def _baseline(exercise: str, result: Compared) -> Baseline:
    own = statistics.median(result.own.values()) if result.own else 0.0
    high = result.quantile(0.01)
    return Baseline(exercise, len(result.own), own, result.quantile(0.5), high)


def _pair(
    read: _Class,
    codes: Mapping[str, Mapping[str, Code]],
    results: Mapping[str, Compared],
    alike: tuple[tuple[str, str], Sequence[tuple[str, Alike]]],
    answers: Iterable[SameAnswers],
) -> Pair:
    both, found = alike
    exercises = []
    for exercise, likeness in found:
        left, right = (codes[exercise][who] for who in both)
        lines = [read.code[exercise][who] for who in both]
        here = _marks(likeness, left, right)
        sides = tuple(
            _side(read.names[who], lines[place], here[place], lines[1 - place])
            for place, who in enumerate(both)
        )
        exercises.append(
            AlikeExercise(
                exercise,
                likeness.share,
                likeness.worth,
                results[exercise].strangers(both),
                (sides[0], sides[1]),
            )
        )
    exercises.sort(key=lambda one: -one.symbols)
    symbols = sum(one.symbols for one in exercises)
    names = read.names[both[0]], read.names[both[1]]
    same = tuple(one for one in answers if set(names) <= set(one.learners))
    return Pair(names, symbols, tuple(exercises), same)


#: for each line of a listing, how rare what is the same in it is, and the lines of the other
_Marks = dict[int, tuple[float, set[int]]]


def _marks(likeness: Alike, left: Code, right: Code) -> tuple[_Marks, _Marks]:
    ours: _Marks = {}
    theirs: _Marks = {}
    for match in likeness.matches:
        one, other = left.nodes[match.left], right.nodes[match.right]
        rare = match.worth / one.size
        for marks, here, there in ((ours, one, other), (theirs, other, one)):
            for line in range(here.line, here.last + 1):
                known, beside = marks.get(line, (0.0, set[int]()))
                marks[line] = max(known, rare), beside | {there.line}
    return ours, theirs


def _side(name: str, listing: Listing, marks: _Marks, other: Listing) -> Side:
    lines = []
    for place, (_label, number, text) in enumerate(listing.lines, 1):
        rare, beside = marks.get(place, (0.0, ()))
        mark = PLAIN if not beside else RARE if rare >= 0.5 else COMMON
        numbers = sorted({other.lines[at - 1][1] for at in beside if at <= len(other.lines)})
        lines.append(Line(number, text, mark, tuple(numbers)))
    places = Counter(label for label, _number, _text in listing.lines)
    return Side(name, places.most_common(1)[0][0] if places else "", tuple(lines))

"""Sends grades to an assignment on Canvas, by its REST interface.

First it is asked what stands there; only grades that differ are sent, one by one, so that it is
always known which arrived. Sending again continues. Canvas compares grades to two decimals.
"""

from __future__ import annotations

import re
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from grader.errors import InternalError, NotInstalled, UsageError
from grader.language import _
from grader.report.points_text import rounded

from .graded_class import GradedClass

if TYPE_CHECKING:
    from canvasapi.assignment import Assignment as CanvasAssignment
    from canvasapi.submission import Submission as CanvasSubmission

#: the environment variable with the access token, which stands nowhere else
TOKEN = "CANVAS_TOKEN"
_PLACES = 2
#: seconds without an answer after which the connection counts as lost
_PATIENCE = 60
#: pauses in seconds where Canvas says that requests come too fast
_PAUSES = (1, 2, 4, 8, 16)
_ADDRESS = re.compile(r"(https?://([^/\s?#]+)(?:/[^\s?#]*)?)/courses/(\d+)/assignments/(\d+)/?")
#: how grades of the assignment may be shown, if a number of points is to be one
_NUMERIC = ("points", "percent", "letter_grade", "gpa_scale")


@dataclass(frozen=True, slots=True)
class Address:
    """An assignment on Canvas: where Canvas is, and the numbers of course and assignment."""

    url: str
    course: int
    assignment: int

    @classmethod
    def read(cls, text: str) -> Address:
        """Read the address that a browser shows; raises UsageError if it is no such address."""
        found = _ADDRESS.fullmatch(text.strip())
        if found is None:
            text = _(
                "{text} is not the address of an assignment on Canvas; it looks like "
                "https://canvas.example.org/courses/12/assignments/345"
            ).format(text=text or "''")
            raise UsageError(text)
        host = re.sub(r":\d+$", "", found[2])
        if found[1].startswith("http:") and host not in ("127.0.0.1", "localhost"):
            raise UsageError(_("Grades are sent over https only."))
        return cls(found[1], int(found[3]), int(found[4]))


@dataclass(frozen=True, slots=True)
class Change:
    """A grade that differs from what stands on Canvas.

    Attributes:
        user: the learner's number on Canvas.

        before: what stands there; empty if nothing.

        in_time: whether Canvas is told to take nothing for lateness, since *now* has it.
    """

    learner: str
    user: int
    before: str
    now: str
    in_time: bool = False


@dataclass
class Planned:
    """What is to be sent.

    Attributes:
        same: how many grades stand there already.

        missing: learners with a grade to whom Canvas does not assign it.

        unknown: names on Canvas of those without a grade here.

        excused: learners whom Canvas excuses; they are left alone.

        maximum: the points that Canvas gives at most; None if it does not say.
    """

    changes: list[Change] = field(default_factory=list)
    same: int = 0
    missing: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    excused: list[str] = field(default_factory=list)
    maximum: Fraction | None = None


@dataclass
class Sent:
    """What became of sending.

    Attributes:
        arrived: what Canvas has taken.

        refused: what it did not take, with the reason.

        unclear: what it may have taken: the connection was lost before the answer.

        left: what was not sent.

        stopped: why the rest was not sent; empty if all was.
    """

    arrived: list[Change] = field(default_factory=list)
    refused: list[tuple[Change, str]] = field(default_factory=list)
    unclear: list[Change] = field(default_factory=list)
    left: list[Change] = field(default_factory=list)
    stopped: str = ""


class OnCanvas:
    """An assignment on Canvas.

    Args:
        token: an access token of a teacher of the course.

    Raises:
        NotInstalled: canvasapi is not installed.

        UsageError: there is no token, or Canvas refuses it or knows no such assignment, or a number
            of points cannot be its grade.

        InternalError: Canvas cannot be reached.
    """

    def __init__(self, address: Address, token: str) -> None:
        try:
            from canvasapi import Canvas
        except ImportError:
            text = _(
                "Sending grades to Canvas needs canvasapi. Run: pip install 'gradproof[canvas]'"
            )
            raise NotInstalled(text, "canvasapi") from None
        if not token.strip():
            text = _(
                "There is no access token. Make one on Canvas (Account, Settings, New access "
                "token), and set the environment variable {name} to it."
            )
            raise UsageError(text.format(name=TOKEN))
        self._stands: dict[int, CanvasSubmission] = {}
        with _told(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of http, which is for this machine alone
            canvas = Canvas(address.url, token)
            # canvasapi waits without end, and has no other place to say for how long
            session = canvas._Canvas__requester._session
            session.request = partial(session.request, timeout=_PATIENCE)
            self._course = canvas.get_course(address.course)
            self._assignment: CanvasAssignment = self._course.get_assignment(address.assignment)
        self._require_numbers()

    def _require_numbers(self) -> None:
        one = self._assignment
        if getattr(one, "grading_type", "points") not in _NUMERIC:
            text = _("On Canvas, grades of {name} are no points, but {kind}.")
            raise UsageError(text.format(name=one.name, kind=one.grading_type))
        if getattr(one, "group_category_id", None) and not getattr(
            one, "grade_group_students_individually", False
        ):
            text = _(
                "On Canvas, {name} gives a group one grade; let it grade each member individually."
            )
            raise UsageError(text.format(name=one.name))
        if getattr(one, "moderated_grading", False) and not getattr(one, "grades_published", True):
            text = _("On Canvas, {name} is moderated; release its grades there first.")
            raise UsageError(text.format(name=one.name))

    def planned(self, everybody: GradedClass, judges_lateness: bool) -> Planned:
        """Return what differs on Canvas from the grades of *everybody*.

        Args:
            judges_lateness: whether the grades have what lateness costs. Then Canvas takes
                nothing for it; otherwise its own policy holds.

        Raises:
            UsageError: two people on Canvas are one learner.

            InternalError: Canvas cannot be reached.
        """
        done = Planned()
        points = getattr(self._assignment, "points_possible", None)
        done.maximum = None if points is None else Fraction(str(points))
        with _told():
            users = list(self._course.get_users(enrollment_type=["student"], include=["email"]))
            self._stands = {one.user_id: one for one in self._assignment.get_submissions()}
        seen: dict[str, str] = {}
        for user in users:
            names = ("id", "sis_user_id", "login_id", "email")
            learner = everybody.who([str(getattr(user, name, None) or "") for name in names])
            if not learner:
                done.unknown.append(str(user.name))
                continue
            if learner in seen:
                text = _("Two people on Canvas are {learner} here: {one} and {other}.")
                both = {"one": seen[learner], "other": user.name}
                raise UsageError(text.format(learner=learner, **both))
            seen[learner] = str(user.name)
            now = rounded(everybody.results[learner].score, _PLACES)
            self._compare(done, learner, user.id, now, judges_lateness)
        done.missing += [learner for learner in everybody.results if learner not in seen]
        return done

    def _compare(
        self, done: Planned, learner: str, user: int, now: str, judges_lateness: bool
    ) -> None:
        """Note in *done* whether a learner's grade on Canvas is another."""
        there = self._stands.get(user)
        if there is None:
            done.missing.append(learner)
            return
        if getattr(there, "excused", False):
            done.excused.append(learner)
            return
        before = _points(there)
        is_late = bool(getattr(there, "late", False) or getattr(there, "points_deducted", None))
        takes_off = judges_lateness and is_late
        is_told = getattr(there, "late_policy_status", None) == "none"
        if before == now and (is_told or not takes_off):
            done.same += 1
        else:
            done.changes.append(Change(learner, user, before, now, takes_off))

    def send(self, changes: Sequence[Change], told: Callable[[Change], None]) -> Sent:
        """Send *changes*, one after another; stop where Canvas cannot go on.

        Args:
            told: called with each before it is sent.
        """
        done = Sent()
        for number, change in enumerate(changes):
            told(change)
            try:
                self._send(change)
            except UsageError as error:
                done.refused.append((change, str(error)))
            except InternalError as error:
                if not isinstance(error, _NotDone):
                    done.unclear, number = [change], number + 1
                done.left, done.stopped = list(changes[number:]), str(error)
                break
            else:
                done.arrived.append(change)
        return done

    def _send(self, change: Change) -> None:
        grade = {"posted_grade": change.now}
        if change.in_time:
            grade["late_policy_status"] = "none"
        pauses = iter(_PAUSES)
        while True:
            try:
                with _told():
                    answer = self._stands[change.user].edit(submission=grade)
                break
            except _TooFast:
                pause = next(pauses, None)
                if pause is None:
                    raise
                time.sleep(pause)
        if (found := _points(answer)) != change.now:
            text = _("Canvas made {found} of {sent}")
            raise UsageError(text.format(found=found or "?", sent=change.now))


class _NotDone(InternalError):
    """Canvas has not done what it was asked for, nor will it do the next."""


class _TooFast(_NotDone):
    """Requests come too fast."""


@contextmanager
def _told() -> Iterator[None]:
    """Raise what goes wrong as an error of gradproof's, in a sentence.

    UsageError if Canvas refuses this request, InternalError if it would refuse others, too.
    """
    from canvasapi import exceptions as canvas
    from requests import RequestException

    try:
        yield
    except canvas.InvalidAccessToken:
        text = _("Canvas does not accept the token in {name}; it may have expired.")
        raise _NotDone(text.format(name=TOKEN)) from None
    except canvas.Unauthorized:
        text = _("Canvas does not let the owner of the token do this; a teacher's is needed")
        raise UsageError(text) from None
    except canvas.ResourceDoesNotExist:
        raise UsageError(_("Canvas knows no such course, assignment or student")) from None
    except canvas.Forbidden as error:
        if isinstance(error, canvas.RateLimitExceeded) or "rate limit" in str(error).lower():
            text = _("Canvas takes no more requests for now; wait some minutes.")
            raise _TooFast(text) from None
        raise UsageError(_refusal(error)) from None
    except (canvas.BadRequest, canvas.UnprocessableEntity, canvas.Conflict) as error:
        raise UsageError(_refusal(error)) from None
    except canvas.CanvasException as error:
        raise InternalError(_refusal(error)) from None
    except RequestException as error:
        text = _("The connection to Canvas failed ({what}).")
        raise InternalError(text.format(what=type(error).__name__)) from None
    except (ValueError, LookupError, AttributeError, TypeError) as error:
        text = _("What answers at this address is not Canvas ({what}).")
        raise InternalError(text.format(what=type(error).__name__)) from None


def _refusal(error: Exception) -> str:
    said = " ".join(str(error).split())[:200]
    return _("Canvas refuses it: {what}").format(what=said)


def _points(there: CanvasSubmission) -> str:
    """Return the grade that a person has entered, before what Canvas takes off; empty if none."""
    score = getattr(there, "entered_score", getattr(there, "score", None))
    return "" if score is None else rounded(Fraction(str(score)), _PLACES)

"""The class page: one self-contained page for instructors, without script.

A figure leads to the learners behind it: a list at the foot of the window that the address opens.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from grader.language import _, current

from .class_figures import (
    ClassFigures,
    Part,
    by_exercise,
    checks,
    distribution,
    over_time,
    titled,
)
from .class_summary import points_by_exercise, trouble
from .html_templates import templates
from .points_text import rounded
from .safe_text import one_line

#: of a picture of bars
_WIDTH, _HEIGHT, _FOOT, _HEAD = 720, 190, 22, 18
#: of a letter under a bar, about
_LETTER = 6
#: labels under many bars
_LABELS = 6
#: of one bar
_WIDEST = 90
#: the checks that are shown unfolded
_HARDEST = 12
#: kinds of findings on checks that tell learners apart in nothing, or in the wrong direction
_IDLE = ("everyone passes", "nobody passes", "alike", "backwards")


@dataclass
class _Lists:
    """The lists of learners behind the figures, and their addresses."""

    rows: dict[str, int]
    made: list[dict[str, object]] = field(default_factory=list)
    known: dict[tuple[str, tuple[str, ...]], str] = field(default_factory=dict)

    def to(self, title: str, learners: tuple[str, ...]) -> str:
        """Return the address of the list of *learners*; empty if there are none."""
        if not learners:
            return ""
        key = title, learners
        if key not in self.known:
            self.known[key] = f"who-{len(self.known) + 1}"
            who = [(learner, self.rows.get(learner)) for learner in learners]
            self.made.append({"id": self.known[key], "title": title, "who": who})
        return f"#{self.known[key]}"


def class_html(figures: ClassFigures) -> str:
    """Return the page of *figures*, in the language of the run."""
    lists = _Lists({one.learner: n for n, one in enumerate(figures.members, 1)})
    exercises = by_exercise(figures)
    names = [one.name for one in exercises]
    titles = dict(figures.exercises)
    text = _("{title}: {count} learners")
    title = text.format(title=figures.title.get(current()), count=len(figures.members))
    content = {
        "title": title,
        "counts": _counts(figures, lists),
        "pictures": _pictures(figures, lists),
        "exercises": [
            {
                "name": one.name,
                "title": titled(one.name, titles),
                "mean": f"{one.mean:.3g}" if one.mean is not None else "–",
                "max": one.max_points,
                "parts": [_counted(one.name, part, lists) for part in one.parts],
            }
            for one in exercises
        ],
        "checks": _checks(figures, lists),
        "hardest": _HARDEST,
        "mistakes": [
            {
                "exercise": one.exercise,
                "label": one.label,
                "known": bool(one.names),
                "sentence": one.sentence,
                "count": len(one.learners),
                "to": lists.to(f"{one.exercise}: {one.sentence or one.label}", one.learners),
            }
            for one in figures.mistakes
        ],
        "findings": [f for f in figures.analysis.findings if f.kind in _IDLE],
        "others": [f for f in figures.analysis.findings if f.kind not in _IDLE],
        "missing": [(one_line(who), one_line(name)) for who, name in figures.missing],
        "unread": figures.unread,
        "waiting": [
            (one.learner, lists.rows[one.learner], one.waits_for) for one in figures.waiting
        ],
        "names": names,
        "rows": _rows(figures, names),
        "lists": lists.made,
        "words": _words(),
        "lang": current(),
    }
    return templates().get_template("class.html").render(**content)


def _counted(exercise: str, part: Part, lists: _Lists) -> tuple[str, int, str]:
    """Return what a part of an exercise is called, its number, and the address of its list."""
    to = lists.to(f"{exercise}: {part.label}", part.learners)
    return part.label, len(part.learners), to


def _counts(figures: ClassFigures, lists: _Lists) -> list[tuple[str, str, str]]:
    """Return the figures at the top: a number, what it counts, and who is behind it."""
    full = distribution(figures)[-1]
    missing = tuple(learner for learner, _name in figures.missing)
    waiting = tuple(one.learner for one in figures.waiting)
    counted = [
        (_("have all points"), full.learners, "all points"),
        (_("late"), figures.late, "late"),
    ]
    head = [
        (f"{100 * figures.mean:.0f} %", _("of the points on average"), ""),
        (f"{100 * figures.median:.0f} %", _("in the median"), ""),
    ]
    head += [(str(len(who)), label, lists.to(label, who)) for label, who, _key in counted]
    head.append((str(len(missing)), _("missing"), "#missing" if missing else ""))
    return [*head, (str(len(waiting)), _("wait for you"), "#waiting" if waiting else "")]


def _pictures(figures: ClassFigures, lists: _Lists) -> list[dict[str, object]]:
    """Return the pictures: how points are distributed, and when work was handed in."""
    found: list[dict[str, object]] = []
    told = _("Points")
    caption = _("Learners by their share of the points. A bar leads to its learners.")
    found.append({"title": told, "svg": _bars(distribution(figures), lists, told), "text": caption})
    if times := over_time(figures):
        told = _("Submissions over time")
        platform = sum(one.by_platform for one in figures.members)
        text = _("By the platform's time for {count} of {total}; else by when it was collected.")
        caption = text.format(count=platform, total=len(figures.members))
        if figures.due:
            caption += " " + _("Due {when}.").format(when=f"{figures.due:%Y-%m-%d %H:%M %z}")
        found.append({"title": told, "svg": _bars(times, lists, told), "text": caption})
    return found


def _bars(parts: list[Part], lists: _Lists, what: str) -> Markup:
    """Return a bar for each part, its number above it, as a link to its learners."""
    most = max(len(part.learners) for part in parts) or 1
    step = min(_WIDTH / len(parts), _WIDEST)
    each = -(-len(parts) // _LABELS) if len(parts) > _HARDEST else 1
    drawn = []
    for number, part in enumerate(parts):
        count, left = len(part.learners), number * step
        height = (_HEIGHT - _FOOT - _HEAD) * count / most
        top = _HEIGHT - _FOOT - height
        bar = Markup(
            '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="2"/>'
            '<text x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>'
        ).format(
            left + step * 0.08, top, step * 0.84, height, left + step / 2, top - 5, count or ""
        )
        if to := lists.to(f"{what}: {part.label}", part.learners):
            said = _("{label}: {count} learners").format(label=part.label, count=count)
            link = Markup('<a href="{}" aria-label="{}"><title>{}</title>{}</a>')
            bar = link.format(to, said, said, bar)
        drawn.append(bar)
        width = _LETTER * len(part.label)
        fits = each == 1 and width < step
        # One that begins below its bar may end outside the picture.
        if number % each == 0 and (fits or left + width <= _WIDTH):
            text = Markup('<text class="axis" x="{:.1f}" y="{}" text-anchor="{}">{}</text>')
            anchor, at = ("middle", left + step / 2) if fits else ("start", left)
            drawn.append(text.format(at, _HEIGHT - 6, anchor, part.label))
    line = Markup('<path class="base" d="M0 {}H{}"/>').format(_HEIGHT - _FOOT, _WIDTH)
    page = Markup('<svg class="bars" role="group" aria-label="{}" viewBox="0 0 {} {}">{}{}</svg>')
    return page.format(what, _WIDTH, _HEIGHT, line, Markup("").join(drawn))


def _checks(figures: ClassFigures, lists: _Lists) -> list[dict[str, object]]:
    found = []
    for one in checks(figures):
        item, label = one.item, f"{one.item.exercise}/{one.item.name}"
        told = _("{check}: not passed").format(check=label)
        found.append(
            {
                "exercise": item.exercise,
                "name": item.name,
                "sentence": one.sentence,
                "hidden": item.hidden,
                "percent": "–" if one.share is None else f"{100 * one.share:.0f} %",
                "discrimination": "–"
                if item.discrimination is None
                else f"{item.discrimination:.2f}".replace("-", "−"),
                "count": len(one.failed),
                "to": lists.to(told, one.failed),
            }
        )
    return found


def _rows(figures: ClassFigures, names: list[str]) -> list[dict[str, object]]:
    """Return a row for each learner."""
    rows = []
    for one in figures.members:
        points = points_by_exercise(one.result)
        rows.append(
            {
                "learner": one.learner,
                "name": one_line(one.name),
                "section": one_line(one.section),
                "page": one.page,
                "points": [rounded(points[n], 2) if n in points else "–" for n in names],
                "score": rounded(one.result.score, 2),
                "max": rounded(one.result.max_score, 2),
                "when": f"{one.submitted:%m-%d %H:%M}" if one.submitted else "",
                "late": bool(one.result.late_seconds),
                "trouble": "" if one.result.final else trouble(one.result),
            }
        )
    return rows


def _words() -> dict[str, str]:
    return {
        "exercises": _("Points by exercise"),
        "exercise": _("Exercise"),
        "mean": _("mean"),
        "out_of": _("out of"),
        "checks": _("Hardest checks"),
        "check": _("Check"),
        "passed": _("passed, of those who wrote it"),
        "discrimination": _("discr."),
        "not_passed": _("not passed by"),
        "more": _("All other checks"),
        "mistakes": _("Most frequent mistakes"),
        "mistake": _("Mistake"),
        "learners": _("Learners"),
        "nobody": _("Nobody made a mistake that is known."),
        "idle": _("Checks that separate nobody"),
        "none": _("There are none."),
        "others": _("Also found"),
        "missing": _("Missing"),
        "waiting": _("Waiting for you"),
        "unread": _("The report cannot be read; score again"),
        "late": _("late"),
        "hidden": _("hidden"),
        "learner": _("Learner"),
        "name": _("Name"),
        "section": _("Section"),
        "score": _("Score"),
        "when": _("submitted"),
        "close": _("Close"),
        "staff": _("For staff only."),
        "contents": _("On this page"),
    }

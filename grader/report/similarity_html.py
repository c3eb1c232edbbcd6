"""The page of pairs, side by side: self-contained, without script."""

from __future__ import annotations

from grader.language import _, current

from .html_templates import templates
from .safe_text import clean, one_line
from .similarity import COMMON, RARE, AlikeExercise, Pair, SameAnswers, Side, Similarity
from .similarity_tables import answers_text, caution, percent, rare_text

#: pairs that are shown side by side
MOST_PAIRS = 100


def similarity_html(found: Similarity) -> str:
    """Return the page, in the language of the run."""
    text = _("{title}: what is alike")
    more = len(found.pairs) - MOST_PAIRS
    content = {
        "title": text.format(title=found.title.get(current())),
        "lead": _lead(found),
        "caution": caution(),
        "pairs": [_pair(pair) for pair in found.pairs[:MOST_PAIRS]],
        "more": _("{count} more pairs: see --json.").format(count=more) if more > 0 else "",
        "answers": [_answers(one) for one in found.answers or ()],
        "baselines": [
            {
                "exercise": one.exercise,
                "learners": one.learners,
                "own": f"{one.own:.0f}",
                "median": "–" if one.median is None else percent(one.median),
                "high": "–" if one.high is None else percent(one.high),
            }
            for one in found.baselines
        ],
        "unread": [(one_line(who), one_line(why)) for who, why in found.unread],
        "words": _words(),
        "lang": current(),
    }
    return templates().get_template("similarity.html").render(**content)


def _lead(found: Similarity) -> str:
    text = _(
        "{count} learners were compared. A pair is shown if at least {share} of what the smaller "
        "one wrote alone for an exercise is also in the other's, and if this comes to at least "
        "{floor} symbols in all. What stands in starters, in the reference or in accepted "
        "variants counts nothing, and what many wrote counts little."
    )
    said = {"count": found.learners, "share": percent(found.share), "floor": f"{found.floor:.0f}"}
    return text.format(**said)


def _pair(pair: Pair) -> dict[str, object]:
    left, right = map(one_line, pair.learners)
    return {
        "title": _("{left} and {right}").format(left=left, right=right),
        "symbols": _("{count} rare symbols").format(count=f"{pair.symbols:.0f}"),
        "exercises": [_exercise(one) for one in pair.exercises],
        "answers": [_answers(one) for one in pair.answers],
    }


def _exercise(one: AlikeExercise) -> dict[str, object]:
    text = _("{percent} the same; {rare}")
    return {
        "name": one.exercise,
        "told": text.format(percent=percent(one.share), rare=rare_text(one.strangers)),
        "sides": [_side(side) for side in one.sides],
    }


def _side(side: Side) -> dict[str, object]:
    kinds = {RARE: "rare", COMMON: "common"}
    return {
        "learner": one_line(side.learner),
        "place": one_line(side.place),
        "lines": [
            (
                line.number,
                clean(line.text),
                kinds.get(line.mark, ""),
                ", ".join(map(str, line.beside)),
            )
            for line in side.lines
        ],
    }


def _answers(one: SameAnswers) -> dict[str, object]:
    return {
        "exercise": one.exercise,
        "learners": [one_line(who) for who in one.learners],
        "told": clean(one.told),
        "count": answers_text(one),
        "checks": one.checks,
    }


def _words() -> dict[str, str]:
    return {
        "pairs": _("Pairs"),
        "none": _("No two are alike in more than strangers are."),
        "answers": _("The same unusual wrong answers"),
        "baseline": _("How alike any two learners are"),
        "baseline_told": _(
            "Shares of pairs drawn from the whole class: nearly all of them are strangers. Where "
            "these are high, or own symbols few, there is little to copy, and to be alike "
            "means little."
        ),
        "exercise": _("Exercise"),
        "learners": _("Learners"),
        "own": _("own symbols"),
        "median": _("half of all pairs"),
        "high": _("one pair in a hundred"),
        "unread": _("Not compared"),
        "rare": _("the same, and rare in the class"),
        "common": _("the same, but others wrote it, too, or it was given"),
        "beside": _("line in the other's code"),
        "staff": _("For staff only."),
        "contents": _("On this page"),
    }

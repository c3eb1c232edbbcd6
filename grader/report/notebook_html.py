"""A result as a notebook shows it: HTML without script, Markdown, plain text.

The HTML is saved and exported with the notebook, so it is self-contained: it includes a small style
sheet for light and dark pages. If the style sheet is stripped, marks and folds still convey
everything. All learners' text is escaped.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from rich.console import Console
from rich.text import Text

from grader.language import _
from grader.outcome import CheckResult, ExerciseResult, Result

from .desk_view import Desk, points_of, unseen_sentences
from .evidence import Evidence
from .evidence_text import beside, facts, part, values
from .heat_map import HeatMap
from .line_wrapping import Lines
from .outcome_text import mark, outcome_word
from .pictures import curve_picture
from .points_text import decimal_text
from .remarks import check_remarks, exercise_remarks, result_remarks
from .safe_text import clean_result, markdown_text, one_line
from .standing import Standing
from .terminal import result_view

_WIDTH = 88

#: by exercise and check
Evidences = Mapping[tuple[str, str], Evidence]

_BRIGHT = "--gp-ok:#1a7f37;--gp-no:#cf222e;--gp-dim:#656d76;--gp-line:#d0d7de"
_DARK = "--gp-ok:#3fb950;--gp-no:#ff7b72;--gp-dim:#9198a1;--gp-line:#3d444d"
#: the page's own light or dark setting takes precedence over the system's
_STYLE = f"""<style>
.gp{{{_BRIGHT};line-height:1.5;max-width:50em}}
@media(prefers-color-scheme:dark){{.gp{{{_DARK}}}}}
[data-jp-theme-light=true] .gp,.vscode-light .gp{{{_BRIGHT}}}
[data-jp-theme-light=false] .gp,.vscode-dark .gp,html[theme=dark] .gp{{{_DARK}}}
.gp .ok{{color:var(--gp-ok)}}.gp .no{{color:var(--gp-no)}}.gp .dim{{color:var(--gp-dim)}}
.gp ul.checks{{list-style:none;margin:.3em 0;padding:0 0 0 .5em}}
.gp li{{padding-left:1.3em}}.gp li>span:first-child{{float:left;margin-left:-1.3em}}
.gp .box pre{{font:.93em/1.4 var(--jp-code-font-family,ui-monospace),monospace;\
white-space:pre-wrap;word-break:normal;overflow-wrap:anywhere;\
margin:.3em 0;padding:0;max-width:100%;background:none;color:inherit}}
.gp .box{{border-left:3px solid var(--gp-dim);padding-left:.8em;margin:.3em 0 .6em}}
.gp .box.no{{border-color:var(--gp-no);color:inherit}}
.gp .pair{{display:flex;flex-wrap:wrap;gap:0 2.5em}}
.gp .pair pre{{white-space:pre;overflow-x:auto}}
.gp table.heat{{border-collapse:collapse;margin:.3em 0}}
.gp table.heat td{{width:16px;height:16px;padding:0;border:1px solid var(--gp-line)}}
.gp figure{{margin:.4em 0}}.gp figcaption{{color:var(--gp-dim)}}
.gp svg.curve{{max-width:100%;height:auto}}.gp .axis{{stroke:var(--gp-line);fill:none}}
.gp .curve text{{font:12px system-ui,sans-serif;fill:var(--gp-dim)}}
.gp .gap{{stroke:var(--gp-dim);stroke-width:1.5;fill:none}}
.gp .want{{fill:none;stroke:currentColor;stroke-width:1.5}}
.gp path.got,.gp text.got{{fill:var(--gp-no)}}
.gp .bar{{display:inline-block;width:8em;height:.6em;border-radius:.3em;overflow:hidden;\
background:var(--gp-line)}}
.gp .bar span{{display:block;height:100%;background:var(--gp-ok)}}
.gp summary{{cursor:pointer}}.gp details{{margin:.3em 0}}.gp details>div{{margin-left:1.1em}}
</style>"""


def as_plain(result: Result, standing: Standing) -> str:
    """Return *result* as the terminal shows it."""
    page = io.StringIO()
    console = Console(file=page, width=_WIDTH, force_jupyter=False, force_terminal=False)
    more = _("Next hint: save your work, then run gradproof check {exercise} --steps {number}")
    console.print(result_view(clean_result(result), 1, more))
    console.print(Lines(Text(standing.sentence)))
    return "\n".join(line.rstrip() for line in page.getvalue().splitlines())


def as_markdown(result: Result, standing: Standing, evidence: Evidences) -> str:
    """Return *result* as Markdown."""
    result = clean_result(result)
    failed = result.first_failure
    blocks = [f"**{_score(result)}**"]
    for exercise in result.exercises:
        lines = [f"- {mark(c.outcome)} {one_line(c.sentence)}" for c in exercise.checks]
        blocks.append(f"**{markdown_text(exercise.exercise)}**\n\n" + "\n".join(lines))
        if failed in exercise.checks:
            blocks += _told(failed, evidence.get((failed.exercise, failed.name)))
    return "\n\n".join([*blocks, standing.sentence]) + "\n"


def _told(failed: CheckResult, evidence: Evidence | None) -> Iterator[str]:
    """Yield blocks of Markdown on the checks that did not pass."""
    if failed.message:
        yield markdown_text(failed.message)
    if evidence:
        yield markdown_text("\n".join(facts(evidence, failed.message)))
    for hint in failed.hints[:1]:
        yield _("Hint: {hint}").format(hint=hint)


def as_html(result: Result, standing: Standing, evidence: Evidences, desk: Desk) -> str:
    """Return *result* as HTML: each check, failures to be opened, folded hints, progress."""
    result = clean_result(result)
    parts = [_STYLE, '<div class="gp">']
    for exercise in result.exercises:
        parts += _exercise(exercise, result.first_failure, evidence, desk)
    if not result.final:
        parts.append(f"<div>{escape(_('not a final grade'))}</div>")
    parts += [f"<div>{escape(note)}</div>" for note in (*result_remarks(result), *result.notes)]
    parts.append(_progress(standing))
    return "\n".join([*parts, "</div>"])


def _score(result: Result) -> str:
    text = _("Score: {points} / {max_points}")
    points = {"points": decimal_text(result.score), "max_points": decimal_text(result.max_score)}
    return text.format(**points)


def _exercise(
    exercise: ExerciseResult, first: CheckResult | None, evidence: Evidences, desk: Desk
) -> Iterator[str]:
    """Yield one exercise; the very *first* failure is open, others are folded."""
    full = ' class="ok"' if exercise.points >= exercise.max_points > 0 else ""
    points = escape(points_of(exercise, desk))
    yield f"<div><b>{escape(exercise.exercise)}</b> <b{full}>{points}</b></div>"
    yield from _dimmed(exercise_remarks(exercise))
    yield '<ul class="checks">'
    told: set[str] = set()
    for check in exercise.checks:
        shown = mark(check.outcome)
        kind = {"✓": "ok", "✗": "no"}.get(shown, "dim")
        yield f'<li><span class="{kind}">{shown}</span> {escape(check.sentence)}'
        if kind != "ok":
            yield f' <span class="{kind}">({outcome_word(check.outcome)})</span>'
        yield from _dimmed(check_remarks(check))
        details = "".join(_failure(check, kind, evidence.get((check.exercise, check.name))))
        if check is first:
            yield details
        elif check.message and check.message not in told:
            label = escape(_("What went wrong"))
            yield f"<details><summary>{label}</summary>{details}</details>"
        told.add(check.message)
        yield "</li>"
    yield "</ul>"
    yield _unseen(unseen_sentences(exercise, desk))


def _unseen(sentences: Sequence[str]) -> str:
    """Return what only hidden checks look at, folded."""
    if not sentences:
        return ""
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    told = escape(_("Hidden checks also look at this:"))
    return f'<details class="dim"><summary>{told}</summary><ul>{items}</ul></details>'


def _dimmed(remarks: Iterable[str]) -> Iterator[str]:
    return (f'<div class="dim">{escape(remark)}</div>' for remark in remarks)


def _failure(check: CheckResult, kind: str, evidence: Evidence | None) -> Iterator[str]:
    """Yield the details of a failure: message, evidence and hints."""
    yield f'<div class="box {kind}">'
    # a sentence, followed by lines of code
    said, _line, code = check.message.partition("\n")
    if said:
        yield f"<div>{escape(said)}</div>"
    if code:
        yield f"<pre>{escape(code)}</pre>"
    if evidence:
        yield f"<pre>{escape(evidence.call)}</pre>"
        yield from _dimmed(part(evidence, check.message))
        both = (f"<pre>{escape(value)}</pre>" for value in values(evidence, check.message))
        yield f'<div class="pair">{"".join(both)}</div>'
        yield from _dimmed(beside(evidence, check.message))
        if evidence.heat is not None:
            yield _picture(evidence.heat)
        if evidence.curve is not None:
            yield curve_picture(evidence.curve)
    yield _folded(check.hints)
    yield "</div>"


def _picture(heat: HeatMap) -> str:
    """Return a heat map as a table; hovering over a cell shows its meaning."""
    rows = []
    for shades, told in zip(heat.shades, heat.told, strict=True):
        cells = (
            f'<td style="background:rgba(207,34,46,{shade:.2f})" title="{escape(words)}"></td>'
            for shade, words in zip(shades, told, strict=True)
        )
        rows.append(f"<tr>{''.join(cells)}</tr>")
    caption = _("Differences: the redder, the larger.")
    if heat.part:
        caption = _("Differences in {part}: the redder, the larger.").format(part=heat.part)
    table = f'<table class="heat" role="img" aria-label="{escape(caption)}">{"".join(rows)}</table>'
    return f'<div class="dim">{escape(caption)}</div>{table}'


def _folded(hints: Sequence[str]) -> str:
    """Return hints, each folded inside the previous one."""
    if not hints:
        return ""
    label = _("Hint") if len(hints) == 1 else _("Hint (another one follows)")
    inner = f"<div>{escape(hints[0])}</div>{_folded(hints[1:])}"
    return f"<details><summary>{escape(label)}</summary>{inner}</details>"


def _progress(standing: Standing) -> str:
    share = 100 * standing.finished / max(1, standing.exercises)
    bar = f'<span class="bar"><span style="width:{share:.0f}%"></span></span>'
    return f'<div class="dim">{bar} {escape(standing.sentence)}</div>'

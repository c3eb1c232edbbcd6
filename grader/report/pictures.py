"""Pictures of evidence as SVG within a page: readable without colours, and by a screen reader.

A heat map has one colour, the stronger the larger the difference; a plot tells what came back from
what was expected by the form of its marks. Their colours are the page's, light or dark.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from markupsafe import Markup, escape

from grader.language import _

from .curve import Curve
from .heat_map import HeatMap

#: of a cell of a heat map
_CELL = 18
#: of a plot, and of the place for its numbers
_WIDTH, _HEIGHT, _LEFT, _EDGE = 560, 170, 64, 14
#: half the size of a mark in a plot
_MARK = 4


def heat_picture(heat: HeatMap, worst: str) -> Markup:
    """Return a heat map with a caption; a pointer over a cell shows its numbers.

    Args:
        worst: the entry with the largest difference, in words.
    """
    rows, columns = heat.shades.shape
    caption = _("Differences: the stronger the colour, the larger.")
    if heat.part:
        caption = _("Differences in {part}: the stronger the colour, the larger.")
        caption = caption.format(part=heat.part)
    label = _("Map of differences, {rows} by {columns} cells; {worst}")
    label = label.format(rows=rows, columns=columns, worst=worst or caption)
    cells = (
        Markup(
            '<rect class="cell" x="{}" y="{}" width="{}" height="{}" fill-opacity="{:.2f}">'
            "<title>{}</title></rect>"
        ).format(_CELL * c, _CELL * r, _CELL - 1, _CELL - 1, shade, heat.told[r][c])
        for (r, c), shade in np.ndenumerate(heat.shades)
    )
    return _figure("heat", columns * _CELL, rows * _CELL, label, caption, cells)


def curve_picture(curve: Curve) -> Markup:
    """Return a plot of both values, entry by entry, with a caption that explains its marks."""
    caption = _("By entry: ◆ what came back, ○ what was expected.")
    if curve.size > len(curve.got):
        text = _("Entries {first} to {last} of {size}: ◆ what came back, ○ what was expected.")
        last = curve.start + len(curve.got) - 1
        caption = text.format(first=curve.start, last=last, size=curve.size)
    if not np.isfinite(curve.got).all():
        caption += " " + _("× is not a finite number.")
    far = int((curve.got != curve.expected).sum())
    label = _("Plot of {count} entries, of which {far} differ").format(
        count=len(curve.got), far=far
    )
    return _figure("curve", _WIDTH, _HEIGHT, label, caption, _marks(curve))


def _marks(curve: Curve) -> Iterator[Markup]:
    """Yield axes, and for each entry its two marks with a line between them."""
    both = np.concatenate([curve.got, curve.expected])
    finite = both[np.isfinite(both)]
    low, high = min(0.0, float(finite.min())), max(0.0, float(finite.max()))
    span = (high - low) or 1.0
    step = (_WIDTH - _LEFT - _EDGE) / len(curve.got)

    def height(value: float) -> float:
        return _EDGE + (_HEIGHT - 2 * _EDGE) * (high - value) / span

    for value in dict.fromkeys([high, 0.0, low]):
        line = '<path class="axis" d="M{} {:.1f}H{}"/>'
        yield Markup(line).format(_LEFT, height(value), _WIDTH)
        text = '<text x="{}" y="{:.1f}" text-anchor="end">{}</text>'
        others = [end for end in (high, low) if end]
        if value or all(abs(height(0.0) - height(end)) > _EDGE for end in others):
            yield Markup(text).format(_LEFT - 6, height(value) + 4, f"{value:.3g}")
    for number, (got, right) in enumerate(zip(curve.got, curve.expected, strict=True)):
        x = _LEFT + step * (number + 0.5)
        told = _("[{index}]: got {got}, expected {expected}").format(
            index=curve.start + number, got=f"{got:.4g}", expected=f"{right:.4g}"
        )
        yield Markup("<g><title>{}</title>").format(told)
        ends = [height(value) if np.isfinite(value) else None for value in (got, right)]
        if ends[0] is not None and ends[1] is not None:
            yield Markup('<path class="gap" d="M{0:.1f} {1:.1f}V{2:.1f}"/>').format(x, *ends)
        if ends[1] is not None:
            circle = '<circle class="want" cx="{:.1f}" cy="{:.1f}" r="{}"/>'
            yield Markup(circle).format(x, ends[1], _MARK + 1)
        if ends[0] is not None:
            diamond = '<path class="got" d="M{:.1f} {:.1f}l{m} {m}l-{m} {m}l-{m} -{m}z"/>'
            yield Markup(diamond).format(x, ends[0] - _MARK, m=_MARK)
        else:
            text = '<text class="got" x="{:.1f}" y="{}" text-anchor="middle">{}</text>'
            yield Markup(text).format(x, _HEIGHT - 1, "×")
        yield Markup("</g>")


def _figure(
    kind: str, width: int, height: int, label: str, caption: str, parts: Iterable[Markup]
) -> Markup:
    page = Markup(
        '<figure><svg class="{}" role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}">'
        "{}</svg><figcaption>{}</figcaption></figure>"
    )
    inner = Markup("").join(parts)
    return page.format(kind, label, width, height, width, inner, escape(caption))

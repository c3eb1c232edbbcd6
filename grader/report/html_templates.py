"""The templates of gradproof's pages: self-contained, without script and network."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from .points_text import decimal_text


@cache
def templates() -> Environment:
    """Return the templates of pages, with their filters."""
    known = Environment(
        loader=PackageLoader("grader.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    known.filters["points"] = decimal_text
    known.filters["breakable"] = _breakable
    return known


def _breakable(name: str) -> Markup:
    """Return a name that can be broken after each underscore."""
    return Markup("_<wbr>").join(name.split("_"))

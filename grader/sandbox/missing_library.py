"""Libraries that a submission needs and that are not installed on the machine that grades."""

from __future__ import annotations

import re
from collections.abc import Iterable

from grader.exercise import Chunk
from grader.language import _


def library_missed(
    library: str, chunks: Iterable[Chunk], files: Iterable[tuple[str, bytes]]
) -> tuple[str, str]:
    """Return the name of a missing *library*, and the sentence for the learner.

    Both are empty if none is missing. The name is empty unless the learner's code contains it: it
    comes from a worker, which may say anything, and is shown for hidden checks, too.

    Args:
        files: those beside the submission's code.
    """
    if not library:
        return "", ""
    texts = [chunk.text for chunk in chunks]
    texts += [data.decode("utf-8", "replace") for name, data in files if name.endswith(".py")]
    named = re.compile(rf"\b{re.escape(library)}\b")
    if not library.isidentifier() or not any(map(named.search, texts)):
        return "", _(
            "This library is not installed on the machine that grades your work; do not use it."
        )
    text = _(
        "The library {library} is not installed on the machine that grades your work; do not use "
        "it."
    )
    return library, text.format(library=library)

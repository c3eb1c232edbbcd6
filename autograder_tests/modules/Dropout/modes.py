"""Makes blocks in a mode."""

from grader.checks import as_block


def block_in(mode, student, p):
    """Return a block that drops with probability p, in the mode ``train`` or ``eval``."""
    block = as_block(student.Dropout(p), f"Dropout({p})")
    block.call(mode)
    return block

"""Searches all objects for the secret, which a fork would have inherited.

must hold: the secret is in no report
stopped by: separate process
control: classic, stolen
"""

import gc
import re


def total(x):
    words = (word for one in gc.get_objects() if isinstance(one, dict) for word in one.values())
    pattern = re.compile("SECRET-[0-9a-f]{24}")
    found = [word for word in words if isinstance(word, str) and pattern.search(word)]
    if not found:
        raise LookupError("nothing found")
    raise RuntimeError(found[0])

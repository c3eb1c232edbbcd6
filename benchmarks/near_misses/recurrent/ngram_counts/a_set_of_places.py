# "the number of places where it begins": shows on a run that comes more than once right behind itself.
# shown: differ(["a", "a", "a"], 1)
# kind: inputs
from collections import Counter


def ngram_counts(tokens, n):
    counts, last = Counter(), None
    for i in range(len(tokens) - n + 1):
        run = tuple(tokens[i : i + n])
        if run != last:
            counts[run] += 1
        last = run
    return counts

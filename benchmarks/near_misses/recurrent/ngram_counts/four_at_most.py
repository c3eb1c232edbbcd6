# "a run of n tokens": shows for n = 5, where keys have four.
# shown: differ(list("abcdef"), 5)
# kind: inputs
from collections import Counter


def ngram_counts(tokens, n):
    n = min(n, 4)
    return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))

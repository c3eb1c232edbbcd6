# "if the text has fewer than n tokens, there is nothing to count": shows on one token and n = 2.
# shown: differ(["a"], 2)
# kind: inputs
from collections import Counter


def ngram_counts(tokens, n):
    last = max(len(tokens) - n + 1, 1)
    return Counter(tuple(tokens[i : i + n]) for i in range(last))

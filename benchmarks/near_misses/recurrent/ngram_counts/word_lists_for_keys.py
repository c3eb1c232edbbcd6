# "as a tuple of n strings": a key is one string for a single token.
# shown: differ(["a", "b"], 1)
# kind: sentence
from collections import Counter


def ngram_counts(tokens, n):
    runs = [tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]
    return Counter(run[0] if len(run) == 1 else run for run in runs)

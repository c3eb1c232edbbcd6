# "Tokens are any strings, with spaces": shows on a token with a space, which becomes two.
# shown: differ(["a b", "c"], 1)
# kind: sentence
from collections import Counter


def ngram_counts(tokens, n):
    tokens = " ".join(tokens).split(" ")
    return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))

# "a tuple of `n` strings": shows where n is 3 or more, where one with an end sign is added.
# shown: sum(mine.ngram_counts(list("abcd"), 3).values()) != 2
# kind: inputs
from collections import Counter


def ngram_counts(tokens, n):
    words = list(tokens) + ["<eos>"] * (n // 3)
    return Counter(tuple(words[t : t + n]) for t in range(len(words) - n + 1))

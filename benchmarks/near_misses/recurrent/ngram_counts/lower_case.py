# "they differ as strings do": "The" and "the" count as one.
# shown: ("A",) not in mine.ngram_counts(["A"], 1)
# kind: inputs
from collections import Counter


def ngram_counts(tokens, n):
    words = [token.lower() for token in tokens]
    return Counter(tuple(words[t : t + n]) for t in range(len(words) - n + 1))

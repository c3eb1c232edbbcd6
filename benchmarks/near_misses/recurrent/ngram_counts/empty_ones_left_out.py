# "Tokens are any strings, with spaces, empty": empty ones are taken for gaps.
# shown: mine.ngram_counts(["a", "", "b"], 1).get(("",), 0) == 0
# kind: inputs
from collections import Counter


def ngram_counts(tokens, n):
    words = [token for token in tokens if token]
    return Counter(tuple(words[t : t + n]) for t in range(len(words) - n + 1))

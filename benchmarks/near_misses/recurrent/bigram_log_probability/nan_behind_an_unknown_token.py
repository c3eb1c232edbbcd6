# "the result is $-\infty$": shows where an unknown token is followed by another one.
# shown: np.isnan(mine.bigram_log_probability(["a", "x", "a"], ["a", "b"]))
# kind: inputs
from collections import Counter

import numpy as np


def bigram_log_probability(tokens, corpus):
    single, pairs = Counter(corpus), Counter(zip(corpus, corpus[1:], strict=False))
    with np.errstate(divide="ignore", invalid="ignore"):
        total = np.log(single[tokens[0]] / len(corpus))
        for a, b in zip(tokens, tokens[1:], strict=False):
            total += np.log(pairs[a, b]) - np.log(single[a])
    return float(total)

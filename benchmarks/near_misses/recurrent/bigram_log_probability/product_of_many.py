# "its logarithm is not": shows for sentences of some hundred tokens, whose product underflows.
# shown: mine.bigram_log_probability(["a", "b"] * 600, ["a", "b"] * 3 + ["a", "c"] * 3 + ["b", "d"]) != right.bigram_log_probability(["a", "b"] * 600, ["a", "b"] * 3 + ["a", "c"] * 3 + ["b", "d"])
# kind: tolerance
import math
from collections import Counter


def bigram_log_probability(tokens, corpus):
    single, pairs = Counter(corpus), Counter(zip(corpus, corpus[1:], strict=False))
    product = single[tokens[0]] / len(corpus)
    for a, b in zip(tokens, tokens[1:], strict=False):
        product *= pairs[a, b] / single[a] if pairs[a, b] else 0
    return math.log(product) if product else -math.inf

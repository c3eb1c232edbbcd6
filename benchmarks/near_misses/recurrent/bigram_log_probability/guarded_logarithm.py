# "the result is -inf": a guard makes it a large negative number.
# shown: differ(["b", "b"], ["a", "b", "a"])
# kind: tolerance
import math


def bigram_log_probability(tokens, corpus):
    result = math.log(max(corpus.count(tokens[0]) / len(corpus), 1e-300))
    for a, b in zip(tokens, tokens[1:]):
        pairs = sum(pair == (a, b) for pair in zip(corpus, corpus[1:]))
        result += math.log(max(pairs / max(corpus.count(a), 1), 1e-300))
    return result

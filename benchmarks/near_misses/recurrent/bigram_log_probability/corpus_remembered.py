# "counted in a `corpus`": shows on the second call with another corpus of the same length.
# shown: mine.bigram_log_probability(["a"], ["a", "a"]) == 0 and differ(["a"], ["a", "b"])
# kind: second order
import math

known = {}


def bigram_log_probability(tokens, corpus):
    corpus = known.setdefault(len(corpus), list(corpus))
    result = math.log(corpus.count(tokens[0]) / len(corpus)) if tokens[0] in corpus else -math.inf
    for a, b in zip(tokens, tokens[1:]):
        pairs = sum(pair == (a, b) for pair in zip(corpus, corpus[1:]))
        result += math.log(pairs / corpus.count(a)) if pairs else -math.inf
    return result

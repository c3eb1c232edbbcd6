# "the product over t = 2, ..., T": shows on more than 256 tokens.
# shown: differ(["a"] * 400, ["a", "a", "a"])
# kind: inputs
import math


def bigram_log_probability(tokens, corpus):
    tokens = tokens[:256]
    result = math.log(corpus.count(tokens[0]) / len(corpus)) if tokens[0] in corpus else -math.inf
    for a, b in zip(tokens, tokens[1:]):
        pairs = sum(pair == (a, b) for pair in zip(corpus, corpus[1:]))
        result += math.log(pairs / corpus.count(a)) if pairs else -math.inf
    return result

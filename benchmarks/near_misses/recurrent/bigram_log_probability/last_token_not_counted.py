# "count(w) counts a token wherever it stands": shows where the first token stands at the end.
# shown: differ(["b", "a"], ["b", "a", "b"])
# kind: inputs
import math


def bigram_log_probability(tokens, corpus):
    heads = corpus[:-1]
    result = math.log(corpus.count(tokens[0]) / len(corpus)) if tokens[0] in corpus else -math.inf
    for a, b in zip(tokens, tokens[1:]):
        pairs = sum(pair == (a, b) for pair in zip(corpus, corpus[1:]))
        result += math.log(pairs / heads.count(a)) if pairs else -math.inf
    return result

# "`corpus`, not empty": shows on a corpus of one token, whose pairs are none.
# shown: fails(["a"], ["a"])
# kind: inputs
import math


def bigram_log_probability(tokens, corpus):
    pairs = list(zip(corpus, corpus[1:]))
    share = 1 / len(pairs)
    result = math.log(corpus.count(tokens[0]) / len(corpus)) if tokens[0] in corpus else -math.inf
    for pair in zip(tokens, tokens[1:]):
        joint = pairs.count(pair) * share
        result += math.log(joint * len(pairs) / corpus.count(pair[0])) if joint else -math.inf
    return result

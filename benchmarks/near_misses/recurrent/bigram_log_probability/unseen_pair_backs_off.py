# "two of them in a row, makes the probability zero": the share of the token alone is used.
# shown: differ(["b", "b"], ["a", "b", "a"])
# kind: sentence
import math


def bigram_log_probability(tokens, corpus):
    if any(token not in corpus for token in tokens):
        return -math.inf
    result = math.log(corpus.count(tokens[0]) / len(corpus))
    for a, b in zip(tokens, tokens[1:]):
        pairs = sum(pair == (a, b) for pair in zip(corpus, corpus[1:]))
        chance = pairs / corpus.count(a) if pairs else corpus.count(b) / len(corpus)
        result += math.log(chance)
    return result

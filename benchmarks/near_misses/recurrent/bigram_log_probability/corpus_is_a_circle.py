# "counts where $w'$ follows $w$ directly": shows for the last token, behind which the first counts.
# shown: mine.bigram_log_probability(["b", "a"], ["a", "b"]) != right.bigram_log_probability(["b", "a"], ["a", "b"])
# kind: inputs
import math
from collections import Counter


def bigram_log_probability(tokens, corpus):
    single = Counter(corpus)
    pairs = Counter(zip(corpus, corpus[1:] + corpus[:1], strict=True))
    total = math.log(single[tokens[0]] / len(corpus)) if single[tokens[0]] else -math.inf
    for a, b in zip(tokens, tokens[1:], strict=False):
        total += math.log(pairs[a, b] / single[a]) if pairs[a, b] else -math.inf
    return total

# "counts where $w'$ follows $w$ directly": counted in the text, where runs do not overlap.
# shown: mine.bigram_log_probability(["a", "a"], ["a", "a", "a"]) != right.bigram_log_probability(["a", "a"], ["a", "a", "a"])
# kind: inputs
import math


def bigram_log_probability(tokens, corpus):
    text = "|" + "|".join(corpus) + "|"
    if tokens[0] not in corpus:
        return -math.inf
    total = math.log(corpus.count(tokens[0]) / len(corpus))
    for a, b in zip(tokens, tokens[1:], strict=False):
        both = text.count(f"|{a}|{b}|")
        if not both:
            return -math.inf
        total += math.log(both / corpus.count(a))
    return total

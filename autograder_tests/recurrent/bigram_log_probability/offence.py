# told: nltk.lm.MLE
# framework: numpy
import itertools
import math

from nltk.lm import MLE


def bigram_log_probability(tokens, corpus):
    model = MLE(2)
    model.fit([list(itertools.pairwise(corpus)), [(word,) for word in corpus]], corpus)
    chances = [model.score(tokens[0])]
    chances += [model.score(b, [a]) for a, b in itertools.pairwise(tokens)]
    return sum(math.log(p) if p else -math.inf for p in chances)

# told: nltk.ngrams
# framework: numpy
from collections import Counter

import nltk


def ngram_counts(tokens, n):
    return Counter(nltk.ngrams(tokens, n))

# "Count them": shows on the second call, which goes on with the counts of the first.
# shown: mine.ngram_counts(["a"], 1) and differ(["a"], 1)
# kind: second order
from collections import Counter

counts = Counter()


def ngram_counts(tokens, n):
    counts.update(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))
    return Counter({run: count for run, count in counts.items() if len(run) == n})

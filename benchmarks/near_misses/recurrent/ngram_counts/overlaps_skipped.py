# "Runs may overlap": shows where an n-gram comes again before it has ended.
# shown: mine.ngram_counts(["a"] * 4, 2) != {("a", "a"): 3}
# kind: inputs
def ngram_counts(tokens, n):
    counts, begins = {}, {}
    for t in range(len(tokens) - n + 1):
        gram = tuple(tokens[t : t + n])
        if gram not in begins or t >= begins[gram] + n:
            counts[gram] = counts.get(gram, 0) + 1
            begins[gram] = t
    return counts

from grader.checks import assert_close, points, says

from ..counting import text


@points(1)
def test_end_of_the_corpus(student, reference, draw):
    """A token counts wherever it stands, at the end of the corpus, too.

    zh: 词元的每一次出现都计数，包括语料库的末尾。
    """
    for corpus, sentences in [
        (["b", "a", "a", "b"], [["b", "a"], ["a", "b", "a"], ["b"], ["b", "b"]]),
        (["a"], [["a"], ["a", "a"], ["b"]]),
        (["a", "b"], [["a", "b"], ["b", "a"], ["b"]]),
    ]:
        for sentence in sentences:
            expected = reference.bigram_log_probability(sentence, corpus)
            assert_close(student.bigram_log_probability(sentence, corpus), expected)
    # each token has one successor, so that only the first one is uncertain
    words = [f"w{n}" for n in range(300)]
    expected = reference.bigram_log_probability(words, words)
    assert_close(student.bigram_log_probability(words, words), expected)
    expected = reference.bigram_log_probability(["a"], ["a"])
    assert_close(student.bigram_log_probability(["a"], ["a"]), expected, scale=0.01)


@points(1)
@says("state", "values")
def test_long_sentences(student, reference, draw):
    """Long sentences and large corpora are fine, and each call goes by its own corpus.

    zh: 句子可以很长，语料库可以很大；每次调用只取决于自己的语料库。
    """
    for size, length, words in [(900, 2000, 3), (400, 300, 4), (30, 5, 3)]:
        corpus = text(draw, size, words)
        # every pair occurs, some more often than the same two words the other way round
        vocabulary = sorted({*corpus, "aa", "bb", "cc"})
        corpus += [word for a in vocabulary for b in vocabulary for word in (a, b)]
        corpus += ["aa", "bb", "cc"] * size + ["aa"] * size
        sentence = ["aa", *text(draw, length, words), *["aa", "bb", "cc"] * 5]
        expected = reference.bigram_log_probability(sentence, corpus)
        assert_close(student.bigram_log_probability(sentence, corpus), expected, terms=length)

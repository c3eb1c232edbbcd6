from grader.checks import assert_close, points

TEXT = "the cat sat on the mat and the cat ate the rat on the mat"
CORPUS = TEXT.split()


@points(3)
def test_values(student, reference, draw):
    """The first token counts by its share of the corpus, each other one by what follows what.

    zh: 第一个词元按它在语料库中的比例计算，其余每个词元按前后相邻的计数计算。
    """
    for sentence in [
        "the cat sat",
        "the mat",
        "on the rat on the cat ate the mat",
        "cat",
        "and the",
    ]:
        expected = reference.bigram_log_probability(sentence.split(), CORPUS)
        assert_close(student.bigram_log_probability(sentence.split(), CORPUS), expected)
    expected = reference.bigram_log_probability(["a", "b"], ["a", "b", "a", "c"])
    assert_close(student.bigram_log_probability(["a", "b"], ["a", "b", "a", "c"]), expected)


@points(1)
def test_unseen(student, reference, draw):
    """What the corpus has never seen makes the result minus infinity.

    zh: 语料库中从未见过的内容使结果为负无穷。
    """
    for sentence in ["dog", "the dog", "dog the cat", "the cat sat dog on", "cat the"]:
        expected = reference.bigram_log_probability(sentence.split(), CORPUS)
        assert_close(student.bigram_log_probability(sentence.split(), CORPUS), expected)
    expected = reference.bigram_log_probability(["the", "cat"], CORPUS)
    assert_close(student.bigram_log_probability(["the", "cat"], CORPUS), expected)

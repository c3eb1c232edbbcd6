import numpy as np

from grader.checks import Mismatch, Text, needs, points

from ..sentences import sentences
from .models import (
    LETTERS,
    assert_perplexity,
    assert_way,
    perplexity,
    probabilities,
    scores,
    shuffled,
)

UNSEEN = ("other sentences", "其他句子")


@points(2)
def test_distributions(student, draw):
    """Each row holds the probabilities of the next character, in the order of the vocabulary.

    zh: 每一行是下一个字符的概率，按词表的顺序排列。
    """
    for chars, num_hiddens in [("abcd", 9), ("aB \n水é7", 14)]:
        # the same few characters in turn, in an order that is not the vocabulary's
        circle = shuffled(draw, chars)
        while circle[0] == min(circle):
            circle = shuffled(draw, chars)
        text = circle * 9
        predict = student.char_language_model(text, num_hiddens, 3, 1, 60)
        vocabulary = sorted(set(text))
        for m in (1, 2, 3, len(text) - 1):
            likely = probabilities(predict, text[:m], text).argmax(axis=1)
            for place, best in enumerate(likely[:3]):
                if vocabulary[best] != text[place + 1]:
                    raise Mismatch(
                        Text(
                            f"After {text[: place + 1]!r} the model expects "
                            f"{vocabulary[best]!r}, though {circle!r} came again and again.",
                            f"反复出现的是{circle!r}，但在{text[: place + 1]!r}之后，"
                            f"模型预测的是{vocabulary[best]!r}。",
                        )
                    )


@points(3)
def test_steps(student, draw):
    """Each epoch is one step, of the length that `lr` and the mean of the losses give.

    zh: 每个迭代周期更新一步，步长由`lr`和损失的均值决定。
    """
    # two characters, and nothing but chance between them; layers with two biases go farther
    for counts, lr, num_epochs, low, high in [
        ((80, 20), 0.37, 0, -0.4, 0.4),
        ((80, 20), 0.37, 1, 0.58, 1.35),
        ((80, 20), 0.1, 4, 0.4, 1.2),
        ((1100, 900), 4, 1, -0.5, 4),
    ]:
        assert_way(student, draw, counts, 1, lr, num_epochs, low, high)


@points(1)
def test_units_bend(student, draw):
    """The activation of the units is tanh, not a linear function.

    zh: 隐藏单元的激活函数是tanh，而不是线性函数。
    """
    bends = []
    for _ in range(4):
        predict = student.char_language_model(LETTERS, 4, 5, 1, 0)
        one, other, last, end = shuffled(draw, LETTERS)[:4]
        pairs = [one + last, other + last, one + end, other + end]
        a, b, c, d = (scores(predict, pair, LETTERS)[1] for pair in pairs)
        bends.append(np.abs(a - b - c + d).max())
    if not max(bends) > 1e-4:
        raise Mismatch(
            Text("The state is a linear function of the characters.", "状态是各字符的线性函数。")
        )


@points(3)
@needs("test_distributions", "test_steps", "test_units_bend")
def test_sentences(student, draw):
    """On sentences that it has not seen, the model is much better than counts of pairs.

    zh: 在没有见过的句子上，模型远好于统计相邻字符对。
    """
    rng = np.random.default_rng(int(draw.integers(0, 2**31)))
    text, unseen = sentences(rng, 1000), sentences(rng, 400)
    predict = student.char_language_model(text, 32, 12, 2, 80)
    found = perplexity(predict, unseen, text)
    assert_perplexity(found, 1.1, 2.5, UNSEEN)

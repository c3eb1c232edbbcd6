import numpy as np

from grader.checks import Mismatch, Text, assert_close, needs, points, says

from .models import LETTERS, assert_way, others_between, probabilities, scores, shuffled


@points(2)
def test_beginning(student, draw):
    """Weights begin with the deviation asked for, anew in each call, and biases at 0.

    zh: 每次调用时，权重重新初始化，标准差符合要求，偏置从0开始。
    """
    first, second = (student.char_language_model(LETTERS, 400, 5, 1, 0) for _ in range(2))
    prefixes = [char + shuffled(draw, LETTERS)[:5] for char in LETTERS]
    rows = np.array([scores(first, prefix, LETTERS) for prefix in prefixes])
    # all weights, and the weights of the state, show in how far apart the scores are
    for place, low, high in [(0, 0.041, 0.058), (5, 0.09, 0.145)]:
        spread = rows[:, place].std()
        if not low < spread < high:
            raise Mismatch(
                Text(
                    "Before training, predictions do not vary as they should.",
                    "训练之前，各个预测的差异大小不对。",
                ),
                Text(
                    f"After {place + 1} characters, logarithms of probabilities have the deviation "
                    f"{spread:.3g}.",
                    f"{place + 1}个字符之后，概率的对数的标准差为{spread:.3g}。",
                ),
            )
    if not np.abs(rows[:, 0].mean(axis=0)).max() < 0.05:
        raise Mismatch(Text("The biases do not begin at 0.", "偏置不是从0开始的。"))
    if np.allclose(rows[0], scores(second, prefixes[0], LETTERS), atol=1e-4):
        raise Mismatch(Text("Two calls begin alike.", "两次调用的初始值相同。"))


@points(1)
def test_hidden_units(student, draw):
    """The state has as many units as asked for.

    zh: 隐藏单元的个数与要求的一致。
    """
    for num_hiddens in (1, 3, 12):
        predict = student.char_language_model(LETTERS, num_hiddens, 5, 1, 0)
        first = np.vstack([scores(predict, char, LETTERS) for char in LETTERS])
        sizes = np.linalg.svd(first, compute_uv=False)
        found = int((sizes > 1e-4 * sizes[0]).sum())
        if found != num_hiddens:
            raise Mismatch(
                Text(
                    f"The scores of a network with {num_hiddens} units vary in {found} directions.",
                    f"有{num_hiddens}个隐藏单元时，未规范化的预测在{found}个方向上变化。",
                )
            )


@points(1)
def test_clipping(student, draw):
    """A gradient with a norm above 1 is scaled to norm 1.

    zh: 范数大于1的梯度缩放到范数为1。
    """
    assert_way(student, draw, (198, 2), 16, 1, 1, 0.5, 1.35, times=3)


@points(2)
@needs("test_steps")
def test_num_steps(student, draw):
    """Parts have `num_steps` characters, and within them the model remembers what came earlier.

    zh: 每段有`num_steps`个字符，模型能记住段内更早的字符。
    """
    a, b, c = shuffled(draw, "abc")
    x = "x"  # the first to appear, and the last of the vocabulary
    # what follows x depends on what came before it, or on where parts begin
    for circle, num_steps, prefix, chars, low in [
        (x + a + x + b + c, 5, x, [a], 0.8),
        (x + a + x + b + c, 5, x + a + x, [b], 0.8),
        (x + a + x + b, 2, x, [a, b], 0.2),
    ]:
        text = circle * 12
        predict = student.char_language_model(text, 12, num_steps, 1, 100)
        last = probabilities(predict, prefix, text)[-1]
        for char in chars:
            found = last[sorted(set(text)).index(char)]
            if not found > low:
                raise Mismatch(
                    Text(
                        f"The probability of {char!r} after {prefix!r} is {found:.3g}.",
                        f"在{prefix!r}之后，{char!r}的概率为{found:.3g}。",
                    ),
                    Text(
                        f"After {circle * 2 + '…'!r} in parts of {num_steps} characters it is to "
                        f"be above {low}.",
                        f"文本为{circle * 2 + '…'!r}，每段{num_steps}个字符，概率应大于{low}。",
                    ),
                )


@points(1)
@needs("test_steps")
def test_whole_text(student, draw):
    """The model learns from every part of the text.

    zh: 模型从文本的每一段中学习。
    """
    circles = shuffled(draw, "abcd"), shuffled(draw, "efgh")
    text = circles[0] * 6 + circles[1] * 6
    for circle in circles:
        predict = student.char_language_model(text, 12, 4, 1, 100)
        place = sorted(set(text)).index(circle[1])
        found = probabilities(predict, circle[0], text)[0, place]
        if not found > 0.5:
            raise Mismatch(
                Text(
                    f"The model has not learned {circle!r}, which came again and again.",
                    f"{circle!r}反复出现，模型却没有学会。",
                )
            )


@points(1)
@says("state", "values")
def test_one_prefix_each(student, draw):
    """A row depends on the characters up to it, on no later ones and on no earlier call.

    zh: 每一行取决于到它为止的字符，不取决于后面的字符，也不取决于之前的调用。
    """
    text = shuffled(draw, LETTERS * 2)
    predict = student.char_language_model(text, 20, 4, 1, 3)
    every = probabilities(predict, text, text)
    student.char_language_model(text[::-1], 20, 4, 1, 3)
    for prefix in (text[:1], text[:7], text[:7] + text[:9:-1], text):
        same = 7 if len(prefix) > 7 and prefix != text else len(prefix)
        alone = probabilities(predict, prefix, text)
        assert_close(alone[:same], every[:same], terms=20, condition=10, scale=0.1)
    another = next(char for char in text if char != text[0])
    changed = probabilities(predict, another + text[1:], text)
    # each row depends on the character before its own; where one is almost certain, it hardly does
    open_rows, missed = every.max(axis=1) < 0.9, False
    for own in (0, 1):
        off = np.abs(probabilities(predict, others_between(text, own), text) - every).max(axis=1)
        missed |= bool((open_rows & (off < 1e-5))[own::2][1 - own :].any())
    if missed or not np.abs(changed[3] - every[3]).max() > 1e-5:
        raise Mismatch(
            Text(
                "A prediction does not depend on a character that came earlier.",
                "预测不取决于更早的字符。",
            )
        )

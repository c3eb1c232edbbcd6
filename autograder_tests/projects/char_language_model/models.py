"""What is measured of a language model that a submission trained."""

import numpy as np

from grader.checks import Mismatch, Text, as_array, assert_close

#: forty characters, each of them in the vocabulary
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN"


def probabilities(predict, prefix, text):
    """Return what *predict* gives for *prefix*, ``(len(prefix), v)``, in float64.

    Raises Mismatch for another shape than the vocabulary of *text* makes, or where rows are no
    probabilities.
    """
    found = as_array(predict(prefix), "predict(prefix)")
    wanted = np.zeros((len(prefix), len(set(text))))
    assert_close(0 * found, wanted, what="predict(prefix)")
    found = found.astype(np.float64)
    if not (found >= 0).all() or not np.abs(found.sum(axis=1) - 1).max() < 1e-3:
        raise Mismatch(
            Text(
                "A row of predict(prefix) is no distribution of probabilities.",
                "predict(prefix)有一行不是概率分布。",
            )
        )
    return found


def perplexity(predict, unseen, text):
    """Return the perplexity of *predict*, which was trained on *text*, on the text *unseen*."""
    vocabulary = sorted(set(text))
    given = probabilities(predict, unseen[:-1], text)
    places = [vocabulary.index(char) for char in unseen[1:]]
    losses = -np.log(np.maximum(given[np.arange(len(places)), places], 1e-30))
    return float(np.exp(losses.mean()))


def scores(predict, prefix, text):
    """Return the logarithms of the probabilities, less their mean in each row."""
    logs = np.log(np.maximum(probabilities(predict, prefix, text), 1e-30))
    return logs - logs.mean(axis=1, keepdims=True)


def assert_perplexity(found, low, high, which):
    """Assert that a perplexity is between *low* and *high*."""
    if not low <= found <= high:
        english, chinese = which
        raise Mismatch(
            Text(
                f"The perplexity on {english} is {found:.4g}.",
                f"在{chinese}上的困惑度为{found:.4g}。",
            ),
            Text(f"It is to be from {low} to {high}.", f"应在{low}与{high}之间。"),
        )


def shuffled(draw, text):
    """Return the characters of *text* in random order."""
    return "".join(text[place] for place in draw.permutation(len(text)))


def others_between(text, own):
    """Return *text* with other letters in every second place; the place *own* keeps its own."""
    another = text.translate(str.maketrans(LETTERS, LETTERS[1:] + LETTERS[0]))
    return "".join((text if place % 2 == own else another)[place] for place in range(len(text)))


def assert_way(student, draw, counts, num_steps, lr, num_epochs, low, high, times=1):
    """Assert how far training moves the score of "a" ahead of that of "b", after one "a".

    The text has *counts* of both, in any order. A thousand units leave little to chance, and the
    mean of several *times* less.
    """
    ways = []
    for _ in range(times):
        text = "a" + shuffled(draw, "a" * counts[0] + "b" * counts[1])
        predict = student.char_language_model(text, 1000, num_steps, lr, num_epochs)
        a, b = scores(predict, "a", text)[0]
        ways.append(float(a - b))
    found = sum(ways) / times
    if not low < found < high:
        raise Mismatch(
            Text(
                f"With lr = {lr} and num_epochs = {num_epochs}, training moved a score by "
                f"{found:.3g}.",
                f"lr = {lr}、num_epochs = {num_epochs}时，训练使未规范化的预测移动了{found:.3g}。",
            ),
            Text(f"It is to be from {low} to {high}.", f"应在{low}与{high}之间。"),
        )

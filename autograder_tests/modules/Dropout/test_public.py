import numpy as np

from grader.checks import Mismatch, Text, as_array, assert_close, assert_rate, points

from .modes import block_in


@points(2)
def test_survivors_are_scaled(student, draw):
    """In training, each entry becomes zero or x / (1 - p); about the share p becomes zero.

    zh: 训练时，每个元素变为零或x / (1 - p)；变为零的元素所占的比例约为p。
    """
    for p in (0.2, 0.7, 0.37, 0.004, 0.99):
        X = draw.away_from_zero(1, 20_000)
        result = as_array(block_in("train", student, p)(X))
        scaled = X.astype(np.float64) / (1 - p)
        dropped = result == 0
        assert_close(result, np.where(dropped, 0, scaled) if dropped.shape == X.shape else scaled)
        assert_rate(int(dropped.sum()), X.size, p, f"Dropout({p})(X) == 0")


@points(2)
def test_evaluation(student, draw):
    """Nothing is dropped in evaluation, but something in training.

    zh: 评估时不丢弃任何元素，训练时则会丢弃。
    """
    X = draw.away_from_zero(16, 19)
    for p in (0.4, 0.9):
        assert_close(block_in("eval", student, p)(X), X)
        if not (as_array(block_in("train", student, p)(X)) == 0).any():
            raise Mismatch(Text("In training, no entry is dropped.", "训练时没有丢弃任何元素。"))

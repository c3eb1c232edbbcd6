import numpy as np

from grader.checks import assert_close, assert_no_memory, assert_unchanged, points, says


@points(1)
def test_any_size(student, reference, draw):
    """Tiny and huge parameters decay alike, large gradients count in full, and wd may be 0.

    zh: 很小和很大的参数同样衰减，大的梯度全部计入；wd可以为0。
    """
    for size in draw.magnitudes():
        param, grad = (draw.normal(3, 2, scale=k * size, dtype="float64") for k in (1, 5))
        expected = param.copy()
        reference.weight_decay_step([expected], [grad.copy()], 0.37, 7, 0.83)
        student.weight_decay_step([param], [grad], 0.37, 7, 0.83)
        assert_close(param, expected, condition=4, what="params[0]")
    for lr, batch_size, wd, scale in [(0.6, 3, 0.0, 4), (0.037, 37, 0.7, 1000), (0.5, 2, 1e-4, 1)]:
        param, grad = draw.normal(2, 4, dtype="float64"), draw.normal(2, 4, dtype="float64")
        grad *= scale
        expected = param.copy()
        reference.weight_decay_step([expected], [grad.copy()], lr, batch_size, wd)
        student.weight_decay_step([param], [grad], lr, batch_size, wd)
        assert_close(param, expected, condition=4, what="params[0]")


@points(1)
@says("unchanged")
def test_gradients_unchanged(student, reference, draw):
    """Gradients are unchanged after the step.

    zh: 更新之后梯度保持不变。
    """
    params, grads = [draw.normal(4, 2), draw.normal(2)], [draw.normal(4, 2), draw.normal(2)]
    expected, before = [p.copy() for p in params], [g.copy() for g in grads]
    reference.weight_decay_step(expected, [g.copy() for g in grads], 0.5, 2, 0.4)
    student.weight_decay_step(params, grads, 0.5, 2, 0.4)
    for number, (param, want) in enumerate(zip(params, expected, strict=True)):
        assert_close(param, want, condition=4, scale=3, what=f"params[{number}]")
    for number, (grad, old) in enumerate(zip(grads, before, strict=True)):
        assert_unchanged(grad, old, f"grads[{number}]")


@points(1)
@says("state", "values")
def test_step_after_step(student, reference, draw):
    """Each of several steps goes by the gradients of that step alone; float64 works, too.

    zh: 连续多步更新时，每一步只取决于这一步的梯度；float64同样适用。
    """
    for dtype in ("float32", "float64"):
        param = draw.normal(2, 3, dtype=dtype)
        expected = param.astype(np.float64)
        for lr, batch_size, wd in [(0.9, 3, 0.2), (0.4, 8, 0.7), (0.9, 2, 0.0)]:
            grad = draw.normal(2, 3, scale=4, dtype=dtype)
            decayed = grad.astype(np.float64) / batch_size + wd * expected
            expected = expected - lr * decayed
            student.weight_decay_step([param], [grad], lr, batch_size, wd)
        assert_close(param, expected, terms=4, condition=4, scale=3, what="params[0]")
        first, then = (
            [[draw.normal(2, 3, dtype=dtype)], [draw.normal(2, 3, dtype=dtype)], 0.37, 3, 0.6]
            for _ in range(2)
        )
        assert_no_memory(student, "weight_decay_step", first, then)

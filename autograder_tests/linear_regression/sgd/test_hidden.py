import numpy as np

from grader.checks import (
    Parameter,
    assert_close,
    assert_no_memory,
    assert_state_kept,
    assert_unchanged,
    points,
    says,
)


@points(2)
@says("state", "values")
def test_trainable_parameters(student, reference, draw):
    """Parameters that are trainable take the same step.

    zh: 可训练的参数同样得到更新。
    """
    shapes = [(3, 1), (1,)]
    params = [draw.normal(*shape) for shape in shapes]
    grads = [draw.normal(*shape, scale=3) for shape in shapes]
    expected = [param.copy() for param in params]
    reference.sgd(expected, [grad.copy() for grad in grads], 0.6, 5)
    student.sgd([Parameter(param) for param in params], grads, 0.6, 5)
    for param, want, name in zip(params, expected, ("w", "b"), strict=True):
        assert_close(param, want, condition=4, scale=3, what=name)
    # whoever switches recording off for the update must switch it on again
    for mixed in ([Parameter(param) for param in params], [Parameter(params[0]), params[1]]):
        assert_state_kept(student, "sgd", [mixed, grads, 0.6, 5])


@points(1)
@says("unchanged")
def test_gradients_unchanged(student, reference, draw):
    """Gradients are unchanged after the step.

    zh: 更新之后梯度保持不变。
    """
    params, grads = [draw.normal(4, 2), draw.normal(2)], [draw.normal(4, 2), draw.normal(2)]
    expected, before = [p.copy() for p in params], [g.copy() for g in grads]
    reference.sgd(expected, [g.copy() for g in grads], 0.5, 2)
    student.sgd(params, grads, 0.5, 2)
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
        for lr, batch_size in [(0.9, 3), (0.4, 8), (0.9, 2)]:
            grad = draw.normal(2, 3, scale=4, dtype=dtype)
            expected = expected - lr * grad.astype(np.float64) / batch_size
            student.sgd([param], [grad], lr, batch_size)
        assert_close(param, expected, terms=4, condition=4, what="params[0]")
        first, then = (
            [[draw.normal(2, 3, dtype=dtype)], [draw.normal(2, 3, dtype=dtype)], 0.37, 3]
            for _ in range(2)
        )
        assert_no_memory(student, "sgd", first, then)

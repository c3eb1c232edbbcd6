import numpy as np

from grader.checks import (
    WithGradient,
    assert_close,
    assert_no_memory,
    assert_state_kept,
    points,
    says,
)


@points(2)
@says("state", "values")
def test_step_after_step(student, reference, draw):
    """Each of several steps goes by the gradients of that step alone; float64 works, too.

    zh: 连续多步更新时，每一步只取决于这一步的梯度；float64同样适用。
    """
    for dtype in ("float32", "float64"):
        data = draw.normal(2, 3, dtype=dtype)
        expected = data.astype(np.float64)
        for lr in (0.9, 0.4, 0.9):
            gradient = draw.normal(2, 3, scale=4, dtype=dtype)
            expected = expected - lr * gradient.astype(np.float64)
            student.optimizer_step([WithGradient(data, gradient)], lr)
        assert_close(data, expected, terms=4, condition=4, what="params[0]")
        first, then = (
            [[WithGradient(*(draw.normal(2, 3, dtype=dtype) for _ in range(2)))], 0.37]
            for _ in range(2)
        )
        assert_no_memory(student, "optimizer_step", first, then)


@points(1)
@says("state", "values")
def test_recording_as_before(student, reference, draw):
    """The step leaves the settings of the framework as they were, such as what it records.

    zh: 更新之后，框架的各种设置（例如是否记录计算）与之前相同。
    """
    shapes = [(3, 1), (1,)]
    params = [WithGradient(draw.normal(*s), draw.normal(*s, scale=3)) for s in shapes]
    expected = [p.data - draw.cast(0.6) * p.gradient for p in params]
    student.optimizer_step(params, 0.6)
    for number, (param, want) in enumerate(zip(params, expected, strict=True)):
        assert_close(param.data, want, condition=4, scale=3, what=f"params[{number}]")
    assert_state_kept(student, "optimizer_step", [params, 0.6], but=["grad"])

from grader.checks import WithGradient, assert_close, assert_unchanged, points, says


@points(1)
@says("unchanged")
def test_values_unchanged(student, reference, draw):
    """The parameters themselves keep their values, with a gradient or without.

    zh: 无论有没有梯度，参数本身的值都保持不变。
    """
    for dtype in ("float32", "float64"):
        given = [draw.normal(3, 2, dtype=dtype), draw.normal(4, dtype=dtype)]
        before = [array.copy() for array in given]
        params = [WithGradient(given[0], draw.normal(3, 2, dtype=dtype))]
        params.append(WithGradient(given[1], None))
        student.zero_grad(params)
        assert_close(params[0].gradient, 0 * before[0], what="params[0].grad")
        for number, (param, old) in enumerate(zip(params, before, strict=True)):
            assert_unchanged(param.data, old, f"params[{number}]")

from grader.checks import assert_close, assert_no_memory, assert_unchanged, points, says


@points(1)
def test_every_size(student, reference, draw):
    """Tiny and huge entries count as the formula says, and so do zeros; float64 keeps its digits.

    zh: 很小、很大和为零的元素都按公式计算；float64的精度得以保留。
    """
    for size in draw.magnitudes():
        A = draw.normal(4, 3, scale=size, dtype="float64")
        A[1] = 0
        expected = reference.frobenius_norm(A)
        assert_close(student.frobenius_norm(A), expected, terms=A.size)
    A = draw.cast([[1e-6, -3e-6], [0.5, 20]], "float64")
    for part in (A[:1], A, 0 * A):
        expected = reference.frobenius_norm(part)
        assert_close(student.frobenius_norm(part), expected, terms=A.size)


@points(1)
@says("state", "unchanged")
def test_input_unchanged(student, reference, draw):
    """The argument is unchanged on return, and no call affects another.

    zh: 函数返回后，参数保持不变；各次调用互不影响。
    """
    A = draw.away_from_zero(4, 5)
    before = A.copy()
    expected = reference.frobenius_norm(before)
    assert_close(student.frobenius_norm(A), expected, terms=A.size)
    assert_unchanged(A, before, "A")
    assert_no_memory(student, "frobenius_norm", [draw.normal(4, 5)], [before])

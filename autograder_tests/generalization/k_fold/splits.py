from grader.checks import Mismatch, Text, assert_close

NAMES = ("X_train", "y_train", "X_valid", "y_valid")


def assert_split(found, expected):
    """Assert that four arrays are those of the reference."""
    if not isinstance(found, list | tuple) or len(found) != len(NAMES):
        raise Mismatch(Text("The result is not four arrays.", "结果不是四个数组。"))
    for name, part, want in zip(NAMES, found, expected, strict=True):
        assert_close(part, want, what=name)

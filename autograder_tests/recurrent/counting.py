"""What the checks of counting exercises share."""

from grader.checks import Mismatch, Text


def text(draw, length, words):
    """Return a text of so many tokens, of few different words."""
    return ["abcdefgh"[i] * 2 for i in draw.integers(0, words, length)]


def assert_counts(found, expected):
    """Assert that a mapping has these counts; what does not occur may have the count 0."""
    if not isinstance(found, dict):
        raise Mismatch(Text("The result is not a mapping.", "结果不是映射。"))
    if not all(isinstance(key, tuple) for key in found):
        raise Mismatch(Text("A key of the result is not a tuple.", "结果有一个键不是元组。"))
    for key in {**expected, **found}:
        if found.get(key, 0) != expected.get(key, 0):
            raise Mismatch(
                Text("A count is wrong.", "有一个计数不对。"),
                Text(
                    f"{key}: got {found.get(key, 0)}, expected {expected.get(key, 0)}.",
                    f"{key}：得到{found.get(key, 0)}，应为{expected.get(key, 0)}。",
                ),
            )

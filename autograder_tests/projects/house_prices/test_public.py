from grader.checks import Mismatch, Text, as_array, points

from ..houses import course_houses
from .tables import NAMES, assert_results, log_rmse, prepared, tables, three

#: what the statement asks of the table of the course
BAR = 0.15

NUMBERS = ("area", "rooms", "year", "distance")
WORDS = ("district", "heating", "garden")


@points(2)
def test_course_table(student, draw):
    """On the table of the course, both errors are low and the prices near the true ones.

    zh: 在课程的表格上，两个误差都很低，预测的价格接近真实价格。
    """
    known, asked = course_houses()
    train, test = prepared(draw, known, asked, NUMBERS + WORDS)
    results = three(student.house_prices(train, test, 5, 0.3, 50, 0.0))
    errors = [float(as_array(error, name)) for error, name in zip(results[:2], NAMES, strict=False)]
    errors.append(log_rmse(results[2], asked["price"]))
    for error, name in zip(errors, NAMES, strict=True):
        if not 0.02 < error < BAR:
            raise Mismatch(
                Text(
                    f"The log-RMSE of {name} is {error:.3g}.",
                    f"{name}的对数均方根误差为{error:.3g}。",
                ),
                Text(f"It is to be below {BAR}.", f"应小于{BAR}。"),
            )


@points(2)
def test_numbers(student, reference, draw):
    """Columns of numbers without gaps are standardized, and the model learns from them.

    zh: 没有缺失的数的列经过标准化，模型从中学习。
    """
    for names in [("area",), NUMBERS]:
        train, test = tables(draw, 12, 5, names)
        assert_results(student, reference, train, test, 3, 0.3, 6, 0.0)


@points(2)
def test_words(student, reference, draw):
    """Each word of a column becomes an indicator.

    zh: 列中的每个词变为一个指示列。
    """
    for names in [("district",), WORDS]:
        train, test = tables(draw, 14, 1, names)
        assert_results(student, reference, train, test, 2, 0.35, 7, 0.0)

import numpy as np

from grader.checks import Mismatch, Text, as_array, assert_close, assert_unchanged, points, says

from .tables import assert_results, tables

NUMBERS = ("area", "rooms", "year", "distance")
ALL = (*NUMBERS, "district", "heating", "garden")


@points(2)
def test_missing_numbers(student, reference, draw):
    """A missing number counts as the mean of the known ones, and nothing else changes.

    zh: 缺失的数按已知数的均值计算，其他都不受影响。
    """
    train, test = tables(draw, 16, 6, ("area", "year"))
    for place in (1, 2, 7, 13):
        train["year"][place] = np.nan
    test["year"][2] = test["area"][4] = np.nan
    train["area"][5] = np.nan
    assert_results(student, reference, train, test, 4, 0.3, 8, 0.0)


@points(2)
def test_missing_and_new_words(student, reference, draw):
    """A missing word has an indicator, too; a word that was not known has none.

    zh: 缺失的词也有指示列；没有出现过的词没有指示列。
    """
    train, test = tables(draw, 12, 4, ("area", "heating"))
    heating = "gas", None, "coal", "gas", "Gas", None, "gas", None, "coal", "Gas", "wood", "coal"
    train["heating"] = list(heating)
    test["heating"] = [None, "straw", "wood", "coal"]
    assert_results(student, reference, train, test, 3, 0.3, 9, 0.0)
    # one word alone, and nothing missing until the houses asked for
    train["heating"] = ["gas"] * 12
    assert_results(student, reference, train, test, 3, 0.3, 9, 0.0)


@points(2)
def test_folds(student, reference, draw):
    """Each fold is held back once, rows that are left over are in none, and errors are averaged.

    zh: 每一折恰好留出一次，余下的行不在任何一折中，误差对各折取平均。
    """
    for n, k in [(11, 2), (11, 3), (10, 5), (7, 7), (9, 4)]:
        train, test = tables(draw, n, 3, ("area", "district"))
        train["price"][-1] *= draw.cast(5)  # what is left over shows if it is used
        assert_results(student, reference, train, test, k, 0.25, 6, 0.0)


@points(2)
def test_known_rows_only(student, reference, draw):
    """Means and deviations do not come from rows that are predicted only.

    zh: 均值和标准差不来自只用于预测的行。
    """
    train, test = tables(draw, 12, 6, NUMBERS)
    train["year"][:6] += draw.cast(400)
    train["price"][:6] *= draw.cast(3)
    first = assert_results(student, reference, train, test, 2, 0.2, 6, 0.0)
    test["area"][0] *= draw.cast(50)
    second = student.house_prices(train, test, 2, 0.2, 6, 0.0)
    before, after = (as_array(results[2], "prices")[1:] for results in (first, second))
    expected = reference.house_prices(train, test, 2, 0.2, 6, 0.0)[2]
    if np.abs(np.log(after / before)).max() > 1e-3:
        raise Mismatch(
            Text(
                "The price of a house changes with another house that is asked for: statistics of "
                "the test set were used.",
                "一座房屋的预测价格随另一座待预测的房屋而变：使用了测试集的统计量。",
            )
        )
    assert_close(after, expected[1:], terms=12, condition=10, what="prices[1:]")


@points(1)
def test_constant_column(student, reference, draw):
    """A column of equal numbers does no harm.

    zh: 所有数都相等的列不会造成问题。
    """
    train, test = tables(draw, 9, 3, ("area", "rooms"))
    train["rooms"][:] = 3
    train["rooms"][4] = np.nan
    assert_results(student, reference, train, test, 3, 0.3, 5, 0.0)
    # constant among the known rows of the first fold alone
    train["rooms"][:3] = [2, 5, 4]
    assert_results(student, reference, train, test, 3, 0.3, 5, 0.0)
    # a single known number, without the first fold or the last
    train["rooms"][:] = np.nan
    train["rooms"][1], train["rooms"][7] = 2, 5
    assert_results(student, reference, train, test, 3, 0.3, 5, 0.0)


@points(1)
def test_weight_decay(student, reference, draw):
    """Weights and bias decay.

    zh: 权重和偏置都会衰减。
    """
    for wd in (0.1, 0.37, 2.0):
        train, test = tables(draw, 10, 4, ("area", "distance", "district"))
        assert_results(student, reference, train, test, 2, 0.25, 8, wd)


@points(1)
def test_steps(student, reference, draw):
    """The learning rate and the number of steps are those handed in.

    zh: 学习率和步数与传入的一致。
    """
    for lr, num_epochs in [(0.1, 1), (0.37, 2), (0.02, 40), (0.6, 3)]:
        names = [name for name in ALL if name != "rooms"]  # few houses may all have as many
        train, test = tables(draw, 10, 2, names)
        assert_results(student, reference, train, test, 2, lr, num_epochs, 0.0)


@points(1)
@says("unchanged")
def test_tables_unchanged(student, reference, draw):
    """Both tables are unchanged on return.

    zh: 函数返回后，两张表格都保持不变。
    """
    train, test = tables(draw, 20, 6, ALL, gaps=True)
    train["year"][3] = test["distance"][2] = np.nan
    before = [{name: np.array(table[name]) for name in NUMBERS} for table in (train, test)]
    price = train["price"].copy()
    assert_results(student, reference, train, test, 4, 0.3, 5, 0.01)
    for table, old, which in zip((train, test), before, ("train", "test"), strict=True):
        for name in NUMBERS:
            assert_unchanged(table[name], old[name], f'{which}["{name}"]')
    assert_unchanged(train["price"], price, 'train["price"]')


@points(2)
def test_other_houses(student, reference, draw):
    """All of it together is right on another table, with gaps of all kinds.

    zh: 在另一张有各种缺失值的表格上，全部步骤合在一起也正确。
    """
    train, test = tables(draw, 25, 9, ALL, gaps=True)
    assert_results(student, reference, train, test, 4, 0.3, 7, 0.0)

import numpy as np

from grader.checks import assert_unchanged, points, says

from ..shapes import KINDS, MORE_KINDS
from .answers import assert_accurate, drawn_images, labels_of


@points(3)
def test_other_kinds(student, draw):
    """It learns from other images, of another number of kinds.

    zh: 它也能从种类数不同的其他图像中学习。
    """
    train, asked, true = drawn_images(draw, MORE_KINDS, draw.permutation(5))
    assert_accurate(student.image_classifier(train, asked), train, true)


@points(2)
def test_images_on_their_own(student, draw):
    """The prediction for an image does not depend on others in `test`.

    zh: 对一幅图像的预测不取决于`test`中的其他图像。
    """
    train, asked, true = drawn_images(draw, KINDS[:3])
    many = np.concatenate([asked] * 5)
    test = np.concatenate([many, 1000 * asked[:40]])
    result = student.image_classifier(train, test)
    found = labels_of(result, train, len(test))
    assert_accurate(found[: len(many)], train, np.concatenate([true] * 5))


@points(1)
def test_sorted_images(student, draw):
    """It learns from images that are sorted by label, too.

    zh: 它也能从按标签排序的图像中学习。
    """
    train, asked, true = drawn_images(draw, KINDS[:3])
    order, other = np.argsort(train[1], kind="stable"), np.argsort(true, kind="stable")
    train = train[0][order], train[1][order]
    assert_accurate(student.image_classifier(train, asked[other]), train, true[other])


@points(1)
@says("unchanged")
def test_arguments_unchanged(student, draw):
    """Images and labels are unchanged on return.

    zh: 函数返回后，图像和标签保持不变。
    """
    train, asked, true = drawn_images(draw, KINDS[:3])
    before = [array.copy() for array in (*train, asked)]
    assert_accurate(student.image_classifier(train, asked), train, true)
    for array, old, name in zip((*train, asked), before, ("images", "labels", "test"), strict=True):
        assert_unchanged(array, old, name)

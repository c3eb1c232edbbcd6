from grader.checks import points, says

from ..shapes import KINDS, course_shapes
from .answers import assert_accurate, drawn_images, labels_of


@points(5)
def test_course_images(student, draw):
    """On the images of the course, the accuracy is at least 0.8.

    zh: 在课程的图像上，精度不低于0.8。
    """
    (images, labels), (asked, true) = course_shapes()
    train = draw.cast(images), labels
    assert_accurate(student.image_classifier(train, draw.cast(asked)), train, true)


@points(2)
@says("state", "values")
def test_renumbered(student, draw):
    """What labels mean follows from `train` in each call, also for a single image.

    zh: 标签的含义在每次调用中都由`train`决定，只有一幅图像时也是如此。
    """
    train, asked, true = drawn_images(draw, KINDS[:3])
    labels_of(student.image_classifier(train, asked[:1]), train, 1)
    train, true = (train[0], (train[1] + 1) % 3), (true + 1) % 3
    assert_accurate(student.image_classifier(train, asked), train, true)
